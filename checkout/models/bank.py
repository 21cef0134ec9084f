"""Where a merchant is paid out to: apart from all else of it, and read by those who must alone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Merchant


class BankAccount(models.Model):
    """A merchant's account at a bank during [since, until). A change closes the row and opens another."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=100)
    bank = models.CharField(max_length=100)
    number = models.CharField(max_length=34)  # digits; shown masked everywhere
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints = [
            models.UniqueConstraint(fields=["merchant"], condition=Q(until=None), name="bank_account_one"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="bank_account_window"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The number as it may be shown: its last four digits."""
        return f"**** {self.number[-4:]}"
