"""What is certified, by whom, until when. A certificate that is approved and in date is what lets a product be sold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import Merchant
from catalog.models.product import Product
from catalog.models.region import AidedRegion, DatedQuerySet


class CertificateScheme(models.Model):
    """A kind of certificate. Schemes are data; `admits_sale` says whether one opens the shop's door (rule 9)."""

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    admits_sale = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_zh


class Certificate(models.Model):
    """One certificate. It speaks from `valid_from` (or its approval, if later) to `valid_until` or its revocation."""

    number = models.CharField(max_length=60, unique=True)
    scheme = models.ForeignKey(CertificateScheme, models.PROTECT, related_name="certificates")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="certificates")
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="certificates")
    issuer_zh = models.CharField(max_length=120)
    issuer_en = models.CharField(max_length=160)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    products = models.ManyToManyField(Product, through="CertificateProduct", related_name="certificates")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="certificate_window"),
        ]
        indexes = [
            models.Index(fields=["valid_until"], name="certificate_expiry"),
            models.Index(fields=["valid_from"], name="certificate_begins"),
            models.Index(fields=["approved_at"], name="certificate_approved"),
            models.Index(fields=["revoked_at"], name="certificate_revoked"),
        ]

    def __str__(self) -> str:
        return self.number


class CertificateProduct(models.Model):
    """A certificate covers a product, under the name and specification that were certified."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="coverage")
    product = models.ForeignKey(Product, models.PROTECT, related_name="coverage")
    certified_name = models.CharField(max_length=160)
    scope = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "product"], name="certificate_product_once")]
