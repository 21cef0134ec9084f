"""Giving money back. What is given back is taken from lines and shipping fees first, in one transaction that cannot
take more than is left; then the provider is asked, again and again until it confirms; only then do totals fall.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from checkout import journal
from checkout.actions.refund_outcomes import OPEN, UNAPPLIED, fail, settle
from checkout.actions.refund_parts import Parts, reserve
from checkout.faults import reach
from checkout.models import (
    ChargeStatus,
    JournalPosting,
    Refund,
    RefundStatus,
    TransactionItem,
    TransactionStatus,
)
from checkout.payments.base import PATIENCE, Provider, ProviderError, ProviderRefused
from checkout.rules import Code, PurchaseError

log = logging.getLogger(__name__)


def request(*, order_token: UUID, parts: Parts, reason: str, by: str, key: str, now: datetime) -> Refund:
    """Decide a refund; the provider is asked by `send`. The same `key` again returns the same refund.

    Raises PurchaseError(CANNOT_REFUND), and changes nothing, when it is more than what is left of any part.
    """
    existing = Refund.objects.filter(idempotency_key=key).select_related("order").first()
    if existing is not None:
        if existing.order.token != order_token:
            raise PurchaseError(Code.INVALID, "This key belongs to a refund of another order.", field="idempotencyKey")
        return existing
    unapplied = Refund.objects.filter(idempotency_key__startswith=UNAPPLIED, transaction=OuterRef("pk"))
    charged = TransactionItem.objects.filter(order__token=order_token, status=TransactionStatus.CHARGED)
    item = charged.exclude(Exists(unapplied)).first()
    if item is None or item.order.charge_status != ChargeStatus.FULL:
        raise PurchaseError(Code.CANNOT_REFUND, "This order has not been paid.", field="id")
    try:
        with transaction.atomic(durable=True):
            return reserve(item, parts, reason=reason, by=by, key=key, now=now)
    except IntegrityError:
        return Refund.objects.get(idempotency_key=key)


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
        idempotency_key=f"{UNAPPLIED}{item.token}",
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
