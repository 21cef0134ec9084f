"""What the demo's past orders were made of: goods that were on sale during the whole month."""

from catalog.models import CertificateProduct, Product, ProductVariant
from storefront.demo.certificates import AID
from storefront.demo.plan import ZONE, Plan
from storefront.demo.products import NEWEST_DAYS
from storefront.demo.sales import Offer

MOST_PRODUCTS = 8000  # enough for any number of orders, and little memory at any number of products


def read_offers(plan: Plan) -> list[Offer]:
    """Return the offers, in the order in which they were made."""
    products = list(
        Product.objects.sellable(at=plan.day(0))
        .filter(published_at__lt=plan.day(-NEWEST_DAYS), variants__stocks__isnull=False)
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST_PRODUCTS]
    )
    certificates = _certificates(plan, products)
    in_zone = set(Product.objects.filter(pk__in=products, tags__tag=ZONE).values_list("pk", flat=True))
    rows = ProductVariant.objects.filter(product__in=products, stocks__isnull=False).order_by("pk")
    return [
        Offer(*[*row, certificates[product], product in in_zone])
        for product, *row in rows.values_list("product", *_COLUMNS)
        if product in certificates
    ]


_COLUMNS = (
    "pk",
    "stocks__pk",
    "product",
    "product__slug",
    "product__kind",
    "product__art_seed",
    "product__name_zh",
    "product__name_en",
    "name_zh",
    "name_en",
    "sku",
    "product__line_kind",
    "product__category__slug",
    "product__region",
    "product__merchant",
    "price_minor",
)


def _certificates(plan: Plan, products: list[int]) -> dict[int, int]:
    """Return the certificate of each product that spoke for it through the whole month."""
    rows = CertificateProduct.objects.filter(
        product__in=products,
        certificate__scheme__slug=AID,
        certificate__revoked_at=None,
        certificate__approved_at__lte=plan.day(-NEWEST_DAYS),
        certificate__valid_from__lte=plan.day(-NEWEST_DAYS),
        certificate__valid_until__gt=plan.day(0),
    )
    return dict(rows.values_list("product", "certificate"))
