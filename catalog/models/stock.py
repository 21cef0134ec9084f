"""What is there to sell. A stock can never be promised twice: the database itself refuses it (invariant I1)."""

from django.db import models
from django.db.models import F, Q

from catalog.models.merchant import Merchant
from catalog.models.product import ProductVariant


class Warehouse(models.Model):
    """A place that a merchant ships from."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="warehouses")
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name_zh


class Stock(models.Model):
    """Units of a variant in a warehouse: `on_hand` are there, `allocated` of these belong to orders not yet shipped."""

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="stocks")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="stocks")
    on_hand = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    counted_on = models.DateField(null=True, blank=True)  # day of the last count that somebody sent in a file

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "warehouse"], name="stock_once"),
            models.CheckConstraint(
                condition=Q(allocated__gte=0) & Q(allocated__lte=F("on_hand")), name="stock_allocated_within_on_hand"
            ),
        ]

    @property
    def available(self) -> int:
        """Units that can still be sold."""
        return self.on_hand - self.allocated
