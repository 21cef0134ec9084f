"""A purchase without a mouse, from the search field to the paid order, with the focus in view at every step."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser import probes
from tests.browser.buying import PAID, PREFIX
from tests.browser.places import WORD

pytestmark = pytest.mark.browser

MOST_KEYS = 90


def reach(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until this has the focus. Each step on the way must be seen."""
    for _ in range(MOST_KEYS):
        page.keyboard.press(key)
        fault = probes.focus_fault(page)
        assert not fault, fault
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {MOST_KEYS} keys")


def choose(page: Page, name: str, code: str) -> None:
    """Choose an option with the arrow keys."""
    reach(page, f"[name={name}]")
    page.wait_for_selector(f"[name={name}] option[value='{code}']", state="attached")
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == code:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{code} is not among the options of {name}")


def fill(page: Page, name: str, text: str) -> None:
    reach(page, f"[name={name}]")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_purchase_needs_no_mouse(new_context, places, language, key):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{places.url}{PREFIX[language]}/")
    reach(page, "#q")
    page.keyboard.insert_text(WORD[language])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    assert WORD[language] in unquote(page.url)
    reach(page, ".card:not(.out) a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/products/"))
    reach(page, "button[name=next][value=cart]")
    page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/cart/$"))
    reach(page, "a[href$='/checkout/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/checkout/$"))
    fill(page, "name", "收货人")
    fill(page, "phone", "13800000000")
    for name, code in (("province", "440000"), ("city", "440100"), ("county", "440106")):
        choose(page, name, code)
        page.wait_for_timeout(300)
    fill(page, "street", "体育西路 1 号")
    fill(page, "email", "buyer@example.com")
    reach(page, "button[name=place]")
    page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]+/pay/$"))
    reach(page, "[data-pay]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/pay/pi_"))
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "approve":
            break
    page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]+/$"))
    expect(page.locator("h1")).to_contain_text(PAID[language])


def test_a_suggestion_is_chosen_with_the_arrow_keys(new_context, places):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{places.url}/")
    reach(page, "#q")
    page.keyboard.insert_text("苹")
    first = page.locator("[role=option]").first
    expect(first).to_be_visible()
    word = first.text_content()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    assert f"q={word}" in unquote(page.url)


def test_the_filter_sheet_opens_closes_and_gives_the_focus_back(new_context, places, language):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{places.url}{PREFIX[language]}/search/?q={WORD[language]}")
    reach(page, ".open-filters")
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_focused()
    reach(page, ".facet a")
    for _ in range(80):  # the focus never leaves the sheet for what lies behind it
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#filters')")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".open-filters")).to_be_focused()


def test_an_error_takes_the_focus_and_leads_to_its_field(new_context, places, language):
    page = places.open(new_context(viewport={"width": 390, "height": 844}), "checkout with errors", language)
    expect(page.locator("[data-focus]")).to_be_focused()
    reach(page, "[data-focus] a[href='#id_name']")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    assert page.locator("#id_name").get_attribute("aria-invalid") == "true"
    assert probes.focus_fault(page) == ""
