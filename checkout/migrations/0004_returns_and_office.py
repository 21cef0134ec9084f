"""Lines keep their right of return, orders wait for the office, carts of the API stand apart, old notices are found.

Lines sold before keep the right: nobody had confirmed that there is none.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checkout", "0003_names")]

    operations = [
        migrations.AddField(model_name="checkout", name="in_browser", field=models.BooleanField(default=True)),
        migrations.AddField(model_name="order", name="needs_office", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="orderline", name="return_confirmed_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="orderline", name="return_days", field=models.PositiveSmallIntegerField(default=7)
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["-placed_at"], name="order_for_office", condition=models.Q(needs_office=True)
            ),
        ),
        migrations.AddIndex(
            model_name="webhookevent",
            index=models.Index(
                fields=["handled_at"], name="webhook_handled", condition=models.Q(handled_at__isnull=False)
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(return_days=0, return_confirmed_at__isnull=False)
                | models.Q(return_days__gt=0, return_confirmed_at=None),
                name="order_line_return_lost_only_if_confirmed",
            ),
        ),
    ]
