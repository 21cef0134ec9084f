"""The relay's own rows: who may write the ledger now, and which facts could not be counted yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from checkout.models import OutboxRow


class RelayLock(models.Model):
    """One row (id 1). The holder is the ledger's only writer until `expires_at`; it also tells that it lives."""

    holder = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField(null=True)
    last_run_at = models.DateTimeField(null=True)  # the holder looked for work
    last_counted_at = models.DateTimeField(null=True)  # the holder found some

    def __str__(self) -> str:
        return f"relay held by {self.holder or 'nobody'}"


class RelayFailure(models.Model):
    """A fact that could not be counted. It is tried again later, then set aside for a person; it is never dropped."""

    row = models.OneToOneField(OutboxRow, models.PROTECT, related_name="relay_failure")
    tries = models.PositiveSmallIntegerField(default=1)
    error = models.CharField(max_length=300)
    first_failed_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("relay failure")
        verbose_name_plural = _("relay failures")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"failure of outbox row {self.row_id}"
