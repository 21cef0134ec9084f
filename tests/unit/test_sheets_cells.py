"""What single cells mean: what has one meaning is taken, what has two is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.sheets import cells
from catalog.sheets.cells import Bad, Broken
from catalog.sheets.skus import candidates, own_sku, shop_sku

MOST = 99_999_999_99


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("59.90", 5990),
        (Decimal("59.9"), 5990),
        ("５９．９０", 5990),
        ("59。9", 5990),
        ("¥1,234.50 ", 123450),
        ("￥１，２３４．５", 123450),
        ("12元", 1200),
        ("RMB 12.00", 1200),
        ("'12", 1200),
        ("0.01", 1),
        (Decimal("19.990"), 1999),
    ],
)
def test_money(cell, fen):
    assert cells.money(cell, most=MOST) == fen


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("免费", "number"),
        ("1,23", "number"),
        ("12.34.5", "number"),
        ("1e3", "number"),
        ("¥", "number"),
        ("0", "not_positive"),
        (Decimal("-1"), "not_positive"),
        ("0.001", "fen"),
        ("100000000", "too_much"),
        (date(2026, 3, 1), "became_date"),
        (Broken("uncalculated"), "uncalculated"),
        (Broken("error_cell", "#N/A"), "error_cell"),
        (True, "number"),
        ("9" * 500, "number"),
    ],
)
def test_no_money(cell, code):
    with pytest.raises(Bad) as refused:
        cells.money(cell, most=MOST)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("cell", "value"), [("１００", 100), ("1,000件", 1000), (Decimal("7"), 7), ("7.0", 7), (" 8 ", 8)]
)
def test_counts(cell, value):
    assert cells.count(cell, least=0, most=5000, units=("件",)) == value


@pytest.mark.parametrize(("cell", "code"), [("1.5", "whole"), ("-1", "range"), ("5001", "range"), ("7箱", "number")])
def test_no_counts(cell, code):
    with pytest.raises(Bad) as refused:
        cells.count(cell, least=0, most=5000, units=("件",))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 1),
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "２０２６－０３－０１",
        "20260301",
        "2026-03-01 00:00:00",
        Decimal(46082),
        "46082",
    ],
)
def test_days(cell):
    assert cells.day(cell) == date(2026, 3, 1)


@pytest.mark.parametrize("cell", ["2026-02-30", "3月1日", "01/03/2026", Decimal("1.5"), Decimal(7), "明天"])
def test_no_days(cell):
    with pytest.raises(Bad) as refused:
        cells.day(cell)
    assert refused.value.code == "date"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Ａ－１", "A-1"), (Decimal(6901234567892), "6901234567892"), ('="0012"', "0012"), (" x ", "x"), ("'=a", "=a")],
)
def test_codes(cell, code):
    assert cells.code(cell, most=30) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Decimal("1.5"), "became_number"),
        (Decimal(10**16), "became_number"),
        (date(2026, 3, 5), "became_date"),
        ("a b", "spaces"),
        ("x" * 31, "long"),
        ("a\x00", "control"),
    ],
)
def test_no_codes(cell, code):
    with pytest.raises(Bad) as refused:
        cells.code(cell, most=30)
    assert refused.value.code == code


@given(st.text())
def test_what_is_guarded_comes_back(text):
    guarded = cells.guard(text)
    assert cells.unguard(guarded) == text
    assert guarded[:1] not in tuple("=+-@\t\r＝＋－＠")


@given(st.integers(1, 10**9), st.from_regex(r"[!-~]{1,30}", fullmatch=True))
def test_an_own_sku_and_the_shops_are_one_to_one(merchant, own):
    sku = shop_sku(merchant, own)
    assert own_sku(merchant, sku) == own
    assert sku in candidates(merchant, own)
    assert len(sku) <= 40
