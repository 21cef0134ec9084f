"""What belongs to several products at once, in one or two queries whatever their number; for the API's loaders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from catalog.models import AidedRegion, Product, ProductCard, ProductVariant
from catalog.prepared import Prepared
from catalog.selectors.certificates import certificates_of
from catalog.selectors.labels import LABEL_COLUMNS, label_view
from catalog.selectors.listings import CARD_FIELDS, card_from_row
from catalog.selectors.media import media_of
from catalog.selectors.merchants import MERCHANT_COLUMNS, merchant_view, with_newest_report
from catalog.selectors.places import region_view, sellable_cards
from catalog.selectors.stock import available_by_product
from catalog.selectors.variants import tiers_of, variants_by_id, variants_of
from catalog.selectors.views import Card, FoodLabelView, MerchantView, RegionView

__all__ = [
    "ProductText",
    "cards_in_any_state",
    "certificates_of",
    "media_of",
    "product_counts",
    "regions_by_slug",
    "texts_of",
    "tiers_of",
    "variant_id_of_sku",
    "variants_by_id",
    "variants_of",
]


@dataclass(frozen=True, slots=True)
class ProductText:
    """The parts of a product that its card leaves out."""

    description_zh: str
    description_en: str
    storage: str
    shelf_life_days: int | None
    published_at: datetime
    updated_at: datetime
    processing: str
    dispatch_hours: int
    return_rule: str
    sales_provinces: list[str]
    food_label: FoodLabelView | None
    merchant: MerchantView


_CARDS = ProductCard.objects.exclude(product__status__in=Product.UNPUBLISHED).values_list(*CARD_FIELDS)
_CARDS_BY_ID = Prepared(lambda ids: _CARDS.filter(product_id__in=ids))
_CARDS_BY_SLUG = Prepared(lambda slugs: _CARDS.filter(slug__in=slugs))
_TEXTS = Prepared(
    lambda ids: with_newest_report(Product.objects.filter(pk__in=ids)).values_list(
        "pk",
        "description_zh",
        "description_en",
        "storage",
        "shelf_life_days",
        "published_at",
        "updated_at",
        "processing",
        "dispatch_hours",
        "return_rule",
        "sales_provinces",
        *LABEL_COLUMNS,
        *MERCHANT_COLUMNS,
    )
)


def cards_in_any_state(*, product_ids: Iterable[int] = (), slugs: Iterable[str] = ()) -> dict[int, Card]:
    """Return cards by product, also those that may not be sold now; drafts have none (two or three queries)."""
    rows = _CARDS_BY_ID.rows(list(product_ids)) + _CARDS_BY_SLUG.rows(list(slugs))
    units = available_by_product(row[0] for row in rows)
    return {row[0]: card_from_row(row, units) for row in rows}


def texts_of(product_ids: Iterable[int]) -> dict[int, ProductText]:
    """Return descriptions, promises, food labels, dates and merchants by product (one query)."""
    rows = _TEXTS.rows(list(product_ids))
    return {row[0]: _text(row[1:]) for row in rows}


def _text(row: tuple) -> ProductText:
    own, label, merchant = row[:10], row[10 : 10 + len(LABEL_COLUMNS)], row[10 + len(LABEL_COLUMNS) :]
    return ProductText(*(*own, label_view(label), merchant_view(merchant)))


def variant_id_of_sku(sku: str) -> int | None:
    """Return the variant that has this stock-keeping unit, or None (one query)."""
    return ProductVariant.objects.filter(sku=sku).values_list("pk", flat=True).first()


def regions_by_slug(slugs: Iterable[str]) -> dict[str, RegionView]:
    """Return aided regions by slug, without their numbers of products (one query)."""
    return {row.slug: region_view(row) for row in AidedRegion.objects.filter(slug__in=list(slugs))}


def product_counts(region_slugs: Iterable[str], *, at: datetime) -> dict[str, int]:
    """Return the number of sellable products by region; a region without any is left out (one query)."""
    rows = sellable_cards(at).filter(region_slug__in=list(region_slugs))
    return dict(rows.values_list("region_slug").annotate(Count("pk")))
