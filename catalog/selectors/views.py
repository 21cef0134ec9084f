"""What pages and the API are given: frozen data. Money in fen (CNY), times in UTC; names in both languages."""

from dataclasses import dataclass, field
from datetime import date, datetime

from catalog.search.types import Cursor, Facet


@dataclass(frozen=True, slots=True)
class Card:
    """A product as a list shows it. `availability` over all its sizes: "in", "low:N" (units) or "out".

    `picture` is the token of its first picture, empty where there is none and its drawing is shown.
    """

    product_id: int
    slug: str
    name_zh: str
    name_en: str
    spec_zh: str
    spec_en: str
    kind: str
    art_seed: int
    picture: str
    line_kind: str
    category_slug: str
    category_zh: str
    category_en: str
    merchant_zh: str
    merchant_en: str
    region_slug: str
    county_zh: str
    county_en: str
    prefecture_zh: str
    prefecture_en: str
    province_code: str
    province_zh: str
    province_en: str
    is_key_county: bool
    variant_id: int
    price_minor: int
    price_max_minor: int
    price_per_500g_minor: int | None
    badges: tuple[str, ...]
    tags: tuple[str, ...]
    sold_quantity: int
    sellable_from: datetime
    sellable_until: datetime
    availability: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `pages` is bounded by DEPTH_MAX. `sellable_until`: when its first card stops being sold.

    `relaxed` is what was really searched; `is_corrected` when only slips of typing were mended. `marks` are the words
    to mark in names, `cursors` the places of the products in the list, `end` the one to go on from (empty at the end).
    """

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[Facet, ...]]
    relaxed: str
    sellable_until: datetime | None
    degraded: bool = False
    sort: str = "relevance"
    is_corrected: bool = False
    marks: tuple[str, ...] = ()
    cursors: dict[int, Cursor] = field(default_factory=dict)
    end: Cursor = ()


@dataclass(frozen=True, slots=True)
class WayOut:
    """What of a query to give up (the name of a filter, "price" or "text"), and how many products that finds."""

    name: str
    total: int


@dataclass(frozen=True, slots=True)
class VariantView:
    """One size of a product. `available` counts units that can be promised now; `availability` puts it in words.

    An order holds from `min_quantity` to `max_quantity` (None: no own limit) units.
    """

    id: int
    sku: str
    name_zh: str
    name_en: str
    price_minor: int
    weight_grams: int
    min_quantity: int
    max_quantity: int | None
    price_per_500g_minor: int | None
    available: int
    availability: str


@dataclass(frozen=True, slots=True)
class MediaView:
    """One picture of a product: its files' token, the original's size (px), what it shows in both languages."""

    id: int
    token: str
    width: int
    height: int
    alt_zh: str
    alt_en: str


@dataclass(frozen=True, slots=True)
class CertificateView:
    """One certificate as it covers this product. `state`: pending, valid, expiring (30 days), expired, revoked."""

    id: int
    number: str
    scheme_slug: str
    scheme_zh: str
    scheme_en: str
    admits_sale: bool
    issuer_zh: str
    issuer_en: str
    certified_name: str
    scope: str
    valid_from: datetime
    valid_until: datetime
    approved_at: datetime | None
    revoked_at: datetime | None
    region_slug: str
    region_zh: str
    region_en: str
    region_code: str
    state: str


@dataclass(frozen=True, slots=True)
class BenefitView:
    """What a merchant does for farming households, as its newest report says. `period_until` is the day after."""

    mode: str
    households: int
    period_from: date
    period_until: date
    reporter_zh: str
    reporter_en: str
    reported_on: date


@dataclass(frozen=True, slots=True)
class MerchantView:
    """Who sells. The flat fee is what one order of this merchant's goods costs to ship.

    `producer_zh`/`_en` name the producer that an agent sells for; they are empty for one that produces itself.
    `benefit` is None while nothing was reported.
    """

    id: int
    slug: str
    name_zh: str
    name_en: str
    producer_type: str
    producer_zh: str
    producer_en: str
    shipping_fee_minor: int
    benefit: BenefitView | None


@dataclass(frozen=True, slots=True)
class RegionView:
    """An aided region, with the number of its sellable products where the selector counts them (else 0)."""

    id: int
    slug: str
    code: str
    name_zh: str
    name_en: str
    prefecture_zh: str
    prefecture_en: str
    province_code: str
    province_zh: str
    province_en: str
    exit_year: int
    is_key_county: bool | None
    products: int = 0


@dataclass(frozen=True, slots=True)
class ProvinceView:
    """A province with aided regions: how many of them, and how many sellable products."""

    code: str
    name_zh: str
    name_en: str
    regions: int
    products: int


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A shelf of the shop."""

    slug: str
    name_zh: str
    name_en: str
    position: int


@dataclass(frozen=True, slots=True)
class FoodLabelView:
    """What a food's label says, in both languages; a text is empty where the label has none."""

    ingredients_zh: str
    ingredients_en: str
    allergens_zh: str
    allergens_en: str
    storage_zh: str
    storage_en: str
    licence_number: str
    standard: str


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """All of one product's page. When not `sellable`, `reason` is one of REASONS and nothing may be bought.

    `tiers` are (from how many units, unit price in fen) by variant, for those that have any.
    """

    id: int
    slug: str
    kind: str
    art_seed: int
    line_kind: str
    name_zh: str
    name_en: str
    description_zh: str
    description_en: str
    storage: str
    shelf_life_days: int | None
    processing: str
    dispatch_hours: int
    return_rule: str
    sales_provinces: list[str]
    status: str
    published_at: datetime
    category: CategoryView
    merchant: MerchantView
    region: RegionView
    food_label: FoodLabelView | None
    variants: tuple[VariantView, ...]
    tiers: dict[int, tuple[tuple[int, int], ...]]
    media: tuple[MediaView, ...]
    certificates: tuple[CertificateView, ...]
    tags: tuple[str, ...]
    sold_quantity: int
    sellable: bool
    reason: (
        str  # "", "not_on_sale", "merchant_not_approved", "not_certified", "certificate_expired", "certificate_revoked"
    )
    sellable_until: datetime | None
