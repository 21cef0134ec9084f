"""Files as they come: encodings, titles, merged cells, formulas, bombs, and what is no spreadsheet at all."""

import io
import zipfile

import openpyxl
import pytest

from catalog.sheets import limits, reading, rows
from catalog.sheets.cells import Bad, Broken
from tests.sheets import csv, xlsx

STOCK = ("SKU", "仓库", "库存")
PAGE = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)


def read(tmp_path, content: bytes, sheet: str = "stock"):
    """Return the rows of a file, read as an upload is."""
    path = tmp_path / "upload"
    path.write_bytes(content)
    format_ = reading.format_of(content[:1024], len(content))
    header, lines = reading.read(path, format_=format_, sheet=sheet)
    return list(rows.parse(sheet, header, lines))


def told(tmp_path, content: bytes, sheet: str = "stock"):
    """Return (row number, SKU, units) of each row."""
    return [(row.number, row.values.get("sku"), row.values.get("on_hand")) for row in read(tmp_path, content, sheet)]


def refusal(tmp_path, content: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(Bad) as refused:
        read(tmp_path, content)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，", "|"])
def test_csv_in_every_coat(tmp_path, encoding, delimiter):
    lines = (STOCK, ["Ａ１", "产地仓", "１２"], ["", "", ""], ["A2", "产地仓", "3 "])
    content = csv(*lines, encoding=encoding, delimiter=delimiter)
    assert told(tmp_path, content) == [(2, "A1", 12), (4, "A2", 3)]


def test_quotes_commas_and_lines_inside_a_csv_cell_do_not_move_the_row_numbers(tmp_path):
    content = 'SKU,中文名称\r\nA1,"说 ""好"", 两行\n文字"\r\nA2,x\r\n'.encode()
    found = read(tmp_path, content, "listings")
    assert [(row.number, row.values["name_zh"]) for row in found] == [(2, '说 "好", 两行\n文字'), (3, "x")]


def test_a_title_and_merged_cells_over_the_header(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page["A1"] = "春季库存表"
    page.merge_cells("A1:C1")
    page["A3"], page["B3"], page["C3"] = "SKU *", "存放", None
    page["B4"], page["C4"] = "仓 库", "库存"
    page.merge_cells("A3:A4")
    page.merge_cells("B3:C3")
    for column, value in enumerate(["A1", "产地仓", 5], start=1):
        page.cell(7, column, value)
    page.row_dimensions[5].hidden = page.row_dimensions[6].hidden = True
    assert told(tmp_path, xlsx(book=book)) == [(7, "A1", 5)]


def test_headers_in_the_other_language_and_by_key(tmp_path):
    assert told(tmp_path, csv(["sku", "On hand"], ["A1", "5"])) == [(2, "A1", 5)]


def test_numbers_text_dates_and_formulas_in_xlsx(tmp_path):
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write_row(0, 0, ["SKU", "库存", "盘点日期"])
    page.write_row(1, 0, [1001, "1,200", "2026年3月1日"])
    page.write_row(2, 0, ["A2", 7.0, 46082])
    page.write(3, 0, "A3")
    page.write_formula(3, 1, "=3+4", None, 7)
    page.write(4, 0, "A4")
    page.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    book.close()
    found = read(tmp_path, file.getvalue())
    assert [(row.values["sku"], row.values.get("on_hand"), row.values["counted_on"]) for row in found] == [
        ("1001", 1200, "2026-03-01"),
        ("A2", 7, "2026-03-01"),
        ("A3", 7, None),
        ("A4", None, None),
    ]
    assert found[3].problems == [("on_hand", "error_cell", {"value": "#DIV/0!"})]


def test_a_formula_without_a_value_is_a_problem_of_its_cell(tmp_path):
    [row] = read(tmp_path, xlsx(STOCK, ["A1", "产地仓", "=1+1"]))
    assert row.problems == [("on_hand", "uncalculated", {"value": ""})]


def test_the_first_sheet_that_is_visible_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    page = book.create_sheet("库存")
    page.append(list(STOCK))
    page.append(["A1", "", 1])
    file = io.BytesIO()
    book.active = 1
    book.save(file)
    assert told(tmp_path, file.getvalue()) == [(2, "A1", 1)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n ", "empty_file"),
        (b"%PDF-1.7", "not_a_sheet"),
        (b"\x89PNG\r\n\x1a\n", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (b"PK\x03\x04 and nothing more", "unreadable"),
        (b"\xff\xfe\xff", "encoding"),
        (b"\x81", "encoding"),
        (b"SKU\0,x", "not_a_sheet"),
        ("只有,几个,词\r\n1,2,3\r\n".encode(), "no_header"),
        (csv(["SKU", "仓库"], ["A1", "x"]), "column_missing"),
        (csv(["SKU", "库存", "库存"], ["A1", "1", "1"]), "column_twice"),
        (csv(["SKU", "库存"], *[[f"A{number}", 1] for number in range(limits.MOST_ROWS + 1)]), "rows"),
    ],
)
def test_what_is_refused_whole(tmp_path, content, code):
    assert refusal(tmp_path, content) == code


def packed(page: str | bytes, **more) -> bytes:
    """Return a workbook whose sheet is this XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(STOCK))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, page if name == "xl/worksheets/sheet1.xml" else old.read(name))
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def test_a_cell_far_away_is_refused_before_it_costs_memory(tmp_path):
    assert refusal(tmp_path, packed(PAGE % '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')) == "far_cell"


def test_a_bomb_is_refused_by_its_real_size(tmp_path):
    bomb = packed(PAGE % "", bomb=b"0" * (limits.MOST_UNZIPPED + 1))
    assert len(bomb) < 1 << 20
    assert refusal(tmp_path, bomb) == "unzipped"
    place = bomb.rindex(b"PK\x01\x02")  # the last entry of the directory is the bomb's: let it lie about the size
    assert bomb[place + 46 : place + 50] == b"bomb"
    lying = bomb[: place + 24] + (10).to_bytes(4, "little") + bomb[place + 28 :]
    assert refusal(tmp_path, lying) == "unzipped"


def test_xml_that_declares_entities_is_refused(tmp_path):
    page = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + PAGE % '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>'
    assert refusal(tmp_path, packed(page)) == "unreadable"


def test_a_file_with_too_many_parts_is_refused(tmp_path):
    parts = {f"part{number}": b"" for number in range(limits.MOST_MEMBERS)}
    assert refusal(tmp_path, packed(PAGE % "", **parts)) == "zip_members"


def test_too_big_a_file_is_refused_unread():
    with pytest.raises(Bad) as refused:
        reading.format_of(b"SKU,", limits.MOST_BYTES + 1)
    assert refused.value.code == "too_big"


def test_broken_cells_are_shown_in_reports():
    from catalog.sheets.cells import shown

    assert shown(Broken("error_cell", "#N/A")) == "#N/A"
