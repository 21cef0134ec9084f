"""How entries add up to totals: the slices and the column that an entry moves. Pure."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Protocol, TypeVar

AMOUNT_COLUMNS = tuple(
    f"{basis}_{mode}_{kind}_minor"
    for basis in ("measured", "declared")
    for mode in ("direct", "helped")
    for kind in ("goods", "service")
)
COLUMNS = (*AMOUNT_COLUMNS, "lines", "entries")
Key = TypeVar("Key", bound=Hashable)
_POSITION = {column: position for position, column in enumerate(COLUMNS)}


class Counts(Protocol):
    """What a total needs to know of an entry."""

    campaign_id: int
    amount_minor: int
    reverses_id: int | None
    basis: str
    mode: str
    line_kind: str
    region_id: int
    province_code: str
    merchant_id: int
    category: str
    buyer_kind: str
    sales_channel: str
    zone: str
    certified: bool
    day: date


def column(basis: str, mode: str, line_kind: str) -> str:
    """Return the amount column that such an entry moves."""
    return f"{basis}_{mode}_{line_kind}_minor"


def slices(entry: Counts) -> list[tuple[str, str]]:
    """Return the (slice kind, key) pairs that an entry is part of."""
    found = [
        ("all", ""),
        ("county", str(entry.region_id)),
        ("province", entry.province_code),
        ("merchant", str(entry.merchant_id)),
        ("category", entry.category),
        ("buyer_kind", entry.buyer_kind),
        ("channel", entry.sales_channel),
        ("certified", "yes" if entry.certified else "no"),
    ]
    if entry.zone:
        found.append(("zone", entry.zone))
    return found


def by_slice(entries: Iterable[Counts]) -> dict[tuple[str, int, str], list[int]]:
    """Return (slice kind, campaign, key) → what these entries add to each of `COLUMNS`."""
    return _add_up(entries, lambda entry: [(kind, entry.campaign_id, key) for kind, key in slices(entry)])


def by_day(entries: Iterable[Counts]) -> dict[tuple[int, date], list[int]]:
    """Return (campaign, day) → what these entries add to each of `COLUMNS`."""
    return _add_up(entries, lambda entry: [(entry.campaign_id, entry.day)])


def _add_up(entries: Iterable[Counts], keys: Callable[[Counts], list[Key]]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for entry in entries:
        position = _POSITION[column(entry.basis, entry.mode, entry.line_kind)]
        for key in keys(entry):
            moved = found.setdefault(key, [0] * len(COLUMNS))
            moved[position] += entry.amount_minor
            moved[-2] += entry.reverses_id is None
            moved[-1] += 1
    return found
