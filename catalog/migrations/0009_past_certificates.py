"""Certificates that were there before the procedure: where they stand, and the two moments that are known of them."""

from django.db import migrations

BATCH = 2000


def tell_the_past(apps, schema_editor):
    """Write steps and log of certificates that were approved without either."""
    certificates = apps.get_model("catalog", "Certificate").objects
    certificates.filter(approved_at=None).update(step="submitted", revoked_at=None)
    certificates.exclude(approved_at=None).update(step="approved")
    events = apps.get_model("catalog", "CertificateEvent")
    batch = []
    known = certificates.exclude(approved_at=None).values_list("pk", "approved_at", "revoked_at")
    for certificate, approved_at, revoked_at in known.iterator(chunk_size=BATCH):
        for move, at in (("approve", approved_at), ("revoke", revoked_at)):
            if at is not None:
                batch.append(events(certificate_id=certificate, move=move, desk="platform", at=at, actor="system"))
        if len(batch) >= BATCH:
            events.objects.bulk_create(batch)
            batch.clear()
    events.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_certification")]

    operations = [migrations.RunPython(tell_the_past, migrations.RunPython.noop)]
