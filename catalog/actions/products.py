"""Taking products off the shelf and putting them back, and noting what is changed about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from catalog.actions import cards, changes
from catalog.models import Product


def pause(*, product_id: int, now: datetime) -> bool:
    """Take a product off sale for a while. Return whether this call did it."""
    return _move(product_id, Product.Status.ON_SALE, Product.Status.PAUSED, now)


def resume(*, product_id: int, now: datetime) -> bool:
    """Put a paused product back on sale; it still needs its certificate. Return whether this call did it."""
    return _move(product_id, Product.Status.PAUSED, Product.Status.ON_SALE, now)


def note(
    product: Product,
    subject: Model,
    *,
    action: str,
    actor: str,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change of a product, or of what belongs to it, in the trail, within the transaction that makes it.

    Pages that show the product are made anew. A `cards.rebuild` must follow.
    """
    changes.record(
        merchant_id=product.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=subject,
        label=product.name_zh,
        before=before,
        after=after,
    )
    Product.objects.filter(pk=product.pk).update(updated_at=now)
    cards.touch(product_ids=[product.pk])


def _move(product_id: int, old: str, new: str, now: datetime) -> bool:
    with transaction.atomic(durable=True):
        done = Product.objects.filter(pk=product_id, status=old).update(status=new, updated_at=now)
        if done and new != Product.Status.ON_SALE:
            cards.close(Product.objects.filter(pk=product_id))
    if done:
        cards.rebuild(product_ids=[product_id], now=now)
    return bool(done)
