"""Paying for an order. The provider's truth enters by one door (`settle`), whoever brings it: the browser that came
back, a webhook, or the sweep; whichever is first does the work, the others find it done.

No transaction is ever open while the provider is asked.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from checkout import journal, outbox
from checkout.actions import lapses, orders, refunds
from checkout.faults import reach
from checkout.models import ChargeStatus, Order, OrderStatus, OutboxRow, TransactionItem, TransactionStatus
from checkout.payments.base import PATIENCE, Provider, ProviderError, ProviderPayment, ProviderRefused
from checkout.rules import Code, PurchaseError

log = logging.getLogger(__name__)

OPEN = [TransactionStatus.INITIALIZED, TransactionStatus.PENDING, TransactionStatus.FAILED]
STILL_OPEN = {"status__in": OPEN}
NOT_CHARGED = {"status__in": [*OPEN, TransactionStatus.CANCELED]}


def initialize(*, order_token: UUID, provider: Provider, now: datetime) -> TransactionItem:
    """Return the order's open payment, known to the provider; make it when there is none. Calls the provider.

    Raises PurchaseError when the order is not waiting for money, ProviderError when the provider does not answer:
    asking again then continues with the same payment, by its idempotency key.
    """
    order = Order.objects.filter(token=order_token).first()
    if order is None:
        raise PurchaseError(Code.NOT_FOUND, "There is no such order.", field="id")
    if order.status != OrderStatus.UNFULFILLED or order.charge_status != ChargeStatus.NONE or order.expires_at <= now:
        raise PurchaseError(Code.INVALID, "This order does not wait for a payment.", field="id")
    if lapses.has_lapsed(order_id=order.pk, at=now):
        raise PurchaseError(Code.INVALID, "Something in the order is not certified any more.", field="certificate")
    item = _open_item(order, now)
    if item.psp_reference:
        return item
    reach("before_provider_call")
    answer = provider.create_payment(
        amount_minor=item.amount_minor,
        currency=item.currency,
        key=item.idempotency_key,
        transaction_token=str(item.token),
        order_number=order.number,
    )
    reach("after_provider_answer")
    _change(
        item,
        {"psp_reference": None},
        psp_reference=answer.psp_reference,
        client_secret=answer.client_secret,
        status=TransactionStatus.PENDING,
        checked_at=now,
    )
    return item


def _change(item: TransactionItem, condition: dict[str, Any], **values: Any) -> bool:
    """Change our row where the condition still holds, and bring `item` up to date; return whether this call did it."""
    changed = TransactionItem.objects.filter(pk=item.pk, **condition).update(**values)
    if changed:
        for name, value in values.items():
            setattr(item, name, value)
    else:
        item.refresh_from_db()
    return bool(changed)


def _open_item(order: Order, now: datetime) -> TransactionItem:
    """Return the one open payment of an order; of two who make it at once, the database lets one through."""
    earlier = list(TransactionItem.objects.filter(order=order))
    if found := next((item for item in earlier if item.status in OPEN), None):
        return found
    try:
        with transaction.atomic(durable=True):
            return TransactionItem.objects.create(
                order=order,
                idempotency_key=f"pay-{order.token}-{len(earlier)}",
                amount_minor=order.total_minor,
                currency=order.currency,
                created_at=now,
                checked_at=now,
            )
    except IntegrityError:
        return TransactionItem.objects.get(order=order, status__in=OPEN)


def is_charged(*, psp_reference: str) -> bool:
    """Whether a payment has been written down as charged; the provider can tell nothing new of it then."""
    return TransactionItem.objects.filter(psp_reference=psp_reference, status=TransactionStatus.CHARGED).exists()


def settle(*, payment: ProviderPayment, now: datetime) -> TransactionItem | None:
    """Write down what the provider says of a payment. Return our row of it, or None when it is none of ours."""
    item = _find(payment, now)
    return _write_down(item, payment, now) if item else None


def _write_down(item: TransactionItem, payment: ProviderPayment, now: datetime) -> TransactionItem:
    if payment.status == "charged":
        _charge(item, payment, now)
    else:
        _change(item, STILL_OPEN, status=payment.status, message=payment.message[:200], checked_at=now)
    return item


def _find(payment: ProviderPayment, now: datetime) -> TransactionItem | None:
    """Find our row by the provider's id, else by ours: a notice may come before the id was stored."""
    item = TransactionItem.objects.filter(psp_reference=payment.psp_reference).first()
    if item is None and payment.transaction_token:
        TransactionItem.objects.filter(token=payment.transaction_token, psp_reference=None).update(
            psp_reference=payment.psp_reference,
            client_secret=payment.client_secret,
            status=TransactionStatus.PENDING,
            checked_at=now,
        )
        item = TransactionItem.objects.filter(psp_reference=payment.psp_reference).first()
    return item


def _charge(item: TransactionItem, payment: ProviderPayment, now: datetime) -> None:
    late = []
    with transaction.atomic(durable=True):
        values = {"status": TransactionStatus.CHARGED, "charged_minor": payment.charged_minor, "message": ""}
        if not _change(item, NOT_CHARGED, **values, checked_at=now):
            return  # somebody else wrote it down
        is_right = payment.charged_minor == item.amount_minor and payment.currency == item.currency
        is_right = is_right and not _began_too_late(item, payment, now)
        paid = is_right and Order.objects.filter(
            pk=item.order_id, status=OrderStatus.UNFULFILLED, charge_status=ChargeStatus.NONE
        ).update(charge_status=ChargeStatus.FULL, paid_at=now)
        if paid:
            row = _write_paid(item, now)
            if "outbox" in settings.UNGUARDED:
                late.append(row)
            else:
                row.save(force_insert=True)
        else:
            refunds.give_back(item=item, charged_minor=payment.charged_minor, now=now)
    reach("after_paid_commit")
    for row in late:  # the control of the kill test: what is written after the commit can be lost
        row.save(force_insert=True)
    if not paid:
        log.warning("payment %s came for an order that does not wait for it; it goes back", item.pk)


def _began_too_late(item: TransactionItem, payment: ProviderPayment, now: datetime) -> bool:
    """Whether the buyer pressed the button after something in the order had lost its certificate. The provider's clock
    says when; money that was on its way by then stays (decisions/0010). Nothing is paid later than we hear of it."""
    return payment.charged_at is not None and lapses.has_lapsed(order_id=item.order_id, at=min(payment.charged_at, now))


def _write_paid(item: TransactionItem, now: datetime) -> OutboxRow:
    order = Order.objects.get(pk=item.order_id)
    lines = list(order.lines.select_related("merchant_order"))
    parts = list({line.merchant_order_id: line.merchant_order for line in lines}.values())
    journal.post(key=f"paid:{item.pk}", order=order, legs=journal.payment_legs(order.total_minor, parts), now=now)
    return outbox.order_paid_row(order, lines, now=now)


def check(*, item: TransactionItem, provider: Provider, now: datetime) -> TransactionItem:
    """Ask the provider how a payment stands, and write it down; one that was charged stays so. Raises ProviderError."""
    if item.psp_reference is None or item.status == TransactionStatus.CHARGED:
        return item
    return _write_down(item, provider.payment(item.psp_reference), now)


def check_open(*, provider: Provider, now: datetime, older_than: timedelta, limit: int = 50) -> int:
    """Ask about payments that nobody has told us of for a while: the browser never came back, the notice was lost.

    Also those that we gave up (expired, cancelled orders): money may still come in. Return how many were asked about.
    """
    waiting = TransactionItem.objects.filter(status__in=OPEN, checked_at__lte=now - older_than).order_by("checked_at")
    done = unanswered = 0
    for item in waiting.select_related("order")[:limit]:
        TransactionItem.objects.filter(pk=item.pk).update(checked_at=now)
        try:
            _check_one(item, provider, now)
            unanswered = 0
        except ProviderError as error:
            log.warning("payment %s could not be checked: %s", item.pk, error)
            unanswered += 1
        except ProviderRefused as error:
            log.warning("payment %s could not be checked: %s", item.pk, error)
        except Exception:  # one that cannot be written down must not stop the others
            log.exception("payment %s could not be written down", item.pk)
        done += 1
        if unanswered == PATIENCE:
            break
    return done


def _check_one(item: TransactionItem, provider: Provider, now: datetime) -> None:
    if item.order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELED):
        stop(item=item, provider=provider, now=now)
    else:
        _look(item, provider, now)


def stop(*, item: TransactionItem, provider: Provider, now: datetime) -> None:
    """Cancel a payment at the provider, unless the buyer was faster: then write down what it has become.

    Raises ProviderError, and ProviderRefused for one that can neither be cancelled nor has come in yet.
    """
    if _look(item, provider, now).status in OPEN:
        settle(payment=provider.cancel_payment(str(item.psp_reference), key=f"cancel-{item.token}"), now=now)


def _look(item: TransactionItem, provider: Provider, now: datetime) -> TransactionItem:
    if item.psp_reference is None:
        # The provider may have made it and died with the answer; the same key brings the same payment back.
        answer = provider.create_payment(
            amount_minor=item.amount_minor,
            currency=item.currency,
            key=item.idempotency_key,
            transaction_token=str(item.token),
            order_number=item.order.number,
        )
        settle(payment=answer, now=now)
        item.refresh_from_db()
    return check(item=item, provider=provider, now=now)


def stop_lapsed(*, provider: Provider, now: datetime) -> int:
    """Stop paying for unpaid orders that have lapsed, and end them; return how many ended.

    The provider decides who was faster: money that is on its way or has come in stays, and its order goes on.
    """
    ended = unanswered = 0
    for order in lapses.due(now=now):
        try:
            for item in TransactionItem.objects.filter(order=order, status__in=OPEN).select_related("order"):
                stop(item=item, provider=provider, now=now)
            ended += orders.end(order_id=order.pk, status=OrderStatus.CANCELED)
        except ProviderRefused:
            log.info("order %s has lapsed while its payment is on the way", order.pk)
        except ProviderError as error:
            log.warning("order %s has lapsed, and its payment could not be stopped: %s", order.pk, error)
            unanswered += 1
        except Exception:
            log.exception("order %s has lapsed and could not be ended", order.pk)
        if unanswered == PATIENCE:
            break
    return ended
