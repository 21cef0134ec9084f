"""What the shop has now of the rows of one chunk: a handful of queries, whatever the chunk says."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from catalog.models import FoodLabel, Product, ProductVariant, Stock
from catalog.sheets.rows import Row
from catalog.sheets.skus import candidates, own_sku


@dataclass
class State:
    """A merchant's own rows: variants by own SKU, listings by number, labels by product, stock by variant."""

    merchant_id: int
    region_id: int
    variants: dict[str, ProductVariant] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    labels: dict[int, FoodLabel] = field(default_factory=dict)
    stocks: dict[int, dict[int, Stock]] = field(default_factory=dict)


def load(*, merchant_id: int, region_id: int, rows: list[Row]) -> State:
    """Read what the rows name. Nothing of another merchant can come back."""
    state = State(merchant_id, region_id)
    skus = {row.values["sku"] for row in rows if row.values.get("sku")}
    named = [candidate for own in skus for candidate in candidates(merchant_id, own)]
    variants = ProductVariant.objects.filter(product__merchant=merchant_id, sku__in=named).select_related("product")
    for variant in variants:
        own = own_sku(merchant_id, variant.sku)
        if own in skus:
            state.variants[own] = variant
    numbers = {row.values.get("listing") or row.values.get("sku") for row in rows} - {None}
    of_merchant = Product.objects.filter(merchant=merchant_id)
    for product in of_merchant.filter(Q(code__in=numbers) | Q(code="", slug__in=numbers)):
        state.products[product.code or product.slug] = product
    ids = {variant.product_id for variant in state.variants.values()} | {row.pk for row in state.products.values()}
    state.labels = FoodLabel.objects.in_bulk(ids)
    stocks: dict[int, dict[int, Stock]] = defaultdict(dict)
    for stock in Stock.objects.filter(variant__in=[variant.pk for variant in state.variants.values()]):
        stocks[stock.variant_id][stock.warehouse_id] = stock
    state.stocks = dict(stocks)
    return state
