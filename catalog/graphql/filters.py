"""What a list of products is narrowed and ordered by, and the query of the index that it means."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import graphene
from graphql import GraphQLError

from catalog.graphql.base import integer_key_of, key_of
from catalog.graphql.enums import OrderDirection, ProductOrderField
from catalog.search import Query
from catalog.search.types import DEPTH_MAX

_TEXT_MAX = 60
_CHOSEN_MAX = 100
_MINOR_MAX = 10**13


class PriceRangeInput(graphene.InputObjectType):
    """Prices in yuan, both ends included."""

    gte = graphene.Float()
    lte = graphene.Float()


class DecimalRangeInput(graphene.InputObjectType):
    """Prices in yuan, both ends included."""

    gte = graphene.Decimal()
    lte = graphene.Decimal()


class DecimalFilterInput(graphene.InputObjectType):
    """A number, or a range of them."""

    range = DecimalRangeInput()


class GlobalIDFilterInput(graphene.InputObjectType):
    """One id."""

    eq = graphene.ID()


class StringFilterInput(graphene.InputObjectType):
    """A text, or one of several."""

    eq = graphene.String()
    one_of = graphene.List(graphene.NonNull(graphene.String))


class ProductFilterInput(graphene.InputObjectType):
    """Saleor's older filter, as far as it can be answered from the index."""

    search = graphene.String()
    categories = graphene.List(graphene.NonNull(graphene.ID))
    price = PriceRangeInput()
    minimal_price = PriceRangeInput()
    is_available = graphene.Boolean()
    ids = graphene.List(graphene.NonNull(graphene.ID))
    slugs = graphene.List(graphene.NonNull(graphene.String))


class ProductWhereInput(graphene.InputObjectType):
    """Saleor's filter, as far as it can be answered from the index."""

    category = GlobalIDFilterInput()
    minimal_price = DecimalFilterInput()
    is_available = graphene.Boolean()
    ids = graphene.List(graphene.NonNull(graphene.ID))
    slug = StringFilterInput()


class ProductOrder(graphene.InputObjectType):
    """An order of products."""

    direction = OrderDirection(required=True)
    field = ProductOrderField()


class ListingFilter(graphene.InputObjectType):
    """The facets of a listing; prices in yuan as decimal strings, both ends included."""

    category = graphene.String(description="Slug.")
    province = graphene.String(description="Six-digit code.")
    region = graphene.String(description="Slug.")
    zone = graphene.String(description="Slug.")
    badge = graphene.String(description="Slug of a certificate scheme.")
    line_kind = graphene.String()
    storage = graphene.String()
    price = DecimalRangeInput()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Products named one by one."""

    ids: tuple[int, ...]
    slugs: tuple[str, ...]


def chosen_of(older: dict, where: dict) -> Chosen | None:
    """Return the products that a filter names, or None when it names none."""
    ids = [*(older.get("ids") or ()), *(where.get("ids") or ())]
    slug = where.get("slug") or {}
    slugs = [*(older.get("slugs") or ()), *(slug.get("one_of") or ())]
    if slug.get("eq") is not None:
        slugs.append(slug["eq"])
    if not ids and not slugs:
        return None
    if len(ids) + len(slugs) > _CHOSEN_MAX:
        raise _invalid(f"At most {_CHOSEN_MAX} products can be named.")
    return Chosen(tuple(integer_key_of("Product", each) for each in ids), tuple(slugs))


def products_query(older: dict, where: dict, sort_by: dict | None, search: str) -> Query | None:
    """Return Saleor's filters as a query, or None when nothing can match: lists hold only what may be sold."""
    if older.get("is_available") is False or where.get("is_available") is False:
        return None
    price = (where.get("minimal_price") or {}).get("range") or older.get("minimal_price") or older.get("price") or {}
    return Query(
        text=_text(search or older.get("search") or ""),
        category=_category(older, where),
        price_min_minor=_lowest(price),
        price_max_minor=_highest(price),
        sort=_sort(sort_by),
    )


def _category(older: dict, where: dict) -> str:
    wanted = list(older.get("categories") or ())
    one = (where.get("category") or {}).get("eq")
    if one is not None:
        wanted.append(one)
    if len(wanted) > 1:
        raise _invalid("Products can be filtered by one category at a time.")
    return key_of("Category", wanted[0]) if wanted else ""


def _sort(sort_by: dict | None) -> str:
    order = sort_by or {}
    field = order.get("field")
    if field in (None, ProductOrderField.RANK):
        return "relevance"
    if field in (ProductOrderField.PRICE, ProductOrderField.MINIMAL_PRICE):
        return "price" if order["direction"] == OrderDirection.ASC else "-price"
    if order["direction"] == OrderDirection.ASC:
        raise _invalid("Products can be ordered by date with the newest first only.")
    return "newest"


def listing_query(narrow: dict, search: str, sort: str, page: int, size: int) -> Query:
    """Return the shop's own filter as a query. Raises GraphQLError for a page that is out of reach."""
    if not 1 <= page <= max(1, DEPTH_MAX // size):
        raise _invalid(f"`page` must lie between 1 and {max(1, DEPTH_MAX // size)}; narrow the list instead.")
    return Query(
        text=_text(search),
        category=narrow.get("category") or "",
        province=narrow.get("province") or "",
        region=narrow.get("region") or "",
        tag=narrow.get("zone") or "",
        badge=narrow.get("badge") or "",
        line_kind=narrow.get("line_kind") or "",
        storage=narrow.get("storage") or "",
        price_min_minor=_lowest(narrow.get("price") or {}),
        price_max_minor=_highest(narrow.get("price") or {}),
        sort=sort,
        page=page,
        size=size,
    )


def _text(search: str) -> str:
    return " ".join(search.split())[:_TEXT_MAX]


def _lowest(span: dict) -> int | None:
    return None if span.get("gte") is None else _minor(span["gte"], ROUND_CEILING)


def _highest(span: dict) -> int | None:
    return None if span.get("lte") is None else _minor(span["lte"], ROUND_FLOOR)


def _minor(amount: float | Decimal, rounding: str) -> int:
    """Return a bound in fen; what lies between two fen is rounded into the range."""
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    if not exact.is_finite() or abs(exact * 100) > _MINOR_MAX:
        raise _invalid("A price must be a number of yuan.")
    return int((exact * 100).to_integral_value(rounding))


def _invalid(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "INVALID"})
