"""What somebody is about to buy."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models import ProductVariant


class Checkout(models.Model):
    """A cart and its addresses. Its token is the only key to it; nothing here holds stock."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="checkouts")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    shipping_address = models.JSONField(default=dict)  # the fields of `checkout.address.Address`; {} before it is known
    in_browser = models.BooleanField(default=True)  # filled on our pages; signing in puts these together, no others
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)


class CheckoutLine(models.Model):
    """Some units of a variant. `seen_price_minor` is the unit price that the buyer was shown (rule 3)."""

    checkout = models.ForeignKey(Checkout, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    seen_price_minor = models.BigIntegerField()
    metadata = models.JSONField(default=dict)  # claims that travel with the line: {"tag": zone, "sales_channel": …}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["checkout", "variant"], name="checkout_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=999), name="checkout_line_quantity"),
        ]
