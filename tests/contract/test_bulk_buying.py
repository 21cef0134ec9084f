"""Prices by quantity, least and most in an order, and provinces of delivery, as a buyer meets them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import cards
from catalog.models import PriceTier, Product, ProductVariant
from checkout import purchase
from checkout.models import CheckoutLine, Order, OrderLine
from checkout.purchase import LineInput
from checkout.rules import Code, PurchaseError
from tests.buying import ADDRESS
from tests.contract.buying_pages import in_zone, read
from tests.factories import NOW
from tests.graphql_client import data
from tests.shopper import Shopper

pytestmark = pytest.mark.django_db


def tiered(*tiers: tuple[int, int], **values) -> ProductVariant:
    variant = in_zone()
    ProductVariant.objects.filter(pk=variant.pk).update(**values) if values else None
    for quantity, price in tiers or ((10, 5500), (50, 5000)):
        PriceTier.objects.create(variant=variant, minimum_quantity=quantity, price_minor=price)
    variant.refresh_from_db()
    return variant


def only_shaanxi() -> ProductVariant:
    variant = in_zone()
    Product.objects.filter(pk=variant.product_id).update(sales_provinces=["610000"])
    return variant


def page_of(variant, prefix: str = "") -> str:
    cards.rebuild(now=NOW)
    return Client().get(f"{prefix}/products/{variant.product.slug}/").content.decode()


def test_the_product_page_shows_the_prices_by_quantity(shop):
    page = page_of(tiered(), "/en")
    assert "<td>1 or more</td><td>¥59.90</td>" in page
    assert "<td>10 or more</td><td>¥55.00</td>" in page and "<td>50 or more</td><td>¥50.00</td>" in page
    assert 'data-steps="1 ¥59.90 10 ¥55.00 50 ¥50.00"' in page
    assert "<td>10 件起</td><td>¥55.00</td>" in page_of(tiered())
    assert 'class="steps"' not in page_of(in_zone())


def test_the_quantity_makes_the_price_and_the_order_keeps_it(shop):
    shopper = Shopper("/en")
    variant = tiered()
    shopper.add(variant, 9)
    assert "¥59.90" in shopper.cart() and "bulk price" not in shopper.cart()
    page = shopper.change("set", line=shopper.line(variant), quantity=10).content.decode()
    assert "bulk price" in page and "¥55.00" in page and "<small>¥</small>550.00" in page
    assert CheckoutLine.objects.get().seen_price_minor == 5500
    shopper.add(variant, 40)  # 50 now: what is there counts, too
    assert CheckoutLine.objects.get().seen_price_minor == 5000
    shopper.order()
    line = OrderLine.objects.get()
    assert (line.unit_price_minor, line.total_minor) == (5000, 250_000)
    PriceTier.objects.all().delete()
    line.refresh_from_db()
    assert line.unit_price_minor == 5000


def test_a_tier_that_changed_after_it_was_seen_is_asked_about(shop):
    shopper = Shopper("/en")
    variant = tiered()
    shopper.add(variant, 10)
    form = shopper.form()
    PriceTier.objects.filter(minimum_quantity=10).update(price_minor=5600)
    assert shopper.send(form)["Location"] == "/en/cart/"
    assert "<s>was ¥55.00</s> → now <b>¥56.00</b>" in shopper.cart()
    shopper.change("accept")
    shopper.order()
    assert OrderLine.objects.get().unit_price_minor == 5600


def test_fewer_than_an_order_must_hold_are_refused_with_words(shop):
    shopper = Shopper()
    variant = tiered(min_quantity=5)
    assert 'name="quantity" type="number" inputmode="numeric" min="5"' in page_of(variant)
    answer = shopper.add(variant, 4)
    assert answer["Location"] == f"/products/{variant.product.slug}/"
    assert "该商品每单至少购买 5 件" in shopper.cart()
    shopper.add(variant, "")
    assert CheckoutLine.objects.get().quantity == 5
    page = shopper.change("set", line=shopper.line(variant), quantity=3).content.decode()
    assert "该商品每单至少购买 5 件" in page and CheckoutLine.objects.get().quantity == 5
    ProductVariant.objects.update(min_quantity=8)
    page = shopper.cart()
    assert "每单至少 8 件，您要 5 件" in page and "改为 8 件" in page and 'href="/checkout/"' not in page
    shopper.change("set", line=shopper.line(variant), quantity=8)
    shopper.order()


def test_more_than_an_order_may_hold_are_refused_with_words(shop):
    shopper = Shopper("/en")
    variant = tiered(max_quantity=60)
    shopper.add(variant, 50)
    shopper.add(variant, 11)
    assert "An order holds at most 60 of this product." in shopper.cart()
    assert CheckoutLine.objects.get().quantity == 50
    ProductVariant.objects.update(max_quantity=50)
    PriceTier.objects.filter(minimum_quantity=50).delete()
    CheckoutLine.objects.update(quantity=55)
    assert "An order holds at most 50, you want 55" in shopper.cart()


def test_placing_refuses_what_the_cart_page_would_not_have_let_through(shop):
    variant = tiered(max_quantity=80)
    cart = purchase.start(lines=[LineInput(variant.pk, 20)], email="buyer@example.com", address=ADDRESS)
    refusals = [
        ({"min_quantity": 30}, Code.INVALID, "lines.minimum"),
        ({"min_quantity": 1, "max_quantity": 15}, Code.QUANTITY_GREATER_THAN_LIMIT, "lines.quantity"),
    ]
    for values, code, field in refusals:
        ProductVariant.objects.update(**values)
        with pytest.raises(PurchaseError) as refused:
            purchase.place(cart.token)
        assert (refused.value.code, refused.value.field, refused.value.variant_ids) == (code, field, (variant.pk,))
    ProductVariant.objects.update(max_quantity=None)
    Product.objects.update(sales_provinces=["610000"])
    with pytest.raises(PurchaseError) as refused:
        purchase.place(cart.token)
    assert refused.value.code == Code.SHIPPING_METHOD_NOT_APPLICABLE and not Order.objects.exists()
    Product.objects.update(sales_provinces=["110000", "610000"])
    assert purchase.place(cart.token).total_minor == 20 * 5500 + 800


def test_the_product_page_says_where_it_is_delivered(shop):
    variant = only_shaanxi()
    assert "Delivered only to: Shaanxi" in page_of(variant, "/en")
    assert "仅配送至：" in page_of(variant) and "陕西" in page_of(variant)


def test_what_is_not_delivered_there_is_said_and_can_be_taken_out(shop):
    shopper = Shopper("/en")
    there, everywhere = only_shaanxi(), in_zone()
    shopper.add(there)
    shopper.add(everywhere)
    form = shopper.form()
    answer = shopper.send(form)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Order.objects.exists()
    assert "These products are not delivered to the province that you chose:" in page
    assert f'name="remove" value="{shopper.line(there)}"' in page
    assert f'name="remove" value="{shopper.line(everywhere)}"' not in page
    foreign = shopper.send(form, button="remove", remove=str(shopper.line(everywhere)), place="")
    assert foreign.status_code == 200 and CheckoutLine.objects.count() == 2
    answer = shopper.send(form, button="remove", remove=str(shopper.line(there)))
    page = answer.content.decode()
    assert answer.status_code == 200 and "not delivered" not in page
    assert "景山前街4号" in page and CheckoutLine.objects.get().variant == everywhere
    shopper.order()


def test_the_only_line_taken_out_leaves_an_empty_cart(shop):
    shopper = Shopper()
    variant = only_shaanxi()
    shopper.add(variant)
    answer = shopper.send(shopper.form(), button="remove", remove=str(shopper.line(variant)))
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")


def test_tiers_cost_a_cart_one_query_whatever_it_holds(shop):
    shopper = Shopper()
    counts = []
    for _ in range(3):
        shopper.add(tiered(), 20)
        read(shopper, "/cart/")  # the campaigns are read again every few seconds
        with CaptureQueriesContext(connection) as seen:
            read(shopper, "/cart/")
        counts.append(sum("catalog_pricetier" in query["sql"] for query in seen))
        assert len(seen) <= 11
    assert counts == [1, 1, 1]


LINES = """checkout { lines { id quantity unitPrice { gross { amount } } totalPrice { gross { amount } } } }
  errors { code field variants }"""


def test_the_api_gives_the_same_prices_and_refuses_the_same(shop):
    variant = tiered(min_quantity=2, max_quantity=60)
    created = purchase.start(lines=[LineInput(variant.pk, 9)])
    opaque = purchase._id("Checkout", created.token)
    line = purchase._id("CheckoutLine", CheckoutLine.objects.get().pk)
    document = (
        "mutation($id: ID, $lines: [CheckoutLineUpdateInput!]!) { checkoutLinesUpdate(id: $id, lines: $lines) { %s } }"
    )

    def update(quantity: int) -> dict:
        variables = {"id": opaque, "lines": [{"lineId": line, "quantity": quantity}]}
        return data(document % LINES, variables)["checkoutLinesUpdate"]

    def prices(answer: dict) -> tuple[float, float]:
        found = answer["checkout"]["lines"][0]
        return found["unitPrice"]["gross"]["amount"], found["totalPrice"]["gross"]["amount"]

    assert prices(update(9)) == (59.9, 539.1)
    assert prices(update(10)) == (55.0, 550.0)
    assert prices(update(50)) == (50.0, 2500.0)
    assert prices(update(9)) == (59.9, 539.1)
    named = [purchase._id("ProductVariant", variant.pk)]
    assert update(1)["errors"] == [{"code": "INVALID", "field": "quantity", "variants": named}]
    assert update(61)["errors"] == [{"code": "QUANTITY_GREATER_THAN_LIMIT", "field": "quantity", "variants": named}]


def test_the_api_tells_of_tiers_bounds_and_provinces(shop):
    variant = tiered(min_quantity=2, max_quantity=60)
    Product.objects.update(sales_provinces=["610000"])
    cards.rebuild(now=NOW)
    document = """query($slug: String) { product(slug: $slug) { salesProvinces variants {
      minQuantity quantityLimitPerCustomer priceTiers { minimumQuantity price { gross { amount } } } } } }"""
    found = data(document, {"slug": variant.product.slug})["product"]
    assert found["salesProvinces"] == ["610000"]
    tiers = [
        {"minimumQuantity": least, "price": {"gross": {"amount": price}}} for least, price in ((10, 55.0), (50, 50.0))
    ]
    assert found["variants"] == [{"minQuantity": 2, "quantityLimitPerCustomer": 60, "priceTiers": tiers}]
