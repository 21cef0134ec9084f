"""Every page that is read: status, language, words, headings, no inline code, and a bound on its queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aid_tracking.models import SliceKind, Total, Zone
from catalog import search
from catalog.actions import cards
from storefront import live, names
from storefront.models import Article
from tests import scripts
from tests.aid import area_set, campaign, zone
from tests.factories import DAY, NOW, category, certificate, merchant, product, region, variant
from tests.page_text import Page

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
CJK = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
# Names and units that a Chinese page shows in Latin letters.
ALLOWED = {"English", "Cookie", "zzzzqq", "pingguo"}


@pytest.fixture
def shop(settings, tmp_path, monkeypatch):
    """A zone with two products, one beside it, one whose certificate has ended; a campaign with a child."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.PAGE_CACHE = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    names.forget()
    live.forget()
    zone_row = zone()
    Zone.objects.filter(pk=zone_row.pk).update(
        theme="spring-festival", rule_zh="春节照常发货。", rule_en="Sent through the holiday."
    )
    place = region(slug="yanchang")
    seller = merchant(region=place)
    apple = product("延长苹果", slug="apple", merchant=seller, tags=("spring-open",), kind="apple-fuji")
    variant(apple, price_minor=2990, name_zh="2.5kg", name_en="2.5 kg", weight_grams=2500, on_hand=3)
    product("延长小米", slug="millet", merchant=seller, tags=("spring-open",), name_en="Millet", kind="millet")
    product(
        "延长木耳", slug="wood-ear", merchant=seller, category=category("fungi", "菌菇", "Mushrooms"), kind="wood-ear",
        name_en="Wood ear",
    )  # fmt: skip
    ended = product("旧茶", slug="old-tea", merchant=seller, certified=False, name_en="Old tea", kind="green-tea")
    certificate(ended, valid_from=NOW - 200 * DAY, valid_until=NOW - DAY)
    year = campaign(
        "year", rule={"certified_only": True}, target_minor=100_000_00, ends_at=NOW + 30 * DAY,
        area_set=area_set("counties", place),
    )  # fmt: skip
    child = campaign("spring", parent=year, rule={"tags": ["spring-open"]})
    year.area_set.name_zh = "脱贫县名单"
    year.area_set.save()
    type(year).objects.filter(pk=year.pk).update(name_zh="新春行动", name_en="New Year drive")
    type(year).objects.filter(pk=child.pk).update(name_zh="专区行动", name_en="Zone drive")
    Total.objects.create(
        campaign=year, slice_kind=SliceKind.ALL, measured_direct_goods_minor=12_345_67, lines=3, entries=3
    )
    Article.objects.create(
        slug="reading", kind="story", region=place, published_from=NOW - DAY, drawing="millet", title_zh="延长县故事",
        title_en="A story", summary_zh="这里发生的事。", summary_en="What is there.",
        body_zh="<h2>农时</h2><p>说明。</p>",
        body_en="<h2>Seasons</h2><p>Text.</p>",
    )  # fmt: skip
    cards.rebuild(now=NOW)
    search.rebuild()
    return apple


PAGES = {
    "/": "832",
    "/zones/": "",
    "/zones/spring-open/": "",
    "/categories/": "",
    "/categories/fruit/": "",
    "/categories/fruit/?badge=aid-product&price=5000-10000&sort=price": "",
    "/counties/": "",
    "/counties/?province=610000": "",
    "/counties/yanchang/": "610621",
    "/search/": "",
    "/search/?q=pingguo": "",
    "/search/?q=zzzzqq": "",
    "/products/apple/": "BM-",
    "/products/apple/?zone=spring-open": "BM-",
    "/products/old-tea/": "BM-",
    "/articles/": "/articles/reading/",
    "/articles/?kind=story": "/articles/reading/",
    "/articles/?kind=case": "",
    "/articles/reading/": "/counties/yanchang/",
    "/campaigns/": "¥12,345.67",
    "/campaigns/year/": "¥12,345.67",
    "/campaigns/spring/": "",
    "/privacy/": "",
}


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_every_page_is_whole_in_its_language(client, shop, prefix):
    names.names()
    wrong = {path: list(problems(client, path, prefix)) for path in PAGES}
    assert {path: found for path, found in wrong.items() if found} == {}


def problems(client, path, prefix):
    """Yield what is wrong with one page in one language."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(prefix + path)
    html = response.content.decode()
    page = Page.of(html)
    if response.status_code != 200 or PAGES[path] not in html:
        yield response.status_code
    if len(queries) > MOST_QUERIES:
        yield f"{len(queries)} queries", [query["sql"][:90] for query in queries]
    if page.inline:
        yield f"code inside the page, which the policy forbids: {page.inline}"
    if len(page.ids) != len(set(page.ids)):
        yield "an id stands twice"
    if page.headings.count(1) != 1:
        yield f"headings of the first level: {page.headings.count(1)}"
    if any(after > before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)):
        yield f"a level of headings is left out: {page.headings}"
    tag = {"": "zh-Hans", "/zh-hant": "zh-Hant", "/en": "en"}[prefix]
    if page.language != tag:
        yield f"lang={page.language}"
    if tag == "en":
        yield from (text for language, text in page.texts if language == "en" and CJK.search(text))
    else:
        words = {word for language, text in page.texts if language == tag for word in LATIN.findall(text)}
        yield from words - ALLOWED
    if tag == "zh-Hant":
        yield from scripts.unmarked(page.texts)


def test_the_zone_gives_its_theme_to_its_page_and_to_the_home_page_while_it_is_open(client, shop, monkeypatch):
    festival = "themes/spring-festival/css/tokens.css"
    assert festival in client.get("/").content.decode()
    assert festival in client.get("/zones/spring-open/").content.decode()
    assert festival not in client.get("/categories/fruit/").content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 11 * DAY)
    assert festival not in client.get("/").content.decode()
    ended = client.get("/zones/spring-open/").content.decode()
    assert festival in ended and "已于" in ended and "?zone=" not in ended


def test_before_the_zone_opens_no_link_carries_its_tag(client, shop):
    Zone.objects.update(opens_at=NOW + DAY)
    html = client.get("/zones/spring-open/").content.decode()
    assert "延长苹果" in html and "?zone=" not in html


def test_only_the_zone_s_own_page_gives_links_its_tag(client, shop):
    assert "/products/apple/?zone=spring-open" in client.get("/zones/spring-open/").content.decode()
    for path in ("/", "/search/", "/categories/fruit/", "/counties/yanchang/"):
        html = client.get(path).content.decode()
        assert "/products/apple/" in html and "?zone=" not in html


def test_an_unknown_theme_is_the_default_one(client, shop):
    Zone.objects.update(theme="gone")
    assert "themes/default/css/tokens.css" in client.get("/zones/spring-open/").content.decode()


def test_only_a_zone_that_the_product_is_in_is_passed_on(client, shop):
    hidden = '<input type="hidden" name="tag" value="spring-open">'
    assert hidden in client.get("/products/apple/?zone=spring-open").content.decode()
    assert 'name="tag"' not in client.get("/products/apple/").content.decode()
    assert 'name="tag"' not in client.get("/products/wood-ear/?zone=spring-open").content.decode()


def test_a_product_without_a_certificate_in_force_says_why_and_has_no_button(client, shop):
    html = client.get("/products/old-tea/").content.decode()
    assert "证书已过期" in html
    assert "加入购物车" not in html and 'name="variant"' not in html


def test_stock_is_said_in_words(client, shop):
    html = client.get("/products/apple/").content.decode()
    assert "仅剩 3 件" in html and "有货" in html


def test_a_page_says_until_when_it_is_true(client, shop):
    assert client.get("/categories/fruit/").sellable_until == NOW + 100 * DAY
    # Thirty days before its end the certificate says so.
    assert client.get("/products/apple/").sellable_until == NOW + 70 * DAY


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/products/none/", 404), ("/zones/none/", 404), ("/categories/none/", 404),
     ("/counties/none/", 404), ("/counties/?province=999999", 404), ("/campaigns/none/", 404),
     ("/art/no-such-kind/1.svg", 404)],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_what_is_not_there_is_a_page_with_ways_out(client, shop, path, status, prefix):
    response = client.get((prefix if not path.startswith("/art") else "") + path)
    words = {"": "页面不存在", "/zh-hant": "頁面不存在", "/en": "This page does not exist"}
    assert response.status_code == status
    assert words["" if path.startswith("/art") else prefix] in response.content.decode()


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "无法访问此页面"), ("/zh-hant", "無法訪問此頁面"), ("/en", "This page is not open to you")],
)
def test_a_form_without_its_token_is_refused_on_a_page_of_the_shop(prefix, words):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{prefix}/accounts/login/", {"login": "a@example.com", "password": "x"})
    assert response.status_code == 403 and words in response.content.decode()


def test_broken_pages_speak_all_languages(rf):
    from storefront.pages.errors import broken

    response = broken(rf.get("/"))
    assert response.status_code == 500
    assert all(words in response.content.decode() for words in ("出错了", "出錯了", "Something went wrong"))


def test_live_figures_keep_their_tag_until_something_is_counted(client, shop):
    first = client.get("/live.json")
    entry = first.json()["figures"]["campaign/year"]
    assert entry["amount"] == "12345.67"
    assert entry["zh"] == {"headline": ["1.23", "万元"], "exact": "¥12,345.67", "lines": "3"}
    assert entry["zh-Hant"]["headline"] == ["1.23", "萬元"]
    assert entry["en"]["headline"] == ["12,345.67", "yuan"]
    assert (entry["percent"], entry["permille"]) == ("12.3%", 123)
    assert client.get("/live.json", headers={"If-None-Match": first["ETag"]}).status_code == 304
    Total.objects.update(measured_direct_goods_minor=12_345_68)
    live.forget()
    moved = client.get("/live.json", headers={"If-None-Match": first["ETag"]})
    assert moved.status_code == 200 and moved.json()["figures"]["campaign/year"]["amount"] == "12345.68"


def test_illustrations_may_be_kept_for_ever(client):
    response = client.get("/art/apple-fuji/7.svg")
    assert response.status_code == 200 and response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert response.content == client.get("/art/apple-fuji/7.svg").content
    assert response.content != client.get("/art/apple-fuji/8.svg").content


def test_suggestions_complete_what_is_typed(client, shop):
    assert any("苹果" in word for word in client.get("/suggest.json?q=苹").json())
    assert client.get("/suggest.json?q=").json() == []


def test_robots_stay_out_of_what_is_somebodys(client):
    body = client.get("/robots.txt").content.decode()
    assert all(f"Disallow: {path}\n" in body for path in ("/cart/", "/orders/", "/console/", "/en/console/"))


def test_no_page_that_is_read_sets_a_cookie(client, shop):
    for path in PAGES:
        assert not client.get(path).cookies, path


def test_no_page_links_to_another_site_as_its_other_language(client):
    text = client.get("/en//elsewhere.example/").content.decode()
    assert 'href="//elsewhere.example' not in text and "/elsewhere.example/" in text


def test_a_page_tells_its_address_in_each_language_and_the_one_it_is_known_by(client, shop, settings):
    settings.PUBLIC_URL = "https://shop.example"
    links = re.findall(r'<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">', client.get(
        "/zh-hant/products/apple/?zone=spring-open").content.decode())  # fmt: skip
    path = "/products/apple/?zone=spring-open"
    assert links == [
        ("canonical", "", "https://shop.example/zh-hant/products/apple/"),
        ("alternate", "zh-Hans", f"https://shop.example{path}"),
        ("alternate", "zh-Hant", f"https://shop.example/zh-hant{path}"),
        ("alternate", "en", f"https://shop.example/en{path}"),
        ("alternate", "x-default", f"https://shop.example{path}"),
    ]
    assert 'rel="canonical" href="https://shop.example/counties/?province=610000"' in client.get(
        "/counties/?province=610000").content.decode()  # fmt: skip


def test_names_are_never_converted(client, shop):
    """What OpenCC would write: 裏耶, 範縣 (or 范縣), 張後生."""
    place = region(slug="fan", name_zh="范县", name_en="Fan County", province_zh="河南省", prefecture_zh="濮阳市")
    seller = merchant(region=place, name_zh="张后生家庭农场", name_en="Zhang Housheng’s farm")
    product("里耶脐橙", slug="liye", merchant=seller, name_en="Liye navel orange", kind="navel-orange")
    cards.rebuild(now=NOW)
    search.rebuild()
    for path in ("/products/liye/", "/counties/fan/", "/search/?q=里耶"):
        text = client.get(f"/zh-hant{path}").content.decode()
        marked = "".join(words for language, words in Page.of(text).texts if language == "zh-Hans")
        assert "里耶脐橙" in marked, path
        assert not re.search("[裡裏]耶|[範范]縣|張後生", text), path
    text = client.get("/zh-hant/products/liye/").content.decode()
    assert '<bdi lang="zh-Hans">范县</bdi>' in text and '<bdi lang="zh-Hans">张后生家庭农场</bdi>' in text
