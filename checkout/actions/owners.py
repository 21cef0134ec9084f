"""Whose cart it is: a guest's cart becomes that of the person who signs in. Carts made by the API stay as they are."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from checkout.models import Checkout, CheckoutLine
from checkout.rules import MAX_LINES


def claim(*, token: UUID | None, user_id: int, now: datetime) -> Checkout | None:
    """Return the person's one cart: the one with this token, if nobody else owns it, and what earlier ones held.

    A variant that is in both keeps the newer cart's quantity. Without a token the latest earlier cart is returned, or
    None. A cart that is just being placed is waited for, and then is none. Safe to repeat.
    """
    persons = Q(user=user_id, in_browser=True)
    with transaction.atomic(durable=True):
        own = Checkout.objects.filter(persons | Q(user=None, token=token) if token else persons)
        # Locked in one order, so that two who claim do not wait for each other in a circle.
        found = sorted(
            own.select_for_update().order_by("pk"),
            key=lambda cart: (cart.token == token, cart.updated_at),
            reverse=True,
        )
        if not found:
            return None
        kept, *earlier = found
        if earlier or kept.user_id is None:
            _move_lines(kept, earlier)
            Checkout.objects.filter(pk__in=[cart.pk for cart in earlier]).delete()
            Checkout.objects.filter(pk=kept.pk).update(user=user_id, updated_at=now)
            kept.refresh_from_db()
    return kept


def _move_lines(kept: Checkout, earlier: list[Checkout]) -> None:
    """Move what the kept cart lacks, the latest first, as far as it has room."""
    present = set(kept.lines.values_list("variant_id", flat=True))
    for line in CheckoutLine.objects.filter(checkout__in=earlier).order_by("-checkout__updated_at", "id"):
        if line.variant_id not in present and len(present) < MAX_LINES:
            CheckoutLine.objects.filter(pk=line.pk).update(checkout=kept)
            present.add(line.variant_id)
