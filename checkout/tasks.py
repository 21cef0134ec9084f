"""Sweeps of the purchase path: each finds the rows that wait and does what a process that died would have done."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from checkout.actions import notices, orders, payments, refunds
from checkout.payments.stripe import provider

# A browser that comes back, or a notice, settles most payments within seconds; then we ask ourselves.
PAYMENT_PATIENCE = timedelta(seconds=30)


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
