"""Terms of the demo's offers: prices by quantity on a tenth of the goods, least quantities, provinces of delivery.

What a product gets hangs on its number and its origin alone, so that writing it twice changes nothing.
"""

from catalog.models import LineKind, PriceTier, Product, ProductVariant
from catalog.rules import bad_tiers
from storefront.provinces import PROVINCES

_STEPS = ((10, 95), (50, 90))  # from so many units, so many hundredths of the price
_LEAST = 3
_BATCH = 1000


def write_terms() -> None:
    """Write the terms. A variant's number ends its SKU's first part: D000013-1 is the first size of product 13."""
    goods = ProductVariant.objects.filter(product__line_kind=LineKind.GOODS)
    tenth = goods.filter(sku__endswith="3-1").order_by("pk").values_list("pk", "price_minor")
    tiers = [
        PriceTier(variant_id=pk, minimum_quantity=quantity, price_minor=price)
        for pk, base in tenth
        for quantity, price in _tiers(base)
    ]
    PriceTier.objects.bulk_create(tiers, _BATCH, ignore_conflicts=True)
    goods.filter(sku__endswith="17-1").update(min_quantity=_LEAST)
    goods.filter(sku__endswith="27-1").update(max_quantity=20)
    _write_provinces()


def _tiers(price_minor: int) -> list[tuple[int, int]]:
    """Return a variant's tiers, rounded down to 10 fen; none where rounding would make two of them the same."""
    tiers = [(quantity, price_minor * hundredths // 1000 * 10) for quantity, hundredths in _STEPS]
    return [] if bad_tiers(price_minor, tiers) else tiers


def _write_provinces() -> None:
    """Let every third frozen product go no further than the part of the country whose codes begin like its own."""
    frozen = Product.objects.filter(storage=Product.Storage.FROZEN)
    for first in sorted({code[0] for code in PROVINCES}):
        near = [code for code in PROVINCES if code[0] == first]
        some = frozen.filter(region__province_code__startswith=first, variants__sku__regex=r"[0369]-1$")
        Product.objects.filter(pk__in=some.values("pk")).update(sales_provinces=near)
