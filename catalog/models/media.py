"""What is seen of a product: the pictures that its merchant uploaded, the first of them on cards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ProductMedia(models.Model):
    """One picture of a product. Its files are named by `token` and kept by `catalog.pictures`.

    `width` and `height` (px) are those of the picture as it was uploaded, turned as its camera held it.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="media")
    position = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_zh = models.CharField(max_length=120, blank=True)
    alt_en = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "token"], name="product_media_once"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="product_media_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt_zh or self.token
