"""Zones: what a product's tag means, such as “open through the holiday” (春节不打烊)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ZoneQuerySet(models.QuerySet):
    """Zones, and which of them are open."""

    def open(self, *, at: datetime) -> "ZoneQuerySet":
        """Return the zones that are open at `at` (UTC)."""
        return self.filter(opens_at__lte=at, closes_at__gt=at)


class Zone(models.Model):
    """A part of the shop with a window [opens_at, closes_at), a theme and a rule in a line.

    Its members are the `catalog.ProductTag` rows whose tag is its slug.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    theme = models.CharField(max_length=40, default="default")  # a folder of `themes/`
    rule_zh = models.CharField(max_length=200, blank=True)
    rule_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["position", "slug"]
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="zone_window")]

    def __str__(self) -> str:
        return self.name_zh
