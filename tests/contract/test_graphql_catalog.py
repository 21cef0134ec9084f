"""Reading products over /graphql/: Saleor's documents, the shop's own listing, and how many queries each takes."""

import json
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import ExecutionContext, execute, parse

from catalog import search
from catalog.actions import cards
from catalog.graphql.base import global_id
from catalog.graphql.context import Context
from catalog.graphql.execution import PlainExecution
from catalog.graphql.labels import forget_labels
from catalog.models import Product
from storefront.rate_limits import reads
from storefront.schema import schema
from tests.aid import campaign, zone
from tests.factories import DAY, NOW, category, certificate, merchant, product, region, variant
from tests.graphql_client import code, data, post

pytestmark = pytest.mark.django_db

CARD_FIELDS = """id slug name spec county prefecture province isKeyCounty badges tags availability isAvailable
  isAvailableForPurchase pricePer500g sellableUntil lineKind category { slug name } thumbnail(size: 256) { url alt }
  pricing { priceRange { start { gross { amount currency } } stop { gross { amount currency } } } }"""
LISTING = """query List($first: Int, $filter: ListingFilter, $search: String, $sort: ListingSort, $page: Int) {
  listing(first: $first, filter: $filter, search: $search, sort: $sort, page: $page) {
    totalCount page pages relaxed degraded sellableUntil facets { name values { value label count } }
    products { CARD } } }""".replace("CARD", CARD_FIELDS)
# The product page's document of Saleor's own storefront, with the fields that this shop has.
PRODUCT = """query ProductDetails($slug: String!, $channel: String!) {
  product(slug: $slug, channel: $channel) {
    id name slug description created updatedAt thumbnail(size: 1024, format: ORIGINAL) { url alt }
    category { id name } isAvailable metadata { key value } translation(languageCode: EN) { name language { code } }
    variants { id name sku quantityAvailable pricing { price { gross { currency amount } } } weight { unit value } }
    pricing { priceRange { start { gross { amount currency } } stop { gross { amount currency } } } }
    merchant { name shippingFee { amount } } region { code name }
    certificates { number scheme issuer validFrom validUntil status } storage shelfLifeDays } }"""
PRODUCTS = """query ProductList($first: Int!, $after: String, $where: ProductWhereInput, $sortBy: ProductOrder) {
  products(first: $first, after: $after, channel: "default-channel", where: $where, sortBy: $sortBy) {
    totalCount edges { cursor node { slug } } pageInfo { endCursor hasNextPage hasPreviousPage } } }"""


@pytest.fixture(autouse=True)
def shop(settings, tmp_path, monkeypatch):
    """Thirty kinds of apple at rising prices, one of them of two sizes, a tea, and one whose certificate has ended."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.PUBLIC_URL = "https://shop.example"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    forget_labels()
    reads.forget()
    place = region(slug="yanchang")
    seller = merchant(region=place, slug="seller")
    for number in range(30):
        row = product(
            f"延长苹果{number}", slug=f"apple-{number:02}", merchant=seller, on_hand=None, tags=("spring-open",)
        )
        variant(row, price_minor=1000 + 100 * number, sku=f"APPLE-{number}")
    first = Product.objects.get(slug="apple-00")
    first.description_zh, first.description_en = "脆甜。\n产自延长。", "Crisp and sweet."
    first.shelf_life_days = 60
    first.save()
    variant(first, price_minor=9900, sku="APPLE-0-BIG", name_zh="10kg", name_en="10 kg", weight_grams=10_000, on_hand=3)
    product("延长红茶", slug="tea", merchant=seller, category=category("tea", "茶叶", "Tea"), name_en="Tea")
    ended = product("旧茶", slug="old-tea", merchant=seller, certified=False)
    certificate(ended, number="OLD-1", valid_from=NOW - 200 * DAY, valid_until=NOW - DAY)
    product("草稿", slug="draft", merchant=seller, status=Product.Status.DRAFT)
    cards.rebuild(now=NOW)
    search.rebuild()


def queries(run) -> int:
    """Return how many queries a call makes, once what a process keeps has been read; setting the time-out is none."""
    run()
    with CaptureQueriesContext(connection) as captured:
        run()
    return len([query for query in captured if "statement_timeout" not in query["sql"]])


def test_a_listing_has_cards_facets_and_totals():
    found = data(LISTING, {"first": 24, "filter": {"category": "fruit"}, "sort": "PRICE_ASC"})["listing"]
    assert (found["totalCount"], found["pages"], len(found["products"])) == (30, 2, 24)
    card = found["products"][0]
    assert card["name"] == "延长苹果0"
    assert card["county"] == "延长县"
    assert card["badges"] == ["aid-product"]
    assert card["tags"] == ["spring-open"]
    assert card["thumbnail"]["url"].startswith("https://shop.example/art/apple/")
    span = card["pricing"]["priceRange"]
    assert (span["start"]["gross"]["amount"], span["stop"]["gross"]["amount"]) == (10.0, 99.0)
    facets = {facet["name"]: facet["values"] for facet in found["facets"]}
    assert {"value": "fruit", "label": "新鲜水果", "count": 30} in facets["category"]
    assert facets["province"] == [{"value": "610000", "label": "陕西省", "count": 30}]


def test_a_listing_with_nineteen_fields_and_facets_takes_few_queries():
    assert queries(lambda: data(LISTING, {"first": 24})) <= 5


def test_relations_of_a_whole_page_are_loaded_together():
    document = """query($first: Int) { listing(first: $first) { products {
      variants { sku pricing { price { gross { amount } } } } certificates { number } created
      region { name productCount } merchant { name } } } }"""
    counts = {first: queries(partial(data, document, {"first": first})) for first in (2, 24)}
    assert counts[2] == counts[24]
    assert counts[24] <= 8


def test_a_product_page_takes_few_queries():
    assert queries(lambda: data(PRODUCT, {"slug": "apple-00", "channel": "default-channel"})) <= 6


def test_a_product_answers_the_document_of_saleors_storefront():
    found = data(PRODUCT, {"slug": "apple-00", "channel": "default-channel"})["product"]
    blocks = json.loads(found["description"])["blocks"]
    assert [block["data"]["text"] for block in blocks] == ["脆甜。", "产自延长。"]
    assert [each["sku"] for each in found["variants"]] == ["APPLE-0", "APPLE-0-BIG"]
    assert found["variants"][1]["quantityAvailable"] == 3
    assert found["variants"][0]["quantityAvailable"] == 50
    assert found["variants"][1]["weight"] == {"unit": "G", "value": 10_000.0}
    assert found["translation"] == {"name": "Yanchang apple", "language": {"code": "EN"}}
    assert found["certificates"][0]["status"] == "VALID"
    assert found["merchant"]["shippingFee"]["amount"] == 8.0
    assert found["region"] == {"code": "610621", "name": "延长县"}
    assert found["shelfLifeDays"] == 60


def test_names_follow_the_language_of_the_reader():
    document = '{ product(slug: "apple-00") { name county category { name } } }'
    english = {"name": "Yanchang apple", "county": "Yanchang County", "category": {"name": "Fresh fruit"}}
    assert data(document, accept_language="en-GB,en;q=0.9,zh;q=0.1")["product"] == english
    assert data(document, accept_language="zh-CN,zh;q=0.9,en;q=0.5")["product"]["name"] == "延长苹果0"
    assert data(document, accept_language="zh-Hant,en;q=0.5")["product"]["name"] == "延长苹果0"
    assert data(document)["product"]["name"] == "延长苹果0"


def test_a_name_asked_for_in_traditional_chinese_comes_as_it_is():
    document = (
        '{ product(slug: "apple-00") { translation(languageCode: ZH_HANT) { name language { code language } } } }'
    )
    expected = {"name": "延长苹果0", "language": {"code": "ZH_HANT", "language": "繁體中文"}}
    assert data(document)["product"]["translation"] == expected


def test_a_product_that_may_not_be_sold_is_shown_and_says_so():
    found = data(
        '{ product(slug: "old-tea") { isAvailable isAvailableForPurchase sellableUntil certificates { status } } }'
    )
    assert found["product"] == {
        "isAvailable": False,
        "isAvailableForPurchase": False,
        "sellableUntil": None,
        "certificates": [{"status": "EXPIRED"}],
    }


@pytest.mark.parametrize("argument", ['slug: "draft"', 'slug: "nothing"', f'id: "{global_id("Product", 10**9)}"'])
def test_drafts_and_unknown_products_are_null(argument):
    assert data(f"{{ product({argument}) {{ id }} }}") == {"product": None}


def test_a_draft_has_no_variant_either():
    key = Product.objects.get(slug="draft").variants.get()
    assert data(f'{{ productVariant(sku: "{key.sku}") {{ id }} }}') == {"productVariant": None}


def test_a_variant_is_found_by_sku_and_by_id():
    found = data('{ productVariant(sku: "APPLE-7") { id name product { slug } } }')["productVariant"]
    assert found["product"] == {"slug": "apple-07"}
    again = data("query($id: ID!) { productVariant(id: $id) { id product { slug } } }", {"id": found["id"]})
    assert again["productVariant"]["product"] == {"slug": "apple-07"}


def test_pages_of_products_follow_cursors_to_the_end():
    seen, after, sort = [], None, {"field": "PRICE", "direction": "ASC"}
    where = {"category": {"eq": global_id("Category", "fruit")}}
    for size in (12, 12, 7):  # the last page is asked for in another size
        page = data(PRODUCTS, {"first": size, "after": after, "where": where, "sortBy": sort})["products"]
        assert page["totalCount"] == 30
        assert page["pageInfo"]["hasPreviousPage"] is bool(after)
        seen += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == [f"apple-{number:02}" for number in range(30)]
    assert page["pageInfo"]["hasNextPage"] is False


def test_products_are_narrowed_by_price_ids_and_slugs():
    def slugs(where):
        return [edge["node"]["slug"] for edge in data(PRODUCTS, {"first": 50, "where": where})["products"]["edges"]]

    assert set(slugs({"minimalPrice": {"range": {"gte": "11.00", "lte": "12.00"}}})) == {"apple-01", "apple-02"}
    assert slugs({"slug": {"oneOf": ["apple-03", "old-tea", "draft"]}}) == ["apple-03"]
    key = global_id("Product", Product.objects.get(slug="tea").pk)
    assert slugs({"ids": [key]}) == ["tea"]
    assert slugs({"isAvailable": False}) == []


def test_a_search_by_text_finds_what_was_meant():
    found = data(
        "query($text: String!) { products(first: 5, search: $text) { edges { node { slug } } } }", {"text": "红茶"}
    )
    assert [edge["node"]["slug"] for edge in found["products"]["edges"]] == ["tea"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ products { totalCount } }", "REQUIRED"),
        ("{ products(first: 51) { totalCount } }", "PAGE_SIZE"),
        ("{ products(first: 0) { totalCount } }", "PAGE_SIZE"),
        ('{ products(first: 5, after: "nonsense") { totalCount } }', "INVALID"),
        ("{ product { id } }", "INVALID"),
        ('{ product(id: "1", slug: "x") { id } }', "INVALID"),
        ('{ product(id: "x") { id } }', "GRAPHQL_ERROR"),
        ("{ listing(page: 1000) { page } }", "INVALID"),
        ("{ products(first: 5, sortBy: {field: PUBLISHED_AT, direction: ASC}) { totalCount } }", "INVALID"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_code(document, expected):
    answer = post(document)
    assert code(answer) == expected


def test_categories_regions_and_provinces():
    found = data(
        """{ categories(first: 10) { totalCount edges { node { id slug } } } category(slug: "tea") { id name }
        provinces { code name regionCount productCount } regions(province: "610000") { slug productCount }
        region(slug: "yanchang") { name prefecture exitYear productCount } }"""
    )
    assert found["categories"]["totalCount"] == 2
    assert found["category"] == {"id": global_id("Category", "tea"), "name": "茶叶"}
    assert found["provinces"] == [{"code": "610000", "name": "陕西省", "regionCount": 1, "productCount": 31}]
    assert found["regions"] == [{"slug": "yanchang", "productCount": 31}]
    assert found["region"] == {"name": "延长县", "prefecture": "延安市", "exitYear": 2018, "productCount": 31}


def test_zones_and_campaigns_have_totals_in_decimal_strings():
    zone()
    campaign("year", target_minor=100_000_00)
    found = data(
        """{ zones { slug isOpen total { measured } } zone(slug: "spring-open") { name }
        campaigns { slug target parentSlug total { currency measured declared lines asOf } days { day } }
        campaign(slug: "year") { slug } }"""
    )
    assert found["zones"] == [{"slug": "spring-open", "isOpen": True, "total": {"measured": "0.00"}}]
    assert found["campaigns"][0]["target"] == "100000.00"
    assert found["campaigns"][0]["parentSlug"] == "bangmai"
    assert found["campaigns"][0]["total"]["measured"] == "0.00"


def test_get_answers_queries_and_refuses_mutations(client):
    answer = client.get(
        "/graphql/", {"query": "query($s: String) { product(slug: $s) { slug } }", "variables": '{"s": "tea"}'}
    )
    assert answer.json() == {"data": {"product": {"slug": "tea"}}}
    answer = client.get("/graphql/", {"query": 'mutation { orderCancel(id: "x") { errors { code } } }'})
    assert (answer.status_code, code(answer)) == (400, "METHOD")


@pytest.mark.parametrize(
    "document",
    [
        LISTING,
        PRODUCT.replace("$slug: String!, $channel: String!", "$first: Int").replace(
            "slug: $slug, channel: $channel", 'slug: "apple-00"'
        ),
        "{ product(slug: 3) { id } }",
        '{ product(slug: "nothing") { id } category(slug: "tea") { id @skip(if: true) slug other: slug } }',
        'query($first: Int) { checkout(id: "bad") { id } products(first: $first) { edges { node { ...F } } } }'
        " fragment F on Product { slug }",
        "{ products { totalCount } provinces { code } }",
    ],
)
def test_the_quick_execution_answers_as_graphql_core_does(document):
    def run(kind):
        found = execute(
            schema.graphql_schema, parse(document), variable_values={"first": 24},
            context_value=Context(at=NOW), execution_context_class=kind,
        )  # fmt: skip
        return found.formatted

    assert run(PlainExecution) == run(ExecutionContext)
