"""Placing an order: stock, prices, certificates, one order for one cart."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Certificate, ProductVariant, Stock
from checkout.actions import carts, orders
from checkout.models import Allocation, Checkout, Order, OrderStatus
from checkout.rules import Code, PurchaseError
from tests import factories
from tests.buying import cart, placed
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def apple(**values) -> ProductVariant:
    return factories.product(**values).variants.get()


def test_one_order_with_a_part_for_each_merchant_that_adds_up():
    one, two = apple(), apple()
    order = placed((one, 2), (two, 1))
    parts = list(order.merchant_orders.all())
    assert [part.subtotal_minor for part in parts] == [11980, 5990]
    assert [part.shipping_minor for part in parts] == [800, 800]
    assert order.total_minor == sum(part.total_minor for part in parts) == 19570
    assert [line.total_minor for line in order.lines.all()] == [11980, 5990]
    assert order.lines.first().certificate is not None
    assert not Checkout.objects.exists()


def test_placing_takes_the_stock_and_once_only():
    variant = apple(on_hand=3)
    basket = cart((variant, 2))
    order = orders.place(token=basket.token, now=NOW)
    again = orders.place(token=basket.token, now=NOW)
    assert again == order
    assert Order.objects.count() == 1
    assert Stock.objects.get(variant=variant).allocated == 2
    assert Allocation.objects.get().quantity == 2


def test_more_than_there_is_is_refused_and_nothing_changes():
    variant, other = apple(on_hand=3), apple()
    basket = cart((other, 1), (variant, 3))
    Stock.objects.filter(variant=variant).update(allocated=1)
    with pytest.raises(PurchaseError) as refused:
        orders.place(token=basket.token, now=NOW)
    assert (refused.value.code, refused.value.variant_ids) == (Code.INSUFFICIENT_STOCK, (variant.pk,))
    assert not Order.objects.exists()
    assert Stock.objects.get(variant=other).allocated == 0
    assert Checkout.objects.filter(pk=basket.pk).exists()


def test_the_database_itself_refuses_more_than_there_is():
    stock = Stock.objects.get(variant=apple(on_hand=3))
    for wrong in ({"allocated": 4}, {"allocated": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stock.objects.filter(pk=stock.pk).update(**wrong)


def test_a_changed_price_is_asked_about_first():
    variant = apple()
    basket = cart((variant, 1))
    ProductVariant.objects.filter(pk=variant.pk).update(price_minor=6990)
    with pytest.raises(PurchaseError) as refused:
        orders.place(token=basket.token, now=NOW)
    assert (refused.value.code, refused.value.field) == (Code.INVALID, "lines.price")
    carts.set_lines(token=basket.token, lines=[carts.LineChange(variant.pk, 1)], now=NOW)
    assert orders.place(token=basket.token, now=NOW).subtotal_minor == 6990


def test_what_is_no_longer_certified_is_not_sold_though_the_cart_is_old():
    variant = apple()
    basket = cart((variant, 1))
    ends = Certificate.objects.get().valid_until
    with pytest.raises(PurchaseError) as refused:
        orders.place(token=basket.token, now=ends)
    assert refused.value.code is Code.PRODUCT_UNAVAILABLE_FOR_PURCHASE
    assert orders.place(token=basket.token, now=ends - timedelta(microseconds=1)).status == OrderStatus.UNFULFILLED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": ""}, Code.EMAIL_NOT_SET),
        ({"shipping_address": {}}, Code.SHIPPING_ADDRESS_NOT_SET),
    ],
)
def test_an_order_needs_somebody_to_write_to_and_a_place_to_go(change, code):
    basket = cart((apple(), 1))
    Checkout.objects.update(**change)
    with pytest.raises(PurchaseError) as refused:
        orders.place(token=basket.token, now=NOW)
    assert refused.value.code is code


def test_an_order_that_was_not_paid_gives_its_stock_back_once():
    variant = apple(on_hand=3)
    order = placed((variant, 2))
    assert orders.due(now=order.expires_at - timedelta(seconds=1)) == []
    assert orders.due(now=order.expires_at) == [order.pk]
    assert orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
    assert not orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
    assert Stock.objects.get(variant=variant).allocated == 0
    assert not Allocation.objects.exists()


def test_a_claim_travels_with_the_line_and_what_the_buyer_did_last_wins():
    variant = apple()
    basket = cart((variant, 1), tag="first-zone")
    carts.add_lines(token=basket.token, lines=[carts.LineChange(variant.pk, 1, {"tag": "last-zone"})], now=NOW)
    line = orders.place(token=basket.token, now=NOW).lines.get()
    assert (line.tag, line.quantity) == ("last-zone", 2)


def test_a_buyer_cannot_say_where_a_line_was_sold():
    variant = apple()
    basket = cart((variant, 1))
    change = carts.LineChange(variant.pk, 1, {"sales_channel": "union_app", "price": "1"})
    carts.set_lines(token=basket.token, lines=[change], now=NOW)
    assert orders.place(token=basket.token, now=NOW).lines.get().sales_channel == "web"


def test_quantities_have_limits():
    variant = apple()
    basket = cart((variant, 998))
    for quantity, code in ((0, Code.ZERO_QUANTITY), (2, Code.QUANTITY_GREATER_THAN_LIMIT)):
        with pytest.raises(PurchaseError) as refused:
            carts.add_lines(token=basket.token, lines=[carts.LineChange(variant.pk, quantity)], now=NOW)
        assert refused.value.code is code
    assert basket.lines.get().quantity == 998


def test_a_cart_that_changes_while_it_is_placed_is_not_placed_as_it_was(monkeypatch):
    variant = apple()
    basket = cart((variant, 1))
    check = orders._check

    def change_after(found):
        check(found)
        change = carts.LineChange(variant.pk, 2)
        carts.set_lines(token=basket.token, lines=[change], now=NOW + timedelta(seconds=1))

    monkeypatch.setattr(orders, "_check", change_after)
    with pytest.raises(PurchaseError) as refused:
        orders.place(token=basket.token, now=NOW)
    assert (refused.value.code, refused.value.field) == (Code.INVALID, "lines")
    assert basket.lines.get().quantity == 2 and not Order.objects.exists()


def test_more_lines_than_a_cart_holds_are_refused_before_they_are_written(django_assert_max_num_queries):
    basket = cart((apple(), 1))
    lines = [carts.LineChange(number, 1) for number in range(1, 4000)]
    with django_assert_max_num_queries(8), pytest.raises(PurchaseError) as refused:
        carts.add_lines(token=basket.token, lines=lines, now=NOW)
    assert refused.value.code is Code.QUANTITY_GREATER_THAN_LIMIT
