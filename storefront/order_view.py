"""An order as its page shows it: where it stands, who sends what, what went back, what it counted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aid_tracking import shares
from checkout.actions import lapses
from checkout.models import (
    ChargeStatus,
    MerchantOrder,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundStatus,
    TransactionItem,
    TransactionStatus,
)
from storefront import masking


@dataclass(frozen=True)
class Part:
    """What one merchant sends."""

    merchant_order: MerchantOrder
    lines: tuple[OrderLine, ...]
    sent_at: datetime | None
    carrier: str
    tracking_number: str


@dataclass(frozen=True)
class OrderView:
    """Everything on the page. `state` is one of the words of `state_of`; `mark` changes whenever the page would."""

    order: Order
    state: str
    parts: tuple[Part, ...]
    refunds: tuple[Refund, ...]
    counted: shares.Counted
    is_counting: bool
    address: str
    contact: str
    mark: str

    @property
    def minutes_left(self) -> int:
        """Whole minutes, rounded up, that an unpaid order is still kept."""
        return self._minutes

    _minutes: int = 0


def state_of(order: Order, payment: TransactionItem | None, now: datetime) -> str:
    """Return where an order stands.

    Unpaid: "waiting", "declined" (the card was, it may be tried again), "lapsed" (something in it is not certified any
    more: it cannot be paid), "expired", "canceled". Paid: "paid", "partly_sent", "sent", "refunded" (all of it),
    "owed" (it ended, but money that went back has come back to us).
    """
    if order.charge_status == ChargeStatus.NONE:
        return _unpaid(order, payment, now)
    if order.refunded_minor == order.total_minor:
        return "refunded"
    if order.status == OrderStatus.CANCELED:
        return "owed"
    sent = {OrderStatus.FULFILLED: "sent", OrderStatus.PARTIALLY_FULFILLED: "partly_sent"}
    return sent.get(OrderStatus(order.status), "paid")


def _unpaid(order: Order, payment: TransactionItem | None, now: datetime) -> str:
    if order.status == OrderStatus.CANCELED:
        return "canceled"
    if order.status == OrderStatus.EXPIRED or order.expires_at <= now:
        return "expired"
    if lapses.has_lapsed(order_id=order.pk, at=now):
        return "lapsed"
    return "declined" if payment and payment.status == TransactionStatus.FAILED else "waiting"


def build(order: Order, *, now: datetime) -> OrderView:
    """Gather what belongs to an order that `checkout.selectors.order` loaded (seven queries at most)."""
    payment = TransactionItem.objects.filter(order=order).order_by("-created_at", "-pk").first()
    refunds = tuple(order.refunds.prefetch_related("parts__line", "parts__merchant_order").order_by("created_at"))
    lines = list(order.lines.all())
    is_paid = order.charge_status == ChargeStatus.FULL
    counted = shares.counted(line_ids=[line.pk for line in lines]) if is_paid else shares.Counted((), False, 0)
    state = state_of(order, payment, now)
    is_counting = is_paid and not _is_settled(counted, refunds)
    return OrderView(
        order=order,
        state=state,
        parts=tuple(_part(part, lines) for part in order.merchant_orders.all()),
        refunds=refunds,
        counted=counted,
        is_counting=is_counting,
        address=_address(order.shipping_address),
        contact=f"{masking.name(order.shipping_address.get('name', ''))} "
        f"{masking.phone(order.shipping_address.get('phone', ''))}",
        mark=_mark(order, state, refunds, counted),
        _minutes=max(0, -int((now - order.expires_at).total_seconds() // 60)),
    )


def _is_settled(counted: shares.Counted, refunds: Sequence[Refund]) -> bool:
    """Whether the ledger has seen the payment, and every refund of lines that the provider confirmed."""
    given_back = sum(
        part.amount_minor
        for refund in refunds
        if refund.status == RefundStatus.SUCCEEDED
        for part in refund.parts.all()
        if part.line_id
    )
    return counted.is_counted and counted.taken_back_minor == given_back


def _part(part: MerchantOrder, lines: Sequence[OrderLine]) -> Part:
    fulfillment = getattr(part, "fulfillment", None)
    return Part(
        merchant_order=part,
        lines=tuple(line for line in lines if line.merchant_order_id == part.pk),
        sent_at=fulfillment.created_at if fulfillment else None,
        carrier=fulfillment.carrier if fulfillment else "",
        tracking_number=fulfillment.tracking_number if fulfillment else "",
    )


def _address(stored: dict[str, str]) -> str:
    places: list[str] = []
    for name in ("province", "city", "county"):
        if stored.get(name) and stored[name] not in places:  # a municipality is its own city
            places.append(stored[name])
    return "".join(places) + masking.street(stored.get("street", ""))


def _mark(order: Order, state: str, refunds: Sequence[Refund], counted: shares.Counted) -> str:
    told = (state, order.status, order.refunded_minor, [(r.pk, r.status) for r in refunds], counted)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
