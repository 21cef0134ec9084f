"""The provider's webhooks: stored once, then acted on by asking the provider for the present truth.

A notice may come twice, late, out of order or not at all; only its ids are believed.
"""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from checkout.actions import payments, refund_outcomes
from checkout.faults import reach
from checkout.models import WebhookEvent
from checkout.payments.base import PATIENCE, Notice, Provider, ProviderError, ProviderRefused

KEPT = timedelta(days=90)  # Stripe repeats a notice for days, and shows it for 30
log = logging.getLogger(__name__)


def receive(*, notice: Notice, now: datetime) -> WebhookEvent | None:
    """Store a verified notice in the inbox. Return its row, or None when this event has been stored before."""
    try:
        with transaction.atomic(durable=True):
            event = WebhookEvent.objects.create(
                event_id=notice.event_id, kind=notice.kind, payload=_about(notice), received_at=now
            )
    except IntegrityError:
        return None
    reach("after_inbox")
    return event


def _about(notice: Notice) -> dict:
    return notice.payload | {"payment": notice.payment_reference, "refund": notice.refund_reference}


def handle(*, event: WebhookEvent, provider: Provider, now: datetime) -> None:
    """Act on a stored notice; safe to repeat. Raises ProviderError: the sweep will try again. A refusal is final."""
    payment, refund = event.payload.get("payment"), event.payload.get("refund")
    try:
        _act(event.kind, payment, refund, provider, now)
    except ProviderRefused as error:  # it would say so again, and stand before others
        log.error("notice %s is about something that the provider does not show us: %s", event.event_id, error)
    WebhookEvent.objects.filter(pk=event.pk).update(handled_at=now)


def _act(kind: str, payment: str, refund: str, provider: Provider, now: datetime) -> None:
    if refund:
        refund_outcomes.settle(refund=provider.refund(refund), now=now)
    elif payment and kind.startswith("payment_intent."):
        if not payments.is_charged(psp_reference=payment):  # the browser was first: there is nothing more to be told
            payments.settle(payment=provider.payment(payment), now=now)
    elif payment and kind == "charge.refunded":
        for told in provider.refunds_of(payment):
            refund_outcomes.settle(refund=told, now=now)


def handle_open(*, provider: Provider, now: datetime, limit: int = 100) -> int:
    """Act on every stored notice that is still open: a process died, or the provider did not answer."""
    done = unanswered = 0
    for event in WebhookEvent.objects.filter(handled_at=None).order_by("received_at")[:limit]:
        try:
            handle(event=event, provider=provider, now=now)
            unanswered = 0
        except ProviderError as error:
            log.warning("notice %s waits: %s", event.event_id, error)
            unanswered += 1
        except Exception:  # one that cannot be acted on must not stop those behind it
            log.exception("notice %s could not be acted on", event.event_id)
        done += 1
        if unanswered == PATIENCE:
            break
    return done


def prune(*, now: datetime, limit: int = 500) -> int:
    """Delete notices that were acted on more than `KEPT` ago, at most `limit` at once; return how many."""
    old = WebhookEvent.objects.filter(handled_at__lt=now - KEPT).order_by("handled_at")
    keys = list(old.values_list("pk", flat=True)[:limit])
    WebhookEvent.objects.filter(pk__in=keys).delete()
    return len(keys)
