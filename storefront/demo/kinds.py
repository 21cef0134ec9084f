"""Kinds of goods and services, and the counties they are typical of, read from the catalogue's data files."""

from dataclasses import dataclass

from catalog.actions.regions import read_table, region_slugs
from catalog.models import LineKind, Product

_NOT_FOOD = {"handicraft", "tourism"}


@dataclass(frozen=True, slots=True)
class Place:
    """A county as names of products and merchants use it."""

    slug: str
    code: str
    zh: str
    en: str
    short_zh: str
    short_en: str
    prefecture_zh: str
    prefecture_en: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Spec:
    """A size in which a kind is sold; `grams` is its net weight, 0 for what is not weighed."""

    zh: str
    en: str
    grams: int


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of product. Prices are fen for the first spec; `gi` has the verified indications by county code."""

    slug: str
    zh: str
    en: str
    category: str
    line_kind: str
    codes: tuple[str, ...]
    title_zh: str
    title_en: str
    specs: tuple[Spec, ...]
    price_min: int
    price_max: int
    storage: str
    shelf_life_days: int | None
    processing: str
    gi: dict[str, str]
    description_zh: str
    description_en: str

    @property
    def is_service(self) -> bool:
        """Whether it is taken on the spot rather than sent."""
        return self.line_kind == LineKind.SERVICE


def read_places() -> dict[str, Place]:
    """Return the aided counties by present code; of two with one code, the first."""
    rows = read_table("regions.csv")
    places: dict[str, Place] = {}
    for row, slug in zip(rows, region_slugs(rows), strict=True):
        places.setdefault(
            row["code"],
            Place(
                slug=slug,
                code=row["code"],
                zh=row["name_zh"],
                en=row["name_en"],
                short_zh=row["short_zh"],
                short_en=row["short_en"],
                prefecture_zh=row["prefecture_zh"],
                prefecture_en=row["prefecture_en"],
                is_key=row["key_county"] == "yes",
            ),
        )
    return places


def read_kinds() -> list[Kind]:
    """Return all kinds, in the order of the data file."""
    services = {row["slug"] for row in read_table("categories.csv") if row["line_kind"] == LineKind.SERVICE}
    return [_kind(row, services) for row in read_table("product_kinds.csv")]


def _kind(row: dict[str, str], services: set[str]) -> Kind:
    return Kind(
        slug=row["kind"],
        zh=row["name_zh"],
        en=row["name_en"],
        category=row["category"],
        line_kind=LineKind.SERVICE if row["category"] in services else LineKind.GOODS,
        codes=tuple(row["region_codes"].split(";")),
        title_zh=row["title_pattern"],
        title_en=row["title_pattern_en"],
        specs=_specs(row),
        price_min=int(row["price_min"]),
        price_max=int(row["price_max"]),
        storage=row["storage_class"],
        shelf_life_days=int(row["shelf_life_days"]) or None,
        processing=_processing(row),
        gi=_indications(row),
        description_zh=row["description_zh"],
        description_en=row["description_en"],
    )


def _processing(row: dict[str, str]) -> str:
    if row["category"] in _NOT_FOOD:
        return Product.Processing.NOT_FOOD
    return Product.Processing(row["processing"].replace("-", "_"))


def _indications(row: dict[str, str]) -> dict[str, str]:
    """Only what a source verifies: a badge must not say more than the data."""
    if row["gi"] != "verified":
        return {}
    bases = [basis.strip() for basis in row["gi_basis"].split("|")]
    return dict(zip(row["gi_regions"].split(";"), bases, strict=True))


def _specs(row: dict[str, str]) -> tuple[Spec, ...]:
    weights = [int(grams) for grams in row["weight_grams"].split(";")]
    texts = row["specs"].split(";")
    return tuple(
        Spec(f"{text}/{row['unit_zh']}" if _is_measure(text) else text, _english(text, row["unit_en"]), grams)
        for text, grams in zip(texts, weights, strict=True)
    )


def _is_measure(text: str) -> bool:
    return text[-1] in "gGlLm" and "×" not in text


_COUNTED = {"个": "pieces", "枚": "pieces", "只": "pieces", "根": "pieces", "包": "sachets"}
_PHRASES = {
    "1日/人": "one day, one person",
    "2人套票": "ticket for two",
    "1间夜": "one room, one night",
    "2间夜": "one room, two nights",
    "1席": "one table",
    "2席": "two tables",
    "1棵/年": "one tree for a year",
    "2棵/年": "two trees for a year",
    "1个(大)": "1 piece, large",
    "1件": "1 piece",
    "2件": "2 pieces",
}


def _english(text: str, unit: str) -> str:
    if text in _PHRASES:
        return _PHRASES[text]
    if text[-1] in _COUNTED:
        count = text[:-1]
        return f"{count} {_COUNTED[text[-1]]}" if count != "1" else f"1 {_COUNTED[text[-1]].removesuffix('s')}"
    return f"{text} {unit}" if _is_measure(text) else text
