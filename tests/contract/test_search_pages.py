"""What search says on its pages and in the API: marks, corrections with a way back, ways out of nothing, cursors."""

import re

import pytest

from catalog import search
from catalog.actions import cards
from catalog.graphql.base import global_id
from storefront import names
from tests.factories import NOW, category, merchant, product, region
from tests.graphql_client import code, data, post

pytestmark = pytest.mark.django_db

LISTING = """query List($search: String, $after: String, $sort: ListingSort, $literal: Boolean) {
  listing(first: 2, search: $search, after: $after, sort: $sort, literal: $literal) {
    totalCount relaxed corrected endCursor highlights { product parts { text marked } } products { slug } } }"""


@pytest.fixture
def shop(settings, tmp_path, monkeypatch):
    """Five apples of one county, one with a name that is hostile to pages, and a tea."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_SYNONYMS_FILE = tmp_path / "synonyms.txt"
    settings.PAGE_CACHE = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    names.forget()
    seller = merchant(region=region(slug="yanchang"))
    for number in range(4):
        product(f"延长苹果{number}", slug=f"apple-{number}", merchant=seller)
    hostile = product("<script>alert(1)</script>苹果&", slug="hostile", merchant=seller, name_en="<b>apple</b> & pear")
    product("延长红茶", slug="tea", merchant=seller, category=category("tea", "茶叶", "Tea"), name_en="Black tea")
    cards.rebuild(now=NOW)
    search.rebuild()
    return hostile


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("path", "marked"), [("/search/?q=苹果", "苹果"), ("/search/?q=pg", "苹果"), ("/en/search/?q=apple", "apple")]
)
def test_what_answers_is_marked_in_names_and_names_stay_text(client, shop, path, marked):
    html = shown(client, path)
    assert f"<mark>{marked}</mark>" in html
    assert "<script>alert" not in html and "<b>apple" not in html
    assert re.search(
        r"&lt;script&gt;alert\(1\)&lt;/script&gt;<mark>苹果</mark>&amp;|&lt;b&gt;<mark>apple</mark>&lt;/b&gt; &amp;",
        html,
    )


def test_lists_without_a_text_mark_nothing(client, shop):
    assert "<mark>" not in shown(client, "/categories/fruit/")


def test_a_correction_says_so_and_leads_back_to_what_was_typed(client, shop):
    html = shown(client, "/search/?q=平果")
    assert "您是不是要找“苹果”？" in html
    address = re.search(r'href="(/search/\?[^"]*exact=1[^"]*)"', html)[1].replace("&amp;", "&")
    literal = shown(client, address)
    assert "没有找到" in literal and "延长苹果" not in literal
    assert "同时查找相近的词" in literal
    assert "Did you mean “苹果”?" in shown(client, "/en/search/?q=平果")


def test_nothing_found_shows_what_to_give_up_and_what_that_finds(client, shop):
    html = shown(client, "/search/?q=苹果&category=tea")
    ways = re.findall(r'href="([^"]+)" rel="nofollow">去掉“([^”]+)”</a> <small>(\d+)', html)
    assert ways == [("/search/?q=%E8%8B%B9%E6%9E%9C", "茶叶", "5"), ("/search/?category=tea", "苹果", "1")]
    assert "去掉" not in shown(client, "/search/?q=沙发")


def test_suggestions_come_after_one_chinese_character(client, shop):
    assert client.get("/suggest.json", {"q": "苹"}).json()[0] == "苹果"
    assert client.get("/suggest.json", {"q": "p"}).json() == []


def test_the_api_gives_names_in_pieces_of_plain_text(shop):
    document = '{ listing(first: 9, search: "苹果") { highlights { product parts { text marked } } } }'
    whole = data(document)["listing"]
    by_product = {one["product"]: one["parts"] for one in whole["highlights"]}
    assert by_product[global_id("Product", shop.pk)] == [
        {"text": "<script>alert(1)</script>", "marked": False},
        {"text": "苹果", "marked": True},
        {"text": "&", "marked": False},
    ]


@pytest.mark.parametrize("sort", ["RELEVANCE", "PRICE_ASC", "PRICE_DESC", "NEWEST", "SALES"])
def test_the_api_s_cursor_walks_a_list_to_its_end(shop, sort):
    slugs, after = [], None
    for _ in range(9):
        page = data(LISTING, {"search": "苹果", "after": after, "sort": sort})["listing"]
        slugs += [one["slug"] for one in page["products"]]
        after = page["endCursor"]
        if after is None:
            break
    assert sorted(slugs) == ["apple-0", "apple-1", "apple-2", "apple-3", "hostile"]


def test_a_cursor_of_another_order_or_made_up_is_refused(shop):
    price = data(LISTING, {"search": "苹果", "sort": "PRICE_ASC"})["listing"]["endCursor"]
    for after in (price, "cDpyZWxldmFuY2U6WzFlOTk5XQ==", "cDpyZWxldmFuY2U6W10=", "nonsense"):
        assert code(post(LISTING, {"search": "苹果", "sort": "RELEVANCE", "after": after})) == "INVALID"


def test_the_api_can_take_a_text_literally(shop):
    mended = data(LISTING, {"search": "平果"})["listing"]
    assert (mended["relaxed"], mended["corrected"], mended["totalCount"]) == ("苹果", True, 5)
    assert data(LISTING, {"search": "平果", "literal": True})["listing"]["totalCount"] == 0
