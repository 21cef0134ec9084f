"""Who changed what of a merchant's: the audit trail. Rows are added only; the database refuses everything else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import Merchant


class ChangeRecord(models.Model):
    """One change. It names its subject instead of pointing to it, so that history never holds back live rows.

    `actor` is opaque here: "user 3" for a person (accounts belong to a higher room), "system" for the shop itself.
    `before` and `after` hold the changed fields alone.
    """

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="changes")
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)  # "<subject>.<verb in the past>", e.g. "staff.invited"
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("audit trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["merchant", "-id"], name="change_record_of_merchant")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label}"
