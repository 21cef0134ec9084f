"""Reading CSV as it comes: UTF-8 with or without a mark, UTF-16 ("Unicode text"), GB18030; commas, tabs, semicolons."""

import codecs
import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from catalog.sheets.cells import Bad
from catalog.sheets.limits import HEADER_ROWS, MOST_CELL, MOST_COLUMNS, MOST_FILE_ROWS

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",\t;，|"
_PIECE = 1 << 16


def rows(path: Path, score: Callable[[list[list[str | None]]], int]) -> Iterator[list[str | None]]:
    """Yield the records of a CSV file, empty ones too, counted as a spreadsheet program counts them. Raises Bad.

    The delimiter is the one under which `score` finds most columns in the first records.
    """
    encoding = _encoding(path)
    best = max(_DELIMITERS, key=lambda delimiter: score(list(islice(_records(path, encoding, delimiter), HEADER_ROWS))))
    yield from _records(path, encoding, best)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "gb18030"]:
        decoder = codecs.getincrementaldecoder(candidate)()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    if encoding is None and b"\0" in piece:
                        raise Bad("not_a_sheet")
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return candidate
    raise Bad("encoding")


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[list[str | None]]:
    csv.field_size_limit(MOST_CELL * 4)  # of the whole process; nobody else reads CSV with longer fields
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, record in enumerate(csv.reader(file, delimiter=delimiter), start=1):
                if len(record) > MOST_COLUMNS and any(record[MOST_COLUMNS:]):
                    raise Bad("far_cell", rows=MOST_FILE_ROWS, columns=MOST_COLUMNS)
                if number > MOST_FILE_ROWS and any(record):
                    raise Bad("far_cell", rows=MOST_FILE_ROWS, columns=MOST_COLUMNS)
                yield [value or None for value in record[:MOST_COLUMNS]]
    except csv.Error as error:
        raise Bad("unreadable") from error
