"""`make pictures`: takes the screenshots of docs/pictures anew, from a demo shop that it starts and ends itself."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import buying
from tests.browser.conftest import CHROMIUM, SIZES
from tests.faults.shop import ROOT, Shop

FOLDER = ROOT / "docs" / "pictures"
HEIGHT = {"phone": 1560, "desktop": 1300}


def main() -> None:
    """Start a shop, buy something, and take a picture of each main page at both widths."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shop = Shop(Path(tempfile.mkdtemp(prefix="bangmai-pictures-")), web_workers=2)
    try:
        shop.prepare_demo(products=8200, orders=2000)
        shop.start_standin()
        shop.start_web()
        shop.start_relay()
        shop.start_sweep()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**CHROMIUM)
            for size, viewport in SIZES.items():
                context = browser.new_context(viewport={**viewport, "height": HEIGHT[size]}, locale="zh-CN")
                take_all(context.new_page(), shop, size)
            browser.close()
    finally:
        shop.close()


def take_all(page: Page, shop: Shop, size: str) -> None:
    """Take the pictures of one width."""
    slugs = buying.products_of_two_merchants(shop)
    apple = shop.sql(
        "SELECT slug FROM catalog_productcard WHERE kind = 'apple-fuji' AND sellable_until IS NOT NULL "
        "ORDER BY sold_quantity DESC LIMIT 1"
    )[0][0]
    reading = {
        "home": "/",
        "zone": f"/zones/{buying.ZONE}/",
        "search": "/search/?q=苹果",
        "product": f"/products/{apple}/?zone={buying.ZONE}",
        "campaign": "/campaigns/new-year-drive/",
        "county": "/counties/610621/",
        "home-english": "/en/",
    }
    for name, path in reading.items():
        page.goto(f"{shop.url}{path}")
        take(page, name, size)
    buying.fill_cart(page, shop, "zh", [apple, *slugs])
    take(page, "cart", size)
    page.goto(f"{shop.url}/checkout/")
    take(page, "checkout", size)
    buying.check_out(page, shop, "zh")
    take(page, "pay", size)
    buying.pay(page)
    page.wait_for_timeout(3000)
    page.goto(page.url)
    take(page, "order", size)


def take(page: Page, name: str, size: str) -> None:
    """Save what the window shows, when its pictures have come."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}-{size}.png")


if __name__ == "__main__":
    main()
