"""Moving stock. Every change is one conditional UPDATE: what is scarce is checked and taken in the same step (I1)."""

from datetime import datetime

from django.conf import settings
from django.db.models import F

from catalog.models import Stock, StockMovement, StockTransfer, Warehouse
from catalog.prepared import Prepared

_OF_VARIANT = Prepared(
    lambda ids: (
        Stock.objects.filter(variant_id__in=ids, warehouse__kind__in=Warehouse.SHIPS, warehouse__closed_at=None)
        .order_by("id")
        .values_list("id")
    )
)


def allocate(*, variant_id: int, quantity: int, seen: dict[int, int] | None = None) -> int | None:
    """Take units of a variant for an order; return the stock's id, or None when no warehouse has so many.

    What lies in cabinets and experience shops is handed out there, and not looked at. Belongs into the caller's
    transaction. Two buyers of the last unit run the same UPDATE; the second finds no row.
    `seen` (allocated units by stock id, read earlier) is for the control test alone, which switches the guard off.
    """
    if "stock" in settings.UNGUARDED and seen:
        return _allocate_unguarded(variant_id, quantity, seen)
    for (stock_id,) in _OF_VARIANT.rows([variant_id]):
        if Stock.objects.filter(pk=stock_id, on_hand__gte=F("allocated") + quantity).update(
            allocated=F("allocated") + quantity
        ):
            return stock_id
    return None


def _allocate_unguarded(variant_id: int, quantity: int, seen: dict[int, int]) -> int | None:
    """Check what was read before and write it back: the mistake that `allocate` avoids, kept to prove the test."""
    for stock in Stock.objects.filter(variant_id=variant_id):
        before = seen.get(stock.pk, stock.allocated)
        if before + quantity <= stock.on_hand:
            Stock.objects.filter(pk=stock.pk).update(allocated=before + quantity)
            return stock.pk
    return None


def release(*, stock_id: int, quantity: int) -> None:
    """Give allocated units back to sale. Raises RuntimeError when they were not allocated: a fault, never a race."""
    if not Stock.objects.filter(pk=stock_id, allocated__gte=quantity).update(allocated=F("allocated") - quantity):
        raise RuntimeError(f"stock {stock_id} has fewer than {quantity} units allocated")


def dispatch(*, stock_id: int, quantity: int, actor: str, now: datetime) -> None:
    """Allocated units leave the warehouse. Raises RuntimeError when they were not allocated."""
    if not Stock.objects.filter(pk=stock_id, allocated__gte=quantity).update(
        allocated=F("allocated") - quantity, on_hand=F("on_hand") - quantity
    ):
        raise RuntimeError(f"stock {stock_id} has fewer than {quantity} units allocated")
    record(stock_id=stock_id, delta=-quantity, reason=StockMovement.Reason.DISPATCH, actor=actor, now=now)


def record(
    *,
    stock_id: int,
    delta: int,
    reason: str,
    actor: str,
    now: datetime,
    transfer: StockTransfer | None = None,
    note: str = "",
) -> None:
    """Write why `on_hand` changed, in the transaction that changed it: its row is locked, so what is read is new."""
    StockMovement.objects.create(
        stock_id=stock_id,
        reason=reason,
        delta=delta,
        on_hand=Stock.objects.values_list("on_hand", flat=True).get(pk=stock_id),
        transfer=transfer,
        actor=actor,
        at=now,
        note=note,
    )
