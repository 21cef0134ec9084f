"""Giving money back. What is given back is taken from lines and shipping fees first, in one transaction that cannot
take more than is left; then the provider is asked, again and again until it confirms; only then do totals fall.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from checkout import journal, outbox
from checkout.actions import orders
from checkout.faults import reach
from checkout.models import (
    ChargeStatus,
    JournalPosting,
    MerchantOrder,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundPart,
    RefundStatus,
    TransactionItem,
    TransactionStatus,
)
from checkout.payments.base import PATIENCE, Provider, ProviderError, ProviderRefund, ProviderRefused
from checkout.rules import Code, PurchaseError, spread

log = logging.getLogger(__name__)

OPEN = [RefundStatus.REQUESTED, RefundStatus.PENDING]
_UNAPPLIED = Q(idempotency_key__startswith="unapplied-")  # of a payment that no order was waiting for


@dataclass(frozen=True)
class Parts:
    """What a refund takes from: fen by order line id, and fen of shipping by merchant order id."""

    lines: dict[int, int] = field(default_factory=dict)
    shipping: dict[int, int] = field(default_factory=dict)

    @property
    def total_minor(self) -> int:
        """The whole refund (fen)."""
        return sum(self.lines.values()) + sum(self.shipping.values())


def request(*, order_token: UUID, parts: Parts, reason: str, by: str, key: str, now: datetime) -> Refund:
    """Decide a refund; the provider is asked by `send`. The same `key` again returns the same refund.

    Raises PurchaseError(CANNOT_REFUND), and changes nothing, when it is more than what is left of any part.
    """
    existing = Refund.objects.filter(idempotency_key=key).select_related("order").first()
    if existing is not None:
        if existing.order.token != order_token:
            raise PurchaseError(Code.INVALID, "This key belongs to a refund of another order.", field="idempotencyKey")
        return existing
    unapplied = Refund.objects.filter(_UNAPPLIED, transaction=OuterRef("pk"))
    charged = TransactionItem.objects.filter(order__token=order_token, status=TransactionStatus.CHARGED)
    item = charged.exclude(Exists(unapplied)).first()
    if item is None or item.order.charge_status != ChargeStatus.FULL:
        raise PurchaseError(Code.CANNOT_REFUND, "This order has not been paid.", field="id")
    try:
        with transaction.atomic(durable=True):
            return _reserve(item, parts, reason=reason, by=by, key=key, now=now)
    except IntegrityError:
        return Refund.objects.get(idempotency_key=key)


def _reserve(item: TransactionItem, parts: Parts, *, reason: str, by: str, key: str, now: datetime, **fields) -> Refund:
    """Take the amounts from their parts and write the refund, inside the caller's transaction."""
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
    _take(item.order_id, parts, sign=1)
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


def _take(order_id: int, parts: Parts, *, sign: int) -> None:
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


def give_back(*, item: TransactionItem, charged_minor: int, now: datetime) -> None:
    """Money came for an order that had ended, or not the right sum: book it apart and send it back.

    Inside the caller's transaction. No line is touched, nothing was counted, nothing will be.
    """
    legs = [
        journal.Leg(JournalPosting.Account.CASH, charged_minor),
        journal.Leg(JournalPosting.Account.UNAPPLIED, -charged_minor),
    ]
    journal.post(key=f"unapplied:{item.pk}", order=item.order, legs=legs, now=now)
    Refund.objects.create(
        transaction=item,
        order_id=item.order_id,
        idempotency_key=f"unapplied-{item.token}",
        amount_minor=charged_minor,
        currency=item.currency,
        reason="payment for an order that had ended",
        requested_by="system",
        created_at=now,
    )


def send(*, refund: Refund, provider: Provider, now: datetime) -> Refund:
    """Ask the provider to give the money back; safe to repeat. Raises ProviderError: it will be tried again."""
    if refund.status == RefundStatus.REQUESTED:
        reach("before_refund_call")
        try:
            answer = provider.create_refund(
                psp_reference=str(refund.transaction.psp_reference),
                amount_minor=refund.amount_minor,
                key=f"refund-{refund.token}",
                refund_token=str(refund.token),
            )
        except ProviderRefused as error:
            log.error("refund %s was refused by the provider: %s", refund.pk, error)
            # Late money must go back by itself, so it is asked again until somebody has filled the provider's account.
            if refund.parts.exists() or str(error) == "charge_already_refunded":
                fail(refund_id=refund.pk, now=now)
            refund.refresh_from_db()
            return refund
        reach("after_refund_answer")
        settle(refund=answer, now=now)
    elif refund.status == RefundStatus.PENDING:
        settle(refund=provider.refund(str(refund.psp_reference)), now=now)
    refund.refresh_from_db()
    return refund


def send_open(*, provider: Provider, now: datetime, limit: int = 50) -> int:
    """Send every refund that the provider has not confirmed. Return how many were tried."""
    waiting = Refund.objects.filter(status__in=OPEN).select_related("transaction")
    done = unanswered = 0
    # Those that the provider has not heard of come first ("requested" before "pending"), the oldest of each before.
    for refund in waiting.order_by("-status", "created_at")[:limit]:
        try:
            send(refund=refund, provider=provider, now=now)
            unanswered = 0
        except ProviderError as error:
            log.warning("refund %s waits for the provider: %s", refund.pk, error)
            unanswered += 1
        except ProviderRefused as error:
            log.warning("refund %s cannot be looked at: %s", refund.pk, error)
        except Exception:  # one that cannot be sent must not stop those behind it
            log.exception("refund %s could not be sent", refund.pk)
        done += 1
        if unanswered == PATIENCE:
            break
    return done


def settle(*, refund: ProviderRefund, now: datetime) -> Refund | None:
    """Write down what the provider says of a refund, ours or one that was made at the provider's own desk.

    Return our row, or None when its payment is none of ours.
    """
    ours = _find(refund, now)
    if ours is None:
        return None
    if refund.status == "succeeded":
        _succeed(ours, now)
    elif refund.status == "failed":
        if ours.status == RefundStatus.SUCCEEDED:
            log.error("refund %s failed after it had succeeded: settle it by hand", ours.pk)
        fail(refund_id=ours.pk, now=now)
    else:
        Refund.objects.filter(pk=ours.pk, status=RefundStatus.REQUESTED).update(status=RefundStatus.PENDING)
    ours.refresh_from_db()
    return ours


def _find(refund: ProviderRefund, now: datetime) -> Refund | None:
    found = Refund.objects.filter(psp_reference=refund.psp_reference).first()
    if found is None and refund.refund_token:
        Refund.objects.filter(token=refund.refund_token, psp_reference=None).update(psp_reference=refund.psp_reference)
        found = Refund.objects.filter(psp_reference=refund.psp_reference).first()
    if found is not None:
        return found
    item = TransactionItem.objects.filter(psp_reference=refund.payment_reference).select_related("order").first()
    return _adopt(item, refund, now) if item else None


def _adopt(item: TransactionItem, refund: ProviderRefund, now: datetime) -> Refund | None:
    """Make our row of a refund that was made at the provider; it only names a sum, so every part gives its share."""
    if item.order.charge_status != ChargeStatus.FULL or item.refunds.filter(_UNAPPLIED).exists():
        log.error("refund %s is of a payment that was never applied", refund.psp_reference)
        return None
    lines = list(item.order.lines.all())
    parts = list(item.order.merchant_orders.all())
    left = [line.total_minor - line.refunded_minor for line in lines]
    left += [part.shipping_minor - part.shipping_refunded_minor for part in parts]
    try:
        shares = spread(refund.amount_minor, left)
        wanted = Parts(
            lines={line.pk: minor for line, minor in zip(lines, shares, strict=False) if minor},
            shipping={part.pk: minor for part, minor in zip(parts, shares[len(lines) :], strict=True) if minor},
        )
        with transaction.atomic(durable=True):
            return _reserve(
                item,
                wanted,
                reason="refunded at the provider",
                by="provider",
                key=f"provider-{refund.psp_reference}",
                now=now,
                psp_reference=refund.psp_reference,
            )
    except IntegrityError:
        return Refund.objects.filter(psp_reference=refund.psp_reference).first()
    except (PurchaseError, ValueError) as error:
        log.error("refund %s of the provider does not fit order %s: %s", refund.psp_reference, item.order_id, error)
        return None


def _succeed(refund: Refund, now: datetime) -> None:
    with transaction.atomic(durable=True):
        if not Refund.objects.filter(pk=refund.pk, status__in=OPEN).update(
            status=RefundStatus.SUCCEEDED, settled_at=now
        ):
            return  # told before
        parts = list(refund.parts.select_related("line__merchant_order", "merchant_order"))
        _post(refund, parts, now)
        if parts:
            amounts = [(part.line, part.amount_minor) for part in parts if part.line]
            outbox.refund_succeeded_row(refund, amounts, now=now).save(force_insert=True)
        _end_if_all_went_back(refund.order_id)


def _end_if_all_went_back(order_id: int) -> None:
    """Free what was not sent of an order once the provider has confirmed that all of it went back.

    Unsent, the order is cancelled. What is only asked for may still be refused, so open refunds keep the order alive.
    """
    order = Order.objects.filter(pk=order_id, charge_status=ChargeStatus.FULL, refunded_minor=F("total_minor"))
    # A change of nothing: of two last refunds that succeed at once, the later one waits here and sees the other's end.
    if not order.update(refunded_minor=F("refunded_minor")):
        return
    if not Refund.objects.filter(order=order_id, status__in=OPEN).exists():
        order.filter(status=OrderStatus.UNFULFILLED).update(status=OrderStatus.CANCELED)
        orders.free(order_id=order_id)


def _post(refund: Refund, parts: list[RefundPart], now: datetime) -> None:
    account = JournalPosting.Account
    if parts:
        legs = journal.refund_legs(
            [
                *(
                    (account.MERCHANT_PAYABLE, part.line.merchant_order.merchant_id, part.amount_minor)
                    for part in parts
                    if part.line
                ),
                *(
                    (account.SHIPPING, part.merchant_order.merchant_id, part.amount_minor)
                    for part in parts
                    if part.merchant_order
                ),
            ]
        )
    else:
        legs = [journal.Leg(account.CASH, -refund.amount_minor), journal.Leg(account.UNAPPLIED, refund.amount_minor)]
    journal.post(key=f"refund:{refund.pk}", order=refund.order, legs=legs, now=now)


def fail(*, refund_id: int, now: datetime) -> None:
    """The provider will not give this back: free the amounts for another try. Staff sees the failed refund."""
    with transaction.atomic(durable=True):
        if not Refund.objects.filter(pk=refund_id, status__in=OPEN).update(status=RefundStatus.FAILED, settled_at=now):
            return
        refund = Refund.objects.get(pk=refund_id)
        parts = list(refund.parts.all())
        if parts:
            taken = Parts(
                lines={part.line_id: part.amount_minor for part in parts if part.line_id},
                shipping={part.merchant_order_id: part.amount_minor for part in parts if part.merchant_order_id},
            )
            _take(refund.order_id, taken, sign=-1)
