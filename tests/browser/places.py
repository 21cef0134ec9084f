"""Every page of the shop, in every state that a visitor meets, by name."""

import secrets
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import buying
from tests.browser.buying import PREFIX, ZONE
from tests.faults.shop import Shop

PHONE = {"width": 390, "height": 844}
CAMPAIGN = "new-year-drive"
NAMES = (
    *("home", "zones", "zone", "categories", "category", "provinces", "province", "county"),
    *("articles", "article", "search", "search empty", "filters", "product", "product not on sale", "product sold out"),
    *("campaigns", "campaign", "cart", "cart empty", "cart with problems", "checkout", "checkout with errors"),
    *("pay", "order waiting", "order declined", "order paid", "order of another"),
    *("sign in", "sign in refused", "sign up", "password reset", "account", "password change", "sign out", "404"),
)
NOWHERE = "00000000-0000-4000-8000-000000000000"
WORD = {"zh": "苹果", "hant": "蘋果", "en": "apple"}
NO_WORD = {"zh": "恐龙蛋化石", "hant": "恐龍蛋化石", "en": "dinosaur"}


@dataclass
class Places:
    """Addresses and visitors that `prepare` made; `cookies` by visitor: "guest", "cart", "problems", "account"."""

    url: str
    paths: dict[str, str]
    cookies: dict[str, list] = field(default_factory=dict)

    def visitor(self, name: str) -> str:
        """Return who sees this page."""
        if name == "cart with problems":
            return "problems"
        if name in ("cart", "checkout", "checkout with errors"):
            return "cart"
        return "account" if name in ("account", "password change", "sign out") else "guest"

    def open(self, context: BrowserContext, name: str, language: str) -> Page:
        """Open a page in a context of its own."""
        context.add_cookies(self.cookies[self.visitor(name)])
        page = context.new_page()
        self.show(page, name, language)
        return page

    def show(self, page: Page, name: str, language: str) -> None:
        """Go to a page, and do what brings it into the state of this name."""
        path = self.paths[name].format(word=WORD[language], no_word=NO_WORD[language])
        page.goto(f"{self.url}{PREFIX[language]}{path}")
        if name == "checkout with errors":
            page.locator("button[name=place]:visible").click()
            expect(page.locator("[data-focus]")).to_be_visible()
        if name == "sign in refused":
            page.fill("[name=login]", "nobody@example.com")
            page.fill("[name=password]", "not the password")
            page.locator("main button").click()
            expect(page.locator("main [role=alert]")).to_be_visible()


def prepare(shop: Shop, browser: Browser) -> Places:
    """Fill carts, place orders and sign somebody up, each through the pages."""
    places = Places(shop.url, {**_reading(shop), **_accounts()})
    places.cookies["guest"] = []
    goods = buying.products_of_two_merchants(shop)
    for name, choice in (("order waiting", ""), ("order declined", "decline"), ("order paid", "approve")):
        page = browser.new_context(viewport=PHONE).new_page()
        if choice == "approve":
            _sign_up(page, shop)
        places.paths[name] = f"/orders/{_order(page, shop, goods, choice)}/"
        if choice == "approve":
            places.cookies["account"] = page.context.cookies()
        page.context.close()
    places.paths["pay"] = places.paths["order waiting"] + "pay/"
    places.cookies["cart"] = _cart(browser, shop, goods)
    places.cookies["problems"] = _problems(browser, shop, goods)
    return places


def _reading(shop: Shop) -> dict[str, str]:
    """Addresses of what everybody may read."""
    sold_out = _one(shop, _GOODS + "HAVING MAX(s.on_hand - s.allocated) = 0 ORDER BY p.slug LIMIT 1")
    gone = "SELECT slug FROM catalog_product WHERE status = 'paused' ORDER BY slug LIMIT 1"
    not_on_sale = _one(shop, gone)
    county, province = shop.sql(
        "SELECT r.slug, r.province_code FROM catalog_aidedregion r JOIN catalog_product p ON p.region_id = r.id "
        "GROUP BY r.slug, r.province_code ORDER BY COUNT(*) DESC, r.slug LIMIT 1"
    )[0]
    product = buying.products_of_two_merchants(shop)[0]
    return {
        "home": "/",
        "zones": "/zones/",
        "zone": f"/zones/{ZONE}/",
        "categories": "/categories/",
        "category": f"/categories/{_one(shop, 'SELECT slug FROM catalog_category ORDER BY position LIMIT 1')}/",
        "provinces": "/counties/",
        "province": f"/counties/?province={province}",
        "county": f"/counties/{county}/",
        "articles": "/articles/",
        "article": "/articles/demo-a-village-notebook/",
        "search": "/search/?q={word}",
        "search empty": "/search/?q={no_word}",
        "filters": "/search/?q={word}#filters",
        "product": f"/products/{product}/?zone={ZONE}",
        "product not on sale": f"/products/{not_on_sale}/",
        "product sold out": f"/products/{sold_out}/",
        "campaigns": "/campaigns/",
        "campaign": f"/campaigns/{CAMPAIGN}/",
        "404": "/products/no-such-product/",
    }


def _accounts() -> dict[str, str]:
    return {
        "cart": "/cart/",
        "cart empty": "/cart/",
        "cart with problems": "/cart/",
        "checkout": "/checkout/",
        "checkout with errors": "/checkout/",
        "order of another": f"/orders/{NOWHERE}/",
        "sign in": "/accounts/login/",
        "sign in refused": "/accounts/login/",
        "sign up": "/accounts/signup/",
        "password reset": "/accounts/password/reset/",
        "account": "/accounts/",
        "password change": "/accounts/password/change/",
        "sign out": "/accounts/logout/",
    }


_GOODS = (
    "SELECT p.slug FROM catalog_product p JOIN catalog_productcard c ON c.product_id = p.id "
    "JOIN catalog_productvariant v ON v.product_id = p.id JOIN catalog_stock s ON s.variant_id = v.id "
    "WHERE p.line_kind = 'goods' AND p.status = 'on_sale' AND c.sellable_until IS NOT NULL GROUP BY p.slug "
)


def _one(shop: Shop, statement: str) -> str:
    return shop.sql(statement)[0][0]


def _sign_up(page: Page, shop: Shop) -> None:
    page.goto(f"{shop.url}/accounts/signup/")
    page.fill("[name=email]", f"buyer-{secrets.token_hex(4)}@example.com")
    page.fill("[name=password1]", "a long pass phrase of mine")
    page.locator("main button").click()
    page.wait_for_url(f"{shop.url}/")


def _order(page: Page, shop: Shop, goods: list[str], choice: str) -> str:
    buying.fill_cart(page, shop, "zh", goods)
    buying.check_out(page, shop, "zh")
    token = buying.token_of(page)
    if choice:
        buying.pay(page, choice)
        page.wait_for_url(f"{shop.url}/orders/{token}/")
    return token


def _cart(browser: Browser, shop: Shop, goods: list[str], quantity: int = 1) -> list:
    page = browser.new_context(viewport=PHONE).new_page()
    for slug in goods:
        page.goto(f"{shop.url}/products/{slug}/")
        page.fill("[name=quantity]", str(quantity))
        page.locator("button[name=next][value=cart]:visible").click()
        page.wait_for_url("**/cart/")
    cookies = page.context.cookies()
    page.context.close()
    return cookies


def _problems(browser: Browser, shop: Shop, others: list[str]) -> list:
    """Return a cart in which one product ran short, one is sold out and one has another price."""
    some = shop.sql(_GOODS + "HAVING COUNT(*) = 1 AND MIN(s.on_hand - s.allocated) > 20 ORDER BY p.slug LIMIT 9")
    goods = [slug for (slug,) in some if slug not in others][:4]
    cookies = _cart(browser, shop, goods, quantity=3)
    stock = "UPDATE catalog_stock SET on_hand = allocated + {left} WHERE variant_id IN ({variants})"
    variants = (
        "SELECT v.id FROM catalog_productvariant v JOIN catalog_product p ON p.id = v.product_id WHERE p.slug = '{}'"
    )
    shop.execute(stock.format(left=2, variants=variants.format(goods[0])))
    shop.execute(stock.format(left=0, variants=variants.format(goods[1])))
    shop.execute(
        f"UPDATE catalog_productvariant SET price_minor = price_minor + 150 WHERE id IN ({variants.format(goods[2])})"
    )
    return cookies
