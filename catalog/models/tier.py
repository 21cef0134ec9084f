"""Prices that fall with the quantity."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import ProductVariant


class PriceTier(models.Model):
    """From `minimum_quantity` units in one order, each unit of the variant costs `price_minor` (fen, CNY).

    Prices fall strictly with the quantity: triggers refuse a row that would not (`catalog.triggers`). A tier that is no
    cheaper than the variant by itself, whose price fell since, has no effect (`catalog.rules.unit_price`).
    """

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="tiers")
    minimum_quantity = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()

    class Meta:
        verbose_name = _("price tier")
        verbose_name_plural = _("price tiers")
        ordering = ["minimum_quantity"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "minimum_quantity"], name="price_tier_once"),
            models.CheckConstraint(condition=Q(minimum_quantity__gte=2), name="price_tier_is_of_several"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="price_tier_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.minimum_quantity}: {self.price_minor}"
