"""How what is to be written adds up to totals: the slices and the column that an entry moves. Pure."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import TypeVar

from aid_tracking.attribution import Intent, Slices
from aid_tracking.ledger import day_of

AMOUNT_COLUMNS = tuple(
    f"{basis}_{mode}_{kind}_minor"
    for basis in ("measured", "declared")
    for mode in ("direct", "helped")
    for kind in ("goods", "service")
)
COLUMNS = (*AMOUNT_COLUMNS, "lines", "entries")
Key = TypeVar("Key", bound=Hashable)
_POSITION = {column: position for position, column in enumerate(COLUMNS)}


def column(basis: str, mode: str, line_kind: str) -> str:
    """Return the amount column that such an entry moves."""
    return f"{basis}_{mode}_{line_kind}_minor"


def slices(of: Slices) -> list[tuple[str, str]]:
    """Return the (slice kind, key) pairs that an entry with these is part of."""
    found = [
        ("all", ""),
        ("county", str(of.region_id)),
        ("province", of.province_code),
        ("merchant", str(of.merchant_id)),
        ("category", of.category),
        ("buyer_kind", of.buyer_kind),
        ("channel", of.sales_channel),
        ("certified", "yes" if of.certified else "no"),
    ]
    if of.zone:
        found.append(("zone", of.zone))
    return found


def by_slice(intents: Iterable[Intent]) -> dict[tuple[str, int, str], list[int]]:
    """Return (slice kind, campaign, key) → what these entries add to each of `COLUMNS`."""
    return _add_up(intents, lambda intent: [(kind, intent.campaign_id, key) for kind, key in slices(intent.slices)])


def by_day(intents: Iterable[Intent]) -> dict[tuple[int, date], list[int]]:
    """Return (campaign, day in Beijing) → what these entries add to each of `COLUMNS`."""
    return _add_up(intents, lambda intent: [(intent.campaign_id, day_of(intent.occurred_at))])


def _add_up(intents: Iterable[Intent], keys: Callable[[Intent], list[Key]]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for intent in intents:
        position = _POSITION[column(intent.slices.basis, intent.slices.mode, intent.slices.line_kind)]
        for key in keys(intent):
            moved = found.setdefault(key, [0] * len(COLUMNS))
            moved[position] += intent.amount_minor
            moved[-2] += intent.reverses is None and intent.round == 0  # counted again it is the same line
            moved[-1] += 1
    return found
