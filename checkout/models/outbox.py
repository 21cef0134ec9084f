"""What others must know: a row in the same transaction as the change that it tells of (I10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxRow(models.Model):
    """A fact without personal data, written once (`key`), read by the relay, kept for audits."""

    key = models.CharField(max_length=80, unique=True)  # e.g. "order_paid:41", "refund_succeeded:7"
    kind = models.CharField(max_length=30)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("outbox row")
        verbose_name_plural = _("outbox rows")
        indexes = [models.Index(fields=["id"], name="outbox_waiting", condition=Q(processed_at=None))]

    def __str__(self) -> str:
        return self.key
