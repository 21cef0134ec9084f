"""From cells to values: what each row says, and what is wrong with it, as far as the file alone can tell. No database.

Also what only the whole file shows: an SKU that comes twice, sizes of one listing that contradict each other.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from catalog.sheets import cells
from catalog.sheets.cells import Bad, Broken, Cell, is_empty
from catalog.sheets.columns import Column, Kind, by_key
from catalog.sheets.header import Header

# A problem: the column's key (None: the whole row), the reason's code, what fills in its text.
Problem = tuple[str | None, str, dict[str, Any]]


@dataclass
class Row:
    """A row of a file. `values` by column key: None where the cell is empty; a column with a problem is not in it.

    Dates are ISO text, amounts fen, so that a row is JSON. `raw` is what the file shows, for the report.
    """

    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)


def parse(sheet: str, header: Header, lines: Iterable[tuple[int, list[Cell | Broken]]]) -> Iterator[Row]:
    """Yield the rows of a file. It keeps two small facts for each SKU and listing, nothing else."""
    columns = by_key(sheet)
    wanted = [(index, columns[key]) for index, key in enumerate(header.keys) if key and columns[key].kind != Kind.SHOWN]
    skus: dict[str, int] = {}
    listings: dict[str, tuple[int, bytes]] = {}
    for number, line in lines:
        row = Row(number, {}, raw=[cells.shown(cell) for cell in line])
        for index, column in wanted:
            _take(row, column, line[index] if index < len(line) else None)
        _compare(row, columns, skus, listings)
        yield row


def _take(row: Row, column: Column, cell: Cell | Broken) -> None:
    if is_empty(cell):
        row.values[column.key] = None
        if column.required:
            row.problems.append((column.key, "required", {}))
        return
    try:
        row.values[column.key] = value_of(column, cell)
        if column.required and row.values[column.key] is None:
            row.problems.append((column.key, "required", {}))
    except Bad as bad:
        row.problems.append((column.key, bad.code, bad.details))


def value_of(column: Column, cell: Cell | Broken) -> Any:
    """Return a cell's value as its column understands it; names of rows (category, county) stay text. Raises Bad."""
    match column.kind:
        case Kind.CODE:
            return cells.code(cell, most=column.most) or None
        case Kind.MONEY:
            return cells.money(cell, most=column.most)
        case Kind.COUNT:
            return cells.count(cell, least=column.least, most=column.most, units=column.units)
        case Kind.DATE:
            return cells.day(cell).isoformat()
        case Kind.TEXT:
            return cells.text(cell, most=column.most) or None
        case _:
            return cells.text(cell, most=200) or None


def _compare(row: Row, columns: dict[str, Column], skus: dict[str, int], listings: dict) -> None:
    sku = row.values.get("sku")
    if sku is None:
        return
    # Stock may have a row for each warehouse; everything else has one row for each SKU.
    name = f"{sku}\n{cells.key(row.values.get('warehouse') or '')}" if "listing" not in columns else sku
    if name in skus:
        row.problems.append(("sku", "sku_twice", {"value": sku, "row": skus[name]}))
        return
    skus[name] = row.number
    listing = row.values.get("listing")
    if listing and not any(key is not None and _of_listing(columns[key]) for key, _, _ in row.problems):
        own = {key: row.values.get(key) for key, column in columns.items() if _of_listing(column)}
        digest = blake2b(json.dumps(own, sort_keys=True).encode(), digest_size=16).digest()
        first, known = listings.setdefault(listing, (row.number, digest))
        if known != digest:
            row.problems.append(("listing", "listing_differs", {"value": listing, "row": first}))


def _of_listing(column: Column) -> bool:
    return column.target is not None and column.target[0] in ("product", "label")


def pack(rows: list[Row]) -> bytes:
    """Return rows as bytes to keep."""
    plain = [[row.number, row.values, row.problems, row.raw] for row in rows]
    return zlib.compress(json.dumps(plain, ensure_ascii=False, default=str).encode("utf-8", "replace"), 3)


def unpack(content: bytes) -> list[Row]:
    """Return what `pack` kept."""
    return [
        Row(number, values, [(column, code, details) for column, code, details in problems], raw)
        for number, values, problems, raw in json.loads(zlib.decompress(content))
    ]
