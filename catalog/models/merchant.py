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
        indexes = [models.Index(fields=["merchant", "valid_from"], name="merchant_approval_lookup")]
