"""docs/spreadsheets.md has the columns that there are, and the template has them, too."""

import re
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override

from catalog.models import SheetJob
from catalog.sheets import books, limits
from catalog.sheets.columns import SHEETS, Column
from catalog.sheets.lookups import Lookups
from tests.sheets import shop

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "spreadsheets.md").read_text()


def line(column: Column) -> str:
    """The column's line in the table."""
    with override("zh-hans"):
        chinese = str(column.label)
    with override("en"):
        sheets = [str(SheetJob.Sheet(sheet).label) for sheet, columns in SHEETS.items() if column.key in keys(columns)]
        note = "required" if column.required else "clears" if column.clears else ""
        return f"| `{column.key}` | {column.label} | {chinese} | {', '.join(sheets)} | {note} | {column.help} |"


def keys(columns) -> list[str]:
    return [column.key for column in columns]


def table() -> str:
    """The table as it must be."""
    unique = {column.key: column for columns in reversed(SHEETS.values()) for column in columns}
    order = list(dict.fromkeys(key for columns in SHEETS.values() for key in keys(columns)))
    head = "| key | English | 中文 | in | | what belongs there |\n|---|---|---|---|---|---|\n"
    return head + "".join(line(unique[key]) + "\n" for key in order)


def test_the_table_says_what_the_code_reads():
    [found] = re.findall(r"<!-- columns: begin -->\n(.*?)<!-- columns: end -->", TEXT, re.DOTALL)
    assert found == table()


def test_the_limits_are_those_of_the_code():
    said = f"{limits.MOST_BYTES >> 20} MB, {limits.MOST_UNZIPPED >> 20} MB unzipped, {limits.MOST_ROWS:,} rows, "
    assert said + f"{limits.MOST_COLUMNS} columns" in TEXT


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("sheet", list(SHEETS))
def test_a_template_has_titles_lists_and_explanations(tmp_path, sheet, language):
    owner = shop()
    with override(language):
        books.write_xlsx(tmp_path / "template.xlsx", sheet, [], Lookups(owner.pk))
        labels = [f"{column.label}*" if column.required else str(column.label) for column in SHEETS[sheet]]
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    page, explanations, lists = book.worksheets
    assert [cell.value for cell in page[1]] == labels
    assert [row[0].value.rstrip("*") for row in explanations.iter_rows(min_row=2)] == [
        label.rstrip("*") for label in labels
    ]
    offered = {next(iter(rule.sqref.ranges)).bounds[0] - 1 for rule in page.data_validations.dataValidation}
    assert {SHEETS[sheet][index].kind for index in offered} <= {"choice", "category", "warehouse"}
    if sheet != "prices":
        assert offered
        assert {cell.value for row in lists.iter_rows() for cell in row} >= {"产地仓" if language != "en" else "Origin"}
