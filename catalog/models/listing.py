"""What is asked of the programme office about a listing: to put it on sale, or to change what it says."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ListingRevision(models.Model):
    """One question to the office, from its first word to the decision; a product has one open at most.

    `fields` holds what a product that has been on sale shall say instead (see `catalog.listings`): the old goes on
    selling until this is approved. For a product that has never been on sale it is empty: the product is the draft.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("In review")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        DROPPED = "dropped", _("Dropped")

    EDITABLE = (State.DRAFT, State.RETURNED)
    OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    product = models.ForeignKey(Product, models.CASCADE, related_name="revisions")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    fields = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)  # how often it was handed in: what a reviewer looked at
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reasons = models.JSONField(default=dict)  # field → what is wrong with it, while it is returned

    class Meta:
        verbose_name = _("listing to review")
        verbose_name_plural = _("listings to review")
        ordering = ["submitted_at", "id"]
        permissions = [("decide_listingrevision", "Can decide on listings")]
        constraints = [
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="listing_revision_one_open",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at", "id"], name="listing_revision_queue")]

    def __str__(self) -> str:
        return str(self.product)
