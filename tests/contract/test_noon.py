"""A certificate ends at 12:00. At 11:59 its product is bought everywhere; at 12:00 nowhere, however old the page is."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from catalog import search
from catalog.actions import cards, certificates
from catalog.graphql.labels import forget_labels
from catalog.models import Certificate, Stock
from checkout.actions import payments
from checkout.models import ChargeStatus, Order, OrderStatus, Refund, TransactionItem
from storefront import names, page_cache
from tests import aid
from tests.division import beijing
from tests.factories import NOW, product
from tests.graphql_client import post
from tests.shopper import Shopper

pytestmark = pytest.mark.django_db

NOON = NOW + timedelta(minutes=10)
BEFORE, AFTER = NOON - timedelta(minutes=1), NOON + timedelta(seconds=1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = BEFORE

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def apple(settings, tmp_path, clock, stand_in_payments):
    """An apple that is certified until noon; pages are kept, and the provider's page stands elsewhere."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.STRIPE_STANDIN_URL = "http://provider"
    settings.PAGE_CACHE = True
    for each in (names.forget, page_cache.changes.forget, forget_labels, caches["pages"].clear):
        each()
    aid.spring()
    beijing()
    row = product("延长苹果", slug="apple", tags=(aid.TAG,))
    Certificate.objects.update(valid_until=NOON)
    cards.rebuild(now=BEFORE)
    search.rebuild()
    yield row
    caches["pages"].clear()


def page(address: str) -> str:
    return Shopper().client.get(address).content.decode()


def placed(apple) -> tuple[Shopper, str, Order]:
    """Place an order for one apple; return the buyer, the address of the pay page, and the order."""
    shopper = Shopper()
    shopper.add(apple.variants.get())
    address = shopper.order()
    return shopper, address, Order.objects.get()


def buyable(slug: str) -> dict[str, bool]:
    """Return where the product is offered."""
    query = f'{{ product(slug: "{slug}") {{ isAvailableForPurchase }} listing(search: "苹果") {{ totalCount }} }}'
    told = post(query).json()["data"]
    return {
        "page": 'name="next"' in page(f"/products/{slug}/"),
        "search": f"/products/{slug}/" in page("/search/?q=苹果"),
        "zone": f"/products/{slug}/" in page(f"/zones/{aid.TAG}/"),
        "api": told["product"]["isAvailableForPurchase"],
        "api search": told["listing"]["totalCount"] == 1,
    }


def test_at_noon_it_is_offered_nowhere_although_pages_are_kept_and_no_sweep_ran(apple, clock):
    assert set(buyable("apple").values()) == {True}
    clock.now = NOON
    assert set(buyable("apple").values()) == {False}


def test_a_cart_filled_before_noon_cannot_be_ordered_at_noon(apple, clock):
    shopper = Shopper()
    shopper.add(apple.variants.get())
    form = shopper.form()
    clock.now = NOON
    assert shopper.send(form)["Location"] == "/cart/"
    assert "今天不在售" in shopper.cart() and not Order.objects.exists()


def test_a_payment_page_opened_before_noon_cannot_begin_at_noon(apple, clock, stand_in_payments):
    shopper, address, order = placed(apple)
    begin = f"{address}begin/"
    assert begin in shopper.client.get(address).content.decode()
    assert shopper.client.get(begin)["Location"].startswith("http://provider/pay/pi_")
    clock.now = NOON
    assert shopper.client.get(begin)["Location"] == address
    told = shopper.client.get(address, follow=True).content.decode()
    assert "已无法付款" in told and "http://provider" not in told
    id_ = page_id(order)
    query = (
        f'mutation {{ transactionInitialize(id: "{id_}", paymentGateway: {{id: "stripe"}}) {{ errors {{ field }} }} }}'
    )
    assert post(query).json()["data"]["transactionInitialize"]["errors"] == [{"field": "certificate"}]


def page_id(order: Order) -> str:
    from graphql_relay import to_global_id

    return to_global_id("Order", str(order.token))


@pytest.mark.parametrize("how", ["expires", "revoked"])
def test_the_sweep_stops_the_payment_and_frees_the_stock(apple, clock, stand_in_payments, how):
    shopper, address, order = placed(apple)
    shopper.client.get(address)
    assert payments.stop_lapsed(provider=stand_in_payments, now=BEFORE) == 0
    if how == "revoked":
        certificates.revoke(certificate_id=Certificate.objects.get().pk, now=BEFORE + timedelta(seconds=5))
        clock.now = BEFORE + timedelta(seconds=5)
    else:
        clock.now = NOON
    assert payments.stop_lapsed(provider=stand_in_payments, now=clock.now) == 1
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELED and Stock.objects.get().allocated == 0
    assert stand_in_payments.payments[TransactionItem.objects.get().psp_reference].status == "canceled"
    assert payments.stop_lapsed(provider=stand_in_payments, now=clock.now) == 0


def test_money_that_was_on_its_way_at_noon_stays(apple, clock, stand_in_payments):
    shopper, address, order = placed(apple)
    shopper.client.get(address)
    stand_in_payments.approve(TransactionItem.objects.get().psp_reference, at=NOON - timedelta(seconds=1))
    clock.now = AFTER
    assert payments.stop_lapsed(provider=stand_in_payments, now=AFTER) == 0
    order.refresh_from_db()
    assert (order.status, order.charge_status) == (OrderStatus.UNFULFILLED, ChargeStatus.FULL)
    assert not Refund.objects.exists()


def paid_late(apple, clock, provider) -> Order:
    """Press “pay” on the provider's page, opened before noon, when it is noon; the notice comes a second later."""
    shopper, address, order = placed(apple)
    shopper.client.get(address)
    provider.approve(TransactionItem.objects.get().psp_reference, at=NOON)
    clock.now = AFTER
    payment = provider.payment(TransactionItem.objects.get().psp_reference)
    payments.settle(payment=payment, now=AFTER)
    order.refresh_from_db()
    return order


def test_money_that_began_at_noon_goes_back(apple, clock, stand_in_payments):
    assert paid_late(apple, clock, stand_in_payments).charge_status == ChargeStatus.NONE
    assert Refund.objects.get().amount_minor == TransactionItem.objects.get().charged_minor
    assert payments.stop_lapsed(provider=stand_in_payments, now=AFTER) == 1


def test_control_without_the_check_at_payment_it_would_be_sold(apple, clock, stand_in_payments, settings):
    settings.UNGUARDED = ["certificate"]
    order = paid_late(apple, clock, stand_in_payments)
    assert order.charge_status == ChargeStatus.FULL and not Refund.objects.exists()


def test_control_without_the_check_an_old_page_would_begin_to_pay(apple, clock, settings):
    shopper, address, _ = placed(apple)
    settings.UNGUARDED = ["certificate"]
    clock.now = NOON
    assert shopper.client.get(f"{address}begin/")["Location"].startswith("http://provider/pay/pi_")


def test_an_order_paid_before_noon_goes_on(apple, clock, stand_in_payments):
    shopper, address, order = placed(apple)
    shopper.client.get(address)
    payments.settle(
        payment=stand_in_payments.approve(TransactionItem.objects.get().psp_reference, at=BEFORE), now=BEFORE
    )
    clock.now = AFTER
    assert "已付款" in shopper.client.get(f"/orders/{order.token}/").content.decode()
    assert payments.stop_lapsed(provider=stand_in_payments, now=AFTER) == 0
