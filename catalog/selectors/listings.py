"""Lists of products: the index says which, the database says what they are now and whether they may be sold."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from catalog import search
from catalog.models import ProductCard
from catalog.prepared import Prepared
from catalog.search import Query
from catalog.search.types import DEPTH_MAX, FILTERS
from catalog.selectors.stock import availability, available_by_product
from catalog.selectors.views import Card, Listing, WayOut

CARD_FIELDS = tuple(name for name in Card.__dataclass_fields__ if name != "availability")
_BADGES, _TAGS, _FROM, _UNTIL = (
    CARD_FIELDS.index(name) for name in ("badges", "tags", "sellable_from", "sellable_until")
)
_CARDS = Prepared(lambda ids: ProductCard.objects.filter(product_id__in=ids).values_list(*CARD_FIELDS))


def cards_of(product_ids: Iterable[int], *, at: datetime) -> tuple[Card, ...]:
    """Return the cards of those products that may be sold at `at`, in the given order (two queries)."""
    wanted = list(product_ids)
    by_id = {row[0]: row for row in _CARDS.rows(wanted) if row[_UNTIL] is not None and row[_FROM] <= at < row[_UNTIL]}
    units = available_by_product(by_id)
    return tuple(card_from_row(by_id[key], units) for key in wanted if key in by_id)


def card_from_row(row: tuple, units: dict[int, int]) -> Card:
    """Return a row of CARD_FIELDS as a card; `units` are the available units by product."""
    values = list(row)
    values[_BADGES], values[_TAGS] = tuple(row[_BADGES]), tuple(row[_TAGS])
    return Card(*(*values, availability(units.get(row[0], 0))))


def listing(query: Query, *, at: datetime) -> Listing:
    """Return one page of a list or search (at most three queries).

    The index may be seconds old. A card whose window has closed since is dropped here, and from the total.
    """
    result = search.search(query, at=at)
    cards = cards_of(result.product_ids, at=at)
    total = result.total - (len(result.product_ids) - len(cards))
    return Listing(
        cards=cards,
        total=total,
        sort=query.sort,
        page=query.page,
        pages=max(1, -(-min(result.total, DEPTH_MAX) // query.size)),
        facets=result.facets,
        relaxed=result.relaxed,
        is_corrected=result.is_corrected,
        marks=result.marks,
        cursors=dict(zip(result.product_ids, result.cursors, strict=False)),
        end=result.cursors[-1] if result.more and result.cursors else (),
        sellable_until=min((card.sellable_until for card in cards), default=None),
        degraded=result.degraded,
    )


def ways_out(query: Query, *, at: datetime) -> tuple[WayOut, ...]:
    """Return what to give up of a query that finds nothing so that it finds something, the most useful first.

    Each of its filters by itself; then the words all together.
    """
    used = [name for name in FILTERS if getattr(query, name)]
    changes: list[tuple[str, dict]] = [(name, {name: ""}) for name in used]
    if query.price_min_minor is not None or query.price_max_minor is not None:
        changes.append(("price", {"price_min_minor": None, "price_max_minor": None}))
    if query.text and changes:
        changes.append(("text", {"text": ""}))
    found = [
        WayOut(name, search.search(replace(query, page=1, size=1, after=(), **change), at=at).total)
        for name, change in changes
    ]
    return tuple(way for way in found if way.total)
