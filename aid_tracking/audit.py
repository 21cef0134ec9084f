"""Proving the numbers: the ledger is unbroken, and every total is the sum of its entries.

Each level returns the first difference in words, or None. What is held in memory does not grow with the number of
entries (level 2 holds one slice kind's totals at a time). Nothing is repaired here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum, Value

from aid_tracking import triggers
from aid_tracking.ledger import FIELDS, GENESIS, chain_hash
from aid_tracking.models import Campaign, DayTotal, LedgerEntry, SliceKind, Source, Total
from aid_tracking.sums import COLUMNS, column
from catalog.money import to_decimal
from checkout.models import OrderLine

Progress = Callable[[int], object]
CHUNK = 5000
_KEY_FIELDS = {
    SliceKind.COUNTY: "region_id",
    SliceKind.PROVINCE: "province_code",
    SliceKind.MERCHANT: "merchant_id",
    SliceKind.CATEGORY: "category",
    SliceKind.BUYER_KIND: "buyer_kind",
    SliceKind.CHANNEL: "sales_channel",
    SliceKind.ZONE: "zone",
    SliceKind.CERTIFIED: "certified",
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one state of the database while the relay goes on writing. Inside a transaction: that transaction's view."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic`: that takes the write lock here, and an audit must not stop the shop.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def chain_size() -> int:
    """Return how many steps `chain` reports to its progress."""
    return LedgerEntry.objects.count()


def chain(*, progress: Progress = lambda step: None) -> str | None:
    """Level 1: the triggers are there, no entry is missing, and each hash covers its entry and the one before."""
    if gone := triggers.missing_triggers():
        return f"the ledger is unprotected: the database lacks {', '.join(gone)}"
    prev_hash = GENESIS
    rows = LedgerEntry.objects.order_by("seq").values(*FIELDS, "prev_hash", "hash").iterator(CHUNK)
    for seq, row in enumerate(rows, start=1):
        if row["seq"] != seq:
            return f"entry {seq} is missing"
        if row["prev_hash"] != prev_hash:
            return f"entry {seq} does not follow entry {seq - 1}: its prev_hash is another"
        if row["hash"] != chain_hash(prev_hash, row):
            return f"entry {seq} is not what was written: its hash does not cover it"
        prev_hash = row["hash"]
        progress(1)
    return None


def totals_size() -> int:
    """Return how many steps `totals` reports to its progress."""
    return len(SliceKind) + 2


def totals(*, progress: Progress = lambda step: None) -> str | None:
    """Level 2: each total is the sum of its entries; each line counts between nothing and what was paid for it."""
    names = dict(Campaign.objects.values_list("pk", "slug"))
    for kind in SliceKind:
        wrong = _compare(
            Total.objects.filter(slice_kind=kind), lambda row: row.slice_key, _slice_sums(kind), names, f"{kind} "
        )
        if wrong:
            return wrong
        progress(1)
    if wrong := _compare(DayTotal.objects.all(), lambda row: str(row.day), _day_sums(), names, "day "):
        return wrong
    progress(1)
    wrong = _lines_within_paid(names)
    progress(1)
    return wrong


Sums = dict[tuple[int, str], list[int]]


def _compare(rows, key_of: Callable[[Any], str], expected: Sums, names: dict[int, str], what: str) -> str | None:
    """Return the first row that is not what its entries add up to, or the first sum that has no row."""
    nothing = [0] * len(COLUMNS)
    for row in rows.order_by("pk").iterator(CHUNK):
        sums = expected.pop((row.campaign_id, key_of(row)), nothing)
        for name, counted in zip(COLUMNS, sums, strict=True):
            kept = getattr(row, name)
            if kept != counted:
                where = f"campaign {names[row.campaign_id]}, {what}{key_of(row)}".rstrip()
                return f"{where}: {name} is {kept}, its entries add up to {counted}"
    for campaign_id, key in sorted(expected):
        return f"campaign {names[campaign_id]}, {what}{key}".rstrip() + ": the total is missing"
    return None


def _slice_sums(kind: SliceKind) -> Sums:
    entries = LedgerEntry.objects.all()
    if kind == SliceKind.ALL:
        return _add_up(entries.annotate(key=Value("")))
    if kind == SliceKind.ZONE:
        entries = entries.exclude(zone="")
    sums = _add_up(entries.annotate(key=F(_KEY_FIELDS[kind])))
    if kind == SliceKind.CERTIFIED:
        words = {"True": "yes", "False": "no"}
        return {(campaign, words[key]): added for (campaign, key), added in sums.items()}
    return sums


def _day_sums() -> Sums:
    return _add_up(LedgerEntry.objects.annotate(key=F("day")))


def _add_up(entries) -> Sums:
    """Have the database add up entries by campaign and `key`; return (campaign, key) → the sums of `COLUMNS`."""
    found: Sums = {}
    groups = (
        entries.values("campaign_id", "key", "basis", "mode", "line_kind")
        .annotate(
            amount=Sum("amount_minor"), lines=Count("seq", filter=Q(reverses=None, round=0)), entries=Count("seq")
        )
        .order_by()
    )
    for group in groups.iterator(CHUNK):
        sums = found.setdefault((group["campaign_id"], str(group["key"])), [0] * len(COLUMNS))
        sums[COLUMNS.index(column(group["basis"], group["mode"], group["line_kind"]))] += int(group["amount"])
        sums[-2] += group["lines"]
        sums[-1] += group["entries"]
    return found


def _lines_within_paid(names: dict[int, str]) -> str | None:
    groups = (
        LedgerEntry.objects.filter(source=Source.ORDER)
        .values_list("line_id", "campaign_id")
        .annotate(amount=Sum("amount_minor"))
        .order_by("line_id", "campaign_id")
    )
    for chunk in _chunks(groups.iterator(CHUNK)):
        paid = dict(OrderLine.objects.filter(pk__in={line for line, *_ in chunk}).values_list("pk", "total_minor"))
        for line_id, campaign_id, amount in chunk:
            if line_id not in paid:
                return f"order line {line_id} counts for campaign {names[campaign_id]}, but there is no such line"
            if not 0 <= amount <= paid[line_id]:
                return (
                    f"order line {line_id} counts ¥{to_decimal(amount)} for campaign {names[campaign_id]}, "
                    f"¥{to_decimal(paid[line_id])} were paid for it"
                )
    return None


def _chunks(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
