"""What becomes of a refund, told by the provider: it succeeds, it is refused, or, weeks later, the money comes back.

Each outcome is written once, whoever tells it first, with its journal entries and the fact for aid tracking.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from checkout import journal, outbox
from checkout.actions import orders
from checkout.actions.refund_parts import Parts, parts_of, reserve, take
from checkout.models import (
    ChargeStatus,
    JournalPosting,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundPart,
    RefundStatus,
    TransactionItem,
)
from checkout.payments.base import ProviderRefund
from checkout.rules import PurchaseError, spread

log = logging.getLogger(__name__)

OPEN = [RefundStatus.REQUESTED, RefundStatus.PENDING]
UNAPPLIED = "unapplied-"  # how the key of a refund begins whose payment no order was waiting for


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
    if (
        item.order.charge_status != ChargeStatus.FULL
        or item.refunds.filter(idempotency_key__startswith=UNAPPLIED).exists()
    ):
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
            return reserve(
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
        parts = _parts(refund)
        journal.post(key=f"refund:{refund.pk}", order=refund.order, legs=_legs(refund, parts), now=now)
        if parts:
            outbox.refund_succeeded_row(refund, _of_lines(parts), now=now).save(force_insert=True)
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


def fail(*, refund_id: int, now: datetime) -> None:
    """The provider will not give this back: free the amounts for another try, and have the office look at the order.

    One that had succeeded came back (a closed card, say): the journal gets the opposite entries, and aid tracking is
    told, so that what was taken off counts again. The order stays as it is; one that ended does not take stock again.
    """
    with transaction.atomic(durable=True):
        refund = Refund.objects.select_for_update().select_related("order").get(pk=refund_id)
        came_back = refund.status == RefundStatus.SUCCEEDED
        failed = Refund.objects.filter(pk=refund_id, status=refund.status).exclude(status=RefundStatus.FAILED)
        if not failed.update(status=RefundStatus.FAILED, settled_at=now):
            return  # told before
        Order.objects.filter(pk=refund.order_id).update(needs_office=True)
        parts = _parts(refund)
        if parts:
            take(refund.order_id, parts_of(parts), sign=-1)
        if came_back:
            log.error("refund %s failed after it had succeeded; the office must see to its order", refund_id)
            legs = [leg._replace(amount_minor=-leg.amount_minor) for leg in _legs(refund, parts)]
            journal.post(key=f"refund_failed:{refund_id}", order=refund.order, legs=legs, now=now)
            if parts:
                outbox.refund_failed_row(refund, _of_lines(parts), now=now).save(force_insert=True)


def _parts(refund: Refund) -> list[RefundPart]:
    return list(refund.parts.select_related("line__merchant_order", "merchant_order"))


def _of_lines(parts: Iterable[RefundPart]) -> list[tuple[OrderLine, int]]:
    return [(part.line, part.amount_minor) for part in parts if part.line]


def _legs(refund: Refund, parts: Iterable[RefundPart]) -> list[journal.Leg]:
    """Return the legs of a refund: what each merchant is owed no more, or late money that leaves as it came."""
    account = JournalPosting.Account
    owed = [
        *((account.MERCHANT_PAYABLE, part.line.merchant_order.merchant_id, part) for part in parts if part.line),
        *((account.SHIPPING, part.merchant_order.merchant_id, part) for part in parts if part.merchant_order),
    ]
    if owed:
        return journal.refund_legs([(name, merchant, part.amount_minor) for name, merchant, part in owed])
    return [journal.Leg(account.CASH, -refund.amount_minor), journal.Leg(account.UNAPPLIED, refund.amount_minor)]
