"""What a refund takes from an order's lines and shipping fees: never more than is left of any of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from checkout.models import MerchantOrder, Order, OrderLine, Refund, RefundPart, TransactionItem
from checkout.rules import Code, PurchaseError


@dataclass(frozen=True)
class Parts:
    """What a refund takes from: fen by order line id, and fen of shipping by merchant order id."""

    lines: dict[int, int] = field(default_factory=dict)
    shipping: dict[int, int] = field(default_factory=dict)

    @property
    def total_minor(self) -> int:
        """The whole refund (fen)."""
        return sum(self.lines.values()) + sum(self.shipping.values())


def parts_of(rows: Iterable[RefundPart]) -> Parts:
    """Return what a stored refund took."""
    rows = list(rows)
    return Parts(
        lines={part.line_id: part.amount_minor for part in rows if part.line_id},
        shipping={part.merchant_order_id: part.amount_minor for part in rows if part.merchant_order_id},
    )


def reserve(item: TransactionItem, parts: Parts, *, reason: str, by: str, key: str, now: datetime, **fields) -> Refund:
    """Take the amounts from their parts and write the refund, inside the caller's transaction. Raises PurchaseError."""
    amounts = [*parts.lines.values(), *parts.shipping.values()]
    if not amounts or min(amounts) <= 0:
        raise PurchaseError(Code.CANNOT_REFUND, "Nothing is given back.", field="amount")
    refund = Refund.objects.create(
        transaction=item,
        order_id=item.order_id,
        idempotency_key=key,
        amount_minor=parts.total_minor,
        currency=item.currency,
        reason=reason[:200],
        requested_by=by,
        created_at=now,
        **fields,
    )
    take(item.order_id, parts, sign=1)
    RefundPart.objects.bulk_create(
        [
            *(RefundPart(refund=refund, line_id=line, amount_minor=minor) for line, minor in parts.lines.items()),
            *(
                RefundPart(refund=refund, merchant_order_id=part, amount_minor=minor)
                for part, minor in parts.shipping.items()
            ),
        ]
    )
    return refund


def take(order_id: int, parts: Parts, *, sign: int) -> None:
    """Move refunded amounts up (or, when the provider refuses, down again), never past what was paid."""
    lines, shipping = OrderLine.objects.filter(order=order_id), MerchantOrder.objects.filter(order=order_id)
    moves: list[tuple[QuerySet[Any], str, str, int]] = [
        (Order.objects.filter(pk=order_id), "refunded_minor", "total_minor", parts.total_minor),
        *(
            (lines.filter(pk=line), "refunded_minor", "total_minor", minor)
            for line, minor in sorted(parts.lines.items())
        ),
        *(
            (shipping.filter(pk=part), "shipping_refunded_minor", "shipping_minor", minor)
            for part, minor in sorted(parts.shipping.items())
        ),
    ]
    for moved, taken, whole, minor in moves:
        rows = moved.filter(**{f"{taken}__lte": F(whole) - minor}) if sign > 0 else moved
        if not rows.update(**{taken: F(taken) + sign * minor}):
            raise PurchaseError(Code.CANNOT_REFUND, "This is more than what is left to give back.", field="amount")
