"""What is sold: categories, products, variants, dated tags, and the prepared card of each product."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import Merchant, MerchantApproval
from catalog.models.region import AidedRegion, Dated


class LineKind(models.TextChoices):
    """Goods are shipped; services (rural tourism) are taken on the spot."""

    GOODS = "goods"
    SERVICE = "service"


class Category(models.Model):
    """A shelf of the shop."""

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name_zh


class ProductQuerySet(models.QuerySet):
    """Products, and which of them may be sold."""

    def admitted(self, *, at: datetime) -> "ProductQuerySet":
        """Return the products whose merchant is approved and that are certified at `at` (UTC), on sale or not."""
        from catalog.models.certificate import CertificateProduct

        approved = MerchantApproval.objects.at(at).filter(merchant=OuterRef("merchant"))
        certified = CertificateProduct.objects.filter(
            Q(certificate__revoked_at=None) | Q(certificate__revoked_at__gt=at),
            product=OuterRef("pk"),
            certificate__scheme__admits_sale=True,
            certificate__approved_at__lte=at,
            certificate__valid_from__lte=at,
            certificate__valid_until__gt=at,
        )
        return self.filter(Exists(approved), Exists(certified))

    def sellable(self, *, at: datetime) -> "ProductQuerySet":
        """Return the products that may be bought at `at` (UTC): on sale, merchant approved, certified (rule 9)."""
        return self.admitted(at=at).filter(status=Product.Status.ON_SALE)


class Product(models.Model):
    """Something a merchant offers. Whether it may be bought now is asked of `Product.objects.sellable(at=…)`."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        ON_SALE = "on_sale"
        PAUSED = "paused"
        WITHDRAWN = "withdrawn"

    UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)  # nobody but its merchant and the office has seen it
    PUBLISHED = (Status.ON_SALE, Status.PAUSED)

    class Storage(models.TextChoices):
        AMBIENT = "ambient"
        CHILLED = "chilled"
        FROZEN = "frozen"
        NONE = "none"

    class ReturnRule(models.TextChoices):
        """Whether seven-day no-reason return is due. Fresh and perishable goods are outside it, and so are dated
        services (Consumer Protection Law of the PRC, article 25); the buyer is asked to confirm that when ordering."""

        SEVEN_DAYS = "seven_days"
        EXCLUDED = "excluded"

    class Processing(models.TextChoices):
        """How far food is processed. Primary farm produce needs no food production licence; the others do."""

        PRIMARY = "primary"
        SEMI_FINISHED = "semi_finished"
        READY_TO_COOK = "ready_to_cook"
        DEEP_PROCESSED = "deep_processed"
        NOT_FOOD = "not_food"

    slug = models.SlugField(max_length=80, unique=True)
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="products")
    code = models.CharField(max_length=40, blank=True)  # the merchant's own number of it; empty: the slug serves
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="products")
    kind = models.CharField(max_length=60, db_index=True)  # names the illustration and the demo's template
    art_seed = models.PositiveIntegerField(default=0)
    line_kind = models.CharField(max_length=10, choices=LineKind, default=LineKind.GOODS)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    description_zh = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    storage = models.CharField(max_length=10, choices=Storage, default=Storage.AMBIENT)
    shelf_life_days = models.PositiveIntegerField(null=True, blank=True)
    processing = models.CharField(max_length=16, choices=Processing, default=Processing.NOT_FOOD)
    dispatch_hours = models.PositiveSmallIntegerField(default=48)  # from payment to the courier, as promised
    return_rule = models.CharField(max_length=12, choices=ReturnRule, default=ReturnRule.SEVEN_DAYS)
    sales_provinces = models.JSONField(default=list, blank=True)  # codes of where it is delivered to; empty: everywhere
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code"], name="product_code_once", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name_zh


class FoodLabel(models.Model):
    """What the label of a food says (GB 7718: ingredients, allergens, storage, licence, standard).

    Net content is that of the variants and origin that of the product; the date of production is on each package.
    """

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="food_label")
    ingredients_zh = models.CharField(max_length=300)
    ingredients_en = models.CharField(max_length=400, blank=True)
    allergens_zh = models.CharField(max_length=120, blank=True)
    allergens_en = models.CharField(max_length=160, blank=True)
    storage_zh = models.CharField(max_length=120, blank=True)
    storage_en = models.CharField(max_length=160, blank=True)
    licence_number = models.CharField(max_length=30, blank=True)  # SC and 14 digits; none for primary farm produce
    standard = models.CharField(max_length=60, blank=True)  # the product standard, e.g. "GB/T 10651"

    def __str__(self) -> str:
        return self.ingredients_zh


class ProductVariant(models.Model):
    """What is put into a cart: one size of a product, with its price (CNY, minor units).

    `min_quantity` and `max_quantity` (None: no own limit) are the units that one order may hold.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    price_minor = models.BigIntegerField()
    weight_grams = models.PositiveIntegerField(default=0)
    min_quantity = models.PositiveIntegerField(default=1, db_default=1)
    max_quantity = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="variant_price_positive"),
            models.CheckConstraint(condition=Q(min_quantity__gte=1), name="variant_min_quantity_positive"),
            models.CheckConstraint(
                condition=Q(max_quantity=None) | Q(max_quantity__gte=F("min_quantity")), name="variant_quantity_range"
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class ProductTag(Dated):
    """A product carries an opaque tag during a window. What a tag means (a zone) is known to `aid_tracking` alone."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="tags")
    tag = models.SlugField(max_length=60)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["tag", "product"], name="product_tag_lookup"),
            models.Index(fields=["valid_from"], name="product_tag_begins"),
            models.Index(fields=["valid_until"], name="product_tag_ends"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["product", "tag", "valid_from"], name="product_tag_once"),
        ]


class ProductCard(models.Model):
    """All that a list shows of a product, in one row, rebuilt when something changes (`catalog.actions.cards`).

    `sellable_from`/`sellable_until` is the next window in which it may be sold, as far as is known today; both are
    null when there is none. Stock is not on the card: it changes with each sale.
    """

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="card")
    slug = models.SlugField(max_length=80)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    spec_zh = models.CharField(max_length=60)
    spec_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    art_seed = models.PositiveIntegerField()
    picture = models.CharField(max_length=32, blank=True)  # the first picture's token; empty: the drawing is shown
    line_kind = models.CharField(max_length=10)
    category_slug = models.CharField(max_length=40)
    category_zh = models.CharField(max_length=60)
    category_en = models.CharField(max_length=80)
    merchant_zh = models.CharField(max_length=100)
    merchant_en = models.CharField(max_length=160)
    region_slug = models.CharField(max_length=20)
    county_zh = models.CharField(max_length=60)
    county_en = models.CharField(max_length=120)
    prefecture_zh = models.CharField(max_length=60)
    prefecture_en = models.CharField(max_length=120)
    province_code = models.CharField(max_length=6)
    province_zh = models.CharField(max_length=60)
    province_en = models.CharField(max_length=120)
    is_key_county = models.BooleanField(default=False)
    variant_id = models.BigIntegerField()  # the cheapest: what “add to cart” on a card takes
    price_minor = models.BigIntegerField()
    price_max_minor = models.BigIntegerField()
    price_per_500g_minor = models.BigIntegerField(null=True)
    badges = models.JSONField(default=list)  # slugs of the schemes whose certificates hold, e.g. ["aid-product"]
    tags = models.JSONField(default=list)  # tags that hold within the sellable window
    sold_quantity = models.BigIntegerField(default=0)
    published_at = models.DateTimeField()
    sellable_from = models.DateTimeField(null=True)
    sellable_until = models.DateTimeField(null=True)
    indexed_version = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=1)
    changed_in = models.BigIntegerField(default=0, db_index=True)  # the catalogue's version that last changed it

    class Meta:
        indexes = [
            models.Index(fields=["product"], name="card_to_index", condition=Q(version__gt=F("indexed_version"))),
            models.Index(fields=["region_slug", "-sold_quantity"], name="card_region"),
            models.Index(fields=["sellable_until"], name="card_sellable_until"),
        ]

    def __str__(self) -> str:
        return self.slug


class CatalogState(models.Model):
    """One row: a number that grows with every change of the catalogue, so that kept pages know what is older.

    `whole_version` is the last change that may show on any page: a new index, a new name of a category.
    """

    version = models.BigIntegerField(default=1)
    whole_version = models.BigIntegerField(default=1)
    cards_true_at = models.DateTimeField(null=True)  # as of then every card is known to be true (UTC)
