"""What is measured: for each work, requests that differ enough that no one answer is asked for again and again."""

import json
from urllib.parse import quote

LISTING = """query($filter: ListingFilter, $search: String = "", $page: Int = 1) {
  listing(search: $search, filter: $filter, page: $page, first: 24) {
    totalCount facets { name values { value label count } }
    products { id name slug isAvailable thumbnail { url alt } pricing {
      priceRange { start { gross { amount currency } } } } }
  } }"""
PRODUCT = """query($slug: String!) { product(slug: $slug) { id name slug description isAvailable
  category { name } pricing { priceRange { start { gross { amount } } stop { gross { amount } } } }
  variants { id name sku quantityAvailable pricing { price { gross { amount } } } }
  certificates { number scheme validUntil } } }"""
WORDS = [
    "苹果",
    "pingguo",
    "蘋果",
    "辣椒",
    "木耳",
    "蜂蜜",
    "陕西 苹果",
    "云南 茶",
    "小米",
    "大米",
    "羊肉",
    "核桃",
    "枸杞",
    "香菇",
    "甘肃",
    "花椒",
    "红枣",
    "土豆",
    "橙",
    "tea",
    "honey",
    "lajiao",
    "贵州 辣椒",
    "四川 猕猴桃",
]


def works(slugs: list[str], categories: list[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Return {work: [(method, path, body)]} for these products and categories."""
    pages = [1, 2, 3, 5, 8]
    return {
        "empty view": [("GET", "/health/ping", "")],
        "list of 24, page": [
            ("GET", f"/categories/{slug}/?page={page}&sort={sort}", "")
            for slug in categories
            for page in pages
            for sort in ("sales", "price")
        ],
        "product, page": [("GET", f"/products/{slug}/", "") for slug in slugs],
        "search, page": [("GET", f"/search/?q={quote(word)}", "") for word in WORDS],
        "list of 24, API": [
            _api(LISTING, {"filter": {"category": slug}, "page": page}) for slug in categories for page in pages
        ],
        "product, API": [_api(PRODUCT, {"slug": slug}) for slug in slugs],
        "search, API": [_api(LISTING, {"search": word}) for word in WORDS],
    }


def _api(query: str, variables: dict) -> tuple[str, str, str]:
    return "POST", "/graphql/", json.dumps({"query": query, "variables": variables})
