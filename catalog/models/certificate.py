"""What is certified, by whom, until when. A certificate that is approved and in date is what lets a product be sold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.certification import Desk, Move, Step
from catalog.models.application import MerchantDocument
from catalog.models.merchant import Merchant
from catalog.models.product import Product
from catalog.models.region import AidedRegion, DatedQuerySet


def _choices(words: type[Step] | type[Move] | type[Desk]) -> list[tuple[str, str]]:
    return [(word.value, word.name.title()) for word in words]


class CertificateScheme(models.Model):
    """A kind of certificate, with all that differs between kinds. Schemes are rows: a new one needs no code.

    `admits_sale` says whether one opens the shop's door (rule 9). Loaded from `catalog/data/certificate_schemes.csv`
    until the office edits one (`edited_at`); from then on it is the office's.
    """

    class IssuerKind(models.TextChoices):
        AUTHORITY = "authority"
        ASSOCIATION = "association"
        CERTIFIER = "certifier"

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    admits_sale = models.BooleanField(default=False)
    issuer_kind = models.CharField(max_length=12, choices=IssuerKind, default=IssuerKind.AUTHORITY)
    needs_county = models.BooleanField(default=True)  # the county recommends before the platform approves
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)  # the longest term; null: not limited
    number_pattern = models.CharField(max_length=120, blank=True)  # regular expression of the whole number; empty: any
    evidence_zh = models.TextField(blank=True)  # what the application must show, one paper a line
    evidence_en = models.TextField(blank=True)
    is_geographical = models.BooleanField(default=False)  # asks for a `GeographicalIndication`
    position = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("certificate scheme")
        verbose_name_plural = _("certificate schemes")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name_zh


class Certificate(models.Model):
    """One certificate. It speaks from `valid_from` (or its approval, if later) to `valid_until` or its revocation.

    `step` is where the procedure stands and is moved by `catalog.actions.certificates` alone. Two merchants may claim
    the same number; only one of them is approved.
    """

    number = models.CharField(max_length=60, db_index=True)  # as `certification.normal_number` writes it
    scheme = models.ForeignKey(CertificateScheme, models.PROTECT, related_name="certificates")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="certificates")
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="certificates")
    issuer_zh = models.CharField(max_length=120)
    issuer_en = models.CharField(max_length=160, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    step = models.CharField(max_length=12, choices=_choices(Step), default=Step.DRAFT.value)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=60, blank=True)  # "user 3"
    recommended_by = models.CharField(max_length=60, blank=True)
    reasons = models.JSONField(default=dict)  # while it is returned or rejected: field ("": the whole) → what is wrong
    approved_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(MerchantDocument, models.PROTECT, null=True, blank=True, related_name="+")  # the scan
    products = models.ManyToManyField(Product, through="CertificateProduct", related_name="certificates")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        permissions = [
            ("recommend_certificate", "Can recommend certificates for the county"),
            ("approve_certificate", "Can approve certificates for the platform"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="certificate_window"),
            models.CheckConstraint(
                condition=Q(step=Step.APPROVED.value, approved_at__isnull=False)
                | (~Q(step=Step.APPROVED.value) & Q(approved_at=None, revoked_at=None)),
                name="certificate_approved_by_step",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(step=Step.APPROVED.value), name="certificate_number_approved_once"
            ),
        ]
        indexes = [
            models.Index(fields=["valid_until"], name="certificate_expiry"),
            models.Index(fields=["valid_from"], name="certificate_begins"),
            models.Index(fields=["approved_at"], name="certificate_approved"),
            models.Index(fields=["revoked_at"], name="certificate_revoked"),
            models.Index(
                fields=["step", "submitted_at"],
                name="certificate_queue",
                condition=Q(step__in=[Step.SUBMITTED.value, Step.RECOMMENDED.value]),
            ),
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


class GeographicalIndication(models.Model):
    """What a geographical indication says beyond its number. Three systems are being brought together since 2024:

    protected products (地理标志产品), certification marks (地理标志证明商标) and farm products (农产品地理标志,
    none new since 2022); so the kind and the state are kept, never a bare yes.
    """

    class Kind(models.TextChoices):
        PRODUCT = "pgi"
        TRADEMARK = "trademark"
        FARM_PRODUCT = "agi"

    class State(models.TextChoices):
        REGISTERED = "registered"
        MOVING = "moving"
        CANCELLED = "cancelled"

    certificate = models.OneToOneField(
        Certificate, models.CASCADE, primary_key=True, related_name="geographical_indication"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    holder = models.CharField(max_length=120)  # who registered it, as registered
    licensed_user = models.CharField(max_length=120)  # who may use it: this merchant or its producer
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)


class CertificateEvent(models.Model):
    """One step of a certificate's life. Rows are only added: together they are its public log (全部记录)."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="events")
    move = models.CharField(max_length=10, choices=_choices(Move))
    desk = models.CharField(max_length=10, choices=_choices(Desk))
    at = models.DateTimeField()  # when it was done; a revocation may hold from a later moment (`revoked_at`)
    actor = models.CharField(max_length=60)  # "user 3"; shown in the office alone
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("certificate event")
        verbose_name_plural = _("certificate events")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["certificate", "at"], name="certificate_log")]


class CertificateReminder(models.Model):
    """A mail that says a certificate ends in so many days. The unique key makes it one for each person and step."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    email = models.EmailField()
    language = models.CharField(max_length=10)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "days", "email"], name="certificate_reminder_once")
        ]


class QualityPaper(models.Model):
    """A 承诺达标合格证 of a lot: who pledges that it meets the standard, for how much, since when.

    The rule of 2025 (农业农村部令2025年第4号, in force 2026-02-01) asks for one with vegetables and cultivated fungi,
    fruit, fresh tea leaf, livestock, eggs and farmed aquatic goods; the stub is kept for a year.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="quality_papers")
    lot = models.CharField(max_length=40)
    producer = models.CharField(max_length=120)
    weight_grams = models.PositiveBigIntegerField()
    issued_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("quality paper")
        verbose_name_plural = _("quality papers")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "lot"], name="quality_paper_once"),
            models.CheckConstraint(condition=Q(weight_grams__gt=0), name="quality_paper_weighs"),
        ]

    def __str__(self) -> str:
        return self.lot
