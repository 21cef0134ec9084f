"""Letting merchants sell, and stopping them. Approvals are windows that are closed, never deleted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from catalog.actions import cards, changes
from catalog.models import Merchant, MerchantApproval, Product


def suspend(*, merchant_id: int, reason: str, now: datetime, actor: str = changes.SYSTEM) -> bool:
    """Close the merchant's approvals; its products leave the shop at once, placed orders go on.

    Return whether this call did it.
    """
    open_ones = MerchantApproval.objects.filter(Q(valid_until=None) | Q(valid_until__gt=now), merchant=merchant_id)
    with transaction.atomic(durable=True):
        # One that has not begun yet is closed where it begins: an empty window.
        done = open_ones.filter(valid_from__lte=now).update(valid_until=now, reason=reason[:200])
        for later in open_ones.filter(valid_from__gt=now):
            later.valid_until, later.reason = later.valid_from, reason[:200]
            later.save(update_fields=["valid_until", "reason"])
            done += 1
        _record(merchant_id, "merchant.suspended" if done else "", reason, actor, now)
        if done:
            cards.close(Product.objects.filter(merchant=merchant_id))
    return _moved(merchant_id, done, now)


def resume(*, merchant_id: int, reason: str, now: datetime, actor: str = changes.SYSTEM) -> bool:
    """Let a merchant that was suspended sell again; nothing happens while an approval holds, or where there was none.

    The first approval comes of an application (`catalog.actions.reviews`). Return whether this call did it.
    """
    with transaction.atomic(durable=True):
        Merchant.objects.select_for_update().get(pk=merchant_id)
        approvals = MerchantApproval.objects.filter(merchant=merchant_id)
        done = approvals.exists() and not approvals.at(now).exists()
        if done:
            MerchantApproval.objects.create(merchant_id=merchant_id, valid_from=now, reason=reason[:200])
        _record(merchant_id, "merchant.resumed" if done else "", reason, actor, now)
    return _moved(merchant_id, done, now)


def _record(merchant_id: int, action: str, reason: str, actor: str, now: datetime) -> None:
    if action:
        merchant = Merchant.objects.get(pk=merchant_id)
        after = {"reason": reason} if reason else {}
        changes.record(merchant_id=merchant_id, actor=actor, now=now, action=action, subject=merchant, after=after)


def _moved(merchant_id: int, done: int | bool, now: datetime) -> bool:
    if done:
        own = Product.objects.filter(merchant=merchant_id).values_list("pk", flat=True)
        cards.rebuild(product_ids=list(own), now=now)
    return bool(done)
