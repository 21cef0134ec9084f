"""The embedded backend: a tantivy index in the data directory, a cache of the product cards for every process."""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock

import tantivy
from django.db.models import F

from catalog.actions.cards import bump_catalog
from catalog.models import ProductCard
from catalog.search import directory, gazetteer
from catalog.search.directory import IndexBusy, IndexMissing
from catalog.search.documents import card_rows, document
from catalog.search.engine import (
    TERMS_FACETS,
    Selection,
    Snapshot,
    page_of,
    schema,
    schema_hash,
)
from catalog.search.fallback import bounded_listing
from catalog.search.marks import Marks
from catalog.search.suggestions import Tally, complete
from catalog.search.types import FACETS, FILTERS, PAGE_SIZE_MAX, Query, Result

logger = logging.getLogger(__name__)
MOMENT_SECONDS = 300  # windows are judged by the last full five minutes; the database judges the moment itself
REFRESH_BATCH = 2000
_HEAP = 96_000_000
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
    meaning = snapshot.meaning(query.text, moment)
    if meaning.hopeless:
        return Result((), 0, dict.fromkeys(FACETS, ()))
    exact = tuple((name, value) for name in FILTERS if (value := getattr(query, name)))
    selection = Selection(meaning.terms, exact, query.price_min_minor, query.price_max_minor, moment)
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    start = (max(1, query.page) - 1) * size
    sort = "sales" if query.sort == "relevance" and not meaning.terms else query.sort
    return Result(
        product_ids=page_of(snapshot, selection, sort, start, size),
        total=snapshot.total(selection),
        facets=_facets(snapshot, selection),
        relaxed=meaning.relaxed,
    )


def _facets(snapshot: Snapshot, selection: Selection) -> dict:
    """Return all facets. Each leaves its own filter out, so that a reader can change it without clearing it first."""
    facets = {}
    for field in TERMS_FACETS:
        others = tuple(pair for pair in selection.exact if pair[0] != field)
        facets[field] = snapshot.terms_facet(selection._replace(exact=others), field)
    facets["price"] = snapshot.price_facet(selection._replace(price_min=None, price_max=None))
    return facets


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Write a new index beside the present one and swap; return the products in it. Raises IndexBusy."""
    with directory.writing():
        path = directory.fresh(schema_hash())
        writer = tantivy.Index(schema(), path=str(path)).writer(_HEAP, 1)
        tally, seen = Tally(), Marks()
        # Before the first card is read: one that loses its window from here on keeps a newer version.
        ProductCard.objects.filter(sellable_until=None).update(indexed_version=F("version"))
        total = ProductCard.objects.filter(sellable_until__isnull=False).count()
        for done, row in enumerate(card_rows(), 1):
            _add(writer, row)
            tally.add(row)
            seen.add(row["product_id"], row["version"])
            if progress and (done % REFRESH_BATCH == 0 or done == total):
                progress(done, total)
        writer.commit()
        writer.wait_merging_threads()
        _write_json(path / "places.json", gazetteer.build().chains)
        _write_json(path / "suggestions.json", tally.entries())
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
        writer = tantivy.Index.open(str(path)).writer(_HEAP, 1)
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


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
