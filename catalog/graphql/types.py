"""The catalogue's types. Those with Saleor's names have Saleor's fields and nullability; the others are the shop's own.

Resolvers get the frozen rows of `nodes` (`loaders.product(id)`, `loaders.variant(id)`); what a row does not hold is
asked of `info.context.loaders`.
"""

from urllib.parse import quote

import graphene
from django.conf import settings

from catalog import descriptions
from catalog.graphql.assurances import FoodLabel, Merchant
from catalog.graphql.base import MetadataItem, TaxedMoney, global_id, metadata
from catalog.graphql.certificates import Certificate
from catalog.graphql.enums import LanguageCodeEnum, Processing, ReturnRule, ThumbnailFormatEnum, WeightUnitsEnum
from catalog.graphql.media import ProductMedia, picture_url
from catalog.graphql.nodes import VariantPricing, price
from catalog.graphql.pages import connection_of
from catalog.pictures import LEAST_WIDTH

_QUANTITY_SHOWN = 50  # as in Saleor: the API says how much one may order, not how much a merchant has
_LANGUAGES = {
    "en": "English",
    "zh": "中文",
    "zh-hans": "简体中文",
    "zh-hans-cn": "简体中文（中国）",
    "zh-hant": "繁體中文",
}


class Image(graphene.ObjectType):
    """A picture."""

    url = graphene.String(required=True)
    alt = graphene.String()


class Weight(graphene.ObjectType):
    """A weight with its unit."""

    unit = WeightUnitsEnum(required=True)
    value = graphene.Float(required=True)


class TaxedMoneyRange(graphene.ObjectType):
    """The lowest and the highest price."""

    start = graphene.Field(TaxedMoney)
    stop = graphene.Field(TaxedMoney)


class ProductPricingInfo(graphene.ObjectType):
    """The prices of a product's variants."""

    on_sale = graphene.Boolean()
    display_gross_prices = graphene.Boolean(required=True)
    price_range = graphene.Field(TaxedMoneyRange)
    price_range_undiscounted = graphene.Field(TaxedMoneyRange)


class VariantPricingInfo(graphene.ObjectType):
    """The price of a variant."""

    on_sale = graphene.Boolean()
    price = graphene.Field(TaxedMoney)
    price_undiscounted = graphene.Field(TaxedMoney)


class PageInfo(graphene.ObjectType):
    """Where a page lies in its list."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


class LanguageDisplay(graphene.ObjectType):
    """A language and its name."""

    code = LanguageCodeEnum(required=True)
    language = graphene.String(required=True)


def _language(code: LanguageCodeEnum) -> LanguageDisplay:
    return LanguageDisplay(code=code, language=_LANGUAGES[code.value])


def _in_language(row, code: LanguageCodeEnum) -> str:
    return row.name_en if code == LanguageCodeEnum.EN else row.name_zh


class ProductTranslation(graphene.ObjectType):
    """A product's name in another language."""

    id = graphene.ID(required=True)
    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String()


class ProductVariantTranslation(graphene.ObjectType):
    """A variant's name in another language."""

    id = graphene.ID(required=True)
    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String(required=True)


class Category(graphene.ObjectType):
    """A shelf of the shop."""

    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    level = graphene.Int(required=True)


class AidedRegion(graphene.ObjectType):
    """A county whose goods may count as aid. Codes are those of GB/T 2260."""

    slug = graphene.String(required=True)
    code = graphene.String(required=True)
    name = graphene.String(required=True)
    prefecture = graphene.String(required=True)
    province = graphene.String(required=True)
    province_code = graphene.String(required=True)
    exit_year = graphene.Int(required=True, description="The year in which it left the list of poor counties.")
    is_key_county = graphene.Boolean(description="Null: not stated in a source that could be read.")
    product_count = graphene.Int(required=True, description="Products that may be sold now.")

    @staticmethod
    def resolve_product_count(node, info):
        """Count a whole page of regions in one query."""
        return info.context.loaders.product_count(node.slug)


class PriceTier(graphene.ObjectType):
    """From so many units in one order each unit costs less."""

    minimum_quantity = graphene.Int(required=True)
    price = graphene.Field(TaxedMoney, required=True)


class ProductVariant(graphene.ObjectType):
    """One size of a product: what is put into a cart.."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    sku = graphene.String()
    product = graphene.Field(lambda: Product, required=True)
    track_inventory = graphene.Boolean(required=True)
    weight = graphene.Field(Weight)
    pricing = graphene.Field(VariantPricingInfo)
    quantity_available = graphene.Int()
    quantity_limit_per_customer = graphene.Int(description="How many one order may hold; null: no limit of its own.")
    min_quantity = graphene.Int(required=True, description="How many an order must hold, if it holds any.")
    price_tiers = graphene.List(
        graphene.NonNull(PriceTier), required=True, description="Prices by quantity; `pricing` is that of one unit."
    )
    metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)
    translation = graphene.Field(
        ProductVariantTranslation, language_code=graphene.Argument(LanguageCodeEnum, required=True)
    )
    availability = graphene.String(required=True, description='"in", "low:N" (N units are left) or "out".')
    price_per_500g = graphene.String(name="pricePer500g", description="Yuan for a pound (500 g), as a decimal string.")

    @staticmethod
    def resolve_product(node, info):
        """Load the products of a whole page together."""
        return info.context.loaders.product(node.product_key)

    @staticmethod
    def resolve_weight(node, info):
        """Say it in grams; a service has no weight."""
        return Weight(unit="g", value=float(node.weight_grams)) if node.weight_grams else None

    @staticmethod
    def resolve_pricing(node, info):
        """Return the price of a single unit."""
        return VariantPricing(price(node.price_minor), price(node.price_minor))

    @staticmethod
    def resolve_price_tiers(node, info):
        """Load the tiers of a whole page together."""
        return info.context.loaders.tiers_of(node.key)

    @staticmethod
    def resolve_quantity_available(node, info):
        """Say how much may be ordered, at most 50 as in Saleor."""
        return min(node.quantity_available, _QUANTITY_SHOWN)

    @staticmethod
    def resolve_metadata(node, info):
        """Variants carry none yet."""
        return ()

    @staticmethod
    def resolve_translation(node, info, language_code):
        """Return the name in that language."""
        name = _in_language(node, language_code)
        return ProductVariantTranslation(id=node.id, language=_language(language_code), name=name)


class ProductVariantCountableEdge(graphene.ObjectType):
    """A variant in a list."""

    node = graphene.Field(ProductVariant, required=True)
    cursor = graphene.String(required=True)


class ProductVariantCountableConnection(graphene.ObjectType):
    """A list of variants."""

    page_info = graphene.Field(PageInfo, required=True)
    edges = graphene.List(graphene.NonNull(ProductVariantCountableEdge), required=True)
    total_count = graphene.Int()


class Product(graphene.ObjectType):
    """Something a merchant offers.."""

    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    description = graphene.JSONString(description="The text as an EditorJS document.")
    category = graphene.Field(Category)
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    thumbnail = graphene.Field(
        Image,
        size=graphene.Int(),
        format=graphene.Argument(ThumbnailFormatEnum, default_value=ThumbnailFormatEnum.ORIGINAL),
    )
    media = graphene.List(graphene.NonNull(ProductMedia), description="Uploaded pictures, the first one first.")
    pricing = graphene.Field(ProductPricingInfo)
    is_available = graphene.Boolean(description="Whether it may be sold now and there is some.")
    is_available_for_purchase = graphene.Boolean(description="Whether it may be sold now: merchant and certificate.")
    default_variant = graphene.Field(ProductVariant)
    variants = graphene.List(graphene.NonNull(ProductVariant), deprecation_reason="Use `productVariants`.")
    product_variants = graphene.Field(ProductVariantCountableConnection, first=graphene.Int(), after=graphene.String())
    metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)
    translation = graphene.Field(ProductTranslation, language_code=graphene.Argument(LanguageCodeEnum, required=True))
    spec = graphene.String(required=True, description="The size that the lowest price is for.")
    kind = graphene.String(required=True)
    line_kind = graphene.String(required=True, description='"goods" or "service".')
    county = graphene.String(required=True)
    prefecture = graphene.String(required=True)
    province = graphene.String(required=True)
    is_key_county = graphene.Boolean(required=True)
    region = graphene.Field(AidedRegion)
    merchant = graphene.Field(Merchant, required=True)
    certificates = graphene.List(graphene.NonNull(Certificate), required=True)
    badges = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Schemes of the certificates that hold."
    )
    tags = graphene.List(graphene.NonNull(graphene.String), required=True, description="Slugs of its zones.")
    availability = graphene.String(required=True, description='"in", "low:N" (N units are left) or "out".')
    price_per_500g = graphene.String(name="pricePer500g", description="Yuan for a pound (500 g), as a decimal string.")
    sellable_until = graphene.DateTime(description="When its certificate or its merchant's approval ends.")
    storage = graphene.String(required=True)
    shelf_life_days = graphene.Int()
    dispatch_hours = graphene.Int(required=True, description="Hours from payment to the courier, as promised.")
    return_rule = ReturnRule(required=True)
    sales_provinces = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Codes of the provinces that it is delivered to; empty: to all.",
    )
    processing = Processing(required=True)
    food_label = graphene.Field(FoodLabel, description="Null for what is no food.")

    @staticmethod
    def resolve_description(node, info):
        """Return the text in the reader's language, a paragraph for each of its lines."""
        text = info.context.loaders.text_of(node.key)
        words = text.description_en if info.context.english else text.description_zh
        blocks = descriptions.blocks(words)
        return {"blocks": blocks} if blocks else None

    @staticmethod
    def resolve_created(node, info):
        """Say since when it is published."""
        return info.context.loaders.text_of(node.key).published_at

    @staticmethod
    def resolve_updated_at(node, info):
        """Say when it was changed last."""
        return info.context.loaders.text_of(node.key).updated_at

    @staticmethod
    def resolve_thumbnail(node, info, size=None, format=None):
        """Return the first picture in a kept size, at least `size` px wide where there is one; else the drawing."""
        if node.picture:
            return Image(url=picture_url(node.picture, LEAST_WIDTH, size or LEAST_WIDTH, format), alt=node.name)
        return Image(url=f"{settings.PUBLIC_URL}/art/{quote(node.kind)}/{node.art_seed}.svg", alt=node.name)

    @staticmethod
    def resolve_media(node, info):
        """Load the pictures of a whole page together."""
        return info.context.loaders.media_of(node.key)

    @staticmethod
    def resolve_default_variant(node, info):
        """Return the cheapest variant, the one that the list offers."""
        variants = info.context.loaders.variants_of(node.key)
        return next((variant for variant in variants if variant.key == node.variant_key), None)

    @staticmethod
    def resolve_variants(node, info):
        """Load the variants of a whole page together."""
        return info.context.loaders.variants_of(node.key)

    @staticmethod
    def resolve_product_variants(node, info, first=None, after=None):
        """Return a page of the variants."""
        return connection_of(info.context.loaders.variants_of(node.key), first, after, info.context)

    @staticmethod
    def resolve_metadata(node, info):
        """Return what other shops' clients may want to show of the origin."""
        return metadata({"region": node.region_slug, "provinceCode": node.province_code, "zones": ",".join(node.tags)})

    @staticmethod
    def resolve_translation(node, info, language_code):
        """Return the name in that language."""
        name = _in_language(node, language_code)
        return ProductTranslation(
            id=global_id("ProductTranslation", node.key), language=_language(language_code), name=name
        )

    @staticmethod
    def resolve_region(node, info):
        """Load the regions of a whole page together."""
        return info.context.loaders.region(node.region_slug)

    @staticmethod
    def resolve_merchant(node, info):
        """Load the merchants of a whole page together."""
        return info.context.loaders.text_of(node.key).merchant

    @staticmethod
    def resolve_certificates(node, info):
        """Load the certificates of a whole page together."""
        return info.context.loaders.certificates_of(node.key)

    @staticmethod
    def resolve_storage(node, info):
        """Say how it is kept."""
        return info.context.loaders.text_of(node.key).storage

    @staticmethod
    def resolve_shelf_life_days(node, info):
        """Say how long it keeps."""
        return info.context.loaders.text_of(node.key).shelf_life_days

    @staticmethod
    def resolve_dispatch_hours(node, info):
        """Say how soon it leaves."""
        return info.context.loaders.text_of(node.key).dispatch_hours

    @staticmethod
    def resolve_return_rule(node, info):
        """Say whether it may be sent back without a reason."""
        return info.context.loaders.text_of(node.key).return_rule

    @staticmethod
    def resolve_sales_provinces(node, info):
        """Say where it is delivered to."""
        return info.context.loaders.text_of(node.key).sales_provinces

    @staticmethod
    def resolve_processing(node, info):
        """Say how far it is processed."""
        return info.context.loaders.text_of(node.key).processing

    @staticmethod
    def resolve_food_label(node, info):
        """Load the labels of a whole page together."""
        return info.context.loaders.text_of(node.key).food_label
