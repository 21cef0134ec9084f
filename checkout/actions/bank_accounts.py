"""Where a merchant is paid out to."""

from datetime import datetime

from django.db import transaction

from catalog.actions import changes
from catalog.models import Merchant
from checkout.models import BankAccount


def change(*, merchant_id: int, holder: str, bank: str, number: str, actor: str, now: datetime) -> BankAccount:
    """Pay a merchant out to this account from now on; `number` is digits. The trail tells the last four alone."""
    with transaction.atomic(durable=True):
        Merchant.objects.select_for_update().get(pk=merchant_id)
        old = BankAccount.objects.filter(merchant=merchant_id, until=None).first()
        if old and (old.holder, old.bank, old.number) == (holder, bank, number):
            return old
        if old:
            BankAccount.objects.filter(pk=old.pk).update(until=now)
        row = BankAccount.objects.create(merchant_id=merchant_id, holder=holder, bank=bank, number=number, since=now)
        before, after = _told(old) if old else {}, _told(row)
        if before == after:
            before = after = {}  # two numbers that end alike: the change is told all the same
        changes.record(
            merchant_id=merchant_id,
            actor=actor,
            now=now,
            action="bank.changed",
            subject=row,
            label=row.masked,
            before=before,
            after=after,
        )
        return row


def _told(row: BankAccount) -> dict[str, str]:
    return {"holder": row.holder, "bank": row.bank, "number": row.masked}
