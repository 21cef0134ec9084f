"""Unpaid orders of which something may no longer be sold: its certificate, or its merchant's approval, has ended.

A placed order goes on once it is paid; paying begins only while rule 9 holds (decisions/0010). Three doors keep to it:
no payment is started (`payments.initialize`), open ones are stopped at the provider (`checkout.tasks`), and money whose
payment the provider saw begin afterwards goes back (`payments.settle`).
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from catalog.models import Product
from catalog.selectors.certificates import unadmitted
from checkout.models import ChargeStatus, Order, OrderLine, OrderStatus


def has_lapsed(*, order_id: int, at: datetime) -> bool:
    """Return whether something in an order may not be sold at `at` (two queries)."""
    if "certificate" in settings.UNGUARDED:
        return False
    return bool(unadmitted(OrderLine.objects.filter(order=order_id).values_list("product_id", flat=True), at=at))


def due(*, now: datetime, limit: int = 100) -> Iterable[Order]:
    """Return the unpaid orders that have lapsed, the oldest first; a page may not have shown it to anybody."""
    admitted = Product.objects.filter(pk=OuterRef("product_id")).admitted(at=now)
    lapsed = OrderLine.objects.filter(~Exists(admitted), order=OuterRef("pk"))
    unpaid = Order.objects.filter(status=OrderStatus.UNFULFILLED, charge_status=ChargeStatus.NONE, expires_at__gt=now)
    return unpaid.filter(Exists(lapsed)).order_by("placed_at")[:limit]
