"""The Elasticsearch backend: sends what `elastic_bodies` makes, reads what comes back; never run in the tests."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from catalog.actions.cards import bump_catalog
from catalog.models import ProductCard
from catalog.search import gazetteer, text
from catalog.search.documents import card_rows
from catalog.search.elastic_bodies import action, body, mappings, matching
from catalog.search.fallback import bounded_listing
from catalog.search.marks import Marks
from catalog.search.suggestions import Tally
from catalog.search.types import FACETS, Facet, Query, Result
from catalog.search.understanding import Term, understand

logger = logging.getLogger(__name__)
PRODUCTS, SUGGESTIONS = "bangmai-products", "bangmai-suggestions"  # aliases; each rebuild makes new indices behind them
_PLACES = cache(gazetteer.build)


@cache
def _client() -> Any:
    from elasticsearch import Elasticsearch

    return Elasticsearch(settings.SEARCH_URL, request_timeout=5)


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

    def count(terms: tuple[Term, ...]) -> int:
        return _client().count(index=PRODUCTS, query=matching(terms, moment).to_dict())["count"]

    meaning = understand(query.text, gazetteer=_PLACES(), count=count, known=lambda word: count((Term(word),)))
    if meaning.hopeless:
        return Result((), 0, dict.fromkeys(FACETS, ()))
    answer = _client().search(index=PRODUCTS, body=body(query, meaning.terms, moment))
    ids = tuple(int(hit["_id"]) for hit in answer["hits"]["hits"])
    return Result(ids, answer["hits"]["total"]["value"], _facets(answer["aggregations"]), meaning.relaxed)


def _facets(found: dict[str, Any]) -> dict[str, tuple[Facet, ...]]:
    return {
        name: tuple(Facet(one["key"], one["doc_count"]) for one in part["values"]["buckets"] if one["doc_count"])
        for name, part in found.items()
    }


def suggest(typed: str, *, at: datetime, limit: int = 8) -> tuple[str, ...]:
    """Return completions, most products first."""
    prefix = " ".join(text.fold(typed).split())
    if not prefix or (prefix.isascii() and len(prefix) < 2):
        return ()
    wanted = {"query": {"prefix": {"key": prefix}}, "sort": [{"weight": "desc"}], "size": limit * 2}
    hits = _client().search(index=SUGGESTIONS, **wanted)["hits"]["hits"]
    return tuple(dict.fromkeys(hit["_source"]["text"] for hit in hits))[:limit]


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Fill new indices and move the aliases to them; return the number of products."""
    from elasticsearch.helpers import bulk

    suffix = timezone.now().strftime("%Y%m%d%H%M%S")
    products, suggestions = f"{PRODUCTS}-{suffix}", f"{SUGGESTIONS}-{suffix}"
    _client().indices.create(index=products, **mappings())
    keys = {"key": {"type": "keyword"}, "weight": {"type": "long"}, "text": {"type": "keyword"}}
    _client().indices.create(index=suggestions, mappings={"properties": keys})
    tally, marks, total = Tally(), Marks(), ProductCard.objects.filter(sellable_until__isnull=False).count()
    ProductCard.objects.filter(sellable_until=None).update(indexed_version=F("version"))

    def written() -> Iterator[dict[str, Any]]:
        for done, row in enumerate(card_rows(), 1):
            tally.add(row)
            marks.add(row["product_id"], row["version"])
            if progress and (done % 2000 == 0 or done == total):
                progress(done, total)
            yield action(row, products)

    bulk(_client(), written())
    bulk(_client(), ({"_index": suggestions, "key": k, "weight": n, "text": shown} for k, n, shown in tally.entries()))
    for name, index in ((PRODUCTS, products), (SUGGESTIONS, suggestions)):
        old = [one for one in _client().indices.get(index=f"{name}-*") if one != index]
        moves = [{"add": {"index": index, "alias": name}}, *({"remove_index": {"index": one}} for one in old)]
        _client().indices.update_aliases(actions=moves)
    marks.write()
    bump_catalog()
    _PLACES.cache_clear()
    return marks.count


def refresh(product_ids: Iterable[int]) -> int:
    """Index these products again, and take out those that have no window."""
    from elasticsearch.helpers import bulk

    ids, marks = sorted(set(product_ids)), Marks()
    for key, version in ProductCard.objects.filter(pk__in=ids).values_list("pk", "version"):
        marks.add(key, version)
    rows = {row["product_id"]: row for row in card_rows(ids)}
    gone = ({"_op_type": "delete", "_index": PRODUCTS, "_id": key} for key in ids if key not in rows)
    bulk(_client(), (action(row, PRODUCTS) for row in rows.values()))
    bulk(_client(), gone, raise_on_error=False)  # what was never there is as good as taken out
    marks.write()
    return len(ids)


def refresh_changed() -> int:
    """Index every card whose version is newer than the indexed one."""
    return refresh(ProductCard.objects.filter(version__gt=F("indexed_version")).values_list("pk", flat=True))
