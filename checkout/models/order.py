"""What was bought: an order, its part for each merchant, its lines, and the stock that belongs to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import AidedRegion, Certificate, LineKind, Merchant, ProductVariant, Stock
from checkout.rules import RETURN_DAYS


class OrderStatus(models.TextChoices):
    """Saleor's `OrderStatus`, as far as it is used here."""

    UNFULFILLED = "unfulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    FULFILLED = "fulfilled"
    CANCELED = "canceled"
    EXPIRED = "expired"


class ChargeStatus(models.TextChoices):
    """Saleor's `OrderChargeStatusEnum`, as far as it is used here. FULL stays FULL when money is given back."""

    NONE = "none"
    FULL = "full"


class BuyerKind(models.TextChoices):
    """Who buys; the kinds that totals are reported by."""

    CONSUMER = "consumer"
    GOVERNMENT = "government"
    PUBLIC_INSTITUTION = "public_institution"
    UNION = "union"
    ENTERPRISE = "enterprise"
    SOCIAL_ORGANIZATION = "social_organization"
    UNIVERSITY = "university"


class SalesChannel(models.TextChoices):
    """Where a sale was made; the kinds that totals are reported by."""

    WEB = "web"
    UNION_APP = "union_app"
    LIVESTREAM = "livestream"
    EXPERIENCE_SHOP = "experience_shop"
    SMART_CABINET = "smart_cabinet"


class Order(models.Model):
    """One purchase. It exists, with its stock and its prices fixed, before it is paid (rule 2)."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the unguessable link
    number = models.CharField(max_length=24, unique=True)
    checkout_token = models.UUIDField(unique=True)  # one order for one checkout (I4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="orders")
    email = models.EmailField()
    language = models.CharField(max_length=10)
    shipping_address = models.JSONField(default=dict)
    remark = models.CharField(max_length=200, blank=True)
    buyer_kind = models.CharField(max_length=24, choices=BuyerKind, default=BuyerKind.CONSUMER)
    status = models.CharField(max_length=20, choices=OrderStatus, default=OrderStatus.UNFULFILLED)
    charge_status = models.CharField(max_length=8, choices=ChargeStatus, default=ChargeStatus.NONE)
    currency = models.CharField(max_length=3, default="CNY")
    subtotal_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)  # given back or on its way back
    needs_office = models.BooleanField(default=False)  # money did not reach the buyer; until a person has seen to it
    placed_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(
                fields=["expires_at"], name="order_unpaid", condition=Q(status="unfulfilled", charge_status="none")
            ),
            models.Index(fields=["user", "-placed_at"], name="order_by_user"),
            models.Index(fields=["-placed_at"], name="order_for_office", condition=Q(needs_office=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_minor=F("subtotal_minor") + F("shipping_minor")), name="order_total_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("total_minor")),
                name="order_refund_within_total",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MerchantOrder(models.Model):
    """One merchant's part of an order; the parts add up to the order (rule 4)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="merchant_orders")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="merchant_orders")
    merchant_zh = models.CharField(max_length=100)
    merchant_en = models.CharField(max_length=160)
    subtotal_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    shipping_refunded_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "merchant"], name="merchant_order_once"),
            models.CheckConstraint(
                condition=Q(total_minor=F("subtotal_minor") + F("shipping_minor")), name="merchant_order_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(shipping_refunded_minor__gte=0, shipping_refunded_minor__lte=F("shipping_minor")),
                name="merchant_order_refund_within",
            ),
        ]


class OrderLine(models.Model):
    """Some units of a variant as they were sold: a snapshot of names, price, evidence and claims, never edited."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    merchant_order = models.ForeignKey(MerchantOrder, models.PROTECT, related_name="lines")
    variant = models.ForeignKey(ProductVariant, models.SET_NULL, null=True, related_name="+")
    product_id = models.BigIntegerField()  # no constraint: history outlives the catalogue
    product_slug = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    art_seed = models.PositiveIntegerField()
    product_zh = models.CharField(max_length=120)
    product_en = models.CharField(max_length=160)
    variant_zh = models.CharField(max_length=60)
    variant_en = models.CharField(max_length=80)
    sku = models.CharField(max_length=40)
    line_kind = models.CharField(max_length=10, choices=LineKind)
    category_slug = models.CharField(max_length=40)
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    unit_price_minor = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    tag = models.SlugField(max_length=60, blank=True)  # the zone that the buyer came from, as claimed (rule 8)
    return_days = models.PositiveSmallIntegerField(default=RETURN_DAYS)  # no-reason return, from receipt; 0: none
    return_confirmed_at = models.DateTimeField(null=True)  # when the buyer confirmed that there is none
    sales_channel = models.CharField(max_length=20, choices=SalesChannel, default=SalesChannel.WEB)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_minor=F("unit_price_minor") * F("quantity")), name="order_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("total_minor")),
                name="order_line_refund_within",
            ),
            models.CheckConstraint(
                condition=Q(return_days=0, return_confirmed_at__isnull=False)
                | Q(return_days__gt=0, return_confirmed_at=None),
                name="order_line_return_lost_only_if_confirmed",
            ),
        ]


class Allocation(models.Model):
    """Units of a stock that belong to a line until it is shipped or the order ends."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="allocations")
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="allocations")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "stock"], name="allocation_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="allocation_quantity"),
        ]


class Fulfillment(models.Model):
    """A parcel that left: the lines of one merchant's part, with carrier and number when known."""

    merchant_order = models.OneToOneField(MerchantOrder, models.PROTECT, related_name="fulfillment")
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
