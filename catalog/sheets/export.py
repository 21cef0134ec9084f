"""The rows of an export: a merchant's own listings, stock or prices as they are, a few hundred listings in memory."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language

from catalog.models import Product, ProductVariant, SheetJob, Stock
from catalog.money import to_decimal
from catalog.sheets.cells import guard
from catalog.sheets.columns import SHEETS, Column, Kind
from catalog.sheets.lookups import Lookups, county_name
from catalog.sheets.skus import own_sku

BATCH = 300
Value = None | str | int | Decimal | date


def rows(*, merchant_id: int, sheet: str, lookups: Lookups) -> Iterator[list[Value]]:
    """Yield one row of cells for each size (of stock: for each size and warehouse), in the active language."""
    writer = _Writer(merchant_id, lookups)
    make = {
        SheetJob.Sheet.LISTINGS: writer.listing,
        SheetJob.Sheet.STOCK: writer.stock,
        SheetJob.Sheet.PRICES: writer.price,
    }[SheetJob.Sheet(sheet)]
    for variant in variants(merchant_id):
        for values in make(variant):
            yield [_cell(column, values.get(column.key)) for column in SHEETS[sheet]]


def variants(merchant_id: int) -> Iterator[ProductVariant]:
    """Yield a merchant's variants with all that a row shows, in the order of its listings."""
    after = 0
    # What lies in shared places is kept in the console, not in files; in a closed one nothing lies.
    own = Stock.objects.filter(warehouse__merchant=merchant_id, warehouse__closed_at=None).order_by("pk")
    stocks = Prefetch("variants__stocks", own)
    while True:
        products = Product.objects.filter(merchant=merchant_id, pk__gt=after).order_by("pk")
        batch = list(products.select_related("food_label").prefetch_related("variants", stocks)[:BATCH])
        for product in batch:
            for variant in product.variants.all():
                variant.product = product
                yield variant
        if len(batch) < BATCH:
            return
        after = batch[-1].pk


class _Writer:
    """Turns a variant into values by column key."""

    def __init__(self, merchant_id: int, lookups: Lookups) -> None:
        self.merchant_id, self.lookups = merchant_id, lookups
        self.is_english = (get_language() or "").startswith("en")

    def listing(self, variant: ProductVariant) -> Iterator[dict[str, Any]]:
        """Yield the one row of a size. Stock in several warehouses is left to the sheet of stock."""
        product, label = variant.product, getattr(variant.product, "food_label", None)
        owners = {"product": product, "variant": variant, "label": label}
        values = {}
        for column in SHEETS[SheetJob.Sheet.LISTINGS]:
            if column.target and (owner := owners.get(column.target[0])):
                values[column.key] = getattr(owner, column.target[1])
        values |= {
            "sku": own_sku(self.merchant_id, variant.sku),
            "listing": product.code or product.slug,
            "category": self._named(self.lookups.categories[product.category_id]),
            "county": county_name(self.lookups.counties[product.region_id], english=self.is_english),
            "state": product.status,
        }
        stocks = list(variant.stocks.all())
        if len(stocks) == 1:
            values |= {"warehouse": self._warehouse(stocks[0].warehouse_id), "on_hand": stocks[0].on_hand}
        yield values

    def stock(self, variant: ProductVariant) -> Iterator[dict[str, Any]]:
        """Yield a row for each warehouse; for a size that lies in none, an empty stock in the first."""
        own = {"sku": own_sku(self.merchant_id, variant.sku), "name": self._name(variant)}
        stocks = list(variant.stocks.all())
        for stock in stocks:
            yield own | {
                "warehouse": self._warehouse(stock.warehouse_id),
                "on_hand": stock.on_hand,
                "counted_on": stock.counted_on,
            }
        if not stocks and self.lookups.warehouses:
            yield own | {"warehouse": self._warehouse(next(iter(self.lookups.warehouses))), "on_hand": 0}

    def price(self, variant: ProductVariant) -> Iterator[dict[str, Any]]:
        """Yield the one row of a size."""
        yield {
            "sku": own_sku(self.merchant_id, variant.sku),
            "name": self._name(variant),
            "price": variant.price_minor,
        }

    def _name(self, variant: ProductVariant) -> str:
        return f"{self._named(variant.product)} {self._named(variant)}"

    def _named(self, row: Any) -> str:
        return row.name_en if self.is_english else row.name_zh

    def _warehouse(self, pk: int) -> str | None:
        row = self.lookups.warehouses.get(pk)
        return self._named(row) if row else None


def _cell(column: Column, value: Any) -> Value:
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.MONEY:
            return to_decimal(value)
        case Kind.COUNT | Kind.DATE:
            return value
        case Kind.CHOICE | Kind.SHOWN:
            return guard(str(dict(column.choices).get(value, value)))
    return guard(str(value))
