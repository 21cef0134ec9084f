"""Deciding what a chunk of rows would change. Reads nothing and writes nothing: `State` in, `Plan` out.

The dry run counts a plan; the import writes the same plan. A row is whole or not at all: one problem, and nothing of it
is written.
"""

from dataclasses import dataclass, field
from typing import Any

from catalog import listings
from catalog.models import FoodLabel, Product
from catalog.sheets import cells
from catalog.sheets.cells import Bad
from catalog.sheets.columns import Column, Kind, by_key, languages_of
from catalog.sheets.lookups import Lookups, kind_for, line_kind_of
from catalog.sheets.rows import Problem, Row
from catalog.sheets.state import State

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"
# What the programme office looks at is changed in the listing itself once that has left its draft.
LOCKED = frozenset(
    [("product", name) for name in listings.PRODUCT]
    + [("product", f"{name}_id") for name in ("category", "region")]
    + [("label", name.removeprefix("label_")) for name in listings.LABEL]
)
# The columns without which nothing new can be made.
_NEW_SIZE = ("spec_zh", "price")
_NEW_LISTING = ("name_zh", "category", *_NEW_SIZE)


@dataclass
class Entry:
    """What one row comes to. Ids are 0 for what is new (a new product goes by its `listing`).

    `fields` has the new values by what they belong to: "product", "variant", "label", "stock".
    """

    row: Row
    outcome: str = SAME
    problems: list[Problem] = field(default_factory=list)
    listing: str = ""
    product: int = 0
    variant: int = 0
    stock: int = 0
    warehouse: int = 0
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)


def plan(*, sheet: str, rows: list[Row], state: State, lookups: Lookups) -> list[Entry]:
    """Return an entry for each row, in their order."""
    columns = by_key(sheet)
    return [_Decider(columns, row, state, lookups).decide() for row in rows]


class _Decider:
    """Decides about one row."""

    def __init__(self, columns: dict[str, Column], row: Row, state: State, lookups: Lookups) -> None:
        self.columns, self.row, self.state, self.lookups = columns, row, state, lookups
        self.entry = Entry(row, problems=list(row.problems))
        self.columns_of_file = {*row.values, *(column for column, _, _ in row.problems)}
        self.wanted: dict[str, dict[str, Any]] = {"product": {}, "variant": {}, "label": {}, "stock": {}}

    def decide(self) -> Entry:
        entry, sku = self.entry, self.row.values.get("sku")
        if not sku:
            entry.outcome = BAD
            return entry
        variant = self.state.variants.get(sku)
        self._collect()
        if variant is None and "listing" not in self.columns:
            self._bad("sku", "sku_unknown", value=sku)
        elif variant is None:
            self._new_variant(sku)
        else:
            self._known_variant(variant)
        if not entry.problems:
            self._stock(variant)
        if entry.problems:
            entry.outcome, entry.fields = BAD, {}
        elif not entry.variant:
            entry.outcome = NEW
        elif any(entry.fields.values()):
            entry.outcome = CHANGED
        return entry

    def _bad(self, column: str | None, code: str, **details: Any) -> None:
        self.entry.problems.append((column, code, details))

    def _collect(self) -> None:
        """Turn values into fields; an empty cell counts only where it clears."""
        for key, value in self.row.values.items():
            column = self.columns.get(key)
            if column is None or column.target is None or (value is None and not column.clears):
                continue
            part, name = column.target
            try:
                self.wanted[part][name] = self._meant(column, value)
            except Bad as bad:
                self._bad(key, bad.code, **bad.details)

    def _meant(self, column: Column, value: Any) -> Any:
        match column.kind:
            case Kind.CATEGORY:
                return self.lookups.category(value)
            case Kind.COUNTY:
                return self.lookups.county(value)
            case Kind.CHOICE:
                return _choice(column, value)
            case Kind.TEXT:
                return value or ""
        return value

    def _new_variant(self, sku: str) -> None:
        entry = self.entry
        entry.listing = self.row.values.get("listing") or sku
        known = self.state.products.get(entry.listing)
        for key in _NEW_LISTING if known is None else _NEW_SIZE:
            if key not in self.columns_of_file:
                self._bad(key, "required_new")
        variant = self.wanted["variant"]
        variant.setdefault("name_en", variant.get("name_zh", ""))
        entry.fields["variant"] = variant
        if known is not None:
            entry.product = known.pk
            self._known_product(known)
        elif not entry.problems:
            self._new_product()

    def _new_product(self) -> None:
        product = self.wanted["product"]
        category = self.lookups.categories[product["category_id"]].slug
        product.setdefault("name_en", product["name_zh"])
        product.setdefault("region_id", self.state.region_id)
        product |= {"kind": kind_for(category, product["name_zh"]), "line_kind": line_kind_of(category)}
        self.entry.fields["product"] = product
        self._label(None)

    def _known_variant(self, variant) -> None:
        entry = self.entry
        entry.variant, entry.product = variant.pk, variant.product_id
        product = variant.product
        listing = self.row.values.get("listing")
        if listing and listing != (product.code or product.slug) and not self._is_own_listing(variant, listing):
            self._bad("listing", "other_listing", value=listing, own=product.code or product.slug)
        entry.fields["variant"] = _differences(variant, self.wanted["variant"])
        self._known_product(product)

    @staticmethod
    def _is_own_listing(variant, listing: str) -> bool:
        return variant.product.code == "" and variant.product.slug == listing

    def _known_product(self, product: Product) -> None:
        fields = self.entry.fields
        fields["product"] = _differences(product, self.wanted["product"])
        self._label(self.state.labels.get(product.pk))
        if product.status != Product.Status.DRAFT:
            changed = {(part, name) for part in ("product", "label") for name in fields[part]}
            for key, column in self.columns.items():
                if column.target in changed & LOCKED:
                    self._bad(key, "locked")

    def _label(self, label: FoodLabel | None) -> None:
        wanted = self.wanted["label"]
        ingredients = wanted.get("ingredients_zh", label.ingredients_zh if label else "")
        if not ingredients and (label or any(wanted.values())):
            self._bad("ingredients_zh", "ingredients")
        licence = wanted.get("licence_number")
        if licence and not (licence.startswith("SC") and licence[2:].isdecimal() and len(licence) == 16):
            self._bad("licence", "licence", value=licence)
        if label is None:
            self.entry.fields["label"] = wanted if any(wanted.values()) else {}
        else:
            self.entry.fields["label"] = _differences(label, wanted)

    def _stock(self, variant) -> None:
        wanted = self.wanted["stock"]
        if "on_hand" not in wanted:
            return
        try:
            warehouse = self.lookups.warehouse(self.row.values.get("warehouse"))
        except Bad as bad:
            self._bad("warehouse", bad.code, **bad.details)
            return
        stock = self.state.stocks.get(variant.pk, {}).get(warehouse) if variant else None
        self.entry.warehouse = warehouse
        if stock is None:
            self.entry.fields["stock"] = wanted if wanted["on_hand"] or wanted.get("counted_on") else {}
            return
        self.entry.stock = stock.pk
        if wanted["on_hand"] < stock.allocated:
            self._bad("on_hand", "below_allocated", value=wanted["on_hand"], allocated=stock.allocated)
        counted = wanted.get("counted_on")
        if counted and stock.counted_on and counted < stock.counted_on.isoformat():
            self._bad("counted_on", "old_count", value=counted, known=stock.counted_on.isoformat())
        self.entry.fields["stock"] = _differences(stock, wanted)


def _choice(column: Column, text: str) -> str:
    wanted = cells.key(text)
    for value, label in column.choices:
        if wanted in {cells.key(name) for name in (value, *languages_of(label))}:
            return value
    raise Bad("choice", value=text[:60], column=column.key)


def _differences(row: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the fields whose value is another one. Text that differs only in what a file cannot keep is the same."""
    changed = {}
    for name, value in wanted.items():
        old = getattr(row, name)
        if isinstance(value, str) and isinstance(old, str):
            if value not in (old, cells.clean(old).strip(" \n\r\u3000\xa0\ufeff")):
                changed[name] = value
        elif value != (old.isoformat() if hasattr(old, "isoformat") else old):
            changed[name] = value
    return changed
