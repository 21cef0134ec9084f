"""Pages of lists: opaque cursors, Saleor's rules for `first`, and connections."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from catalog.graphql.context import Context


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
