"""Opening a file by what is in it, not by its name, and reading its rows under their header."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from catalog.sheets import header, text_files, xlsx
from catalog.sheets.cells import Bad, Broken, Cell, is_empty
from catalog.sheets.header import Header
from catalog.sheets.limits import HEADER_ROWS, MOST_BYTES, MOST_ROWS

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def format_of(head: bytes, size: int) -> str:
    """Return "xlsx" or "csv" by the first bytes of a file. Raises Bad for what is neither, empty, or too big."""
    if size > MOST_BYTES:
        raise Bad("too_big", most=MOST_BYTES >> 20)
    if not head.strip():
        raise Bad("empty_file")
    if head.startswith(_ZIP):
        return "xlsx"
    if head.startswith(_OLE):
        raise Bad("old_excel")  # .xls, or an .xlsx with a password
    if head.startswith((_PDF, *_PICTURES)):
        raise Bad("not_a_sheet")
    return "csv"


def read(path: Path, *, format_: str, sheet: str) -> tuple[Header, Iterator[tuple[int, list[Cell | Broken]]]]:
    """Return the header and an iterator of (row number as programs show it, cells) of the rows that say something.

    Raises Bad, also while iterating.
    """
    if format_ == "xlsx":
        lines: Iterator = xlsx.rows(path)
    else:
        lines = text_files.rows(path, lambda top: header.score(sheet, top))
    top = list(islice(lines, HEADER_ROWS))
    found = header.find(sheet, top)
    return found, _under(found, chain(top, lines))


def _under(found: Header, lines: Iterator[list[Cell | Broken]]) -> Iterator[tuple[int, list[Cell | Broken]]]:
    rows = 0
    for number, cells in enumerate(lines, start=1):
        if number <= found.row or all(is_empty(cell) for cell in cells):
            continue
        rows += 1
        if rows > MOST_ROWS:
            raise Bad("rows", most=MOST_ROWS)
        yield number, cells
