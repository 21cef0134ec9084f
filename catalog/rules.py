"""Rules of selling that are pure arithmetic: windows of time, the state of a certificate, prices, where it goes.

Windows are half open [start, end) in UTC; `end` None means until further notice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

EXPIRING = timedelta(days=30)
_JIN_GRAMS = 500


class Window(NamedTuple):
    """A half-open stretch of time, never empty where these functions return one."""

    start: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Return whether `at` lies in it."""
        return self.start <= at and (self.end is None or at < self.end)


def merge(windows: Iterable[Window]) -> list[Window]:
    """Return the union of windows in order, with touching and overlapping ones joined and empty ones left out."""
    joined: list[Window] = []
    for start, end in sorted((w for w in windows if w.end is None or w.end > w.start), key=lambda w: w.start):
        if joined and (joined[-1].end is None or start <= joined[-1].end):
            last = joined[-1]
            joined[-1] = Window(last.start, None if last.end is None or end is None else max(last.end, end))
        else:
            joined.append(Window(start, end))
    return joined


def intersect(left: list[Window], right: list[Window]) -> list[Window]:
    """Return the stretches that lie in both unions; each argument is as `merge` returns it."""
    common = []
    for one in left:
        for other in right:
            start = max(one.start, other.start)
            end = min((end for end in (one.end, other.end) if end is not None), default=None)
            if end is None or start < end:
                common.append(Window(start, end))
    return common


def next_window(windows: list[Window], at: datetime) -> Window | None:
    """Return the first window of a merged list that has not ended at `at`."""
    return next((window for window in windows if window.end is None or window.end > at), None)


def certificate_window(
    valid_from: datetime, valid_until: datetime, approved_at: datetime | None, revoked_at: datetime | None
) -> Window | None:
    """Return when a certificate speaks: from its approval or its start, the later; until its end or revocation."""
    if approved_at is None:
        return None
    start, end = max(valid_from, approved_at), min(valid_until, revoked_at or valid_until)
    return Window(start, end) if start < end else None


def certificate_state(
    valid_from: datetime,
    valid_until: datetime,
    approved_at: datetime | None,
    revoked_at: datetime | None,
    at: datetime,
) -> str:
    """Return "revoked", "expired", "pending", "expiring" (ends within 30 days) or "valid", as of `at`."""
    if revoked_at is not None and revoked_at <= at:
        return "revoked"
    if valid_until <= at:
        return "expired"
    if approved_at is None or max(valid_from, approved_at) > at:
        return "pending"
    return "expiring" if valid_until - at <= EXPIRING else "valid"


def certificate_change(
    valid_from: datetime,
    valid_until: datetime,
    approved_at: datetime | None,
    revoked_at: datetime | None,
    at: datetime,
) -> datetime | None:
    """Return the next moment after `at` at which `certificate_state` changes by the clock alone, or None."""
    edges = [valid_from, approved_at, revoked_at, valid_until - EXPIRING, valid_until]
    states = (valid_from, valid_until, approved_at, revoked_at)
    now = certificate_state(*states, at)
    coming = sorted(edge for edge in edges if edge is not None and edge > at)
    return next((edge for edge in coming if certificate_state(*states, edge) != now), None)


def price_per_500g(price_minor: int, weight_grams: int) -> int | None:
    """Return what a jin (500 g) costs in fen, rounded half up; None where no weight is known."""
    if not weight_grams:
        return None
    return (price_minor * _JIN_GRAMS * 2 + weight_grams) // (weight_grams * 2)


def unit_price(price_minor: int, tiers: Iterable[tuple[int, int]], quantity: int) -> int:
    """Return what one of `quantity` units costs (fen): the lowest price that the quantity has reached.

    `tiers` are (minimum quantity, price). Whatever they are, the price never rises with the quantity.
    """
    return min([price_minor, *(price for least, price in tiers if least <= quantity)])


def steps(price_minor: int, tiers: Sequence[tuple[int, int]], least: int = 1) -> list[tuple[int, int]]:
    """Return (from how many units, unit price) as a buyer meets them, from the smallest order on, strictly falling."""
    found = [(least, unit_price(price_minor, tiers, least))]
    for quantity, _ in sorted(tiers):
        price = unit_price(price_minor, tiers, quantity)
        if quantity > least and price < found[-1][1]:
            found.append((quantity, price))
    return found


def bad_tiers(price_minor: int, tiers: Sequence[tuple[int, int]]) -> str:
    """Return what is wrong with (minimum quantity, price) as a merchant gives them: a code, or nothing.

    "twice": two begin at the same quantity; "free": one costs nothing; "rising": a price does not fall.
    """
    ordered = sorted(tiers)
    quantities = [quantity for quantity, _ in ordered]
    prices = [price_minor, *(price for _, price in ordered)]
    if len(set(quantities)) < len(quantities):
        return "twice"
    if min(prices) <= 0:
        return "free"
    return "rising" if any(later >= before for before, later in pairwise(prices)) else ""


def is_delivered(provinces: Sequence[str], division_code: str) -> bool:
    """Return whether what is delivered to these provinces (none named: to all) reaches a division (GB/T 2260)."""
    return not provinces or f"{division_code[:2]}0000" in provinces
