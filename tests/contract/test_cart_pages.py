"""The cart: what goes in, what changed since, whose it is."""

import pytest
from django.test import Client

from catalog.models import Product, ProductVariant, Stock
from checkout.models import (
    Checkout,
    CheckoutLine,
    Order,
    User,
)
from tests.contract.buying_pages import in_zone
from tests.shopper import ORIGIN, Shopper

pytestmark = pytest.mark.django_db


def test_a_new_price_is_shown_item_by_item_and_accepted(shop):
    shopper = Shopper("/en")
    variant = in_zone()
    shopper.add(variant, 2)
    form = shopper.form()
    ProductVariant.objects.filter(pk=variant.pk).update(price_minor=6500)
    answer = shopper.send(form)
    assert (answer.status_code, answer["Location"]) == (303, "/en/cart/")
    page = shopper.cart()
    assert "<s>was ¥59.90</s> → now <b>¥65.00</b>" in page and "/en/checkout/" not in page
    shopper.change("accept")
    assert "<s>" not in shopper.cart()
    assert shopper.send(shopper.form()).status_code == 303
    assert Order.objects.get().subtotal_minor == 13_000


def test_what_is_left_can_be_taken(shop):
    shopper = Shopper()
    variant, other = in_zone(), in_zone()
    shopper.add(variant, 5)
    shopper.add(other)
    Stock.objects.filter(variant=variant).update(on_hand=2)
    assert shopper.client.get("/checkout/")["Location"] == "/cart/"
    page = shopper.cart()
    assert "仅剩 2 件，您要 5 件" in page and "改为 2 件" in page
    shopper.change("set", line=shopper.line(variant), quantity=2)
    assert "仅剩" not in shopper.cart()
    shopper.order()


def test_somebody_was_faster(shop):
    shopper = Shopper()
    variant = in_zone(on_hand=1)
    shopper.add(variant)
    form = shopper.form()
    Stock.objects.filter(variant=variant).update(allocated=1)
    answer = shopper.send(form)
    assert answer["Location"] == "/cart/"
    assert "已售完，补货中" in shopper.cart()
    shopper.change("remove_invalid")
    assert "购物车是空的" in shopper.cart()


def test_what_is_not_on_sale_stands_apart(shop):
    shopper = Shopper()
    variant = in_zone()
    shopper.add(variant)
    Product.objects.update(status=Product.Status.PAUSED)
    page = shopper.cart()
    assert "暂时不能下单的商品" in page and "今天不在售" in page and "去结算" not in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: in_zone(on_hand=0), "已售完"),
        (lambda: in_zone(certified=False), "今天不能购买"),
        (lambda: in_zone(line_kind="service"), "暂未开放预订"),
    ],
)
def test_what_cannot_be_bought_is_not_put_in(shop, make, words):
    shopper = Shopper()
    variant = make()
    assert shopper.add(variant).status_code == 303
    assert not CheckoutLine.objects.exists()
    assert words in shopper.cart()


def test_an_unknown_product_and_a_wrong_quantity_are_said(shop):
    shopper = Shopper()
    variant = in_zone()
    shopper.add(variant, 5000)
    assert "1 到 999" in shopper.cart()
    variant.pk = 999_999
    shopper.add(variant)
    assert "已不存在" in shopper.cart()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"sec-fetch-site": "same-site", "origin": ORIGIN}, 403),
        ({}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ORIGIN}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
    ],
)
def test_only_our_own_pages_fill_a_cart(shop, headers, status):
    variant = in_zone()
    answer = Client(enforce_csrf_checks=True).post("/cart/add/", {"variant": variant.pk}, headers=headers)
    assert answer.status_code == status
    assert Checkout.objects.count() == (status == 303)


def test_a_cart_follows_its_owner_and_nobody_else(shop):
    owner = User.objects.create_user("owner@example.com", "a-long-password-1")
    earlier, later = in_zone(name_zh="早苹果"), in_zone(name_zh="晚苹果")
    old = Shopper()
    old.client.force_login(owner)
    old.add(earlier)
    shopper = Shopper()
    shopper.add(later)
    shopper.client.force_login(owner)
    page = shopper.cart()
    assert "早苹果" in page and "晚苹果" in page
    assert Checkout.objects.get().user == owner
    assert "晚苹果" in old.cart()
    shopper.client.logout()
    assert "购物车是空的" in shopper.cart()


def test_the_cart_cookie_is_signed_and_closed(shop):
    shopper = Shopper()
    shopper.add(in_zone(), 2)
    cookies = shopper.client.cookies
    assert cookies["cart"]["httponly"] and cookies["cart"]["samesite"] == "Lax"
    assert cookies["cart_count"].value == "2" and not cookies["cart_count"]["httponly"]
    token = str(Checkout.objects.get().token)
    forged = Client()
    forged.cookies["cart"] = f"{token}."
    assert "购物车是空的" in forged.get("/cart/").content.decode()
    shopper.order()
    assert shopper.client.cookies["cart"].value == ""
