"""Finding products: one interface, two backends (`settings.SEARCH_BACKEND`): embedded (tantivy) and elasticsearch.

The index is a cache of the product cards and never the truth: `catalog.selectors.listing` asks the database again
whether a found product may be sold. A missing or broken index degrades the answer, and never fails it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from types import ModuleType

from django.conf import settings

from catalog.search.types import FACETS, FILTERS, PRICE_BUCKETS, SORTS, Cursor, Facet, Query, Result

__all__ = [
    "FACETS",
    "FILTERS",
    "PRICE_BUCKETS",
    "SORTS",
    "Cursor",
    "Facet",
    "Query",
    "Result",
    "rebuild",
    "refresh",
    "refresh_changed",
    "search",
    "suggest",
]
_BACKENDS = {"embedded": "catalog.search.embedded", "elasticsearch": "catalog.search.elastic"}

Progress = Callable[[int, int], None]  # (done, of)


def _backend() -> ModuleType:
    return import_module(_BACKENDS[settings.SEARCH_BACKEND])


def search(query: Query, *, at: datetime) -> Result:
    """Return the products that match and may be sold at `at` (UTC), as far as the index knows."""
    return _backend().search(query, at=at)


def suggest(text: str, *, at: datetime, limit: int = 8) -> tuple[str, ...]:
    """Return completions (product kinds, counties, categories) for one Chinese character or two letters and more."""
    return _backend().suggest(text, at=at, limit=limit)


def rebuild(progress: Progress | None = None, *, anew: bool = False) -> int:
    """Build the whole index anew beside the old one and swap; return the number of products in it.

    Goes on with a build that was stopped where the backend can, unless `anew`.
    """
    return _backend().rebuild(progress, anew=anew)


def refresh(product_ids: Iterable[int]) -> int:
    """Index these products' cards again; return how many."""
    return _backend().refresh(product_ids)


def refresh_changed() -> int:
    """Index the cards that changed since they were indexed last; return how many."""
    return _backend().refresh_changed()
