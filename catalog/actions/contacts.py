"""A merchant's contact and return address."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from catalog.actions import changes
from catalog.models import MerchantContact

FIELDS = (
    "name",
    "phone",
    "email",
    "return_name",
    "return_phone",
    "return_division_code",
    "return_street",
)


def change(*, merchant_id: int, values: Mapping[str, str], actor: str, now: datetime) -> None:
    """Write contact and return address; `values` names all of `FIELDS`."""
    with transaction.atomic(durable=True):
        row = MerchantContact.objects.select_for_update().filter(pk=merchant_id).first()
        before = changes.fields_of(row, FIELDS) if row else {}
        row = row or MerchantContact(merchant_id=merchant_id)
        for name in FIELDS:
            setattr(row, name, values[name])
        row.updated_at = now
        row.save()
        changes.record(
            merchant_id=merchant_id,
            actor=actor,
            now=now,
            action="contact.changed",
            subject=row,
            label=row.name,
            before=before,
            after=changes.fields_of(row, FIELDS),
        )
