"""Variants with their prices and what is left of each."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, Sum

from catalog.models import Product, ProductVariant, Warehouse
from catalog.prepared import Prepared
from catalog.rules import price_per_500g
from catalog.selectors.stock import availability
from catalog.selectors.views import VariantView

_COLUMNS = ("product_id", "pk", "sku", "name_zh", "name_en", "price_minor", "weight_grams")
_IN_ORDER = (
    ProductVariant.objects.order_by("product_id", "position", "id")
    .values_list(*_COLUMNS)
    .annotate(
        units=Sum(
            F("stocks__on_hand") - F("stocks__allocated"),
            filter=Q(stocks__warehouse__kind__in=Warehouse.SHIPS, stocks__warehouse__closed_at=None),
        )
    )
)
_OF_PRODUCTS = Prepared(lambda ids: _IN_ORDER.filter(product_id__in=ids))
_BY_ID = Prepared(lambda ids: _IN_ORDER.filter(pk__in=ids).exclude(product__status__in=Product.UNPUBLISHED))


def variants_of(product_ids: Iterable[int]) -> dict[int, tuple[VariantView, ...]]:
    """Return the variants of each product in the shop's order (one query)."""
    grouped: dict[int, list[VariantView]] = defaultdict(list)
    for row in _OF_PRODUCTS.rows(list(product_ids)):
        grouped[row[0]].append(_view(row))
    return {key: tuple(views) for key, views in grouped.items()}


def variants_by_id(variant_ids: Iterable[int]) -> dict[int, tuple[int, VariantView]]:
    """Return (product's id, variant) by variant (one query); those of drafts are left out."""
    return {row[1]: (row[0], _view(row)) for row in _BY_ID.rows(list(variant_ids))}


def _view(row: tuple) -> VariantView:
    price_minor, grams, units = row[5:]
    left = units or 0
    return VariantView(*(*row[1:7], price_per_500g(price_minor, grams), left, availability(left)))
