"""What a listing must say, what follows from it, and descriptions as they are shown."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import descriptions, listings
from storefront import rich_text

FOOD = {
    **dict.fromkeys((*listings.PRODUCT, *listings.LABEL), "x"),
    "processing": "primary",
    "storage": "ambient",
    "shelf_life_days": 60,
    "label_licence_number": "",
}


def test_a_whole_food_has_no_problems_and_processed_food_needs_its_licence():
    assert listings.problems(FOOD, line_kind="goods", sizes=1) == {}
    for processing in ("semi_finished", "ready_to_cook", "deep_processed"):
        processed = {**FOOD, "processing": processing}
        assert listings.problems(processed, line_kind="goods", sizes=1) == {"label_licence_number": "missing"}
        assert (
            listings.problems({**processed, "label_licence_number": "SC10161062100001"}, line_kind="goods", sizes=1)
            == {}
        )


@pytest.mark.parametrize("number", ["SC1016106210000", "SC101610621000012", "XK10161062100001", "SC1016106210000X"])
def test_a_licence_has_its_form(number):
    content = {**FOOD, "label_licence_number": number}
    assert listings.problems(content, line_kind="goods", sizes=1) == {"label_licence_number": "format"}


def test_what_is_no_food_needs_no_label_and_a_service_needs_its_terms():
    cloth = {**FOOD, "processing": "not_food", **dict.fromkeys(listings.LABEL, ""), "shelf_life_days": None}
    assert listings.problems(cloth, line_kind="goods", sizes=1) == {}
    missing = listings.problems(cloth, line_kind="service", sizes=1)
    assert set(missing) == {name for name in listings.SERVICE if name.endswith("_zh")}


@given(st.sampled_from(sorted(set(FOOD) - {"label_licence_number"})), st.sampled_from(["goods", "service"]))
def test_whatever_is_missing_is_said_and_nothing_else(name, line_kind):
    whole = FOOD | dict.fromkeys(listings.SERVICE, "x")
    found = listings.problems({**whole, name: ""}, line_kind=line_kind, sizes=1)
    assert set(found) <= {name, "label_licence_number"}
    assert listings.problems(whole, line_kind=line_kind, sizes=0) == {"sizes": "missing"}


@pytest.mark.parametrize(
    ("said", "line_kind", "rule"),
    [
        ({"processing": "primary", "storage": "ambient", "shelf_life_days": 30}, "goods", "excluded"),
        ({"processing": "primary", "storage": "ambient", "shelf_life_days": 365}, "goods", "seven_days"),
        ({"processing": "deep_processed", "storage": "frozen", "shelf_life_days": 365}, "goods", "excluded"),
        ({"processing": "not_food", "storage": "ambient", "shelf_life_days": None}, "goods", "seven_days"),
        ({}, "service", "excluded"),
    ],
)
def test_the_rule_for_returns_follows_from_what_it_is(said, line_kind, rule):
    assert listings.proposed_return_rule(said, line_kind=line_kind) == rule


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='javascript:alert(1)'>x</a>",
    "![x](https://elsewhere.example/x.png)",
    '<svg onload="alert(1)">',
    "[x]: javascript:alert(1)\n\n[x]",
]


class Reader(HTMLParser):
    """Collects what a browser would see as tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def check_harmless(text: str) -> None:
    reader = Reader()
    reader.feed(rich_text.safe(descriptions.html(text)))
    for tag, attributes in reader.found:
        assert tag in rich_text.TAGS
        assert set(attributes) <= {"href", "rel"}
        assert attributes.get("href", "https:").partition(":")[0] in {"https", "http", "mailto", "tel"}
    for block in descriptions.blocks(text):
        assert "<" not in block["data"]["text"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through_a_description(text):
    check_harmless(text)


PIECES = [*HOSTILE, "[a](", "javascript:", "&#106;", "`", "<", ">", '"', "https://a.b)", "\n", "# "]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_nor_does_any_mixture_of_such_pieces(pieces):
    check_harmless("".join(pieces))


def test_markdown_is_shown_and_read_as_blocks():
    text = "# 黄土高原\n\n果肉**脆**\n酸甜适中\n\n- 一等\n- 二等"
    shown = rich_text.safe(descriptions.html(text))
    assert "<h2>黄土高原</h2>" in shown and "<strong>脆</strong>" in shown and "<li>一等</li>" in shown
    assert descriptions.plain(text) == "黄土高原 果肉脆 酸甜适中 一等 二等"
    assert [block["type"] for block in descriptions.blocks(text)] == ["header", *["paragraph"] * 4]
