"""Writing files, row by row: templates with lists and explanations, exports, and the report of an import."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import get_language, gettext

from catalog.models import SheetJob
from catalog.sheets.columns import SHEETS, Column, Kind
from catalog.sheets.export import Value
from catalog.sheets.limits import MOST_ROWS
from catalog.sheets.lookups import Lookups
from catalog.sheets.problems import column_label, text
from catalog.sheets.rows import Problem, Row

# The same reddish and grey in every theme: a file has no theme.
_BAD, _HEAD, _NEEDED = "#F8D7D2", "#EDE7E0", "#F3C9A8"


def write_csv(path: Path, sheet: str, rows: Iterable[list[Value]]) -> None:
    """Write CSV that Excel opens rightly: UTF-8 with its mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([str(column.label) for column in SHEETS[sheet]])
        writer.writerows(rows)


def write_xlsx(path: Path, sheet: str, rows: Iterable[list[Value]], lookups: Lookups) -> None:
    """Write an export, or without rows a template: titles, lists to choose from, a sheet that explains."""
    with _book(path) as book:
        page = book.add_worksheet(str(SheetJob.Sheet(sheet).label))
        formats = _formats(book)
        columns = SHEETS[sheet]
        page.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width, formats.get(column.kind))
            page.write_string(0, index, _title(column), formats["needed" if column.required else "head"])
        for number, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                _write(page, number, index, value, formats.get(columns[index].kind))
        explanations = book.add_worksheet(gettext("Explanations"))
        lists = book.add_worksheet("lists")
        lists.hide()
        _explain(explanations, columns, lookups, formats)
        _offer_lists(page, lists, columns, lookups)


def write_report(path: Path, job: SheetJob, chunks: Iterable[tuple[list[Row], dict[int, list[Problem]]]]) -> None:
    """Write all rows of an import as they came, the wrong cells marked and explained: to be mended and sent again."""
    keys = job.header["keys"]
    with _book(path) as book:
        page = book.add_worksheet(gettext("Report"))
        formats = _formats(book)
        page.freeze_panes(1, 2)
        page.set_column(0, 0, 8)
        page.set_column(1, 1, 60)
        page.set_column(2, len(keys) + 1, 16)
        for index, label in enumerate([gettext("Row"), gettext("What is wrong"), *job.header["labels"]]):
            page.write_string(0, index, label, formats["head"])
        number = 0
        for rows, problems in chunks:
            for row in rows:
                number += 1
                found = problems.get(row.number, [])
                said = [
                    f"{column_label(job.sheet, key)}: {text(job.sheet, code, details)}" for key, code, details in found
                ]
                _report_row(page, number, row, bad={key for key, _, _ in found}, said=said, keys=keys, formats=formats)


def _report_row(page, number: int, row: Row, *, bad: set, said: list[str], keys: list, formats: dict) -> None:
    page.write_number(number, 0, row.number, formats["bad"] if bad else None)
    if said:
        page.write_string(number, 1, "\n".join(said), formats["bad"])
    for index, value in enumerate(row.raw):
        wrong = index < len(keys) and keys[index] in bad
        if value or wrong:
            page.write_string(number, index + 2, value, formats["bad"] if wrong else None)


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    try:
        yield book
    finally:
        book.close()


def _formats(book) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bg_color": _HEAD, "border": 1}),
        "needed": book.add_format({"bold": True, "bg_color": _NEEDED, "border": 1}),
        "bad": book.add_format({"bg_color": _BAD, "text_wrap": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        Kind.CODE: book.add_format({"num_format": "@"}),
        Kind.TEXT: book.add_format({"num_format": "@"}),
        Kind.MONEY: book.add_format({"num_format": "0.00"}),
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
    }


def _title(column: Column) -> str:
    return f"{column.label}*" if column.required else str(column.label)


def _write(page, row: int, column: int, value: Value, cell_format) -> None:
    if isinstance(value, str):
        page.write_string(row, column, value, cell_format)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, cell_format)
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, value, cell_format)


def _choices(column: Column, lookups: Lookups) -> list[str]:
    name = "name_en" if (get_language() or "").startswith("en") else "name_zh"
    match column.kind:
        case Kind.CHOICE:
            return [str(label) for _value, label in column.choices]
        case Kind.CATEGORY:
            return [getattr(row, name) for row in lookups.categories.values()]
        case Kind.WAREHOUSE:
            return [getattr(row, name) for row in lookups.warehouses.values()]
    return []


def _offer_lists(page, lists, columns: tuple[Column, ...], lookups: Lookups) -> None:
    offered = [(index, choices) for index, column in enumerate(columns) if (choices := _choices(column, lookups))]
    for number in range(max((len(choices) for _, choices in offered), default=0)):
        for place, (_index, choices) in enumerate(offered):
            if number < len(choices):
                lists.write_string(number, place, choices[number])
    for place, (index, choices) in enumerate(offered):
        letter = chr(ord("A") + place)
        rule = {"validate": "list", "source": f"=lists!${letter}$1:${letter}${len(choices)}", "error_type": "warning"}
        page.data_validation(1, index, MOST_ROWS, index, rule)


def _explain(page, columns: tuple[Column, ...], lookups: Lookups, formats: dict) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 10)
    page.set_column(2, 3, 60)
    titles = (gettext("Column"), gettext("Required"), gettext("What belongs there"), gettext("To choose from"))
    for index, title in enumerate(titles):
        page.write_string(0, index, title, formats["head"])
    for number, column in enumerate(columns, start=1):
        page.write_string(number, 0, str(column.label), formats["wrap"])
        page.write_string(number, 1, gettext("yes") if column.required else "", formats["wrap"])
        page.write_string(number, 2, str(column.help), formats["wrap"])
        page.write_string(number, 3, gettext(", ").join(_choices(column, lookups)), formats["wrap"])
