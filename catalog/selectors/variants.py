"""Variants with their prices by quantity and what is left of each."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, Sum

from catalog.models import PriceTier, Product, ProductVariant, Warehouse
from catalog.prepared import Prepared
from catalog.rules import price_per_500g
from catalog.selectors.stock import availability
from catalog.selectors.views import VariantView

_OWN = ("pk", "sku", "name_zh", "name_en", "price_minor", "weight_grams", "min_quantity", "max_quantity")
_IN_ORDER = (
    ProductVariant.objects.order_by("product_id", "position", "id")
    .values_list("product_id", *_OWN)
    .annotate(
        units=Sum(
            F("stocks__on_hand") - F("stocks__allocated"),
            filter=Q(stocks__warehouse__kind__in=Warehouse.SHIPS, stocks__warehouse__closed_at=None),
        )
    )
)
_OF_PRODUCTS = Prepared(lambda ids: _IN_ORDER.filter(product_id__in=ids))
_BY_ID = Prepared(lambda ids: _IN_ORDER.filter(pk__in=ids).exclude(product__status__in=Product.UNPUBLISHED))
_TIERS = Prepared(
    lambda ids: (
        PriceTier.objects.filter(variant_id__in=ids)
        .order_by("minimum_quantity")
        .values_list("variant_id", "minimum_quantity", "price_minor")
    )
)


def variants_of(product_ids: Iterable[int]) -> dict[int, tuple[VariantView, ...]]:
    """Return the variants of each product in the shop's order (one query)."""
    grouped: dict[int, list[VariantView]] = defaultdict(list)
    for row in _OF_PRODUCTS.rows(list(product_ids)):
        grouped[row[0]].append(_view(row[1:]))
    return {key: tuple(views) for key, views in grouped.items()}


def variants_by_id(variant_ids: Iterable[int]) -> dict[int, tuple[int, VariantView]]:
    """Return (product's id, variant) by variant (one query); those of drafts are left out."""
    return {row[1]: (row[0], _view(row[1:])) for row in _BY_ID.rows(list(variant_ids))}


def tiers_of(variant_ids: Iterable[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return (from how many units, unit price in fen) by variant, for those that have tiers (one query)."""
    grouped: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for variant_id, quantity, price_minor in _TIERS.rows(list(dict.fromkeys(variant_ids))):
        grouped[variant_id].append((quantity, price_minor))
    return {key: tuple(tiers) for key, tiers in grouped.items()}


def _view(row: tuple) -> VariantView:
    own, left = row[:-1], row[-1] or 0
    price_minor, grams = own[4:6]
    return VariantView(*(*own, price_per_500g(price_minor, grams), left, availability(left)))
