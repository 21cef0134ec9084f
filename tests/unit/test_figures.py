"""How sums, shares and moments are written in each language."""

from datetime import UTC, datetime

import pytest

from storefront import figures


@pytest.mark.parametrize(
    ("minor", "text"), [(5990, "¥59.90"), (0, "¥0.00"), (123456789, "¥1,234,567.89"), (-5, "-¥0.05")]
)
def test_exact(minor, text):
    assert figures.exact(minor) == text


@pytest.mark.parametrize(
    ("minor", "language", "headline"),
    [
        (999_999, "zh-hans", ("9,999.99", "元")),
        (1_000_000, "zh-hans", ("1.00", "万元")),
        (9_999_999_999, "zh-hans", ("9,999.99", "万元")),  # cut, not rounded up to a hundred million
        (10_000_000_000, "zh-hans", ("1.00", "亿元")),
        (1_000_000, "zh-hant", ("1.00", "萬元")),
        (10_000_000_000, "zh-hant", ("1.00", "億元")),
        (99_999_999, "en", ("999,999.99", "yuan")),
        (123_456_700, "en", ("1.23", "million yuan")),
    ],
)
def test_headline(minor, language, headline):
    assert figures.headline(minor, language) == headline


def test_a_whole_headline_drops_its_zeros():
    assert figures.headline(20_000_000, "zh-hans", whole=True).number == "20"
    assert figures.headline(20_500_000, "zh-hans", whole=True).number == "20.50"


@pytest.mark.parametrize(
    ("minor", "language", "label"),
    [(0, "zh-hans", "0"), (50_000, "zh-hans", "500"), (2_000_000, "zh-hans", "2万"), (2_000_000, "zh-hant", "2萬"),
     (-1_500_000, "zh-hant", "-1.5萬"), (2_000_000, "en", "20k"), (50_000, "en", "500")],
)  # fmt: skip
def test_labels_of_a_grid(minor, language, label):
    assert figures.axis(minor, language) == label


def test_percent_is_cut_and_needs_a_whole():
    assert figures.percent(9999, 10000) == "99.9%"
    assert figures.percent(1, 0) == ""


def test_moments_are_beijing_time():
    at = datetime(2027, 2, 5, 16, 30, tzinfo=UTC)
    assert figures.moment(at, "zh-hans") == "2027年2月6日 00:30"
    assert figures.moment(at, "zh-hant") == "2027年2月6日 00:30"
    assert figures.moment(at, "en") == "6 Feb 2027, 00:30"
    assert figures.short_day(at, "zh-hans") == "2月6日"


def test_short_prices_drop_zero_fen_alone():
    assert (figures.short(5900), figures.short(5990)) == ("¥59", "¥59.90")
