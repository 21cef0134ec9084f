"""What belongs to several products at once, in one or two queries whatever their number; for the API's loaders."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from catalog.models import AidedRegion, CertificateProduct, Product, ProductCard, ProductVariant
from catalog.selectors.listings import CARD_FIELDS, card_from_row
from catalog.selectors.places import region_view
from catalog.selectors.products import certificate_view
from catalog.selectors.stock import available_by_variant
from catalog.selectors.variants import variant_views
from catalog.selectors.views import Card, CertificateView, MerchantView, RegionView, VariantView


@dataclass(frozen=True, slots=True)
class ProductText:
    """The parts of a product that its card leaves out."""

    description_zh: str
    description_en: str
    storage: str
    shelf_life_days: int | None
    published_at: datetime
    updated_at: datetime
    merchant: MerchantView


def cards_in_any_state(*, product_ids: Iterable[int] = (), slugs: Iterable[str] = ()) -> dict[int, Card]:
    """Return cards by product, also those that may not be sold now; drafts have none (two queries)."""
    rows = list(
        ProductCard.objects.filter(Q(product_id__in=list(product_ids)) | Q(slug__in=list(slugs)))
        .exclude(product__status=Product.Status.DRAFT)
        .values_list(*CARD_FIELDS)
    )
    variant = CARD_FIELDS.index("variant_id")
    units = available_by_variant(row[variant] for row in rows) if rows else {}
    return {row[0]: card_from_row(row, units) for row in rows}


def texts_of(product_ids: Iterable[int]) -> dict[int, ProductText]:
    """Return descriptions, storage, dates and merchants by product (one query)."""
    rows = Product.objects.filter(pk__in=list(product_ids)).select_related("merchant")
    return {
        row.pk: ProductText(
            row.description_zh,
            row.description_en,
            row.storage,
            row.shelf_life_days,
            row.published_at,
            row.updated_at,
            MerchantView(
                row.merchant.pk,
                row.merchant.slug,
                row.merchant.name_zh,
                row.merchant.name_en,
                row.merchant.producer_type,
                row.merchant.shipping_fee_minor,
            ),
        )
        for row in rows
    }


def variants_of(product_ids: Iterable[int]) -> dict[int, tuple[VariantView, ...]]:
    """Return the variants of each product in the shop's order (two queries)."""
    grouped: dict[int, list[VariantView]] = defaultdict(list)
    for product_id, view in variant_views(Q(product__in=list(product_ids))):
        grouped[product_id].append(view)
    return {key: tuple(views) for key, views in grouped.items()}


def variants_by_id(variant_ids: Iterable[int]) -> dict[int, tuple[int, VariantView]]:
    """Return (product's id, variant) by variant (two queries); drafts are left out."""
    wanted = Q(pk__in=list(variant_ids)) & ~Q(product__status=Product.Status.DRAFT)
    return {view.id: (product_id, view) for product_id, view in variant_views(wanted)}


def variant_id_of_sku(sku: str) -> int | None:
    """Return the variant that has this stock-keeping unit, or None (one query)."""
    return ProductVariant.objects.filter(sku=sku).values_list("pk", flat=True).first()


def certificates_of(product_ids: Iterable[int], *, at: datetime) -> dict[int, tuple[CertificateView, ...]]:
    """Return each product's certificates with their state at `at`, in the order of its page (one query)."""
    rows = (
        CertificateProduct.objects.filter(product__in=list(product_ids))
        .select_related("certificate", "certificate__scheme", "certificate__region")
        .order_by("-certificate__scheme__admits_sale", "-certificate__valid_until", "certificate__number")
    )
    grouped: dict[int, list[CertificateView]] = defaultdict(list)
    for row in rows:
        grouped[row.product_id].append(certificate_view(row, at))
    return {key: tuple(views) for key, views in grouped.items()}


def regions_by_slug(slugs: Iterable[str]) -> dict[str, RegionView]:
    """Return aided regions by slug, without their numbers of products (one query)."""
    return {row.slug: region_view(row) for row in AidedRegion.objects.filter(slug__in=list(slugs))}
