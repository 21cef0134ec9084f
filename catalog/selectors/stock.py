"""How much there is of each variant, in one query, and the word for it."""

from collections.abc import Iterable

from django.db.models import F, Sum

from catalog.models import Stock, Warehouse
from catalog.prepared import Prepared

LOW = 10  # from this many units down, the number is said

# What can be shipped: cabinets and experience shops hand out their own.
_SHIPPED = Stock.objects.filter(warehouse__kind__in=Warehouse.SHIPS, warehouse__closed_at=None)
_UNITS = Prepared(
    lambda ids: (
        _SHIPPED.filter(variant_id__in=ids)
        .order_by()
        .values_list("variant_id")
        .annotate(units=Sum(F("on_hand") - F("allocated")))
    )
)


def available_by_variant(variant_ids: Iterable[int]) -> dict[int, int]:
    """Return the units of each variant that can still be promised, over all its warehouses (one query)."""
    return dict(_UNITS.rows(list(dict.fromkeys(variant_ids))))


_UNITS_OF_PRODUCTS = Prepared(
    lambda ids: (
        _SHIPPED.filter(variant__product_id__in=ids)
        .order_by()
        .values_list("variant__product_id")
        .annotate(units=Sum(F("on_hand") - F("allocated")))
    )
)


def available_by_product(product_ids: Iterable[int]) -> dict[int, int]:
    """Return the units of each product that can still be promised, whatever their size (one query)."""
    return dict(_UNITS_OF_PRODUCTS.rows(list(dict.fromkeys(product_ids))))


def availability(units: int) -> str:
    """Return "in", "low:N" (N ≤ 10 units left) or "out"."""
    if units <= 0:
        return "out"
    return f"low:{units}" if units <= LOW else "in"
