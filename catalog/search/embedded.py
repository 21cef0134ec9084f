"""The embedded backend: a tantivy index in the data directory, a cache of the product cards for every process."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock

import tantivy
from django.db.models import F

from catalog.actions.cards import bump_catalog
from catalog.models import ProductCard
from catalog.search import directory
from catalog.search.building import HEAP, build
from catalog.search.directory import IndexBusy, IndexMissing
from catalog.search.documents import card_rows, document
from catalog.search.engine import (
    MOMENT_SECONDS,
    TERMS_FACETS,
    Found,
    Selection,
    Snapshot,
    page_of,
    schema,
    schema_hash,
)
from catalog.search.fallback import bounded_listing
from catalog.search.marks import Marks
from catalog.search.suggestions import complete
from catalog.search.synonyms import rules
from catalog.search.types import DEPTH_MAX, FACETS, FILTERS, PAGE_SIZE_MAX, Query, Result

logger = logging.getLogger(__name__)
REFRESH_BATCH = 2000
_SCHEMA = schema()
_opened: tuple[tuple[int, int], Snapshot] | None = None
_opening = Lock()


def search(query: Query, *, at: datetime) -> Result:
    """Return one page of ids with total and facets; a bounded list from the database when the index is unusable."""
    try:
        return _search(_snapshot(), query, at)
    except (IndexMissing, OSError, ValueError) as error:
        logger.warning("search index unusable (%s): answering from the database", error)
        return bounded_listing(query, at=at)


def suggest(text: str, *, at: datetime, limit: int = 8) -> tuple[str, ...]:
    """Return completions; none when the index is unusable."""
    try:
        return complete(text, _snapshot().suggestions, limit)
    except (IndexMissing, OSError, ValueError):
        return ()


def _snapshot() -> Snapshot:
    """Return the newest generation, opened once and shared by the process. Raises IndexMissing."""
    global _opened  # noqa: PLW0603 -- one opened index a process, as its caches are
    stamp = directory.stamp()
    if stamp is None:
        raise IndexMissing("no index has been built")
    if _opened is None or _opened[0] != stamp:
        with _opening:
            if _opened is None or _opened[0] != stamp:
                path = directory.root() / directory.current(schema_hash()).directory
                _opened = stamp, Snapshot(path, _opened[1] if _opened else None)
    return _opened[1]


def _search(snapshot: Snapshot, query: Query, at: datetime) -> Result:
    moment = int(at.timestamp()) // MOMENT_SECONDS * MOMENT_SECONDS
    meaning = snapshot.meaning(query.text, moment, query.literal, rules())
    if meaning.hopeless:
        return Result((), 0, dict.fromkeys(FACETS, ()))
    exact = tuple((name, value) for name in FILTERS if (value := getattr(query, name)))
    selection = Selection(meaning.terms, exact, query.price_min_minor, query.price_max_minor, moment)
    found, more = _page(snapshot, selection, query)
    total = snapshot.total(selection)
    return Result(
        product_ids=tuple(one.product_id for one in found),
        total=total,
        facets=_facets(snapshot, selection),
        relaxed=meaning.relaxed,
        is_corrected=meaning.is_corrected,
        marks=meaning.marks,
        cursors=tuple(one.cursor for one in found),
        more=more,
    )


def _page(snapshot: Snapshot, selection: Selection, query: Query) -> tuple[tuple[Found, ...], bool]:
    """Return one page, and whether any product follows it. Pages end at DEPTH_MAX, cursors do not."""
    sort = query.sort if query.sort != "relevance" or selection.terms else "sales"
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    if not query.after:
        start = (max(1, query.page) - 1) * size
        found = page_of(snapshot, selection, sort, start, min(size, DEPTH_MAX - start))
        return found, start + len(found) < snapshot.total(selection)
    place = int(query.after[0])
    if sort == "relevance":
        found = page_of(snapshot, selection, sort, max(0, place), size + 1)
    else:
        found = snapshot.behind(selection, sort, place, size + 1)
    return found[:size], len(found) > size


def _facets(snapshot: Snapshot, selection: Selection) -> dict:
    """Return all facets. Each leaves its own filter out, so that a reader can change it without clearing it first.

    Those without a filter of their own are counted together: one walk over the found products for all.
    """
    filtered = {field for field, _ in selection.exact}
    groups = [tuple(field for field in TERMS_FACETS if field not in filtered)]
    groups += [(field,) for field in TERMS_FACETS if field in filtered]
    facets: dict = {}
    for fields in filter(None, groups):
        others = tuple(pair for pair in selection.exact if pair[0] not in fields)
        facets |= snapshot.terms_facets(selection._replace(exact=others), fields)
    facets["price"] = snapshot.price_facet(selection._replace(price_min=None, price_max=None))
    return {name: facets[name] for name in FACETS}


def rebuild(progress: Callable[[int, int], None] | None = None, *, anew: bool = False) -> int:
    """Write a new index beside the present one and swap; return the products in it. Raises IndexBusy.

    Goes on with a build that was stopped, unless `anew`.
    """
    with directory.writing():
        path, seen = build(progress, anew=anew)
        directory.publish(path)
    seen.write()
    bump_catalog()
    return seen.count


def refresh(product_ids: Iterable[int]) -> int:
    """Index these products again and take out those that have no window; return how many were looked at.

    Raises IndexMissing or IndexBusy.
    """
    ids = sorted(set(product_ids))
    if not ids:
        return 0
    with directory.writing():
        path = directory.root() / directory.current(schema_hash()).directory
        writer = tantivy.Index.open(str(path)).writer(HEAP, 1)
        marks = Marks()
        for start in range(0, len(ids), REFRESH_BATCH):
            batch = ids[start : start + REFRESH_BATCH]
            versions = dict(ProductCard.objects.filter(pk__in=batch).values_list("pk", "version"))
            for key in batch:
                writer.delete_documents_by_term("product_id", key)
                marks.add(key, versions.get(key, 0))
            for row in card_rows(batch):
                _add(writer, row)
        writer.commit()
        writer.wait_merging_threads()
        directory.publish(path)
    marks.write()
    return len(ids)


def refresh_changed() -> int:
    """Index every card whose version is newer than the indexed one; return how many. Zero while another one writes."""
    changed = ProductCard.objects.filter(version__gt=F("indexed_version")).values_list("pk", flat=True)
    try:
        return refresh(list(changed))
    except IndexBusy:
        return 0


def _add(writer: tantivy.IndexWriter, row: dict) -> None:
    writer.add_document(tantivy.Document.from_dict(document(row), _SCHEMA))
