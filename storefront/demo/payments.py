"""Writes how the demo's orders were paid, and what was given back: payments, refunds, and the journal's two sides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkout import journal, outbox
from checkout.models import (
    JournalPosting,
    JournalTransaction,
    MerchantOrder,
    Order,
    OrderLine,
    OutboxRow,
    Refund,
    RefundPart,
    RefundStatus,
    TransactionItem,
    TransactionStatus,
)
from storefront.demo.sales import SalePlan


@dataclass(frozen=True)
class Made:
    """An order with its parts and lines, in the order of the plan."""

    sale: SalePlan
    order: Order
    parts: list[MerchantOrder]
    lines: list[OrderLine]


def write_payments(made: list[Made]) -> list[TransactionItem]:
    """Make the payment of each order and post it: cash in, goods and shipping owed to the merchants."""
    items = TransactionItem.objects.bulk_create(
        [
            TransactionItem(
                order=one.order,
                idempotency_key=f"pay-{one.order.token}-0",
                psp_reference=f"pi_demo_{one.order.number}",
                amount_minor=one.order.total_minor,
                charged_minor=one.order.total_minor,
                status=TransactionStatus.CHARGED,
                created_at=one.sale.placed_at,
                checked_at=one.sale.paid_at,
            )
            for one in made
        ]
    )
    _post(
        [
            (f"paid:{item.pk}", one.order, one.sale.paid_at, journal.payment_legs(one.order.total_minor, one.parts))
            for one, item in zip(made, items, strict=True)
        ]
    )
    return items


def write_refunds(made: list[Made], items: list[TransactionItem]) -> list[OutboxRow]:
    """Make the refunds that the plan names, post them, and return the outbox rows that tell of them."""
    chosen = [(one, item, one.sale.refunded_at) for one, item in zip(made, items, strict=True) if one.sale.refunded_at]
    refunds = Refund.objects.bulk_create([_refund(one, item, at) for one, item, at in chosen])
    parts, legs, rows = [], [], []
    for (one, _, at), refund in zip(chosen, refunds, strict=True):
        lines = [(line, line.refunded_minor) for line in one.lines if line.refunded_minor]
        fees = [(part, part.shipping_refunded_minor) for part in one.parts if part.shipping_refunded_minor]
        parts += [RefundPart(refund=refund, line=line, amount_minor=minor) for line, minor in lines]
        parts += [RefundPart(refund=refund, merchant_order=part, amount_minor=minor) for part, minor in fees]
        owed: list[tuple[str, int, int]] = [
            (JournalPosting.Account.MERCHANT_PAYABLE, line.merchant_order.merchant_id, minor) for line, minor in lines
        ]
        owed += [(JournalPosting.Account.SHIPPING, part.merchant_id, minor) for part, minor in fees]
        legs.append((f"refund:{refund.pk}", one.order, at, journal.refund_legs(owed)))
        rows.append(outbox.refund_succeeded_row(refund, lines, now=at))
    RefundPart.objects.bulk_create(parts)
    _post(legs)
    return rows


def _refund(one: Made, item: TransactionItem, settled_at: datetime) -> Refund:
    return Refund(
        transaction=item,
        order=one.order,
        idempotency_key=f"demo-{one.order.number}",
        psp_reference=f"re_demo_{one.order.number}",
        amount_minor=one.order.refunded_minor,
        status=RefundStatus.SUCCEEDED,
        reason="运输破损 / damaged on the way",
        requested_by="demo",
        created_at=settled_at - timedelta(seconds=9),
        settled_at=settled_at,
    )


def _post(entries: list[tuple[str, Order, datetime, list[journal.Leg]]]) -> None:
    """Write balanced journal transactions, as `checkout.journal.post` does for one."""
    rows = JournalTransaction.objects.bulk_create(
        [JournalTransaction(key=key, order=order, occurred_at=at) for key, order, at, _ in entries]
    )
    for key, _, _, legs in entries:
        if sum(leg.amount_minor for leg in legs):
            raise ValueError(f"journal transaction {key} does not balance: {legs}")
    JournalPosting.objects.bulk_create(
        [
            JournalPosting(
                transaction=row, account=leg.account, merchant_id=leg.merchant_id, amount_minor=leg.amount_minor
            )
            for row, (_, _, _, legs) in zip(rows, entries, strict=True)
            for leg in legs
            if leg.amount_minor
        ]
    )
