"""Every page of a purchase: how many queries it costs, and that it speaks one language."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aid_tracking import relay
from tests import aid, scripts
from tests.contract.buying_pages import in_zone, paid_order, read
from tests.factories import NOW, merchant
from tests.page_text import Page
from tests.shopper import Shopper, choose, pay_link

pytestmark = pytest.mark.django_db

CJK = re.compile(r"[\u3400-\u9fff]")


def queries(shopper: Shopper, address: str) -> int:
    shopper.client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert shopper.client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("address", "most"), [("/cart/", 11), ("/checkout/", 13)])
def test_queries_do_not_grow_with_the_cart(shop, address, most):
    few, many = Shopper(), Shopper()
    few.add(in_zone(), tag=aid.TAG)
    for _ in range(6):
        many.add(in_zone(merchant=merchant()), tag=aid.TAG)
    assert queries(few, address) == queries(many, address) <= most


def test_queries_of_an_order_page_are_bounded(shop):
    shopper = Shopper()
    for _ in range(6):
        shopper.add(in_zone(merchant=merchant()), tag=aid.TAG)
    order = paid_order(shopper)
    relay.run_once(now=NOW)
    assert queries(shopper, f"/orders/{order.token}/") <= 9
    assert queries(shopper, f"/orders/{order.token}/state.json") <= 9


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_every_page_speaks_one_language_and_has_no_inline_code(shop, prefix):
    shopper = Shopper(prefix)
    pages = [shopper.cart()]
    shopper.add(in_zone(name_en="Apple", name_zh="苹果"), tag=aid.TAG)
    pages += [shopper.cart(), read(shopper, f"{prefix}/checkout/")]
    pages.append(shopper.send(shopper.form(), phone="1", email="").content.decode())
    address = shopper.order()
    pages += [read(shopper, address), read(shopper, address.removesuffix("pay/"))]
    shopper.client.get(choose(pay_link(shopper, pages[-2]), "approve"))
    pages.append(read(shopper, address.removesuffix("pay/")))
    pages += [read(shopper, f"{prefix}/accounts/{name}/") for name in ("login", "signup", "password/reset")]
    for text in pages:
        page = Page.of(text)
        assert page.inline == [] and page.headings[0] == 1 and page.headings.count(1) == 1
        assert len(page.ids) == len(set(page.ids))
        if prefix == "/en":
            assert [words for language, words in page.texts if language == "en" and CJK.search(words)] == []
        else:
            latin = re.compile(r"[A-Za-z]{4,}")
            own = [words for language, words in page.texts if language == page.language and latin.search(words)]
            assert [w for w in own if not re.search(r"English|example\.com|spring-2026|year-2026", w)] == []
        if prefix == "/zh-hant":
            assert page.language == "zh-Hant" and scripts.unmarked(page.texts) == []
