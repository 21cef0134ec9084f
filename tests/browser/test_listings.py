"""A listing on a phone: begun, handed in, returned, mended, approved by the reviewer's keys, and open to buyers."""

import secrets

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import probes
from tests.browser.test_console import fine, people, sign_in, visitor
from tests.faults.shop import Shop

pytestmark = pytest.mark.browser
__all__ = ["people"]


def wrong(page: Page) -> list[str]:
    return fine(page) + probes.sideways(page)


@pytest.fixture
def merchant(browser: Browser, shop: Shop, people: dict[str, str]):
    page = visitor(browser)
    sign_in(page, shop, "merchant@bangmai.example", people["merchant@bangmai.example"])
    page.goto(f"{shop.url}/console/")
    yield page
    page.context.close()


@pytest.fixture
def reviewer(browser: Browser, shop: Shop, people: dict[str, str]):
    page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, shop, "reviewer@bangmai.example", people["reviewer@bangmai.example"])
    yield page
    page.context.close()


def open_case(reviewer: Page, shop: Shop, name: str) -> None:
    reviewer.goto(f"{shop.url}/admin/catalog/listingrevision/")
    reviewer.locator(".review-list a", has_text=name).click()
    expect(reviewer.locator("#case-title")).to_have_text(name)


def certify(shop: Shop, name: str) -> None:
    """Cover the product by the certificate of one that its merchant sells already."""
    shop.execute(
        "INSERT INTO catalog_certificateproduct (certificate_id, product_id, certified_name, scope) "
        "SELECT c.certificate_id, p.id, p.name_zh, '' FROM catalog_product p, catalog_certificateproduct c "
        "JOIN catalog_certificate k ON k.id = c.certificate_id JOIN catalog_certificatescheme s ON s.id = k.scheme_id "
        f"WHERE p.name_zh = '{name}' AND k.merchant_id = p.merchant_id AND s.admits_sale AND k.revoked_at IS NULL "
        "AND k.approved_at IS NOT NULL AND k.valid_until > CURRENT_TIMESTAMP LIMIT 1"
    )


def test_begun_returned_mended_approved_and_shown(browser, shop, merchant, reviewer):
    name = f"新季红富士{secrets.token_hex(3)}"
    merchant.get_by_role("link", name="商品", exact=True).click()
    merchant.get_by_role("link", name="新建商品").click()
    merchant.fill("[name=name_zh]", name)
    merchant.fill("[name=name_en]", "New-season Fuji")
    merchant.select_option("[name=kind]", "apple-fuji")
    merchant.select_option("[name=category]", label="新鲜水果")
    assert wrong(merchant) == []
    merchant.locator("main .action-bar button").click()
    expect(merchant.locator("h1")).to_have_text(name)
    merchant.locator("button[name=submit]").click()
    expect(merchant.get_by_text("请填写中文介绍").first).to_be_visible()
    assert wrong(merchant) == []
    merchant.fill("[name=description_zh]", "**脆甜**\n\n- 当季采收")
    merchant.fill("[name=label_ingredients_zh]", "苹果")
    merchant.fill("[name=label_storage_zh]", "阴凉通风处")
    merchant.fill("[name=sizes-0-name_zh]", "5kg")
    merchant.fill("[name=sizes-0-sku]", secrets.token_hex(4))
    merchant.fill("[name=sizes-0-price_minor]", "５９．９")
    merchant.locator("button[name=submit]").click()
    expect(merchant.get_by_text("项目办公室正在审核；撤回后方可修改内容")).to_be_visible()
    listing = merchant.url

    open_case(reviewer, shop, name)
    reviewer.fill("[name=reason_description_zh]", "请写明果径")
    reviewer.keyboard.press("Enter")  # in a reason's field it returns, it never approves
    expect(reviewer.get_by_text("已处理 1 件商品")).to_be_visible()
    merchant.goto(listing)
    expect(merchant.get_by_text("请写明果径")).to_be_visible()
    assert wrong(merchant) == []
    merchant.fill("[name=description_zh]", "**脆甜**，果径 80mm 以上")
    merchant.locator("button[name=submit]").click()

    open_case(reviewer, shop, name)
    reviewer.keyboard.press("a")
    expect(reviewer.get_by_text("没有可准入销售的证书覆盖该商品").first).to_be_visible()
    certify(shop, name)
    open_case(reviewer, shop, name)
    reviewer.keyboard.press("a")
    expect(reviewer.get_by_text("已处理 1 件商品")).to_be_visible()
    merchant.goto(listing)
    expect(merchant.locator(".badge", has_text="在售")).to_be_visible()

    buyer = visitor(browser)
    [(slug,)] = shop.sql(f"SELECT slug FROM catalog_product WHERE name_zh = '{name}'")
    buyer.goto(f"{shop.url}/products/{slug}/")  # that search finds it: tests/unit/test_listings_found.py
    expect(buyer.locator("h1")).to_have_text(name)
    expect(buyer.locator(".described strong")).to_have_text("脆甜")
    assert wrong(buyer) == []
    buyer.context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_fits_every_width(shop, merchant, prefix):
    base = merchant.url.rstrip("/").removeprefix(shop.url)
    rows = shop.sql(
        "SELECT p.id, p.line_kind FROM catalog_product p JOIN catalog_listingrevision r ON r.product_id = p.id"
    )
    goods = next(pk for pk, kind in rows if kind == "goods")
    service = next(pk for pk, kind in rows if kind == "service")
    faults = {}
    for name in ("", "new/", f"{goods}/", f"{goods}/preview/", f"{service}/", f"{service}/dates/"):
        merchant.goto(f"{shop.url}{prefix}{base}/listings/{name}")
        for width in (320, 390, 1280):
            merchant.set_viewport_size({"width": width, "height": 844})
            found = wrong(merchant) if width < 960 else probes.sideways(merchant)
            if found:
                faults[f"{name} at {width}"] = found
    assert faults == {}
