"""Request bodies for Elasticsearch, as pure functions of a query: tested by snapshot, for no server runs in the tests.

The server needs no plugin: it is given the same words between spaces as the embedded index, so that both answer alike.
"""

from typing import Any

from elasticsearch.dsl import A, Q, Search

from catalog.search import text
from catalog.search.documents import EXACT, NUMBERS, WORDS, document
from catalog.search.types import DEPTH_MAX, FACETS, FILTERS, PAGE_SIZE_MAX, PRICE_BUCKETS, Query
from catalog.search.understanding import Term

_BOOSTS = {"name": 4, "place": 3, "more": 1, "pinyin": 2}
_SORTS = {"sales": "-sold", "newest": "-published", "price": "price", "-price": "-price"}
_RANGES = [
    {"key": f"{low or ''}-{high or ''}", **({"from": low} if low else {}), **({"to": high} if high else {})}
    for low, high in PRICE_BUCKETS
]


def mappings() -> dict[str, Any]:
    """Return the settings and mappings of a products index."""
    words = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    fields = dict.fromkeys(WORDS, words) | {name: {"type": "keyword"} for name in EXACT}
    fields |= {name: {"type": "long"} for name in NUMBERS} | {"weight": {"type": "float"}}
    return {"settings": {"number_of_shards": 1}, "mappings": {"dynamic": "strict", "properties": fields}}


def action(row: dict, index: str) -> dict[str, Any]:
    """Return the bulk action that writes one card (a row of `documents.card_rows`)."""
    return {"_op_type": "index", "_index": index, "_id": row["product_id"], "_source": document(row)}


def body(query: Query, terms: tuple[Term, ...], moment: int) -> dict[str, Any]:
    """Return the search request of a query whose text was understood as `terms`, at `moment` (seconds since 1970)."""
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    start = min((max(1, query.page) - 1) * size, DEPTH_MAX)
    filters = {name: Q("term", **{name: value}) for name in FILTERS if (value := getattr(query, name))}
    if query.price_min_minor is not None or query.price_max_minor is not None:
        bounds = {"gte": query.price_min_minor, "lte": query.price_max_minor}
        filters["price"] = Q("range", price={key: value for key, value in bounds.items() if value is not None})
    search = Search().query(matching(terms, moment)).extra(track_total_hits=True)
    search = search[start : min(start + size, DEPTH_MAX)].source(False).post_filter("bool", filter=[*filters.values()])
    if query.sort in _SORTS or not terms:
        search = search.sort(_SORTS.get(query.sort, "-sold"), "product_id")
    for name in FACETS:
        others = [part for key, part in filters.items() if key != name]
        counted = A("range", field="price", ranges=_RANGES) if name == "price" else A("terms", field=name, size=100)
        search.aggs.bucket(name, "filter", filter=Q("bool", filter=others)).bucket("values", counted)
    return search.to_dict()


def matching(terms: tuple[Term, ...], moment: int) -> Any:
    """Return the query that meets all terms among the products that may be sold at `moment`."""
    window = [Q("range", sellable_from={"lte": moment}), Q("range", sellable_until={"gt": moment})]
    met = Q("bool", must=[_term(term) for term in terms], filter=window)
    return Q("function_score", query=met, field_value_factor={"field": "weight"}) if terms else met


def _term(term: Term) -> Any:
    if term.places:
        return Q("dis_max", queries=[Q("term", place={"value": place, "boost": 3}) for place in term.places])
    latin = text.is_latin(term.word)
    fields = {name: boost for name, boost in _BOOSTS.items() if latin or name != "pinyin"}
    queries = [Q("term", **{name: {"value": term.word, "boost": boost}}) for name, boost in fields.items()]
    if not latin:
        queries += [
            Q("bool", must=[Q("term", gram=pair) for pair in text.word_grams(word)], boost=0.3)
            for word in (term.word, *term.also)
        ]
    return Q("dis_max", queries=queries, tie_breaker=0.1)
