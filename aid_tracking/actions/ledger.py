"""Writing the aid ledger: entries are appended and totals moved in one transaction, or nothing is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from aid_tracking import sums
from aid_tracking.attribution import Intent
from aid_tracking.ledger import GENESIS, chain_hash, day_of
from aid_tracking.models import DayTotal, LedgerEntry, Source, Total

ROWS_A_STATEMENT = 1000


def append(*, intents: Sequence[Intent], now: datetime) -> int:
    """Write the entries for these intents and move the totals; return how many were new.

    An intent whose event has been counted for its line and campaign is skipped, so events may come twice. Joins the
    caller's transaction, because the relay marks its outbox rows in the same one. Raises IntegrityError, with nothing
    written, when the database refuses an entry: a reversal beyond what was counted, a second count of a line, or
    another writer at the same time (of two entries with the same predecessor one is refused, so no chain forks).
    """
    with transaction.atomic():
        fresh = _fresh(intents)
        if not fresh:
            return 0
        entries = _chained(fresh, now)
        LedgerEntry.objects.bulk_create(entries, batch_size=ROWS_A_STATEMENT)
        _move_totals(fresh)
        _move_days(fresh)
    return len(entries)


def _fresh(intents: Sequence[Intent]) -> list[Intent]:
    """Return the intents that are not in the ledger yet, each once."""
    lines = {intent.line_id for intent in intents}
    written = set(
        LedgerEntry.objects.filter(source=Source.ORDER, line_id__in=lines).values_list(
            "line_id", "campaign_id", "event_key", "round"
        )
    )
    fresh = []
    for intent in intents:
        key = (intent.line_id, intent.campaign_id, intent.event_key, intent.round)
        if key not in written:
            written.add(key)
            fresh.append(intent)
    return fresh


def _chained(intents: Sequence[Intent], now: datetime) -> list[LedgerEntry]:
    """Return unsaved entries that continue the chain."""
    head = LedgerEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    seq, prev_hash = head or (0, GENESIS)
    entries = []
    for intent in intents:
        seq += 1
        record = _record(intent, seq, now)
        entry = LedgerEntry(**record, prev_hash=prev_hash, hash=chain_hash(prev_hash, record))
        entries.append(entry)
        prev_hash = entry.hash
    return entries


def _record(intent: Intent, seq: int, now: datetime) -> dict[str, object]:
    """Return what an entry says, in the fields that its hash covers."""
    return {
        **vars(intent.slices),
        "seq": seq,
        "campaign_id": intent.campaign_id,
        "source": Source.ORDER.value,
        "line_id": intent.line_id,
        "event_key": intent.event_key,
        "round": intent.round,
        "amount_minor": intent.amount_minor,
        "reverses_id": intent.reverses,
        "rule_version": intent.rule_version,
        "day": day_of(intent.occurred_at),
        "occurred_at": intent.occurred_at,
        "recorded_at": now,
    }


def _move_totals(intents: Sequence[Intent]) -> None:
    _add(Total, ("slice_kind", "campaign_id", "slice_key"), sorted(sums.by_slice(intents).items()))


def _move_days(intents: Sequence[Intent]) -> None:
    moved = [((campaign, day.isoformat()), amounts) for (campaign, day), amounts in sums.by_day(intents).items()]
    _add(DayTotal, ("campaign_id", "day"), sorted(moved))


def _add(model: type[Total] | type[DayTotal], key: tuple[str, ...], moves: list[tuple[tuple, list[int]]]) -> None:
    """Make the rows that are missing, then add to all; two statements, however many slices a batch moves.

    Not one upsert: the row proposed by INSERT … ON CONFLICT DO UPDATE would meet the CHECK that no total is negative.
    """
    table, columns = model._meta.db_table, sums.COLUMNS
    row = ", ".join(["0"] * len(columns) + ["%s"] * len(key))
    added = ", ".join(f"{column} = {column} + %s" for column in columns)
    which = " AND ".join(f"{column} = %s" for column in key)
    names = ", ".join((*columns, *key))
    # Nothing but names of our own columns is put into these texts.
    insert = f"INSERT INTO {table} ({names}) VALUES ({row}) ON CONFLICT DO NOTHING"  # noqa: S608
    update = f"UPDATE {table} SET {added} WHERE {which}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(insert, [values for values, _ in moves])
        cursor.executemany(update, [(*amounts, *values) for values, amounts in moves])
