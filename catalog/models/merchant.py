"""Who sells, and since when they may."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.region import AidedRegion, Dated


class Merchant(models.Model):
    """A producer, or an agent of one, in an aided region. It may sell while an approval holds (`MerchantApproval`)."""

    class ProducerType(models.TextChoices):
        COOPERATIVE = "cooperative"
        FAMILY_FARM = "family_farm"
        ENTERPRISE = "enterprise"
        AGENT = "agent"

    slug = models.SlugField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="merchants")
    producer_type = models.CharField(max_length=20, choices=ProducerType)
    producer_zh = models.CharField(max_length=100, blank=True)  # whom an agent sells for; empty: it produces itself
    producer_en = models.CharField(max_length=160, blank=True)
    shipping_fee_minor = models.BigIntegerField(default=0)  # one flat fee an order, CNY
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        constraints = [models.CheckConstraint(condition=Q(shipping_fee_minor__gte=0), name="merchant_fee_not_negative")]

    def __str__(self) -> str:
        return self.name_zh


class MerchantApproval(Dated):
    """The programme office lets a merchant sell during a window; suspending closes the window."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="approvals")
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["merchant", "valid_from"], name="merchant_approval_lookup"),
            models.Index(fields=["valid_from"], name="merchant_approval_begins"),
            models.Index(fields=["valid_until"], name="merchant_approval_ends"),
        ]


class BenefitReport(models.Model):
    """What a merchant does for farming households (联农带农) in a period, as somebody reported it.

    Reports are not corrected: a newer one stands beside the older ones, and the newest is shown.
    """

    class Mode(models.TextChoices):
        CONTRACT_PURCHASE = "contract_purchase"
        EMPLOYMENT = "employment"
        SHAREHOLDING = "shareholding"
        LAND_LEASE = "land_lease"
        TECHNICAL_SERVICE = "technical_service"

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="benefit_reports")
    mode = models.CharField(max_length=20, choices=Mode)
    households = models.PositiveIntegerField()
    period_from = models.DateField()
    period_until = models.DateField()  # the first day after the period
    reporter_zh = models.CharField(max_length=120)
    reporter_en = models.CharField(max_length=160)
    reported_on = models.DateField()

    class Meta:
        verbose_name = _("benefit report")
        verbose_name_plural = _("benefit reports")
        ordering = ["-reported_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(period_until__gt=models.F("period_from")), name="benefit_report_period")
        ]

    def __str__(self) -> str:
        return f"{self.merchant}: {self.households}"
