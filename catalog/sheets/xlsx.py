"""Reading XLSX: first what the file would make of our memory, then its cells.

A workbook is a ZIP of XML. Before the library (python-calamine) sees it, its real unzipped size is counted and its
cells are: the library lays a sheet out as a rectangle, so one cell far away would cost gigabytes.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import python_calamine as calamine

from catalog.sheets.cells import Bad, Broken, Cell
from catalog.sheets.limits import MOST_CELLS, MOST_COLUMNS, MOST_FILE_ROWS, MOST_MEMBERS, MOST_UNZIPPED

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PIECE = 1 << 18
_MOST_ERROR = 20


def rows(path: Path) -> Iterator[list[Cell | Broken]]:
    """Yield the rows of the first visible sheet, from row 1 on, empty ones too. Raises Bad."""
    try:
        with ZipFile(path) as archive:
            _weigh(archive)
            name, found = _scan_first_sheet(archive)
        with path.open("rb") as file:
            workbook = calamine.load_workbook(file)
            sheet = workbook.get_sheet_by_name(name)
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells: list[Cell | Broken] = [_cell(value) for value in row]
                for column, broken in found.get(number, ()):
                    cells += [None] * (column - len(cells))
                    cells[column - 1] = broken
                yield cells
    except (BadZipFile, zlib.error, expat.ExpatError, calamine.CalamineError, OSError, EOFError, KeyError) as error:
        raise Bad("unreadable") from error
    except (ValueError, NotImplementedError, RuntimeError, UnicodeError) as error:  # what zipfile says of odd archives
        raise Bad("unreadable") from error


def _weigh(archive: ZipFile) -> None:
    """Count what the archive unzips to, byte by byte: the sizes in its directory may lie."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Bad("zip_members", most=MOST_MEMBERS)
    left = MOST_UNZIPPED
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Bad("protected")
        left -= _size(archive, member, left)
        if left < 0:
            raise Bad("unzipped", most=MOST_UNZIPPED >> 20)


def _size(archive: ZipFile, member, most: int) -> int:
    """Return the real size of a member, or a little more than `most` as soon as that is passed."""
    file: Any = archive.fp
    file.seek(member.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise BadZipFile
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if member.compress_type == ZIP_STORED:
        return member.compress_size
    inflate, size, left = zlib.decompressobj(-15), 0, member.compress_size
    while left > 0 and not inflate.eof and size <= most:
        piece = file.read(min(_PIECE, left))
        if not piece:
            raise EOFError
        left -= len(piece)
        while piece and size <= most:
            size += len(inflate.decompress(piece, _PIECE * 16))
            piece = inflate.unconsumed_tail
    return size


def _scan_first_sheet(archive: ZipFile) -> tuple[str, dict[int, list[tuple[int, Broken]]]]:
    """Return the name of the first visible sheet, and of its cells those that the library leaves out: see `_scan`."""
    sheets: list[tuple[str, str]] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            target = next((value for key, value in attributes.items() if key.split(":")[-1] == "id"), "")
            sheets.append((attributes.get("name", ""), target))

    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(archive, "xl/workbook.xml", sheet)
    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    for title, target in sheets:
        if target in targets:
            path = targets[target]
            path = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
            return title, _scan(archive, path)
    raise Bad("no_sheet")


def _scan(archive: ZipFile, path: str) -> dict[int, list[tuple[int, Broken]]]:
    """Count a sheet's cells; return formulas without a value, and errors, by row as (column, what is wrong)."""
    broken: dict[int, list[tuple[int, Broken]]] = {}
    cells = row = column = last_row = last_column = 0
    kind, value = "", ""
    formula = inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells, row, column, kind, formula, value, inside
        if name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif name == "c":
            cells += 1
            if match := _REFERENCE.fullmatch(attributes.get("r", "")):
                row, column = int(match[2]), _column(match[1])
            else:
                column += 1
            kind, formula, value = attributes.get("t", "n"), False, ""
            if cells > MOST_CELLS:
                raise Bad("cells", most=MOST_CELLS)
        elif name == "f":
            formula = True
        elif name in ("v", "is"):
            inside = True

    def words(text: str) -> None:
        nonlocal value
        if inside and len(value) < _MOST_ERROR:
            value += text

    def end(name: str) -> None:
        nonlocal inside, last_row, last_column
        if name in ("v", "is"):
            inside = False
        elif name == "c" and (value or formula):
            last_row, last_column = max(last_row, row), max(last_column, column)
            if last_row > MOST_FILE_ROWS or last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
                raise Bad("far_cell", rows=MOST_FILE_ROWS, columns=MOST_COLUMNS)
            if kind == "e":
                broken.setdefault(row, []).append((column, Broken("error_cell", value)))
            elif formula and not value and kind != "str":
                broken.setdefault(row, []).append((column, Broken("uncalculated")))

    _parse(archive, path, start, end, words)
    return broken


def _parse(archive: ZipFile, path: str, start: Callable, end: Callable | None = None, words: Callable | None = None):
    """Feed a member to expat by its elements' local names. Documents with a DTD are refused: no honest file has one."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if words:
        parser.CharacterDataHandler = words

    def doctype(*_arguments) -> None:
        raise Bad("unreadable")

    parser.StartDoctypeDeclHandler = doctype
    with archive.open(path) as member:
        while piece := member.read(_PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(value: Any) -> Cell:
    """Turn what the library gives into a cell. A float is its 15 digits: what the program itself shows."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(format(value, ".15g"))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else str(value)
    if isinstance(value, date) or value is None:
        return value
    return str(value)
