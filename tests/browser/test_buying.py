"""Buying in a real browser: the order is paid, and every open page shows the total grow by exactly what counted."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser import buying
from tests.browser.buying import PAID, PREFIX, WAITING, ZONE

pytestmark = pytest.mark.browser

CAMPAIGN = "new-year-drive"


def yuan(minor: int) -> str:
    return f"¥{minor / 100:,.2f}"


def test_a_product_of_each_of_two_merchants_is_bought_and_counted_to_the_fen(new_context, shop, size, language):
    """Zone, campaign and home page are open meanwhile, and show the new total without a reload."""
    context = new_context(viewport=size)
    watching = {
        "/": f"campaign/{CAMPAIGN}",
        f"/zones/{ZONE}/": f"zone/{ZONE}",
        f"/campaigns/{CAMPAIGN}/": f"campaign/{CAMPAIGN}",
    }
    before = {key: buying.total(shop, key) for key in watching.values()}
    pages = {path: context.new_page() for path in watching}
    for path, open_page in pages.items():
        open_page.goto(f"{shop.url}{PREFIX[language]}{path}")
    page = context.new_page()
    slugs = buying.products_of_two_merchants(shop)
    assert len(slugs) == 2
    buying.fill_cart(page, shop, language, slugs)
    buying.check_out(page, shop, language)
    buying.pay(page)
    expect(page).to_have_url(re.compile(r"/orders/[0-9a-f-]{36}/$"))
    paid_at = time.monotonic()
    token = buying.token_of(page)
    counted = buying.lines_minor(shop, token)
    for path, key in watching.items():
        shown = pages[path].locator(f'[data-live="{key}"][data-live-part="exact"]').first
        expect(shown).to_have_text(yuan(before[key] + counted), timeout=4000)
    print(
        f"{size['width']} px, {language}: +{yuan(counted)}, shown {time.monotonic() - paid_at:.1f} s after coming back"
    )
    expect(page.locator("h1")).to_contain_text(PAID[language])
    assert shop.sql("SELECT COUNT(*) FROM checkout_merchantorder")[0][0] >= 2


def test_what_is_paid_while_the_relay_is_down_is_counted_once_when_it_is_up(new_context, shop):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    before = buying.total(shop, f"zone/{ZONE}")
    shop.stop("relay")
    try:
        buying.fill_cart(page, shop, "zh", buying.products_of_two_merchants(shop))
        buying.check_out(page, shop, "zh")
        buying.pay(page)
        expect(page.locator("h1")).to_contain_text("已付款")
        time.sleep(2)
        assert buying.total(shop, f"zone/{ZONE}") == before
    finally:
        shop.start_relay()
    expected = before + buying.lines_minor(shop, buying.token_of(page))
    took = buying.wait_for_total(shop, f"zone/{ZONE}", expected, seconds=30)
    time.sleep(2)
    assert buying.total(shop, f"zone/{ZONE}") == expected
    print(f"counted once, {took:.1f} s after the relay was started again")
    assert shop.broken() == []


def test_a_declined_payment_is_said_and_can_be_tried_again(new_context, shop, language):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    buying.fill_cart(page, shop, language, buying.products_of_two_merchants(shop)[:1])
    buying.check_out(page, shop, language)
    buying.pay(page, "decline")
    expect(page.locator("h1")).to_contain_text(WAITING[language])
    page.goto(page.url.split("?")[0] + "pay/")
    buying.pay(page)
    expect(page.locator("h1")).to_contain_text(PAID[language])


def test_a_buyer_who_never_comes_back_has_paid_all_the_same(new_context, shop):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    buying.fill_cart(page, shop, "zh", buying.products_of_two_merchants(shop)[:1])
    buying.check_out(page, shop, "zh")
    order = page.url.replace("pay/", "")
    page.route("**/return/**", lambda route: route.abort())
    page.locator("[data-pay]").click()
    page.locator("button[name=choice][value=approve]").click(no_wait_after=True)
    other = new_context(viewport={"width": 390, "height": 844}).new_page()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        other.goto(order)
        if "已付款" in (other.locator("h1").text_content() or ""):
            return
        time.sleep(0.5)
    raise AssertionError("the webhook did not bring the payment in")


def test_buying_works_without_javascript_up_to_the_pay_page(new_context, shop):
    page = new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()
    buying.fill_cart(page, shop, "zh", buying.products_of_two_merchants(shop)[:1])
    page.goto(f"{shop.url}/checkout/")
    page.select_option("[name=province]", "440000")
    page.locator("button[name=update]").first.click()
    page.select_option("[name=city]", "440100")
    page.locator("button[name=update]").first.click()
    page.select_option("[name=county]", "440106")
    for name, text in {
        "name": "收货人",
        "phone": "13800000000",
        "street": "体育西路 1 号",
        "email": "buyer@example.com",
    }.items():
        page.fill(f"[name={name}]", text)
    page.locator("button[name=place]:visible").first.click()
    expect(page).to_have_url(re.compile(r"/pay/$"))
    expect(page.locator("[data-pay]")).to_be_visible()


def test_the_places_below_are_those_of_the_last_choice_however_slow_the_first_answer(new_context, shop):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    buying.fill_cart(page, shop, "zh", buying.products_of_two_merchants(shop)[:1])
    page.goto(f"{shop.url}/checkout/")

    def slowly(route):
        time.sleep(1)
        route.continue_()

    page.route("**/divisions/610000.json", slowly)
    page.select_option("[name=province]", "610000")
    page.select_option("[name=province]", "440000")
    page.wait_for_selector("[name=city] option[value='440100']", state="attached")
    page.wait_for_timeout(1500)
    cities = page.eval_on_selector_all("[name=city] option", "options => options.map(option => option.value)")
    assert len(cities) == len(set(cities))
    assert all(code[:2] == "44" for code in cities if code)
