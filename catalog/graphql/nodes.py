"""What the API's fields read: frozen rows, already in the reader's language, so that plain fields need no resolver."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from catalog.graphql.base import TaxedMoney, global_id, taxed
from catalog.money import to_decimal
from catalog.selectors.certificate_pages import CertificatePage
from catalog.selectors.views import Card, CategoryView, CertificateView, MediaView, RegionView, VariantView


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Saleor's TaxedMoneyRange."""

    start: TaxedMoney
    stop: TaxedMoney


@dataclass(frozen=True, slots=True)
class ProductPricing:
    """Saleor's ProductPricingInfo; there are no reductions yet."""

    price_range: PriceRange
    price_range_undiscounted: PriceRange
    on_sale: bool = False
    display_gross_prices: bool = True


@dataclass(frozen=True, slots=True)
class VariantPricing:
    """Saleor's VariantPricingInfo; there are no reductions yet."""

    price: TaxedMoney
    price_undiscounted: TaxedMoney
    on_sale: bool = False


# Answers repeat a small number of prices; the objects are never changed.
price = lru_cache(maxsize=4096)(taxed)


@lru_cache(maxsize=4096)
def pricing(low_minor: int, high_minor: int) -> ProductPricing:
    """Return the range of a product's prices (fen)."""
    span = PriceRange(price(low_minor), price(high_minor))
    return ProductPricing(span, span)


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A shelf of the shop. The shop's shelves have no levels."""

    id: str
    slug: str
    name: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class RegionNode:
    """An aided region: a county, with its prefecture and province."""

    slug: str
    code: str
    name: str
    prefecture: str
    province_code: str
    province: str
    exit_year: int
    is_key_county: bool | None


@dataclass(frozen=True, slots=True)
class CertificateNode:
    """A certificate as it covers one product; asked by its number, with the names of all that it covers."""

    key: int
    number: str
    scheme: str
    scheme_slug: str
    admits_sale: bool
    issuer: str
    certified_name: str
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None
    status: str


@dataclass(frozen=True, slots=True)
class PriceTierNode:
    """From how many units of one order each costs how much."""

    minimum_quantity: int
    price: TaxedMoney


@dataclass(frozen=True, slots=True)
class MediaNode:
    """A picture of a product; `width` (px) says which sizes of it are kept."""

    id: str
    token: str
    width: int
    alt: str
    sort_order: int
    type: str = "IMAGE"


@dataclass(frozen=True, slots=True)
class VariantNode:
    """One size of a product."""

    id: str
    key: int
    product_key: int
    name: str
    name_zh: str
    name_en: str
    sku: str
    price_minor: int
    price_per_500g: str | None
    weight_grams: int
    quantity_available: int
    availability: str
    min_quantity: int
    quantity_limit_per_customer: int | None
    track_inventory: bool = True


@dataclass(frozen=True, slots=True)
class ProductNode:
    """A product as its card tells of it. `key` is its primary key; relations are found by it."""

    id: str
    key: int
    slug: str
    name: str
    name_zh: str
    name_en: str
    spec: str
    kind: str
    art_seed: int
    picture: str
    line_kind: str
    category: CategoryNode
    merchant: str
    region_slug: str
    county: str
    prefecture: str
    province: str
    province_code: str
    is_key_county: bool
    variant_key: int
    pricing: ProductPricing
    price_per_500g: str | None
    badges: tuple[str, ...]
    tags: tuple[str, ...]
    availability: str
    is_available: bool
    is_available_for_purchase: bool
    sellable_until: datetime | None


def decimal_string(minor: int) -> str:
    """Return fen as yuan in a decimal string: 5990 → "59.90"."""
    return str(to_decimal(minor))


def decimal_or_none(minor: int | None) -> str | None:
    """Return fen as yuan in a decimal string, or None where there is no amount."""
    return None if minor is None else decimal_string(minor)


@lru_cache(maxsize=1024)
def category_node(slug: str, name: str) -> CategoryNode:
    """Return a category in the reader's language; its slug is its key."""
    return CategoryNode(global_id("Category", slug), slug, name)


def category_of(view: CategoryView, *, english: bool) -> CategoryNode:
    """Return a category as a selector gives it."""
    return category_node(view.slug, view.name_en if english else view.name_zh)


def product_node(card: Card, *, at: datetime, english: bool) -> ProductNode:
    """Return a card in the reader's language, and whether it may be bought at `at`."""
    sellable = bool(card.sellable_from and card.sellable_until and card.sellable_from <= at < card.sellable_until)
    return ProductNode(
        global_id("Product", card.product_id),
        card.product_id,
        card.slug,
        card.name_en if english else card.name_zh,
        card.name_zh,
        card.name_en,
        card.spec_en if english else card.spec_zh,
        card.kind,
        card.art_seed,
        card.picture,
        card.line_kind,
        category_node(card.category_slug, card.category_en if english else card.category_zh),
        card.merchant_en if english else card.merchant_zh,
        card.region_slug,
        card.county_en if english else card.county_zh,
        card.prefecture_en if english else card.prefecture_zh,
        card.province_en if english else card.province_zh,
        card.province_code,
        card.is_key_county,
        card.variant_id,
        pricing(card.price_minor, card.price_max_minor),
        decimal_or_none(card.price_per_500g_minor),
        card.badges,
        card.tags,
        card.availability,
        sellable and card.availability != "out",
        sellable,
        card.sellable_until if sellable else None,
    )


def variant_node(view: VariantView, product_id: int, *, english: bool) -> VariantNode:
    """Return a variant in the reader's language."""
    return VariantNode(
        global_id("ProductVariant", view.id),
        view.id,
        product_id,
        view.name_en if english else view.name_zh,
        view.name_zh,
        view.name_en,
        view.sku,
        view.price_minor,
        decimal_or_none(view.price_per_500g_minor),
        view.weight_grams,
        max(0, view.available),
        view.availability,
        view.min_quantity,
        view.max_quantity,
    )


def media_node(view: MediaView, place: int, *, english: bool) -> MediaNode:
    """Return a picture in the reader's language; `place` is its number among the product's, from 0."""
    first, second = (view.alt_en, view.alt_zh) if english else (view.alt_zh, view.alt_en)
    return MediaNode(global_id("ProductMedia", view.id), view.token, view.width, first or second, place)


def certificate_node(view: CertificateView, *, english: bool) -> CertificateNode:
    """Return a certificate in the reader's language."""
    return CertificateNode(
        view.id,
        view.number,
        view.scheme_en if english else view.scheme_zh,
        view.scheme_slug,
        view.admits_sale,
        view.issuer_en if english else view.issuer_zh,
        view.certified_name,
        view.valid_from,
        view.valid_until,
        view.revoked_at,
        view.state.upper(),
    )


def certificate_node_of(page: CertificatePage, *, english: bool) -> CertificateNode:
    """Return a certificate that was asked by its number, in the reader's language."""
    row = page.certificate
    return CertificateNode(
        row.pk,
        row.number,
        row.scheme.name_en if english else row.scheme.name_zh,
        row.scheme.slug,
        row.scheme.admits_sale,
        (row.issuer_en or row.issuer_zh) if english else row.issuer_zh,
        "、".join(each.certified_name for each in page.covered),
        row.valid_from,
        row.valid_until,
        row.revoked_at,
        page.state.upper(),
    )


def region_node(view: RegionView, *, english: bool) -> RegionNode:
    """Return an aided region in the reader's language."""
    return RegionNode(
        view.slug,
        view.code,
        view.name_en if english else view.name_zh,
        view.prefecture_en if english else view.prefecture_zh,
        view.province_code,
        view.province_en if english else view.province_zh,
        view.exit_year,
        view.is_key_county,
    )
