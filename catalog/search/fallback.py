"""What is listed while there is no usable index: by filter, not by text, and never more than a bounded number."""

from datetime import datetime
from typing import Any

from catalog.models import ProductCard
from catalog.search.types import FACETS, PAGE_SIZE_MAX, Query, Result

BOUND = 960  # products that are looked at, at most
_COLUMNS = {
    "category": "category_slug",
    "province": "province_code",
    "region": "region_slug",
    "line_kind": "line_kind",
    "storage": "product__storage",
}
_ORDERS = {
    "price": lambda row: row["price_minor"],
    "-price": lambda row: -row["price_minor"],
    "newest": lambda row: -row["published_at"].timestamp(),
}


def bounded_listing(query: Query, *, at: datetime) -> Result:
    """Return products that meet the filters, in order within the bound (one query).

    Text is not searched, and there are no facets; `degraded` tells the page to say so.
    """
    found = [row for row in _rows(query, at) if _meets(row, query)]
    found.sort(key=_ORDERS.get(query.sort, lambda row: -row["sold_quantity"]))
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    start = int(query.after[0]) if query.after else (max(1, query.page) - 1) * size
    ids = tuple(row["pk"] for row in found[start : start + size])
    return Result(
        ids,
        len(found),
        dict.fromkeys(FACETS, ()),
        cursors=tuple((start + count,) for count in range(1, len(ids) + 1)),
        more=start + len(ids) < len(found),
        degraded=True,
    )


def _rows(query: Query, at: datetime) -> list[Any]:
    rows = ProductCard.objects.filter(sellable_from__lte=at, sellable_until__gt=at)
    for name, column in _COLUMNS.items():
        if value := getattr(query, name):
            rows = rows.filter(**{column: value})
    # Both orders are indexed: sorting 400,000 rows by sales is not what a fallback should do.
    rows = rows.order_by("-sold_quantity") if query.region else rows.order_by("pk")
    return list(rows.values("pk", "badges", "tags", "price_minor", "published_at", "sold_quantity")[:BOUND])


def _meets(row: Any, query: Query) -> bool:
    low, high = query.price_min_minor, query.price_max_minor
    return (
        (not query.badge or query.badge in row["badges"])
        and (not query.tag or query.tag in row["tags"])
        and (low is None or row["price_minor"] >= low)
        and (high is None or row["price_minor"] <= high)
    )
