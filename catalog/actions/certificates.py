"""Deciding about certificates. A revocation holds from its moment on; what was sold before stays sold."""

from datetime import datetime

from django.db import transaction

from catalog.actions import cards
from catalog.models import Certificate, Product


def revoke(*, certificate_id: int, now: datetime) -> bool:
    """End a certificate now; what it alone admitted leaves the shop at once. Return whether this call did it."""
    with transaction.atomic(durable=True):
        done = Certificate.objects.filter(pk=certificate_id, revoked_at=None).update(revoked_at=now)
        covered = Product.objects.filter(coverage__certificate=certificate_id)
        if done:
            cards.close(covered)
    if done:
        cards.rebuild(product_ids=list(covered.values_list("pk", flat=True)), now=now)
    return bool(done)
