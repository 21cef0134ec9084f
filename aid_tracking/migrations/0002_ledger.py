"""The ledger's triggers, the shop's own total, and the row by which the relay is one."""

from django.db import migrations

from aid_tracking import triggers


def make_rows(apps, schema_editor):
    apps.get_model("aid_tracking", "Campaign").objects.get_or_create(
        is_root=True, defaults={"slug": "bangmai", "name_zh": "帮买总额", "name_en": "Bangmai total"}
    )
    apps.get_model("aid_tracking", "RelayLock").objects.get_or_create(pk=1)


def drop(apps, schema_editor):
    # The triggers go with their table.
    pass


class Migration(migrations.Migration):
    dependencies = [("aid_tracking", "0001_initial")]

    operations = [
        migrations.RunPython(triggers.install, drop),
        migrations.RunPython(make_rows, migrations.RunPython.noop),
    ]
