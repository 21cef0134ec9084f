"""From here on the database holds: approved is what has a moment of approval, and one number is approved once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_past_certificates")]

    operations = [
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('step', 'approved')), models.Q(models.Q(('step', 'approved'), _negated=True), ('approved_at', None), ('revoked_at', None)), _connector='OR'), name='certificate_approved_by_step'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'approved')), fields=('number',), name='certificate_number_approved_once'),
        ),
    ]
