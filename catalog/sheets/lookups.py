"""Names in a file → rows of the shop: categories, counties, warehouses. Read once for a turn of work, not for a row."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from catalog.models import AidedRegion, Category, LineKind, Warehouse
from catalog.sheets.cells import Bad, key

_DATA = Path(__file__).resolve().parent.parent / "data"


class Lookups:
    """What names mean to one merchant. Each table is read at its first use."""

    def __init__(self, merchant_id: int) -> None:
        self.merchant_id = merchant_id

    def category(self, text: str) -> int:
        """Return the id of a category by its name in any language, or its slug. Raises Bad."""
        return self._one(self._categories, text, "category")

    def county(self, text: str) -> int:
        """Return the id of an aided region by name (also with its province in front), or code. Raises Bad."""
        return self._one(self._counties, text, "county")

    def warehouse(self, text: str | None) -> int:
        """Return the id of one of the merchant's warehouses; without a name, of the only one. Raises Bad."""
        if text is not None:
            return self._one(self._warehouses, text, "warehouse")
        if not self.warehouses:
            raise Bad("no_warehouse")
        if len(self.warehouses) > 1:
            raise Bad("which_warehouse")
        return next(iter(self.warehouses))

    @cached_property
    def categories(self) -> dict[int, Category]:
        """All categories by id."""
        return {row.pk: row for row in Category.objects.all()}

    @cached_property
    def counties(self) -> dict[int, AidedRegion]:
        """All aided regions by id."""
        return {row.pk: row for row in AidedRegion.objects.all()}

    @cached_property
    def warehouses(self) -> dict[int, Warehouse]:
        """The merchant's open warehouses by id, the first made first."""
        rows = Warehouse.objects.filter(merchant=self.merchant_id, closed_at=None).order_by("pk")
        return {row.pk: row for row in rows}

    @staticmethod
    def _one(table: dict[str, set[int]], text: str, what: str) -> int:
        found = table.get(key(text), set())
        if len(found) != 1:
            raise Bad(f"{what}_unclear" if found else f"{what}_unknown", value=text[:60])
        return next(iter(found))

    @cached_property
    def _categories(self) -> dict[str, set[int]]:
        return _index((pk, (row.slug, row.name_zh, row.name_en)) for pk, row in self.categories.items())

    @cached_property
    def _counties(self) -> dict[str, set[int]]:
        return _index((pk, _names(row)) for pk, row in self.counties.items())

    @cached_property
    def _warehouses(self) -> dict[str, set[int]]:
        return _index((pk, (row.name_zh, row.name_en)) for pk, row in self.warehouses.items())


def county_name(row: AidedRegion, *, english: bool) -> str:
    """Return how an export names a county: with its code, as two may share a name."""
    return f"{row.name_en if english else row.name_zh} {row.slug}"


def _names(row: AidedRegion) -> tuple[str, ...]:
    zh = row.name_zh
    return (
        row.slug,
        row.code,
        zh,
        row.name_en,
        f"{row.prefecture_zh}{zh}",
        f"{row.province_zh}{zh}",
        f"{row.province_zh}{row.prefecture_zh}{zh}",
        county_name(row, english=False),
        county_name(row, english=True),
    )


def _index(rows: Iterable[tuple[int, Iterable[str]]]) -> dict[str, set[int]]:
    table: dict[str, set[int]] = defaultdict(set)
    for pk, names in rows:
        for name in names:
            table[key(name)].add(pk)
    return table


@cache
def _kinds() -> dict[str, list[tuple[str, str]]]:
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (_DATA / "product_kinds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[row["category"]].append((row["name_zh"], row["kind"]))
    return kinds


def kind_for(category: str, name_zh: str) -> str:
    """Return the kind whose drawing stands for a new listing until it has pictures: the longest name that fits."""
    kinds = _kinds()
    own = kinds.get(category) or next(iter(kinds.values()))
    fitting = [(name, kind) for name, kind in own if name in name_zh or name[-2:] in name_zh]
    return max(fitting, key=lambda each: len(each[0]) * (each[0] in name_zh))[1] if fitting else own[0][1]


@cache
def _services() -> frozenset[str]:
    with (_DATA / "categories.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["slug"] for row in csv.DictReader(file) if row["line_kind"] == LineKind.SERVICE)


def line_kind_of(category: str) -> str:
    """Return whether what stands in a category is goods or a service."""
    return LineKind.SERVICE if category in _services() else LineKind.GOODS
