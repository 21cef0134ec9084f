"""Pages of lists: opaque cursors, Saleor's rules for `first`, and connections."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from catalog.graphql.context import Context
from catalog.search import Cursor as Place

_PLACE_NUMBERS = 3
_PLACE_MAX = 2**63


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Saleor's PageInfo."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A row and the cursor behind which the next page begins."""

    node: Any
    cursor: str


@dataclass(frozen=True, slots=True)
class Connection:
    """One page of a list."""

    edges: list[Edge]
    page_info: PageInfo
    total_count: int


def size_of(first: int | None, context: Context) -> int:
    """Return the size of a page. Raises GraphQLError when it is missing, as in Saleor, or too large."""
    if first is None:
        raise GraphQLError("You must provide a `first` value to properly paginate.", extensions={"code": "REQUIRED"})
    if not 1 <= first <= context.page_size_max:
        raise GraphQLError(f"`first` must lie between 1 and {context.page_size_max}.", extensions={"code": "PAGE_SIZE"})
    return first


def cursor(offset: int) -> str:
    """Return the cursor of the row before which `offset` rows stand, that row included."""
    return urlsafe_b64encode(f"o:{offset}".encode()).decode()


def offset_of(after: str | None) -> int:
    """Return how many rows stand before a page. Raises GraphQLError for a cursor that is none of ours."""
    if not after:
        return 0
    try:
        kind, _, number = urlsafe_b64decode(after.encode()).decode().partition(":")
        if kind == "o" and number.isascii() and number.isdecimal() and len(number) < 10:
            return int(number)
    except ValueError:
        pass
    raise GraphQLError("Received cursor is invalid.", extensions={"code": "INVALID"})


def place_cursor(place: Place, sort: str) -> str:
    """Return the cursor of a product in a list of this order: its place there, not a number of rows."""
    return urlsafe_b64encode(f"p:{sort}:{json.dumps(place)}".encode()).decode()


def place_of(after: str | None, sort: str) -> Place:
    """Return the place that a cursor names. Raises GraphQLError for one that is none of ours, or of another order."""
    if not after:
        return ()
    try:
        kind, order, numbers = urlsafe_b64decode(after.encode()).decode().split(":", 2)
        place = json.loads(numbers)
        is_ours = (kind, order) == ("p", sort) and isinstance(place, list) and 0 < len(place) <= _PLACE_NUMBERS
        if is_ours and all(type(one) in (int, float) and abs(one) < _PLACE_MAX for one in place):
            return tuple(place)
    except (ValueError, RecursionError):
        pass
    raise GraphQLError("Received cursor is invalid.", extensions={"code": "INVALID"})


def connection_of_places(
    nodes: Sequence[Any], cursors: Sequence[str], *, is_first: bool, end: str | None, total: int
) -> Connection:
    """Return one page of a list in which each row has a cursor; `end` is where the next page begins, if any."""
    edges = [Edge(node, cursor) for node, cursor in zip(nodes, cursors, strict=True)]
    last = end or (cursors[-1] if cursors else None)
    return Connection(edges, PageInfo(end is not None, not is_first, cursors[0] if cursors else None, last), total)


def connection(nodes: Sequence[Any], *, offset: int, end: int, total: int, more: bool) -> Connection:
    """Return one page as a connection; the last row's cursor is `end`, so that the next page begins there."""
    last = len(nodes) - 1
    edges = [Edge(node, cursor(end if index == last else offset + index + 1)) for index, node in enumerate(nodes)]
    info = PageInfo(more, offset > 0, edges[0].cursor if edges else None, edges[-1].cursor if edges else None)
    return Connection(edges, info, total)


def connection_of(rows: Sequence[Any], first: int | None, after: str | None, context: Context) -> Connection:
    """Return one page of rows that are all loaded."""
    size, offset = size_of(first, context), offset_of(after)
    chosen = rows[offset : offset + size]
    end = offset + len(chosen)
    return connection(chosen, offset=offset, end=end, total=len(rows), more=end < len(rows))
