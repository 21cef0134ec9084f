"""Writing what a sheet's plan says, in the transaction of the caller, a chunk of rows at a time.

New listings arrive as drafts: a file puts nothing on sale. Stock is set by a conditional UPDATE, so that a sale in
the same moment can never leave more units promised than there are (I1).
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.text import slugify

from catalog.actions import changes
from catalog.models import FoodLabel, Merchant, Product, ProductVariant, Stock, StockMovement
from catalog.money import to_decimal
from catalog.sheets.columns import SHEETS
from catalog.sheets.lookups import Lookups
from catalog.sheets.plan import BAD, NEW, Entry
from catalog.sheets.skus import shop_sku


def write(*, merchant: Merchant, entries: Iterable[Entry], lookups: Lookups, actor: str, now: datetime) -> list[int]:
    """Write the good rows that change something; return the ids of the products that changed.

    Each row leaves one record in the audit trail, under the names of the file's columns.

    A row whose stock was sold below the new figure since the plan was made becomes bad, and nothing of it is written.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("rows are written inside the transaction that moves the job on")
    writer = _Writer(merchant, lookups, actor, now)
    chosen = [entry for entry in entries if entry.outcome != BAD and any(entry.fields.values())]
    good = [entry for entry in chosen if writer.counted(entry)]
    writer.listings(good)
    writer.sizes(good)
    writer.labels(good)
    writer.first_stock(good)
    writer.record(good)
    return sorted({entry.product for entry in good})


class _Writer:
    """Writes a chunk: what is known already row by row, what is new in bulk."""

    def __init__(self, merchant: Merchant, lookups: Lookups, actor: str, now: datetime) -> None:
        self.merchant, self.lookups, self.actor, self.now = merchant, lookups, actor, now
        self.movements: list[StockMovement] = []
        self.before: dict[int, dict[str, Any]] = defaultdict(dict)  # by row number, by column
        self.after: dict[int, dict[str, Any]] = defaultdict(dict)

    def counted(self, entry: Entry) -> bool:
        """Set a stock that is there; return False, and make the row bad, when more is sold than it would hold."""
        new = entry.fields.get("stock")
        if not new or not entry.stock:
            return True
        old = Stock.objects.select_for_update().get(pk=entry.stock)
        if not Stock.objects.filter(pk=entry.stock, allocated__lte=new.get("on_hand", old.on_hand)).update(**new):
            entry.outcome = BAD
            entry.problems.append(("on_hand", "below_allocated", {"value": new["on_hand"], "allocated": old.allocated}))
            return False
        if "on_hand" in new:
            self._move(old, new["on_hand"] - old.on_hand, new["on_hand"])
        self._note(entry, "stock", old, new)
        return True

    def listings(self, entries: list[Entry]) -> None:
        """Make new listings as drafts, and change known ones."""
        made: dict[str, Product] = {}
        for entry in entries:
            fields = entry.fields.get("product")
            if not entry.product and entry.listing not in made:
                made[entry.listing] = self._draft(entry.listing, entry.fields["product"])
            elif entry.product and fields:
                old = Product.objects.get(pk=entry.product)
                Product.objects.filter(pk=entry.product).update(**fields, updated_at=self.now)
                self._note(entry, "product", old, fields)
        Product.objects.bulk_create(made.values())
        for entry in entries:
            if not entry.product:
                entry.product = made[entry.listing].pk
                self._note(entry, "product", None, entry.fields["product"])

    def _draft(self, code: str, fields: dict[str, Any]) -> Product:
        token = secrets.token_hex(5)
        return Product(
            slug=f"{slugify(fields['name_en'])[:60] or fields['kind']}-{token}",
            merchant=self.merchant,
            code=code,
            art_seed=int(token[:7], 16),
            status=Product.Status.DRAFT,
            published_at=self.now,
            updated_at=self.now,
            **fields,
        )

    def sizes(self, entries: list[Entry]) -> None:
        """Make new variants behind those that the listing has, and change known ones."""
        fresh = [entry for entry in entries if entry.outcome == NEW]
        products = {entry.product for entry in fresh}
        last: dict[int, int] = {}
        for product, position in ProductVariant.objects.filter(product__in=products).values_list("product", "position"):
            last[product] = max(last.get(product, 0), position)
        variants = []
        for entry in fresh:
            last[entry.product] = position = last.get(entry.product, 0) + 1
            sku = shop_sku(self.merchant.pk, entry.row.values["sku"])
            variants.append(
                ProductVariant(product_id=entry.product, sku=sku, position=position, **entry.fields["variant"])
            )
        for entry, variant in zip(fresh, ProductVariant.objects.bulk_create(variants), strict=True):
            entry.variant = variant.pk
            self._note(entry, "variant", None, entry.fields["variant"])
        for entry in entries:
            fields = entry.fields.get("variant")
            if entry.outcome != NEW and fields:
                old = ProductVariant.objects.get(pk=entry.variant)
                ProductVariant.objects.filter(pk=entry.variant).update(**fields)
                # The sweep of cards goes by this moment: it sees to them if this process dies.
                Product.objects.filter(pk=entry.product).update(updated_at=self.now)
                self._note(entry, "variant", old, fields)

    def labels(self, entries: list[Entry]) -> None:
        """Make and change food labels."""
        for entry in entries:
            if fields := entry.fields.get("label"):
                old = FoodLabel.objects.filter(pk=entry.product).first()
                FoodLabel.objects.update_or_create(product_id=entry.product, defaults=fields)
                self._note(entry, "label", old, fields)

    def first_stock(self, entries: list[Entry]) -> None:
        """Put units into a warehouse that had none of them."""
        stocks = []
        for entry in entries:
            fields = entry.fields.get("stock")
            if fields and not entry.stock:
                self._note(entry, "stock", None, fields)
                counted = fields.get("counted_on")
                dated = fields | ({"counted_on": date.fromisoformat(counted)} if counted else {})
                stocks.append(Stock(variant_id=entry.variant, warehouse_id=entry.warehouse, **dated))
        for stock in Stock.objects.bulk_create(stocks):
            self._move(stock, stock.on_hand, stock.on_hand)

    def _move(self, stock: Stock, delta: int, on_hand: int) -> None:
        if delta:
            reason = StockMovement.Reason.COUNT
            self.movements.append(
                StockMovement(stock=stock, reason=reason, delta=delta, on_hand=on_hand, actor=self.actor, at=self.now)
            )

    def record(self, entries: list[Entry]) -> None:
        """Tell the audit trail of each row that changed something, and the shelves' history of their new counts."""
        StockMovement.objects.bulk_create(self.movements)
        for entry in entries:
            changes.record(
                merchant_id=self.merchant.pk,
                actor=self.actor,
                now=self.now,
                action="sheet.row_added" if entry.outcome == NEW else "sheet.row_changed",
                subject=ProductVariant(pk=entry.variant),
                label=entry.row.values["sku"],
                before=self.before[entry.row.number],
                after=self.after[entry.row.number],
            )

    def _note(self, entry: Entry, part: str, old: Any, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            if column := _COLUMNS.get((part, name)):
                if old is not None:
                    self.before[entry.row.number][column] = self._told(name, getattr(old, name))
                self.after[entry.row.number][column] = self._told(name, value)

    def _told(self, name: str, value: Any) -> Any:
        match name:
            case "category_id":
                return self.lookups.categories[value].name_zh
            case "region_id":
                return self.lookups.counties[value].name_zh
            case "price_minor":
                return str(to_decimal(value))
        return value


_COLUMNS = {column.target: column.key for columns in SHEETS.values() for column in columns if column.target}
