"""The Elasticsearch backend: sends what `elastic_bodies` makes, reads what comes back; never run in the tests."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from catalog.actions.cards import bump_catalog
from catalog.models import ProductCard
from catalog.search import directory, gazetteer, text
from catalog.search.documents import card_rows, document
from catalog.search.elastic_bodies import (
    INDICES,
    action,
    body,
    completion,
    deletion,
    matching,
    moves,
    templates,
)
from catalog.search.fallback import bounded_listing
from catalog.search.marks import Marks
from catalog.search.suggestions import Tally
from catalog.search.synonyms import rules
from catalog.search.types import DEPTH_MAX, FACETS, PAGE_SIZE_MAX, Facet, Query, Result
from catalog.search.understanding import Knowledge, Term, understand
from catalog.search.vocabulary import Vocabulary

logger = logging.getLogger(__name__)
TOLD = 1_000  # products between two calls of `progress`
_WORDS_SECONDS = 300  # how long a process keeps the vocabulary
_PLACES = cache(gazetteer.build)


@cache
def _client() -> Any:
    from elasticsearch import Elasticsearch

    return Elasticsearch(settings.SEARCH_URL, request_timeout=5)


def _alias(kind: str) -> str:
    return f"{settings.SEARCH_PREFIX}-{kind}"


def search(query: Query, *, at: datetime) -> Result:
    """Return one page of ids with total and facets; a bounded list from the database when the server fails."""
    from elasticsearch import ApiError, TransportError

    try:
        return _search(query, at)
    except (ApiError, TransportError) as error:
        logger.warning("search server unusable (%s): answering from the database", type(error).__name__)
        return bounded_listing(query, at=at)


def _search(query: Query, at: datetime) -> Result:
    moment = int(at.timestamp())

    @cache
    def count(terms: tuple[Term, ...]) -> int:
        return _client().count(index=_alias("products"), query=matching(terms, moment).to_dict())["count"]

    knowledge = Knowledge(_PLACES(), _vocabulary(int(time.monotonic()) // _WORDS_SECONDS), rules())
    meaning = understand(query.text, knowledge=knowledge, count=count, literal=query.literal)
    if meaning.hopeless:
        return Result((), 0, dict.fromkeys(FACETS, ()))
    answer = _client().search(index=_alias("products"), body=body(query, meaning.terms, moment))
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    hits, total = answer["hits"]["hits"], answer["hits"]["total"]["value"]
    shown = hits[:size]
    start = min((max(1, query.page) - 1) * size, DEPTH_MAX)
    return Result(
        product_ids=tuple(int(hit["_id"]) for hit in shown),
        total=total,
        facets=_facets(answer["aggregations"]),
        relaxed=meaning.relaxed,
        is_corrected=meaning.is_corrected,
        marks=meaning.marks,
        cursors=tuple(tuple(hit["sort"]) for hit in shown),
        more=len(hits) > size if query.after else start + len(shown) < total,
    )


@lru_cache(maxsize=1)
def _vocabulary(turn: int) -> Vocabulary:
    """Return the words of the index in use; read again with each turn."""
    return Vocabulary(_client().get(index=_alias("words"), id="words")["_source"]["counts"])


def _facets(found: dict[str, Any]) -> dict[str, tuple[Facet, ...]]:
    return {
        name: tuple(Facet(one["key"], one["doc_count"]) for one in part["values"]["buckets"] if one["doc_count"])
        for name, part in found.items()
    }


def suggest(typed: str, *, at: datetime, limit: int = 8) -> tuple[str, ...]:
    """Return completions, most products first; none when the server fails."""
    from elasticsearch import ApiError, TransportError

    prefix = " ".join(text.fold(typed).split())
    if not prefix or (prefix.isascii() and len(prefix) < 2):
        return ()
    try:
        hits = _client().search(index=_alias("suggestions"), body=completion(prefix, limit))["hits"]["hits"]
    except (ApiError, TransportError):
        return ()
    return tuple(dict.fromkeys(hit["_source"]["text"] for hit in hits))[:limit]


def rebuild(progress: Callable[[int, int], None] | None = None, *, anew: bool = False) -> int:
    """Fill new indices and move the aliases to them at one moment; return the number of products.

    A build that was stopped leaves the aliases where they were. The next one begins from nothing (`anew` or not) and
    removes what was left behind. Raises IndexBusy.
    """
    with directory.writing():
        ProductCard.objects.filter(sellable_until=None).update(indexed_version=F("version"))
        marks = fill(progress)
    marks.write()
    sold = ProductCard.objects.filter(sellable_until__isnull=False).values_list("pk", flat=True)
    refresh(set(sold) - marks.ids())  # came in, and went to the old index, while the new one was filled
    bump_catalog()
    return marks.count


def fill(progress: Callable[[int, int], None] | None = None) -> Marks:
    """Write new indices and put them in use; return what was read of each card. The database is not changed."""
    from elasticsearch.helpers import bulk

    prefix, suffix = settings.SEARCH_PREFIX, timezone.now().strftime("%Y%m%d%H%M%S")
    for name, template in templates(prefix).items():
        _client().indices.put_index_template(name=name, **template)
    for kind in INDICES:
        _client().indices.create(index=f"{prefix}-{kind}-{suffix}")
    tally, marks = Tally(), Marks()
    bulk(_client(), _written(f"{prefix}-products-{suffix}", tally, marks, progress))
    bulk(_client(), _completions(f"{prefix}-suggestions-{suffix}", tally))
    bulk(_client(), [{"_index": f"{prefix}-words-{suffix}", "_id": "words", "counts": tally.words}])
    _client().indices.refresh(index=f"{prefix}-*-{suffix}")
    present = {kind: list(_client().indices.get(index=f"{prefix}-{kind}-*")) for kind in INDICES}
    _client().indices.update_aliases(actions=moves(prefix, suffix, present))
    _PLACES.cache_clear()
    _vocabulary.cache_clear()
    return marks


def forget() -> None:
    """Let go of what this process keeps of a server."""
    _client.cache_clear()
    _PLACES.cache_clear()
    _vocabulary.cache_clear()


def _written(
    index: str, tally: Tally, marks: Marks, progress: Callable[[int, int], None] | None
) -> Iterator[dict[str, Any]]:
    total = ProductCard.objects.filter(sellable_until__isnull=False).count()
    for row in card_rows():
        tally.add(row, document(row))
        marks.add(row["product_id"], row["version"])
        if progress and (marks.count % TOLD == 0 or marks.count == total):
            progress(marks.count, max(total, marks.count))
        yield action(row, index)


def _completions(index: str, tally: Tally) -> Iterator[dict[str, Any]]:
    return ({"_index": index, "key": key, "weight": n, "text": shown} for key, n, shown in tally.entries())


def refresh(product_ids: Iterable[int]) -> int:
    """Index these products again, and take out those that have no window."""
    from elasticsearch.helpers import bulk

    ids, marks = sorted(set(product_ids)), Marks()
    if not ids:
        return 0
    for key, version in ProductCard.objects.filter(pk__in=ids).values_list("pk", "version"):
        marks.add(key, version)
    rows = {row["product_id"]: row for row in card_rows(ids)}
    bulk(_client(), (action(row, _alias("products")) for row in rows.values()))
    gone = (deletion(key, _alias("products")) for key in ids if key not in rows)
    bulk(_client(), gone, raise_on_error=False)  # what was never there is as good as taken out
    marks.write()
    return len(ids)


def refresh_changed() -> int:
    """Index every card whose version is newer than the indexed one."""
    return refresh(ProductCard.objects.filter(version__gt=F("indexed_version")).values_list("pk", flat=True))


def remove() -> None:
    """Remove every index and template under the prefix from the server."""
    for kind in INDICES:
        _client().indices.delete(index=f"{_alias(kind)}-*", ignore_unavailable=True)
        _client().indices.delete_index_template(name=_alias(kind))
