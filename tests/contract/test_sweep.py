"""`bangmai sweep` does once what the worker does by the clock."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from catalog.models import Stock
from checkout import tasks
from checkout.actions import carts, notices, payments
from checkout.models import Checkout, Order, WebhookEvent
from storefront.cli import main
from tests.buying import cart, placed
from tests.factories import NOW, product
from tests.fakes.provider import MemoryProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch, settings, tmp_path) -> MemoryProvider:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    there = MemoryProvider()
    monkeypatch.setattr(tasks, "provider", lambda: there)
    return there


def sweep(monkeypatch, *, minutes: int) -> str:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=minutes))
    result = CliRunner().invoke(main, ["sweep"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_an_order_out_of_time_ends_and_its_payment_is_cancelled(provider, monkeypatch):
    order = placed((product().variants.get(), 2))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    assert "checkout.tasks.expire_orders: 0" in sweep(monkeypatch, minutes=1)
    assert "checkout.tasks.expire_orders: 1" in sweep(monkeypatch, minutes=31)
    assert Order.objects.get().status == "expired" and Stock.objects.get().allocated == 0
    sweep(monkeypatch, minutes=33)
    assert provider.payments[item.psp_reference].status == "canceled"


def test_a_payment_that_nobody_told_of_is_found(provider, monkeypatch):
    order = placed((product().variants.get(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    provider.approve(item.psp_reference)
    sweep(monkeypatch, minutes=1)
    assert Order.objects.get().charge_status == "full"


def test_what_nobody_needs_any_more_is_deleted_in_batches(provider, monkeypatch):
    now = NOW + timedelta(days=91)
    day = timedelta(days=1)
    for number, (received, handled) in enumerate(((0, 0), (0, 0), (0, 2), (0, None))):
        WebhookEvent.objects.create(
            event_id=f"evt_{number}",
            kind="charge.refunded",
            payload={"payment": "", "refund": ""},
            received_at=NOW + received * day,
            handled_at=None if handled is None else NOW + handled * day,
        )
    variant = product().variants.get()
    for _ in range(3):
        cart((variant, 1))
    touched = cart((variant, 1))
    carts.add_lines(token=touched.token, lines=[carts.LineChange(variant.pk, 1)], now=NOW + 2 * day)
    order = placed((variant, 1))
    assert (carts.prune(now=now, limit=2), notices.prune(now=now, limit=1)) == (2, 1)
    monkeypatch.setattr(tasks, "MOST_BATCHES", 1)
    output = sweep(monkeypatch, minutes=91 * 24 * 60)
    assert "prune_carts: 1" in output and "prune_notices: 1" in output
    assert set(Checkout.objects.all()) == {touched}
    assert set(WebhookEvent.objects.values_list("event_id", flat=True)) == {"evt_2", "evt_3"}
    assert Order.objects.get() == order
