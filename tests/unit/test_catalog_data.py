"""The catalogue's data files agree with each other and with what is known of the list."""

import csv
import datetime
import re
from collections import Counter
from pathlib import Path

import pytest

from catalog.illustrations import FAMILIES, SCENES

DATA = Path(__file__).parents[2] / "catalog" / "data"
PROVINCE_COUNTS = {
    "河北省": 45, "山西省": 36, "内蒙古自治区": 31, "吉林省": 8, "黑龙江省": 20, "安徽省": 20,
    "江西省": 24, "河南省": 38, "湖北省": 28, "湖南省": 40, "广西壮族自治区": 33, "海南省": 5,
    "重庆市": 14, "四川省": 66, "贵州省": 66, "云南省": 88, "西藏自治区": 74, "陕西省": 56,
    "甘肃省": 58, "青海省": 42, "宁夏回族自治区": 8, "新疆维吾尔自治区": 32,
}  # fmt: skip
EXIT_YEARS = {"2016": 28, "2017": 125, "2018": 283, "2019": 344, "2020": 52}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_regions_are_the_832_of_the_list() -> None:
    regions = _rows("regions")
    assert len(regions) == 832
    assert len({row["seq"] for row in regions}) == 832
    assert Counter(row["province_zh"] for row in regions) == PROVINCE_COUNTS
    assert Counter(row["exit_year"] for row in regions) == EXIT_YEARS
    twice = [code for code, count in Counter(row["code"] for row in regions).items() if count > 1]
    assert twice == ["632803"]


def test_regions_are_named_in_both_languages() -> None:
    for row in _rows("regions"):
        assert re.fullmatch(r"\d{6}", row["code"])
        assert row["code"][:2] == row["province_code"][:2]
        assert row["key_county"] in {"yes", "no", "unknown"}
        for name in ("name_en", "short_en", "prefecture_en", "province_en"):
            assert re.fullmatch(r"[A-ZŜÂ][A-Za-zêüö’ ,\-]+", row[name]), row
        assert row["name_zh"].startswith(row["short_zh"])
        assert row["name_en"].startswith(row["short_en"])


@pytest.mark.parametrize(
    ("code", "name_en"),
    [
        ("620826", "Jingning County"),
        ("420325", "Fangxian County"),
        ("520526", "Weining Yi, Hui and Miao Autonomous County"),
        ("540529", "Lhünzê County"),
        ("540122", "Damxung County"),
        ("653123", "Yengisar County"),
        ("610727", "Lüeyang County"),
        ("360730", "Ningdu County"),
        ("621202", "Wudu District"),
        ("150421", "Ar Horqin Banner"),
        ("533401", "Shangri-La City"),
    ],
)
def test_known_english_names(code: str, name_en: str) -> None:
    assert {row["name_en"] for row in _rows("regions") if row["code"] == code} == {name_en}


def test_pairings_are_dated_and_name_listed_counties() -> None:
    codes = {row["code"] for row in _rows("regions")}
    prefixes = {code[:4] for code in codes}
    for row in _rows("pairings"):
        start = datetime.date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or datetime.date.fromisoformat(row["valid_to"]) > start
        assert row["evidence"] in {"verified", "supported", "unverified"}
        assert row["source"] or row["evidence"] == "unverified"
        assert row["date_precision"] in {"month", "year", "decade", "by"}
        if row["level"] == "county":
            assert row["aided_code"] in codes
        if row["level"] == "prefecture" and row["mechanism"] == "east_west_collaboration":
            assert row["aided_code"][:4] in prefixes


def test_kinds_fit_their_categories_and_counties() -> None:
    kinds = _rows("product_kinds")
    categories = {row["slug"]: row for row in _rows("categories")}
    codes = {row["code"] for row in _rows("regions")}
    assert len(kinds) >= 240
    assert max(Counter(row["kind"] for row in kinds).values()) == 1
    assert max(Counter(row["name_zh"] for row in kinds).values()) == 1
    assert {row["category"] for row in kinds} == set(categories)
    for row in kinds:
        home = row["region_codes"].split(";")
        assert 1 <= len(home) <= 12
        assert len(set(home)) == len(home)
        assert set(home) <= codes
        is_service = categories[row["category"]]["line_kind"] == "service"
        assert (row["storage_class"] == "none") == is_service


def test_kinds_have_sound_numbers_and_texts() -> None:
    for row in _rows("product_kinds"):
        specs, weights = row["specs"].split(";"), [int(weight) for weight in row["weight_grams"].split(";")]
        assert 2 <= len(specs) == len(weights) <= 4
        assert len(set(specs)) == len(specs)
        assert weights == sorted(weights)
        assert all(weight == 0 for weight in weights) == (row["storage_class"] == "none")
        assert 0 < int(row["price_min"]) < int(row["price_max"]) <= 100_000
        assert int(row["shelf_life_days"]) >= 0
        assert row["storage_class"] in {"ambient", "chilled", "frozen", "none"}
        assert row["processing"] in {"primary", "semi-finished", "ready-to-cook", "deep-processed"}
        assert row["season_months"] == "all" or re.fullmatch(r"(1[0-2]|[1-9])-(1[0-2]|[1-9])", row["season_months"])
        assert "{name}" in row["title_pattern"] or "{place}" in row["title_pattern"]
        assert "{name}" in row["title_pattern_en"] or "{place}" in row["title_pattern_en"]
        assert row["description_zh"].endswith("。")
        assert row["description_en"].endswith(".")


def test_kinds_name_an_art_family_and_three_colours() -> None:
    for row in _rows("product_kinds"):
        assert row["art"] in FAMILIES | SCENES
        assert re.fullmatch(r"#[0-9a-f]{6};#[0-9a-f]{6};#[0-9a-f]{6}", row["palette"])


def test_indications_are_for_counties_of_the_kind_with_a_source_each() -> None:
    with_indication = [row for row in _rows("product_kinds") if row["gi"]]
    assert len(with_indication) >= 20
    total = 0
    for row in with_indication:
        assert row["gi"] == "verified"
        where, basis = row["gi_regions"].split(";"), row["gi_basis"].split(" | ")
        assert len(where) == len(basis)
        assert set(where) <= set(row["region_codes"].split(";"))
        assert all(basis)
        total += len(where)
    assert total == 26


def test_labels_say_what_is_in_the_food_in_both_languages() -> None:
    kinds = {row["kind"]: row for row in _rows("product_kinds")}
    labels = {row["kind"]: row for row in _rows("food_labels")}
    assert len(labels) == len(_rows("food_labels"))
    assert set(labels) <= set(kinds)
    for kind, row in labels.items():
        assert kinds[kind]["category"] not in {"handicraft", "tourism"}
        assert bool(row["ingredients_zh"]) == bool(row["ingredients_en"])
        assert not re.search(r"[A-Za-z]", row["ingredients_zh"])
        assert not re.search(r"[\u3400-\u9fff]", row["ingredients_en"])
        assert row["standard"] == "" or re.fullmatch(r"GB(/T)? \d{4,5}(\.\d)?", row["standard"])
        assert any((row["ingredients_zh"], row["allergens"], row["standard"]))
    for kind, row in kinds.items():
        if row["processing"] != "primary" and row["category"] != "handicraft":
            assert labels[kind]["ingredients_zh"], kind


# In Chinese labels these words are plain; whoever has the kind in the file knows that it holds the allergen.
ALLERGENS = {
    "wheat": "小麦", "soy": "大豆|黄豆|黑豆|豆腐", "milk": "乳", "nuts": "核桃|扁桃|杏仁|松子|榛子|板栗", "egg": "蛋",
    "fish": "鱼|虹鳟", "crustaceans": "虾|蟹", "peanut": "花生", "oats": "燕麦|莜麦", "barley": "青稞|麦芽",
}  # fmt: skip


@pytest.mark.parametrize("code", ALLERGENS)
def test_allergens_are_told_where_the_ingredients_hold_them(code: str) -> None:
    kinds = {row["kind"]: row for row in _rows("product_kinds")}
    labels = {row["kind"]: row for row in _rows("food_labels")}
    food = (kind for kind in kinds if kinds[kind]["category"] not in {"handicraft", "tourism"})
    said = {kind: labels.get(kind, {}).get("ingredients_zh") or kinds[kind]["name_zh"] for kind in food}
    held = {kind for kind, text in said.items() if re.search(ALLERGENS[code], text)}
    told = {kind for kind, row in labels.items() if code in row["allergens"].split(";")}
    assert told
    assert held == told
