"""Taking products off the shelf and putting them back, by one conditional UPDATE each; and noting what is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from catalog.actions import cards, changes
from catalog.models import ListingRevision, Product

Status = Product.Status


def pause(*, product_id: int, now: datetime, actor: str = changes.SYSTEM, reason: str = "") -> bool:
    """Take a product off sale for a while. Return whether this call did it."""
    return _move(
        product_id, [Status.ON_SALE], Status.PAUSED, now=now, action="listing.paused", actor=actor, reason=reason
    )


def stop(*, product_id: int, now: datetime, actor: str, reason: str = "") -> bool:
    """Pause a product for the office, also one that its merchant has paused: from now on the office alone resumes it
    (`selectors.listing_states.paused_by`). Return whether this call did it."""
    old = [Status.ON_SALE, Status.PAUSED]
    return _move(product_id, old, Status.PAUSED, now=now, action="listing.paused", actor=actor, reason=reason)


def resume(*, product_id: int, now: datetime, actor: str = changes.SYSTEM, reason: str = "") -> bool:
    """Put a paused product back on sale; it still needs its certificate. Return whether this call did it."""
    return _move(
        product_id, [Status.PAUSED], Status.ON_SALE, now=now, action="listing.resumed", actor=actor, reason=reason
    )


def withdraw(*, product_id: int, now: datetime, actor: str, reason: str) -> bool:
    """Take a product off sale for good; a change of it that was asked for falls. Return whether this call did it."""
    return _move(
        product_id, Product.PUBLISHED, Status.WITHDRAWN, now=now, action="listing.withdrawn", actor=actor, reason=reason
    )


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


def _move(product_id: int, old, new: str, *, now: datetime, action: str, actor: str, reason: str) -> bool:
    with transaction.atomic(durable=True):
        before = Product.objects.filter(pk=product_id, status__in=old).first()
        if before is None:
            return False
        moved = Product.objects.filter(pk=product_id, status=before.status).update(status=new, updated_at=now)
        if not moved:
            return False
        if new != Status.ON_SALE:
            cards.close(Product.objects.filter(pk=product_id))
        if new == Status.WITHDRAWN:
            asked = ListingRevision.objects.filter(product=product_id, state__in=ListingRevision.OPEN)
            asked.update(state=ListingRevision.State.DROPPED)
        changes.record(
            merchant_id=before.merchant_id,
            actor=actor,
            now=now,
            action=action,
            subject=before,
            before={"status": before.status} if before.status != new else {},  # a pause that another takes over is told
            after={"status": new, **({"reason": reason} if reason else {})},
        )
    cards.rebuild(product_ids=[product_id], now=now)
    return True
