"""Who works for a merchant, and as what. Accounts live in this room, so their places at merchants do, too."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Merchant


class Role(models.TextChoices):
    """What somebody may do for a merchant. An owner may do everything."""

    OWNER = "owner", _("Owner")
    LISTINGS = "listings", _("Listings")
    FULFILMENT = "fulfilment", _("Fulfilment")
    FINANCE = "finance", _("Finance")


class StaffQuerySet(models.QuerySet):
    """Roles that people hold during [since, until)."""

    def at(self, moment: datetime) -> "StaffQuerySet":
        """Return the roles that are held at `moment` (UTC)."""
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)


class MerchantStaff(models.Model):
    """One role that a person holds at a merchant; who has three roles has three rows. Closed, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merchant_roles")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="staff")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant’s member of staff")
        verbose_name_plural = _("merchants’ staff")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "merchant", "role"], condition=Q(until=None), name="merchant_staff_role_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="merchant_staff_window"),
        ]
        indexes = [models.Index(fields=["merchant", "role"], name="merchant_staff_of_merchant")]

    def __str__(self) -> str:
        return f"{self.role} of {self.merchant_id}"


class StaffInvitation(models.Model):
    """An owner asks somebody by e-mail to join. The link holds a signed token; it works once, until `expires_at`."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField()  # values of Role
    language = models.CharField(max_length=10)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
