"""The money journal: double entry, append-only. Postings of a transaction sum to zero, to the fen (I7)."""

from datetime import datetime
from typing import NamedTuple

from checkout.models import JournalPosting, JournalTransaction, MerchantOrder, Order

Account = JournalPosting.Account


class Leg(NamedTuple):
    """One leg to be posted: positive is a debit, negative a credit (fen)."""

    account: str
    amount_minor: int
    merchant_id: int | None = None


def post(*, key: str, order: Order, legs: list[Leg], now: datetime) -> None:
    """Write one balanced transaction inside the caller's. Raises ValueError when the legs do not sum to zero."""
    if sum(leg.amount_minor for leg in legs):
        raise ValueError(f"journal transaction {key} does not balance: {legs}")
    entry = JournalTransaction.objects.create(key=key, order=order, occurred_at=now)
    JournalPosting.objects.bulk_create(
        JournalPosting(
            transaction=entry, account=leg.account, merchant_id=leg.merchant_id, amount_minor=leg.amount_minor
        )
        for leg in legs
        if leg.amount_minor
    )


def payment_legs(total_minor: int, parts: list[MerchantOrder]) -> list[Leg]:
    """Return the legs of a paid order: cash in; each merchant is owed the goods and the shipping fee."""
    legs = [Leg(Account.CASH, total_minor)]
    for part in parts:
        legs.append(Leg(Account.MERCHANT_PAYABLE, -part.subtotal_minor, part.merchant_id))
        legs.append(Leg(Account.SHIPPING, -part.shipping_minor, part.merchant_id))
    return legs


def refund_legs(parts: list[tuple[str, int, int]]) -> list[Leg]:
    """Return the legs of a refund. `parts` are (account, merchant id, amount): what each merchant is owed no more."""
    legs = [Leg(account, amount_minor, merchant_id) for account, merchant_id, amount_minor in parts]
    return [Leg(Account.CASH, -sum(leg.amount_minor for leg in legs)), *legs]
