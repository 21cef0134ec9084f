"""A co-op on a phone: it applies, is returned, mends what was wrong, is recommended and approved; all by hand."""

import io
import re
import secrets

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import probes
from tests.browser.test_accessibility import AXE, GRAVE, TARGET
from tests.faults.shop import Shop
from tests.merchants import CREDIT_CODE

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
WORDS = "a long pass phrase of mine"


@pytest.fixture
def people(shop: Shop) -> dict[str, str]:
    """The demo's accounts for the office: address → password."""
    told = shop.command("demo", "accounts").stdout
    return dict(line.split()[:2] for line in told.splitlines() if "@" in line)


def visitor(browser: Browser, *, scripts: bool = True) -> Page:
    return browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=scripts).new_page()


def sign_in(page: Page, shop: Shop, email: str, password: str) -> None:
    page.goto(f"{shop.url}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("main button").click()
    page.wait_for_url(f"{shop.url}/")


def officers(browser: Browser, shop: Shop, people: dict[str, str]) -> tuple[Page, Page]:
    """Return the desks of the county and of the programme office, signed in."""
    desks = []
    for email in ("county@bangmai.example", "reviewer@bangmai.example"):
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
        sign_in(page, shop, email, people[email])
        desks.append(page)
    return desks[0], desks[1]


def applicant(page: Page, shop: Shop) -> str:
    """Sign somebody up; the link in the mail is as good as opened."""
    email = f"coop-{secrets.token_hex(4)}@example.com"
    page.goto(f"{shop.url}/accounts/signup/")
    page.fill("[name=email]", email)
    page.fill("[name=password1]", WORDS)
    page.locator("main button").click()
    page.wait_for_url(f"{shop.url}/")
    verified = "TRUE" if shop.database else "1"
    shop.execute(f"UPDATE account_emailaddress SET verified = {verified} WHERE email = '{email}'")
    return email


def scan() -> dict:
    written = io.BytesIO()
    Image.new("RGB", (1200, 800), "white").save(written, "JPEG")
    return {"name": "执照.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def fine(page: Page) -> list[str]:
    """Return what axe and our own probes find wrong with the page as it is open."""
    found = [rule["id"] for rule in Axe().run(page, options=AXE).response["violations"] if rule["impact"] in GRAVE]
    return [*found, *probes.sideways(page), *probes.small_targets(page, TARGET)]


def decide(officer: Page, shop: Shop, name: str, verb: str, **fields: str) -> None:
    """Find the application in the queue, choose, fill in, confirm."""
    officer.goto(f"{shop.url}/admin/catalog/merchantapplication/?q={name}")
    officer.locator("#result_list a", has_text=name).first.click()
    officer.locator(f".review-actions a[href*='/{verb}/']").click()
    for field, value in fields.items():
        officer.fill(f"[name={field}]", value)
    officer.locator("main button, #content button, form button").filter(has_text="确认").first.click()
    expect(officer).to_have_url(re.compile(r"/change/$"))


def onboard(coop: Page, office: Page, reviewer: Page, shop: Shop, name: str, *, scripts: bool = True) -> None:
    """Apply, be returned, mend it, be recommended and approved; each by hand. The pages' people have signed in.

    `coop` stands at the overview of its console in the end.
    """
    coop.goto(f"{shop.url}/accounts/")
    coop.get_by_role("link", name="商家后台").click()
    coop.get_by_role("link", name="商家入驻").click()
    coop.fill("[name=legal_name]", name)
    coop.select_option("[name=producer_type]", "cooperative")
    coop.fill("[name=region]", "延长县")
    coop.locator("main button").click()
    expect(coop).to_have_url(re.compile(r"/application/$"))

    coop.fill("[name=credit_code]", CREDIT_CODE[:-1] + "M")  # one character is wrong
    coop.set_input_files("[name=licence]", scan())
    coop.locator("button[name=submit]").click()
    expect(coop.get_by_text("校验位不符").first).to_be_visible()
    expect(coop.get_by_role("link", name="执照.jpg")).to_be_visible()
    if scripts:
        assert fine(coop) == []
    coop.fill("[name=credit_code]", CREDIT_CODE.lower())
    coop.fill("[name=production_region]", "延长县（陕西省延安市）")
    coop.select_option("[name=benefit_mode]", "contract_purchase")
    coop.fill("[name=benefit_households]", "120")
    coop.fill("[name=benefit_from]", "2025-01-01")
    coop.fill("[name=benefit_until]", "2025-12-31")
    coop.set_input_files("[name=food_permit]", scan())
    coop.set_input_files("[name=benefit_evidence]", scan())
    coop.locator("button[name=submit]").click()
    expect(coop.get_by_text("县级部门正在审核推荐")).to_be_visible()
    console = coop.url

    decide(office, shop, name, "return", reason_licence="照片模糊，请重拍")
    coop.reload()
    expect(coop.get_by_text("照片模糊，请重拍")).to_be_visible()
    if scripts:
        assert fine(coop) == []
    coop.get_by_role("link", name="继续填写申请").click()
    coop.set_input_files("[name=licence]", scan())
    coop.locator("button[name=submit]").click()
    expect(coop).to_have_url(console)
    decide(office, shop, name, "recommend", office="延长县农业农村局")
    decide(reviewer, shop, name, "approve")
    coop.reload()
    expect(coop.get_by_text("该商家已获准销售已认定的商品")).to_be_visible()
    expect(coop.get_by_text("延长县农业农村局 已推荐")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_applied_returned_mended_recommended_approved(browser, shop, people, scripts):
    coop = visitor(browser, scripts=scripts)
    applicant(coop, shop)
    desks = officers(browser, shop, people)
    onboard(coop, *desks, shop, f"延长县果业合作社{secrets.token_hex(2)}", scripts=scripts)
    for page in (coop, *desks):
        page.context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_is_fit_for_a_phone_and_for_everybody(browser, shop, people, prefix):
    page = visitor(browser)
    sign_in(page, shop, "merchant@bangmai.example", people["merchant@bangmai.example"])
    page.goto(f"{shop.url}/console/")
    slug = page.url.rstrip("/").rpartition("/")[2]
    faults = {}
    for name in ("", "application/", "contact/", "bank/", "staff/", "trail/"):
        page.goto(f"{shop.url}{prefix}/console/{slug}/{name}")
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            found = fine(page) if width < 960 else probes.sideways(page)
            if found:
                faults[f"{name} at {width}"] = found
    page.context.close()
    assert faults == {}
