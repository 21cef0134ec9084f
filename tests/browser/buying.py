"""A purchase as a person makes it, click by click."""

import json
import re
import time
import urllib.request

from playwright.sync_api import Page, expect

from tests.faults.shop import Shop

PREFIX = {"zh": "", "hant": "/zh-hant", "en": "/en"}
PAID = {"zh": "已付款", "hant": "已付款", "en": "Paid"}
WAITING = {"zh": "待付款", "hant": "待付款", "en": "Waiting for payment"}
ZONE = "spring-open"


def products_of_two_merchants(shop: Shop) -> list[str]:
    """Return the slugs of two products of the zone, of two merchants, with plenty of stock."""
    rows = shop.sql(
        "SELECT p.merchant_id, p.slug, MIN(s.on_hand - s.allocated) FROM catalog_product p "
        "JOIN catalog_productcard c ON c.product_id = p.id "
        "JOIN catalog_producttag t ON t.product_id = p.id "
        "JOIN catalog_productvariant v ON v.product_id = p.id JOIN catalog_stock s ON s.variant_id = v.id "
        f"WHERE t.tag = '{ZONE}' AND p.line_kind = 'goods' AND p.status = 'on_sale' AND c.sellable_until IS NOT NULL "
        "AND c.tags <> '[]' GROUP BY p.merchant_id, p.slug HAVING MIN(s.on_hand - s.allocated) > 50 ORDER BY p.slug"
    )
    by_merchant = {merchant: slug for merchant, slug, _ in rows}
    return list(by_merchant.values())[:2]


def total(shop: Shop, key: str) -> int:
    """Return a live figure in fen, as the shop tells it to every page."""
    with urllib.request.urlopen(f"{shop.url}/live.json") as answer:
        return round(float(json.load(answer)["figures"][key]["amount"]) * 100)


def fill_cart(page: Page, shop: Shop, language: str, slugs: list[str]) -> None:
    """Put one of each product into the cart, coming from the zone."""
    for slug in slugs:
        page.goto(f"{shop.url}{PREFIX[language]}/products/{slug}/?zone={ZONE}")
        page.locator("button[name=next][value=cart]:visible").first.click()
        expect(page).to_have_url(re.compile(r"/cart/"))


def check_out(page: Page, shop: Shop, language: str) -> None:
    """Fill the checkout's form and place the order; the pay page is open then."""
    page.goto(f"{shop.url}{PREFIX[language]}/checkout/")
    page.fill("[name=name]", "收货人")
    page.fill("[name=phone]", "13800000000")
    page.select_option("[name=province]", "440000")
    page.select_option("[name=city]", "440100")
    page.select_option("[name=county]", "440106")
    page.fill("[name=street]", "体育西路 1 号")
    page.fill("[name=email]", "buyer@example.com")
    page.locator("button[name=place]:visible").first.click()
    expect(page).to_have_url(re.compile(r"/pay/"))


def pay(page: Page, choice: str = "approve") -> None:
    """Go to the stand-in's page and choose; the browser comes back to the order."""
    page.locator("[data-pay]").click()
    page.locator(f"button[name=choice][value={choice}]").click()


def lines_minor(shop: Shop, order_token: str) -> int:
    """Return the sum of an order's lines, without freight, in fen."""
    token = order_token if shop.database else order_token.replace("-", "")
    return shop.sql(f"SELECT subtotal_minor FROM checkout_order WHERE token = '{token}'")[0][0]


def token_of(page: Page) -> str:
    """Return the order's token, from the address of its page."""
    found = re.search(r"/orders/([0-9a-f-]{36})/", page.url)
    assert found, page.url
    return found[1]


def wait_for_total(shop: Shop, key: str, expected: int, seconds: float) -> float:
    """Wait until a live figure is exactly this; return how long it took. Raises AssertionError."""
    begin = time.monotonic()
    while total(shop, key) != expected:
        assert time.monotonic() < begin + seconds, f"{key} is {total(shop, key)}, not {expected}, after {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - begin
