"""What is asked of a search backend and what it answers: frozen data, no backend, no database."""

from dataclasses import dataclass

SORTS = ("relevance", "sales", "price", "-price", "newest")
FILTERS = ("category", "province", "region", "tag", "badge", "line_kind", "storage")
FACETS = ("category", "province", "region", "badge", "storage", "price")
# Buckets of the price facet, in fen, half open; the value of a facet reads "2000-5000", the last one "20000-".
PRICE_BUCKETS = ((None, 2000), (2000, 5000), (5000, 10000), (10000, 20000), (20000, None))
PAGE_SIZE_MAX = 100
DEPTH_MAX = 2400  # pages reach so many products; a narrower filter finds the rest, or a cursor goes on

Cursor = tuple[float, ...]  # the place of a product in a list, in the numbers of the backend that made it


@dataclass(frozen=True)
class Query:
    """A search or a list. Empty text lists; `sort="relevance"` without text means sales. Prices in fen, inclusive.

    `literal` takes the text as it stands, uncorrected. `after` is a cursor of a Result of the same query: what follows
    it is found, however deep, and `page` does not count.
    """

    text: str = ""
    category: str = ""  # Category.slug
    province: str = ""  # six-digit code
    region: str = ""  # AidedRegion.slug
    tag: str = ""
    badge: str = ""  # CertificateScheme.slug
    line_kind: str = ""
    storage: str = ""
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    sort: str = "relevance"
    page: int = 1
    size: int = 24
    literal: bool = False
    after: Cursor = ()


@dataclass(frozen=True)
class Facet:
    """One value of a facet and how many products it would leave. Values are slugs, codes, or price ranges in fen."""

    value: str
    count: int


@dataclass(frozen=True)
class Result:
    """Found products in order, each with its cursor; `more` says whether any follow.

    `relaxed` is the text really searched when the whole text found nothing; `is_corrected` when only slips of typing
    were mended in it. `marks` are the words to mark in names.
    `degraded` says that the index did not answer: the list is then a bounded one, by filter and not by text.
    """

    product_ids: tuple[int, ...]
    total: int
    facets: dict[str, tuple[Facet, ...]]
    relaxed: str = ""
    is_corrected: bool = False
    marks: tuple[str, ...] = ()
    cursors: tuple[Cursor, ...] = ()
    more: bool = False
    degraded: bool = False
