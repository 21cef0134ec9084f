"""Request bodies for Elasticsearch, as pure functions of a query: tested by snapshot, for no server runs in the tests.

The server needs no plugin: it is given the same words between spaces as the embedded index, so that both answer alike.
"""

from typing import Any

from elasticsearch.dsl import A, ComposableIndexTemplate, Index, Mapping, Q, Search

from catalog.search import text
from catalog.search.documents import EXACT, NUMBERS, WORDS, document
from catalog.search.types import DEPTH_MAX, FACETS, FILTERS, PAGE_SIZE_MAX, PRICE_BUCKETS, Query
from catalog.search.understanding import Term

INDICES = ("products", "suggestions", "words")  # an alias each; a rebuild makes new indices behind them
_PRIORITY = 200  # above the templates that a server brings along
_BOOSTS = {"name": 4, "place": 3, "more": 1, "pinyin": 2}
_HEAD = 12  # as in the embedded index: for a product that is what was asked, and not something made of it
_SORTS = {"sales": "-by_sold", "newest": "-by_published", "price": "by_price", "-price": "-by_price"}
_RANGES = [
    {"key": f"{low or ''}-{high or ''}", **({"from": low} if low else {}), **({"to": high} if high else {})}
    for low, high in PRICE_BUCKETS
]


def templates(prefix: str) -> dict[str, dict[str, Any]]:
    """Return the index templates by name: settings and mappings of whatever index a rebuild makes."""
    products, suggestions, words = Mapping(), Mapping(), Mapping()
    for name in WORDS:
        products.field(name, "text", analyzer="whitespace", index_options="freqs")
    for name in EXACT:
        products.field(name, "keyword")
    for name in NUMBERS:
        products.field(name, "long")
    products.field("weight", "float")
    suggestions.field("key", "keyword").field("text", "keyword").field("weight", "long")
    words.field("counts", "object", enabled=False)
    made = {}
    for kind, mapping in zip(INDICES, (products, suggestions, words), strict=True):
        index, name = Index(f"{prefix}-{kind}-*"), f"{prefix}-{kind}"
        index.settings(number_of_shards=1)
        index.mapping(mapping.meta("dynamic", "strict"))
        made[name] = ComposableIndexTemplate(name, f"{name}-*", index=index, priority=_PRIORITY).to_dict()
    return made


def moves(prefix: str, suffix: str, present: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Return the alias actions, done at one moment, that put new indices in use and remove the `present` ones."""
    actions: list[dict[str, Any]] = []
    for kind in INDICES:
        new = f"{prefix}-{kind}-{suffix}"
        actions.append({"add": {"index": new, "alias": f"{prefix}-{kind}"}})
        actions += ({"remove_index": {"index": old}} for old in present[kind] if old != new)
    return actions


def action(row: dict, index: str) -> dict[str, Any]:
    """Return the bulk action that writes one card (a row of `documents.card_rows`)."""
    return {"_op_type": "index", "_index": index, "_id": row["product_id"], "_source": document(row)}


def deletion(product_id: int, index: str) -> dict[str, Any]:
    """Return the bulk action that takes one product out."""
    return {"_op_type": "delete", "_index": index, "_id": product_id}


def completion(prefix: str, limit: int) -> dict[str, Any]:
    """Return the request for suggestions whose key begins with a folded text, most products first."""
    return Search().query("prefix", key=prefix).sort("-weight")[: limit * 2].to_dict()


def body(query: Query, terms: tuple[Term, ...], moment: int) -> dict[str, Any]:
    """Return the search request of a query whose text was understood as `terms`, at `moment` (seconds since 1970).

    Behind a cursor one product more is asked for than is shown: it says whether any follows.
    """
    size = max(1, min(query.size, PAGE_SIZE_MAX))
    start = min((max(1, query.page) - 1) * size, DEPTH_MAX)
    filters = {name: Q("term", **{name: value}) for name in FILTERS if (value := getattr(query, name))}
    if query.price_min_minor is not None or query.price_max_minor is not None:
        bounds = {"gte": query.price_min_minor, "lte": query.price_max_minor}
        filters["price"] = Q("range", price={key: value for key, value in bounds.items() if value is not None})
    search = Search().query(matching(terms, moment)).extra(track_total_hits=True).source(False)
    search = search.post_filter("bool", filter=[*filters.values()])
    if query.sort in _SORTS or not terms:
        search = search.sort(_SORTS.get(query.sort, "-by_sold"))
    else:
        search = search.sort("_score", "product_id")
    if query.after:
        search = search.extra(search_after=list(query.after))[: size + 1]
    else:
        search = search[start : min(start + size, DEPTH_MAX)]
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
    met = _met(term.word)
    if term.never:
        met = Q("bool", must=[met], must_not=[_within(word) for word in term.never])
    heads = [
        Q("constant_score", filter=Q("term", head=word), boost=_HEAD) for word in dict.fromkeys((term.word, *term.also))
    ]
    either = Q("dis_max", queries=[met, *(_met(word) for word in term.also)], tie_breaker=0.1)
    return Q("bool", must=[either], should=[Q("dis_max", queries=heads)])


def _met(word: str) -> Any:
    latin = text.is_latin(word)
    fields = [name for name in _BOOSTS if latin or (name != "pinyin" and len(word) > 1)]
    queries = [Q("term", **{name: {"value": word, "boost": _BOOSTS[name]}}) for name in fields]
    return Q("dis_max", queries=queries if latin else [*queries, _within(word)], tie_breaker=0.1)


def _within(word: str) -> Any:
    return Q("bool", must=[Q("term", gram=pair) for pair in text.word_grams(word)], boost=0.3)
