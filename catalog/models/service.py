"""What a service (a route of rural tourism, a farm stay) says beyond its product, and on which days it takes place."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product, ProductVariant


class ServiceTerms(models.Model):
    """Where one meets, how long it takes, what the price includes, and until when it can be cancelled."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="service_terms")
    meeting_place_zh = models.CharField(max_length=200, blank=True)
    meeting_place_en = models.CharField(max_length=300, blank=True)
    duration_zh = models.CharField(max_length=60, blank=True)
    duration_en = models.CharField(max_length=80, blank=True)
    included_zh = models.TextField(blank=True)
    included_en = models.TextField(blank=True)
    cancellation_zh = models.TextField(blank=True)
    cancellation_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.meeting_place_zh


class ServiceDate(models.Model):
    """A day on which a variant of a service takes place, for so many people. `day` is a day in Beijing."""

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="dates")
    day = models.DateField()
    capacity = models.PositiveIntegerField()  # people
    booked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("date of a service")
        verbose_name_plural = _("dates of services")
        ordering = ["day", "variant_id"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "day"], name="service_date_once"),
            models.CheckConstraint(condition=Q(booked__lte=F("capacity")), name="service_date_not_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.day}"
