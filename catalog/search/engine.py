"""One opened generation of the tantivy index: its schema, its queries, and the answers that it has already given.

Answers are kept for as long as the generation lives, in small LRU caches: a list without text touches every document
(12 ms at 400,000), and the same few lists are asked for again and again.
"""

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Occur, Order

from catalog.search import text
from catalog.search.documents import EXACT, ID_MASK, NUMBERS, WORDS
from catalog.search.gazetteer import Gazetteer
from catalog.search.suggestions import Entry
from catalog.search.synonyms import Rules
from catalog.search.types import PRICE_BUCKETS, Cursor, Facet
from catalog.search.understanding import Knowledge, Meaning, Term, understand
from catalog.search.vocabulary import Vocabulary

# Answers are kept for spans of five minutes: within one, the database alone judges who may be sold at the moment.
MOMENT_SECONDS = 300
BLOCK = 240  # ids are fetched by so many at a time: ten pages of a list
TERMS_FACETS = ("category", "province", "region", "badge", "storage")
FACET_VALUES = 100
_BOOSTS = {"name": 4.0, "place": 3.0, "more": 1.0, "pinyin": 2.0}
_HEAD = 12.0  # for a product that *is* what was asked, and not something made of it
_SORTS = {
    "sales": ("by_sold", Order.Desc),
    "newest": ("by_published", Order.Desc),
    "price": ("by_price", Order.Asc),
    "-price": ("by_price", Order.Desc),
}


def schema_hash() -> str:
    """Return a name for everything that decides what is in the index: fields, words, libraries."""
    parts = [WORDS, EXACT, NUMBERS, text.VERSION, *(version(name) for name in ("tantivy", "rjieba", "pypinyin"))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=name == "product_id", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


class Selection(NamedTuple):
    """Which documents: terms and exact values that must be met, prices in fen, and when they may be sold.

    `moment` (seconds since 1970) begins a span of MOMENT_SECONDS: what may be sold at any time of it is found.
    """

    terms: tuple[Term, ...]
    exact: tuple[tuple[str, str], ...]
    price_min: int | None
    price_max: int | None
    moment: int


class Found(NamedTuple):
    """A product and its place in a list."""

    product_id: int
    cursor: Cursor


class Snapshot:
    """An index directory as it was at one generation. Safe to share between threads; replaced, never changed."""

    def __init__(self, path: Path, before: "Snapshot | None" = None) -> None:
        """Open the directory; `before` lends what never changes in it. Raises ValueError or OSError when damaged."""
        self.path = path
        self.gazetteer: Gazetteer
        self.vocabulary: Vocabulary
        self.suggestions: list[Entry]
        self.index = tantivy.Index.open(str(path))
        self.schema = self.index.schema
        self.searcher = self.index.searcher()
        if before is not None and before.path == path:
            self.gazetteer, self.vocabulary = before.gazetteer, before.vocabulary
            self.suggestions = before.suggestions
        else:
            self.gazetteer = Gazetteer(**json.loads((path / "places.json").read_text()))
            self.vocabulary = Vocabulary(json.loads((path / "words.json").read_text()))
            self.suggestions = [tuple(entry) for entry in json.loads((path / "suggestions.json").read_text())]
        self.block = lru_cache(maxsize=1024)(self._block)
        self.behind = lru_cache(maxsize=1024)(self._behind)
        self.total = lru_cache(maxsize=4096)(self._total)
        self.terms_facets = lru_cache(maxsize=2048)(self._terms_facets)
        self.price_facet = lru_cache(maxsize=1024)(self._price_facet)
        self.meaning = lru_cache(maxsize=1024)(self._meaning)

    def _meaning(self, asked: str, moment: int, literal: bool, rules: Rules) -> Meaning:
        return understand(
            asked,
            knowledge=Knowledge(self.gazetteer, self.vocabulary, rules),
            count=lambda terms: self.total(Selection(terms, (), None, None, moment)),
            literal=literal,
        )

    def _block(self, selection: Selection, sort: str, block: int) -> tuple[Found, ...]:
        """Return the products number block × BLOCK and on, at most BLOCK."""
        query, offset = self._query(selection), block * BLOCK
        if sort == "relevance":
            found = self.searcher.search(query, BLOCK, count=False, offset=offset, weight_by_field="weight")
            ids = self.searcher.fast_field_values("product_id", [address for _, address in found.hits])
            return tuple(Found(int(pk), (offset + at,)) for at, pk in enumerate(ids, 1) if pk is not None)
        field, order = _SORTS[sort]
        return self._found(
            field, self.searcher.search(query, BLOCK, count=False, offset=offset, order_by_field=field, order=order)
        )

    def _behind(self, selection: Selection, sort: str, after: int, size: int) -> tuple[Found, ...]:
        """Return at most `size` products that stand behind a place in an order by number."""
        field, order = _SORTS[sort]
        bounds = (after + 1, None) if order == Order.Asc else (None, after - 1)
        parts = [self._query(selection), self._const(self._range(field, *bounds))]
        query = tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])
        return self._found(field, self.searcher.search(query, size, count=False, order_by_field=field, order=order))

    def _found(self, field: str, found: tantivy.SearchResult) -> tuple[Found, ...]:
        places = self.searcher.fast_field_values(field, [address for _, address in found.hits])
        return tuple(Found(int(place) & ID_MASK, (int(place),)) for place in places if place is not None)

    def _total(self, selection: Selection) -> int:
        return self.searcher.search(self._query(selection), 1, count=True).count  # type: ignore[attr-defined]

    def _terms_facets(self, selection: Selection, fields: tuple[str, ...]) -> dict[str, tuple[Facet, ...]]:
        wanted = {field: {"terms": {"field": field, "size": FACET_VALUES}} for field in fields}
        found = self.searcher.aggregate(self._query(selection), wanted)
        return {
            field: tuple(Facet(bucket["key"], bucket["doc_count"]) for bucket in found[field]["buckets"])
            for field in fields
        }

    def _price_facet(self, selection: Selection) -> tuple[Facet, ...]:
        ranges = [
            {name: bound for name, bound in (("from", low), ("to", high)) if bound is not None}
            for low, high in PRICE_BUCKETS
        ]
        wanted = {"price": {"range": {"field": "price", "ranges": ranges}}}
        buckets = self.searcher.aggregate(self._query(selection), wanted)["price"]["buckets"]
        counts = {(bucket.get("from"), bucket.get("to")): bucket["doc_count"] for bucket in buckets}
        found = [(low, high, counts.get((low, high), 0)) for low, high in PRICE_BUCKETS]
        return tuple(Facet(f"{low or ''}-{high or ''}", count) for low, high, count in found if count)

    def _query(self, selection: Selection) -> tantivy.Query:
        must = [self._term(term) for term in selection.terms]
        must += [self._const(self._exact(*pair)) for pair in selection.exact]
        bounds = (
            ("sellable_from", None, selection.moment + MOMENT_SECONDS - 1),
            ("sellable_until", selection.moment + 1, None),
            ("price", selection.price_min, selection.price_max),
        )
        must += [self._const(self._range(*bound)) for bound in bounds if bound[1:] != (None, None)]
        return tantivy.Query.boolean_query([(Occur.Must, part) for part in must])

    def _const(self, query: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, 0.0)

    def _exact(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, "basic")

    def _range(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self.schema, field, FieldType.Integer, lower_bound=low, upper_bound=high)

    def _term(self, term: Term) -> tantivy.Query:
        if term.places:
            return self._any([self._word("place", place, _BOOSTS["place"]) for place in term.places])
        met = self._met(term.word)
        if term.never:
            met = tantivy.Query.boolean_query(
                [(Occur.Must, met), *((Occur.MustNot, self._within(word)) for word in term.never)]
            )
        heads = [self._head(word) for word in (term.word, *term.also)]
        parts = [
            (Occur.Must, self._any([met, *(self._met(word) for word in term.also)])),
            (Occur.Should, tantivy.Query.disjunction_max_query(heads)),
        ]
        return tantivy.Query.boolean_query(parts)

    def _met(self, word: str) -> tantivy.Query:
        if text.is_latin(word):
            return self._any([self._word(field, word, boost) for field, boost in _BOOSTS.items()])
        # One character is a word in some titles and a part of a word in others, by chance: 甜茶, 绿茶.
        fields = () if len(word) == 1 else ("name", "place", "more")
        return self._any([*(self._word(field, word, _BOOSTS[field]) for field in fields), self._within(word)])

    def _head(self, word: str) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self.schema, "head", word, "freq"), _HEAD)

    def _within(self, word: str) -> tantivy.Query:
        """Return what holds all neighbouring pairs of a Chinese word: the second chance where it was cut otherwise."""
        pairs = [(Occur.Must, self._word("gram", pair, 0.3)) for pair in text.word_grams(word)]
        return tantivy.Query.boolean_query(pairs)

    def _word(self, field: str, word: str, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self.schema, field, word, "freq"), boost)

    def _any(self, parts: list[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(parts, 0.1)


def page_of(snapshot: Snapshot, selection: Selection, sort: str, start: int, size: int) -> tuple[Found, ...]:
    """Return the products number `start` to `start + size` of a list."""
    if size <= 0:
        return ()
    found: tuple[Found, ...] = ()
    for block in range(start // BLOCK, -(-(start + size) // BLOCK)):
        found += snapshot.block(selection, sort, block)
    return found[start % BLOCK : start % BLOCK + size]
