"""Variants with their prices and what is left of each."""

from django.db.models import Q

from catalog.models import ProductVariant
from catalog.rules import price_per_500g
from catalog.selectors.stock import availability, available_by_variant
from catalog.selectors.views import VariantView


def variant_views(wanted: Q) -> list[tuple[int, VariantView]]:
    """Return (product's id, variant) for the variants that match, in the shop's order (two queries)."""
    rows = list(ProductVariant.objects.filter(wanted).order_by("product_id", "position", "id"))
    units = available_by_variant(row.pk for row in rows) if rows else {}
    return [
        (
            row.product_id,
            VariantView(
                row.pk,
                row.sku,
                row.name_zh,
                row.name_en,
                row.price_minor,
                row.weight_grams,
                price_per_500g(row.price_minor, row.weight_grams),
                units.get(row.pk, 0),
                availability(units.get(row.pk, 0)),
            ),
        )
        for row in rows
    ]
