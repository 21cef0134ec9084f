"""Whatever is sent in: the importer does not crash, and a dry run changes nothing in the catalogue."""

import io
import os

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from catalog.models import SheetJob
from catalog.sheets.cells import Bad
from catalog.sheets.problems import TEXTS, text
from tests.factories import product
from tests.sheets import HEADER, catalogue_digest, checked, csv, goods, problems, shop, xlsx

pytestmark = pytest.mark.django_db
fuzz = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SHEETS = st.sampled_from([str(sheet) for sheet in SheetJob.Sheet])
ODD = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.sampled_from(
        ["=1+1", "#N/A", "１２３", "¥1,234.50", "2026-02-30", "\x00", "𠮷", "'", "-", " ", "1e999", "９" * 40]
    ),
)
REAL = [make(HEADER, goods(1), goods(2)) for make in (xlsx, csv)]


@pytest.fixture
def owner():
    row = shop()
    product(merchant=row, certified=False).variants.update(sku=f"{row.pk}-A-1")
    return row


def dry_run(owner, content: bytes, sheet: str = "listings") -> None:
    """Check a file; whatever it is, the job ends, its problems have words, and the catalogue is as it was."""
    before = catalogue_digest()
    try:
        job = checked(owner, content, sheet=sheet)
    except Bad as bad:
        assert bad.code in TEXTS
    else:
        assert job.failure == [] or job.failure[0] in TEXTS
        assert job.failure[:1] != ["broken"]
        assert {code for _, _, code in problems(job)} <= set(TEXTS)
        if job.state != SheetJob.State.FAILED:
            assert sum((job.found or job.written).values()) == job.rows
    assert catalogue_digest() == before


@given(content=st.binary(max_size=2000), sheet=SHEETS)
@fuzz
def test_random_bytes(owner, content, sheet):
    dry_run(owner, content, sheet)


@given(content=st.text(max_size=500), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]), sheet=SHEETS)
@fuzz
def test_random_text(owner, content, encoding, sheet):
    dry_run(owner, content.encode(encoding, "replace"), sheet)


@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=7, max_size=7), min_size=1, max_size=6))
@fuzz
def test_random_cells_of_csv(owner, rows):
    dry_run(owner, csv(HEADER, *rows).decode("utf-8", "replace").encode("utf-8", "replace"))


@given(rows=st.lists(st.lists(ODD, min_size=7, max_size=7), min_size=1, max_size=6))
@fuzz
def test_random_cells_of_xlsx(owner, rows):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            try:
                book.active.cell(number, column, value)
            except (ValueError, IllegalCharacterError):  # characters that the writing library refuses
                continue
    file = io.BytesIO()
    book.save(file)
    dry_run(owner, file.getvalue())


@given(data=st.data())
@fuzz
def test_mutated_files(owner, data):
    content = bytearray(data.draw(st.sampled_from(REAL)))
    for _change in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["set", "cut", "double"])):
            case "set":
                content[place] = data.draw(st.integers(0, 255))
            case "cut":
                del content[place : place + data.draw(st.integers(1, 50))]
            case "double":
                content[place:place] = content[place : place + 50]
        if not content:
            break
    dry_run(owner, bytes(content))


def test_every_reason_has_words_in_both_languages():
    from django.utils.translation import override

    names = ("value", "row", "rows", "columns", "most", "least", "length", "own", "allocated", "known")
    details = dict.fromkeys(names, "1")
    for code in TEXTS:
        for language in ("zh-hans", "en"):
            with override(language):
                assert "%" not in text("listings", code, details | {"column": "storage"}), code
