"""What is indexed of a product card, the same for every backend: words, exact values and numbers."""

from collections.abc import Iterable, Iterator
from math import log10

from catalog.models import ProductCard
from catalog.search.text import grams, head_words, is_latin, pinyin_words, place_names, title_words

WORDS = ("name", "head", "place", "more", "gram", "pinyin")  # words between spaces
EXACT = ("category", "province", "region", "tag", "badge", "line_kind", "storage")
NUMBERS = ("product_id", "price", "by_price", "by_sold", "by_published", "sellable_from", "sellable_until")
_ID_BITS = 31
ID_MASK = (
    1 << _ID_BITS
) - 1  # the numbers to sort by end in the product's id, so that each is held by one product only
_RANKS = frozenset(["county", "city", "prefecture", "province", "autonomous", "region", "banner", "league", "district"])
_COLUMNS = (
    "product_id",
    "name_zh",
    "name_en",
    "spec_zh",
    "kind",
    "line_kind",
    "category_slug",
    "category_zh",
    "category_en",
    "merchant_zh",
    "merchant_en",
    "region_slug",
    "county_zh",
    "county_en",
    "prefecture_zh",
    "prefecture_en",
    "province_code",
    "province_zh",
    "province_en",
    "price_minor",
    "badges",
    "tags",
    "sold_quantity",
    "published_at",
    "sellable_from",
    "sellable_until",
    "version",
    "product__storage",
)


def card_rows(product_ids: Iterable[int] | None = None, *, after: int = 0, chunk: int = 2000) -> Iterator[dict]:
    """Yield the cards that have a sellable window as dictionaries by product id: those of some products, or all.

    All are read chunk by chunk, so that nothing is held for long; `after` goes on behind an id.
    """
    rows = ProductCard.objects.filter(sellable_until__isnull=False).order_by("pk").values(*_COLUMNS)
    if product_ids is not None:
        yield from rows.filter(pk__in=list(product_ids))
        return
    while found := list(rows.filter(pk__gt=after)[:chunk]):
        yield from found
        after = found[-1]["product_id"]


def document(row: dict) -> dict[str, object]:
    """Return the fields of one card: each of WORDS as text, of EXACT as a list, of NUMBERS as a whole number."""
    places = place_names(row["county_zh"], row["prefecture_zh"], row["province_zh"])
    latin_places = (word for key in ("county_en", "prefecture_en", "province_en") for word in title_words(row[key]))
    names = (row["name_zh"], row["name_en"], row["spec_zh"])
    more = (row["category_zh"], row["category_en"], row["merchant_zh"], row["merchant_en"])
    return {
        "name": _joined(title_words(text) for text in names),
        "head": _joined([head_words(row["name_zh"], row["name_en"])]),
        "place": _joined([places, (word for word in latin_places if is_latin(word) and word not in _RANKS)]),
        "more": _joined(title_words(text) for text in more),
        "gram": _joined(grams(text) for text in (row["name_zh"], row["merchant_zh"], *places)),
        "pinyin": _joined(pinyin_words(text) for text in (row["name_zh"], *places)),
        "category": [row["category_slug"]],
        "province": [row["province_code"]],
        "region": [row["region_slug"]],
        "tag": row["tags"],
        "badge": row["badges"],
        "line_kind": [row["line_kind"]],
        "storage": [row["product__storage"]],
        "product_id": row["product_id"],
        "price": row["price_minor"],
        "by_price": _sortable(row["price_minor"], row),
        "by_sold": _sortable(row["sold_quantity"], row),
        "by_published": _sortable(int(row["published_at"].timestamp()), row),
        "sellable_from": int(row["sellable_from"].timestamp()),
        "sellable_until": int(row["sellable_until"].timestamp()),
        "weight": 1 + log10(1 + max(0, row["sold_quantity"])) / 10,
    }


def _sortable(value: int, row: dict) -> int:
    """Return a number that sorts by value, then by product: a place in a list that a cursor can name."""
    return min(max(0, value), ID_MASK) << _ID_BITS | row["product_id"]


def _joined(groups: Iterable[Iterable[str]]) -> str:
    return " ".join(dict.fromkeys(word for group in groups for word in group))
