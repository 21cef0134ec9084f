"""Taking products off the shelf and putting them back."""

from datetime import datetime

from django.db import transaction

from catalog.actions import cards
from catalog.models import Product


def pause(*, product_id: int, now: datetime) -> bool:
    """Take a product off sale for a while. Return whether this call did it."""
    return _move(product_id, Product.Status.ON_SALE, Product.Status.PAUSED, now)


def resume(*, product_id: int, now: datetime) -> bool:
    """Put a paused product back on sale; it still needs its certificate. Return whether this call did it."""
    return _move(product_id, Product.Status.PAUSED, Product.Status.ON_SALE, now)


def _move(product_id: int, old: str, new: str, now: datetime) -> bool:
    with transaction.atomic(durable=True):
        done = Product.objects.filter(pk=product_id, status=old).update(status=new, updated_at=now)
        if done and new != Product.Status.ON_SALE:
            cards.close(Product.objects.filter(pk=product_id))
    if done:
        cards.rebuild(product_ids=[product_id], now=now)
    return bool(done)
