"""Seven-day no-reason return: the buyer loses it only for goods that were shown as outside it, and by a tick."""

import re

import pytest
from django.db import IntegrityError, transaction

from catalog.actions import cards
from catalog.graphql.base import from_metadata, global_id
from catalog.models import Product
from checkout import purchase
from checkout.models import Order, OrderLine
from checkout.purchase import LineInput
from checkout.rules import return_days
from tests.buying import ADDRESS
from tests.contract.buying_pages import in_zone, read
from tests.factories import NOW, variant
from tests.graphql_client import data as ask
from tests.shopper import Shopper, field

pytestmark = pytest.mark.django_db

EXCLUDED, SEVEN_DAYS = Product.ReturnRule.EXCLUDED, Product.ReturnRule.SEVEN_DAYS


def with_cart(prefix: str = "", **values) -> tuple[Shopper, Product, Product]:
    """Return a shopper whose cart holds a fresh product, outside the right, and one that keeps."""
    shopper = Shopper(prefix)
    fresh = in_zone(name_zh="鲜桃", name_en="Fresh peach", return_rule=EXCLUDED, **values)
    kept = in_zone(name_zh="干枣", name_en="Dried date")
    shopper.add(fresh)
    shopper.add(kept)
    return shopper, fresh.product, kept.product


def shown(page: str) -> str:
    """Return the marked part of the checkout, or nothing."""
    found = re.search(r'<fieldset class="panel no-return".*?</fieldset>', page, re.S)
    return found[0] if found else ""


def rights() -> dict[int, tuple[int, object]]:
    return {line.product_id: (line.return_days, line.return_confirmed_at) for line in OrderLine.objects.all()}


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("鲜桃", "我已知晓以上商品不适用七天无理由退货", "不勾选也可以下单")),
        ("/en", ("Fresh peach", "does not apply to these products", "You can order without ticking")),
    ],
)
def test_the_checkout_lists_exactly_these_products_beside_an_empty_box(shop, prefix, words):
    shopper, fresh, _kept = with_cart(prefix)
    part = shown(read(shopper, f"{prefix}/checkout/"))
    assert all(word in part for word in words)
    assert "干枣" not in part and "Dried date" not in part
    assert f'name="no_return" value="{fresh.pk}"' in part and "checked" not in part


def test_two_sizes_of_one_product_are_listed_once(shop):
    shopper, fresh, _kept = with_cart()
    shopper.add(variant(fresh))
    part = shown(read(shopper, "/checkout/"))
    assert part.count("<li>") == 1 and f'value="{fresh.pk}"' in part


def test_a_cart_without_such_goods_is_not_asked(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    assert "no_return" not in read(shopper, "/checkout/")


@pytest.mark.parametrize(
    ("prefix", "lost", "stands"),
    [
        ("", "不适用七天无理由退货（下单时已确认）", "支持七天无理由退货"),
        ("/en", "as you confirmed when ordering", "Seven-day return without a reason"),
    ],
)
def test_a_tick_is_kept_with_the_line_and_shown_on_the_order(shop, prefix, lost, stands):
    shopper, fresh, kept = with_cart(prefix)
    page = read(shopper, f"{prefix}/checkout/")
    answer = shopper.send(shopper.form(), no_return=field(page, "no_return"))
    assert rights() == {fresh.pk: (0, NOW), kept.pk: (7, None)}
    Product.objects.update(return_rule=SEVEN_DAYS)
    order = read(shopper, answer["Location"].removesuffix("pay/"))
    assert order.count(lost) == 1 and order.count(stands) == 1


def test_without_the_tick_the_order_is_placed_and_the_right_stands(shop):
    shopper, fresh, kept = with_cart()
    shopper.order()
    assert rights() == {fresh.pk: (7, None), kept.pk: (7, None)}


def test_a_form_sent_back_keeps_the_tick(shop):
    shopper, fresh, _kept = with_cart()
    for button in ("place", "update"):
        page = shopper.send(shopper.form(), button=button, phone="1", no_return=str(fresh.pk)).content.decode()
        assert "checked" in shown(page)
        page = shopper.send(shopper.form(), button=button, phone="1").content.decode()
        assert "checked" not in shown(page)


def test_what_was_not_shown_keeps_its_right(shop):
    shopper, fresh, kept = with_cart()
    form = shopper.form()
    Product.objects.filter(pk=kept.pk).update(return_rule=EXCLUDED)  # while the buyer looks at the page
    page = shopper.send(form, phone="1", no_return=str(fresh.pk)).content.decode()
    assert "checked" not in shown(page) and "干枣" in shown(page)  # it is another question now
    shopper.send(form, no_return=str(fresh.pk))
    assert rights() == {fresh.pk: (0, NOW), kept.pk: (7, None)}


def test_what_is_no_longer_outside_the_right_keeps_it_although_ticked(shop):
    shopper, fresh, _kept = with_cart()
    form = shopper.form()
    Product.objects.update(return_rule=SEVEN_DAYS)
    shopper.send(form, no_return=str(fresh.pk))
    assert set(rights().values()) == {(7, None)}


@pytest.mark.parametrize("forged", ["x", "1e9", "9" * 40, "-1", "²", "\x00"])
def test_a_forged_tick_is_none(shop, forged):
    shopper, _fresh, _kept = with_cart()
    assert shopper.send(shopper.form(), no_return=forged).status_code == 303
    assert {days for days, _at in rights().values()} == {7}


def test_the_right_is_lost_by_both_and_by_nothing_less():
    asked = [(excluded, confirmed) for excluded in (True, False) for confirmed in (True, False)]
    assert [return_days(is_excluded=one, is_confirmed=two) for one, two in asked] == [0, 7, 7, 7]


def test_it_travels_through_the_seam_and_shows_in_the_api(shop):
    fresh, other = (in_zone(return_rule=EXCLUDED) for _ in range(2))
    lines = [LineInput(fresh.pk, 1), LineInput(other.pk, 1, "spring-open")]
    cart = purchase.start(lines=lines, email="buyer@example.com", address=ADDRESS)
    placed = purchase.place(cart.token, no_return=[fresh.product_id])
    assert rights() == {fresh.product_id: (0, NOW), other.product_id: (7, None)}
    query = "query($id: ID) { order(id: $id) { lines { metadata { key value } } } }"
    found = ask(query, {"id": global_id("Order", placed.token)})["order"]["lines"]
    assert [from_metadata(line["metadata"]) for line in found] == [
        {"returnDays": "0", "returnConfirmedAt": NOW.isoformat()},
        {"tag": "spring-open", "returnDays": "7"},
    ]


def test_a_client_of_the_api_sees_whom_to_ask_and_confirms(shop):
    fresh = in_zone(return_rule=EXCLUDED)
    cards.rebuild(now=NOW)
    cart = purchase.start(lines=[LineInput(fresh.pk, 1)], email="buyer@example.com", address=ADDRESS)
    key = {"id": global_id("Checkout", cart.token)}
    query = "query($id: ID) { checkout(id: $id) { lines { metadata { key value } variant { product { id } } } } }"
    (line,) = ask(query, key)["checkout"]["lines"]
    assert from_metadata(line["metadata"]) == {"returnRule": "EXCLUDED"}
    complete = """mutation($id: ID, $metadata: [MetadataInput!]) {
        checkoutComplete(id: $id, metadata: $metadata) { order { id } errors { code } } }"""
    metadata = [{"key": "noReturn", "value": line["variant"]["product"]["id"]}]
    assert ask(complete, {**key, "metadata": metadata})["checkoutComplete"]["errors"] == []
    assert rights() == {fresh.product_id: (0, NOW)}


def test_the_database_lets_no_line_lose_the_right_unconfirmed(shop):
    shopper, _fresh, _kept = with_cart()
    shopper.order()
    for wrong in ({"return_days": 0}, {"return_confirmed_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderLine.objects.filter(order=Order.objects.get()).update(**wrong)
