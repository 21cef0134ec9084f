"""The relay: reads what the outbox tells, has it decided, writes the ledger. One writer at a time, in batches.

A batch is one durable transaction: entries, totals and the marks on the outbox rows stand or fall together. A relay
that is killed leaves its rows waiting; one that lost its lease while it slept finds that out inside the transaction,
at its first statement. A fact that cannot be counted is split off, tried again later, and in the end set aside for a
person, so that it never stops the others (`RelayFailure`).
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from aid_tracking import evidence
from aid_tracking.actions.campaigns import ensure_root
from aid_tracking.actions.ledger import append
from aid_tracking.attribution import BrokenTree, CampaignSet, Evidence, NoRoot, decide
from aid_tracking.models import LedgerEntry, RelayFailure, RelayLock, Source
from aid_tracking.rules import BadRule
from aid_tracking.selectors import waiting
from catalog.prepared import Prepared
from checkout import facts
from checkout.facts import OrderFacts
from checkout.models import OutboxRow

LEASE = timedelta(seconds=15)
BEAT = timedelta(seconds=3)
MOST_TRIES = 8
LONGEST_PAUSE = timedelta(minutes=10)

# What is no fault of the rows at hand: they stay as they are, and are counted when this is over.
NOT_OF_A_ROW = (OperationalError, InterfaceError, BrokenTree, BadRule)

# What each round asks first, five times a second: is there anything? Rows that were put off count as something.
_WAITING = Prepared(
    lambda ids: OutboxRow.objects.filter(id__gt=ids[0], processed_at=None).order_by().values_list("id")[:1]
)

log = logging.getLogger(__name__)


class LockLost(Exception):
    """Another relay holds the lock."""


def identity() -> str:
    """Return the name under which this process holds the lock."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def run_once(*, now: datetime, batch: int = 500, holder: str | None = None) -> int:
    """Count at most `batch` waiting facts; return how many were handled, counted or found not to count.

    Returns 0 when nothing waits or another relay holds the lock. Errors that have nothing to do with a row
    (`NOT_OF_A_ROW`) are raised: the batch is still waiting then.
    """
    holder = holder or identity()
    ids = list(due(now).values_list("id", flat=True)[:batch])
    try:
        if not ids:
            _beat(holder, now)
            return 0
        return _handle(ids, holder, now)
    except LockLost:
        return 0


def loop(
    *,
    stop: threading.Event,
    batch: int = 500,
    pause: float = 0.2,
    clock: Callable[[], datetime] = timezone.now,
    holder: str | None = None,
) -> None:
    """Run until `stop` is set. A database that is away or locked is asked again, at the latest after five seconds."""
    holder = holder or identity()
    failed = 0
    ran_at: datetime | None = None
    while not stop.is_set():
        now, handled = clock(), 0
        try:
            if ran_at is None or not ran_at <= now < ran_at + BEAT or _WAITING.rows([0]):
                handled = run_once(now=now, batch=batch, holder=holder)
                ran_at = now
            failed = 0
        except NOT_OF_A_ROW as error:
            failed += 1
            log.warning("nothing can be counted now, trying again: %s: %s", type(error).__name__, error)
            connection.close()
            stop.wait(min(pause * 2**failed, 5.0))
            continue
        if handled < batch:
            stop.wait(pause)
    release(holder=holder)


def release(*, holder: str | None = None) -> None:
    """Let another relay take over at once."""
    try:
        RelayLock.objects.filter(pk=1, holder=holder or identity()).update(holder="", expires_at=None)
    except (OperationalError, InterfaceError):
        log.warning("the lock could not be released; it runs out in %s", LEASE)


def retry_failures(*, now: datetime) -> int:
    """Have every fact that failed tried again at once, also those set aside; return how many."""
    return RelayFailure.objects.update(tries=0, next_try_at=now, is_set_aside=False)


def due(now: datetime) -> QuerySet[OutboxRow]:
    """Return the waiting facts that may be tried at `now`, the oldest first."""
    return waiting().filter(Q(relay_failure=None) | Q(relay_failure__next_try_at__lte=now)).order_by("id")


def _handle(ids: Sequence[int], holder: str, now: datetime) -> int:
    """Count these rows; when they fail together, halve them until the failing one stands alone."""
    try:
        with transaction.atomic(durable=True):
            _hold(holder, now, counted=True)
            return _count(list(OutboxRow.objects.filter(id__in=ids, processed_at=None).order_by("id")), now)
    except (*NOT_OF_A_ROW, LockLost):
        raise
    except Exception as error:
        if len(ids) == 1:
            log.exception("outbox row %s could not be counted", ids[0])
            with transaction.atomic(durable=True):
                _hold(holder, now)
                _put_off(ids, f"{type(error).__name__}: {error}", now)
            return 0
    half = len(ids) // 2
    return _handle(ids[:half], holder, now) + _handle(ids[half:], holder, now)


def _count(rows: Sequence[OutboxRow], now: datetime) -> int:
    """Write what these rows tell and mark them, within the caller's transaction; return how many were handled."""
    told = {row.pk: facts.read(row.payload) for row in rows}
    paid = [fact for fact in told.values() if fact.event == "order_paid"]
    refunds = {pk: fact for pk, fact in told.items() if fact.event == "refund_succeeded"}
    failed = {pk: fact for pk, fact in told.items() if fact.event == "refund_failed"}
    campaigns = _campaigns()
    if paid:
        found = evidence.of_lines(paid)
        append(intents=[intent for fact in paid for intent in decide(fact, found, campaigns)], now=now)
    early = _take_back(refunds, campaigns, now) if refunds else set()
    early |= _count_again(failed, campaigns, now)
    return _marked([pk for pk in told if pk not in early], now)


def _marked(ids: Sequence[int], now: datetime) -> int:
    """Mark these rows as handled; return how many."""
    RelayFailure.objects.filter(row__in=ids).delete()
    marked = OutboxRow.objects.filter(id__in=ids, processed_at=None).update(processed_at=now)
    if marked != len(ids):
        raise LockLost  # somebody else marked some: nothing of this batch may stand
    return marked


def _campaigns() -> CampaignSet:
    try:
        return evidence.campaigns()
    except NoRoot:
        ensure_root()
        return evidence.campaigns()


def _take_back(refunds: dict[int, OrderFacts], campaigns: CampaignSet, now: datetime) -> set[int]:
    """Write the reversals of these refunds; return those that came before what they take back was counted.

    The root counts every paid line, so a line without entries is one whose payment has not been counted yet.
    """
    counted = evidence.of_counted(line.line_id for fact in refunds.values() for line in fact.lines)
    early = {pk for pk, fact in refunds.items() if any(line.line_id not in counted for line in fact.lines)}
    ready = [fact for pk, fact in refunds.items() if pk not in early]
    known = Evidence(counted=counted)
    append(intents=[intent for fact in ready for intent in decide(fact, known, campaigns)], now=now)
    _put_off(sorted(early), "waits: what it takes back has not been counted yet", now)
    return early


def _count_again(failed: dict[int, OrderFacts], campaigns: CampaignSet, now: datetime) -> set[int]:
    """Count again what these refunds had taken off; return those that came before it was taken off.

    One by one, as each decision goes by what the one before left; they are rare.
    """
    early = set()
    for pk, fact in failed.items():
        lines = {line.line_id for line in fact.lines if line.amount_minor > 0}
        of_lines = LedgerEntry.objects.filter(source=Source.ORDER, line_id__in=lines)
        if of_lines.filter(event_key=fact.event_key).exists():
            continue  # told before
        if lines - set(of_lines.filter(event_key=fact.undoes).values_list("line_id", flat=True)):
            early.add(pk)
            continue
        append(intents=decide(fact, Evidence(counted=evidence.of_counted(lines)), campaigns), now=now)
    _put_off(sorted(early), "waits: what it counts again has not been taken off yet", now)
    return early


def _put_off(ids: Sequence[int], error: str, now: datetime) -> None:
    """Note a failed try of these rows: the next one comes after a pause that doubles, after the last one a person."""
    for pk in ids:
        failure, is_new = RelayFailure.objects.get_or_create(
            row_id=pk, defaults={"error": error[:300], "first_failed_at": now, "next_try_at": now + _pause(1)}
        )
        if not is_new:
            tries = failure.tries + 1
            RelayFailure.objects.filter(pk=failure.pk).update(
                tries=F("tries") + 1,
                error=error[:300],
                next_try_at=now + _pause(tries),
                is_set_aside=tries >= MOST_TRIES,
            )


def _pause(tries: int) -> timedelta:
    return min(timedelta(seconds=2**tries), LONGEST_PAUSE)


def _hold(holder: str, now: datetime, *, counted: bool = False) -> None:
    """Take or renew the lock, in the caller's transaction, which other relays then wait for. Raises LockLost."""
    moments = {"last_run_at": now, **({"last_counted_at": now} if counted else {})}
    # A lease that ends later than any lease can was taken by a clock that is wrong, or played with: it does not bind.
    ended = Q(expires_at=None) | Q(expires_at__lte=now) | Q(expires_at__gt=now + 2 * LEASE)
    free = Q(holder__in=["", holder]) | ended
    held = RelayLock.objects.filter(free, pk=1).update(holder=holder, expires_at=now + LEASE, **moments)
    if not held and RelayLock.objects.filter(pk=1).exists():
        raise LockLost
    if not held:
        RelayLock.objects.create(pk=1, holder=holder, expires_at=now + LEASE, **moments)


def _beat(holder: str, now: datetime) -> None:
    """Say that this relay lives, not more often than needed: each write takes SQLite's one write lock."""
    seen = RelayLock.objects.filter(pk=1).first()
    if seen is None or seen.last_run_at is None or not now - BEAT < seen.last_run_at <= now:
        with transaction.atomic(durable=True):
            _hold(holder, now)
