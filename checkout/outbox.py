"""Writing facts to the outbox. Call these inside the transaction of the change that they tell of."""

from collections.abc import Iterable
from datetime import datetime

from checkout import facts
from checkout.models import Order, OrderLine, OutboxRow, Refund


def order_paid_row(order: Order, lines: Iterable[OrderLine], *, now: datetime) -> OutboxRow:
    """Return the unsaved row that says: this order was paid, all of each line counts."""
    return _row("order_paid", f"order_paid:{order.pk}", order, [(line, line.total_minor) for line in lines], now)


def refund_succeeded_row(refund: Refund, amounts: Iterable[tuple[OrderLine, int]], *, now: datetime) -> OutboxRow:
    """Return the unsaved row that says: these amounts (fen) of these lines were given back."""
    return _row("refund_succeeded", _succeeded(refund), refund.order, list(amounts), now)


def refund_failed_row(refund: Refund, amounts: Iterable[tuple[OrderLine, int]], *, now: datetime) -> OutboxRow:
    """Return the unsaved row that says: a refund that had succeeded came back, and with it these amounts (fen)."""
    undoes = _succeeded(refund)
    return _row("refund_failed", f"refund_failed:{refund.pk}", refund.order, list(amounts), now, undoes=undoes)


def _succeeded(refund: Refund) -> str:
    return f"refund_succeeded:{refund.pk}"


def _row(
    kind: facts.Event,
    key: str,
    order: Order,
    amounts: list[tuple[OrderLine, int]],
    now: datetime,
    *,
    undoes: str = "",
) -> OutboxRow:
    told = facts.OrderFacts(
        event=kind,
        event_key=key,
        order_id=order.pk,
        buyer_kind=order.buyer_kind,
        placed_at=order.placed_at,
        occurred_at=now,
        lines=tuple(_line(line, amount_minor) for line, amount_minor in amounts),
        undoes=undoes,
    )
    return OutboxRow(key=key, kind=kind, payload=facts.write(told), created_at=now)


def _line(line: OrderLine, amount_minor: int) -> facts.LineFacts:
    return facts.LineFacts(
        line_id=line.pk,
        product_id=line.product_id,
        merchant_id=line.merchant_order.merchant_id,
        region_id=line.region_id,
        category=line.category_slug,
        line_kind=line.line_kind,
        certificate_id=line.certificate_id,
        tag=line.tag,
        sales_channel=line.sales_channel,
        amount_minor=amount_minor,
    )
