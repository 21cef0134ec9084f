"""The database itself refuses to change the money journal. SQL in `checkout/sql/<vendor>/journal.sql`."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    script = (SQL / vendor / "journal.sql").read_text()
    if vendor == "postgresql":
        schema_editor.execute(script, params=None)  # a % in it is no placeholder
        return
    for statement in script.splitlines():  # sqlite3 runs one statement at a time; each is a line of its own
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("checkout", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
