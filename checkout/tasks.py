"""Sweeps of the purchase path: each finds the rows that wait and does what a process that died would have done."""

from collections.abc import Callable
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from checkout.actions import carts, notices, orders, payments, refunds
from checkout.payments.stripe import provider

# A browser that comes back, or a notice, settles most payments within seconds; then we ask ourselves.
PAYMENT_PATIENCE = timedelta(seconds=30)
MOST_BATCHES = 20  # of a turn: what is left waits for the next one, so that no sweep holds the worker for long


@shared_task
def expire_orders() -> int:
    """End unpaid orders whose time is over, and free their stock; return how many."""
    return orders.expire_due(now=timezone.now())


@shared_task
def end_lapsed_orders() -> int:
    """Stop payments of unpaid orders whose goods lost their certificate, and end the orders; return how many."""
    return payments.stop_lapsed(provider=provider(), now=timezone.now())


@shared_task
def handle_notices() -> int:
    """Act on stored notices of the provider that are still open; return how many were tried."""
    return notices.handle_open(provider=provider(), now=timezone.now())


@shared_task
def check_payments() -> int:
    """Ask the provider about payments that nobody told us of; return how many were asked about."""
    return payments.check_open(provider=provider(), now=timezone.now(), older_than=PAYMENT_PATIENCE)


@shared_task
def send_refunds() -> int:
    """Send refunds that the provider has not confirmed; return how many were tried."""
    return refunds.send_open(provider=provider(), now=timezone.now())


@shared_task
def prune_carts() -> int:
    """Delete abandoned carts, batch by batch; return how many."""
    return _in_batches(carts.prune)


@shared_task
def prune_notices() -> int:
    """Delete notices that were acted on long ago, batch by batch; return how many."""
    return _in_batches(notices.prune)


def _in_batches(prune: Callable[..., int]) -> int:
    """Prune until nothing is left, or enough for one turn; return how many rows went."""
    now, gone = timezone.now(), 0
    for _batch in range(MOST_BATCHES):
        pruned = prune(now=now)
        gone += pruned
        if not pruned:
            break
    return gone
