"""A merchant's application: what it claims of itself, and how the programme office decided on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import BenefitReport, Merchant
from catalog.models.region import AidedRegion


class MerchantDocument(models.Model):
    """An uploaded scan. Its file lies under `uploads` by its token (`catalog.uploads`), and is never replaced."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="documents")
    token = models.CharField(max_length=40, unique=True)  # random; the file's name
    name = models.CharField(max_length=120)  # as the person's own machine called it, for them to recognise
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()  # bytes
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=40)  # an actor, as in the audit trail

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name


class MerchantApplication(models.Model):
    """What a merchant states when it applies, and again when something of it changes: each time a row of its own.

    A county's department recommends, then the programme office approves; both may return it with reasons or reject
    it. The newest approved row is what the programme knows of the merchant. At most one is open.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waits for the county")
        RECOMMENDED = "recommended", _("Waits for the programme office")
        RETURNED = "returned", _("Returned for changes")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    EDITABLE = (State.DRAFT, State.RETURNED)
    IN_REVIEW = (State.SUBMITTED, State.RECOMMENDED)
    OPEN = (*EDITABLE, *IN_REVIEW)

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # how often it was submitted; a decision names the one it saw

    legal_name = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    credit_code = models.CharField(max_length=30, blank=True)  # whole and checked once submitted (GB 32100)
    region = models.ForeignKey(AidedRegion, models.PROTECT, null=True, related_name="+")  # where it is registered
    production_region = models.ForeignKey(AidedRegion, models.PROTECT, null=True, related_name="+")
    producer_type = models.CharField(max_length=20, choices=Merchant.ProducerType, blank=True)
    producer_zh = models.CharField(max_length=100, blank=True)  # whom an agent sells for
    sells_food = models.BooleanField(default=True)  # then a food permit is needed
    benefit_mode = models.CharField(max_length=20, choices=BenefitReport.Mode, blank=True)
    benefit_households = models.PositiveIntegerField(null=True)
    benefit_from = models.DateField(null=True)
    benefit_until = models.DateField(null=True)  # the last day; a report keeps the day after
    licence = models.ForeignKey(MerchantDocument, models.PROTECT, null=True, related_name="+")
    food_permit = models.ForeignKey(MerchantDocument, models.PROTECT, null=True, related_name="+")
    benefit_evidence = models.ForeignKey(MerchantDocument, models.PROTECT, null=True, related_name="+")

    language = models.CharField(max_length=10, default="zh-hans")  # in which the applicant is written to
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=40, blank=True)
    recommended_at = models.DateTimeField(null=True)
    recommended_by = models.CharField(max_length=40, blank=True)
    recommending_office = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)  # of the latest decision, for the applicant
    reasons = models.JSONField(default=dict)  # field → what is wrong with it, while it is returned

    class Meta:
        verbose_name = _("merchant application")
        verbose_name_plural = _("merchant applications")
        ordering = ["-submitted_at", "-id"]
        permissions = [
            ("recommend_merchantapplication", "Can recommend merchants on behalf of a county"),
            ("decide_merchantapplication", "Can decide on merchant applications"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant"],
                condition=Q(state__in=["draft", "submitted", "recommended", "returned"]),
                name="merchant_application_one_open",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="merchant_application_queue")]

    def __str__(self) -> str:
        return self.legal_name or str(self.merchant)


class MerchantContact(models.Model):
    """Whom to call, and where returned goods go. Changing it needs nobody's decision."""

    merchant = models.OneToOneField(Merchant, models.PROTECT, primary_key=True, related_name="contact")
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=30)
    email = models.EmailField(blank=True)
    return_name = models.CharField(max_length=40)
    return_phone = models.CharField(max_length=30)
    return_division_code = models.CharField(max_length=6)  # GB/T 2260
    return_street = models.CharField(max_length=120)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("merchant’s contact")
        verbose_name_plural = _("merchants’ contacts")

    def __str__(self) -> str:
        return self.name
