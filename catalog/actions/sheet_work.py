"""Working on imports and exports, a few seconds at a time, so that a worker's other jobs are never kept waiting.

A job is held by a lease. Its position moves in the same transaction as what was done: a worker that is killed, at any
moment, leaves a job that another takes up exactly there. A chunk is a short transaction of its own; purchases go on.
"""

import logging
import secrets
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from catalog.actions import cards, sheets
from catalog.actions.sheet_jobs import OPEN
from catalog.models import ProductVariant, SheetChunk, SheetJob
from catalog.sheets import books, export, pieces, reading, rows
from catalog.sheets.cells import Bad
from catalog.sheets.lookups import Lookups
from catalog.sheets.plan import BAD, CHANGED, NEW, SAME, Entry, plan
from catalog.sheets.rows import Problem, Row
from catalog.sheets.skus import candidates
from catalog.sheets.state import load

CHUNK = 25  # rows in one transaction: on SQLite, which has one writer, purchases wait for it
PAUSE, MOST_PAUSE_SECONDS = 3, 1.0  # after a transaction, as a multiple of its time; at most
LEASE = timedelta(seconds=90)
TURN_SECONDS = 4.0
MOST_TRIES = 4
State, Part, Choice = SheetJob.State, SheetChunk.Part, SheetJob.Choice
log = logging.getLogger(__name__)


@contextmanager
def _giving_way() -> Iterator[None]:
    """Leave database and processors to others after a transaction, three times as long as it took.

    SQLite has no queue of writers: who waits looks again from time to time, and without a pause finds the next
    transaction of the import there, again and again, until the whole file is written.
    """
    begin = time.monotonic()
    yield
    time.sleep(min(MOST_PAUSE_SECONDS, PAUSE * (time.monotonic() - begin)))


class Lost(Exception):
    """The job was stopped, or another worker has it: nothing of this chunk may stay."""


class _Spoiled(Exception):
    """All rows or none was asked for, nothing is written yet, and a row is bad."""


def run_due(
    *,
    clock: Callable[[], datetime] = timezone.now,
    seconds: float = TURN_SECONDS,
    reach: Callable[[str], None] = lambda point: None,
) -> bool:
    """Take the job that has waited longest and work on it for about `seconds`; return whether there was one.

    `reach` is called at the points at which tests let the process die.
    """
    job = _take(clock())
    if job is None:
        return False
    turn = _Turn(job, clock, time.monotonic() + seconds, reach)
    try:
        with override(job.language):
            turn.work()
    except Lost:
        pass
    except Bad as bad:
        turn.end(State.FAILED, failure=[bad.code, bad.details])
    except Exception:  # the next turn tries again, and after a few the job fails
        log.exception("job %s broke off", job.pk)
    turn.let_go()
    return True


def waiting(*, now: datetime) -> bool:
    """Return whether a job waits for a worker."""
    return _free(now).exists()


def _free(now: datetime):
    # A lease that ends later than any can was taken by a clock that is wrong: it does not bind.
    return SheetJob.objects.filter(Q(lease_until__lte=now) | Q(lease_until__gt=now + LEASE), state__in=OPEN)


def _take(now: datetime) -> SheetJob | None:
    for job in _free(now).order_by("lease_until", "pk")[:5]:
        job.holder, tries = secrets.token_hex(16), job.tries + 1
        mine = SheetJob.objects.filter(pk=job.pk, state=job.state, lease_until=job.lease_until)
        if mine.update(holder=job.holder, lease_until=now + LEASE, tries=tries):
            job.tries = tries
            return job
    return None


class _Turn:
    """One turn of one worker with one job. `job` is kept as the database has it."""

    def __init__(self, job: SheetJob, clock, until: float, reach) -> None:
        self.job, self.clock, self.until, self.reach = job, clock, until, reach
        self.lookups = Lookups(job.merchant_id)

    def work(self) -> None:
        """Do steps until the time is over or nothing is left to do. Raises Bad and Lost."""
        if self.job.tries > MOST_TRIES:
            raise Bad("broken")
        if self.job.state == State.WRITING and self.job.position:
            self._rebuild_cards(self.job.position - 1)  # whoever wrote it may have died before this
        steps = {
            State.READING: self._read,
            State.CHECKING: self._check,
            State.WRITING: self._write,
            State.EXPORTING: self._export,
        }
        while self.job.state in steps:
            steps[State(self.job.state)]()
            if time.monotonic() > self.until:
                return

    def end(self, state: str, **values: Any) -> None:
        """End the job, if it is still ours."""
        try:
            with transaction.atomic(durable=True):
                self._move(state=state, finished_at=self.clock(), **values)
                pieces.drop(self.job, Part.UPLOAD, Part.ROWS)
        except Lost:
            pass

    def let_go(self) -> None:
        """Let another worker go on at once; without this the lease runs out."""
        try:
            SheetJob.objects.filter(pk=self.job.pk, holder=self.job.holder).update(holder="", lease_until=self.clock())
        except DatabaseError:
            log.warning("the lease of job %s could not be given back; it runs out", self.job.pk)

    def _move(self, **values: Any) -> None:
        """Change the job's row, only as we know it. Raises Lost, so that the transaction around it is undone."""
        values |= {"lease_until": self.clock() + LEASE, "tries": 0}
        as_known = SheetJob.objects.filter(
            pk=self.job.pk, holder=self.job.holder, state=self.job.state, position=self.job.position
        )
        if not as_known.update(**values):
            raise Lost
        for name, value in values.items():
            setattr(self.job, name, value)

    def _read(self) -> None:
        """Turn the file into chunks of rows. Broken off, it begins anew."""
        pieces.drop(self.job, Part.ROWS, Part.PROBLEMS, Part.RESULT)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            pieces.copy_to(self.job, Part.UPLOAD, path)
            header, lines = reading.read(path, format_=self.job.format, sheet=self.job.sheet)
            parsed = rows.parse(self.job.sheet, header, lines)
            number = total = 0
            while chunk := list(islice(parsed, CHUNK)):
                with _giving_way(), transaction.atomic(durable=True):
                    tries = self.job.tries
                    self._move(rows=total + len(chunk))
                    SheetJob.objects.filter(pk=self.job.pk).update(tries=tries)  # a file that kills is given up
                    self.job.tries = tries
                    pieces.keep_rows(self.job, number, chunk)
                number, total = number + 1, total + len(chunk)
                self.reach("reading")
        if not total:
            raise Bad("no_rows")
        kept = {"row": header.row, "labels": list(header.labels), "keys": list(header.keys)}
        self._move(state=State.CHECKING, header=kept, chunks=number, rows=total, position=0)

    def _plan(self, number: int) -> list[Entry]:
        chunk = pieces.rows(self.job, number)
        job = self.job
        state = load(merchant_id=job.merchant_id, region_id=job.merchant.region_id, rows=chunk)
        return plan(sheet=job.sheet, rows=chunk, state=state, lookups=self.lookups)

    def _check(self) -> None:
        """Count what the next chunk would change. Reads the catalogue, writes only to the job."""
        number = self.job.position
        if number == self.job.chunks:
            self._checked()
            return
        entries = self._plan(number)
        found = [(entry.row.number, problem) for entry in entries for problem in entry.problems]
        with _giving_way(), transaction.atomic(durable=True):
            self._move(position=number + 1, found=_sum(self.job.found, entries))
            pieces.keep_problems(self.job, Part.PROBLEMS, number, found)

    def _checked(self) -> None:
        found = self.job.found
        if found.get(BAD):
            self._report()
            self._move(state=State.CHECKED, choice=Choice.NONE)
        elif not found.get(NEW) and not found.get(CHANGED):
            self.end(State.DONE, written=found)
        else:
            self._move(state=State.WRITING if self.job.choice == Choice.ALL else State.CHECKED, position=0)

    def _write(self) -> None:
        """Write the next chunk; position, rows and audit trail are one transaction."""
        number = self.job.position
        if number == self.job.chunks:
            if pieces.has(self.job, Part.REFUSED):
                self._report()
            self.end(State.DONE)
            return
        if "sheets" in settings.UNGUARDED:  # the mistake that this avoids, kept to prove the test
            self._move(position=number + 1)
            self.reach("before_chunk")
        try:
            with _giving_way(), transaction.atomic(durable=True):
                products = self._write_chunk(number)
        except _Spoiled:
            pieces.drop(self.job, Part.PROBLEMS, Part.RESULT)
            self._move(state=State.CHECKING, choice=Choice.NONE, position=0, found={})
            return
        self.reach("after_chunk")
        with _giving_way():
            cards.rebuild(product_ids=products, now=self.clock())

    def _write_chunk(self, number: int) -> list[int]:
        self._move(position=number + 1)  # first: nobody else can have this chunk now
        entries = self._plan(number)
        products = sheets.write(
            merchant=self.job.merchant,
            entries=entries,
            lookups=self.lookups,
            actor=self.job.decided_by,
            now=self.clock(),
        )
        self.reach("in_chunk")
        known = pieces.chunk_problems(self.job, Part.PROBLEMS, number)
        known_rows = {row for row, _ in known}
        fresh = [(e.row.number, p) for e in entries if e.row.number not in known_rows for p in e.problems]
        if fresh and self.job.choice == Choice.ALL and number == 0:
            self.job.position = 0  # the transaction is undone, and our knowledge of it
            raise _Spoiled
        pieces.keep_problems(self.job, Part.REFUSED, number, fresh)
        written = _sum(self.job.written, entries)
        SheetJob.objects.filter(pk=self.job.pk).update(written=written)
        self.job.written = written
        return products

    def _rebuild_cards(self, number: int) -> None:
        own = [row.values["sku"] for row in pieces.rows(self.job, number) if row.values.get("sku")]
        skus = [sku for each in own for sku in candidates(self.job.merchant_id, each)]
        variants = ProductVariant.objects.filter(product__merchant=self.job.merchant_id, sku__in=skus)
        cards.rebuild(product_ids=variants.values_list("product", flat=True), now=self.clock())

    def _report(self) -> None:
        def chunks() -> Iterator[tuple[list[Row], dict[int, list[Problem]]]]:
            for number in range(self.job.chunks):
                problems: dict[int, list[Problem]] = defaultdict(list)
                for part in (Part.PROBLEMS, Part.REFUSED):
                    for row, problem in pieces.chunk_problems(self.job, part, number):
                        problems[row].append(problem)
                yield pieces.rows(self.job, number), problems

        self._keep_result(lambda path: books.write_report(path, self.job, chunks()))

    def _export(self) -> None:
        job = self.job
        lines = export.rows(merchant_id=job.merchant_id, sheet=job.sheet, lookups=self.lookups)
        if job.format == "csv":
            self._keep_result(lambda path: books.write_csv(path, job.sheet, lines))
        else:
            self._keep_result(lambda path: books.write_xlsx(path, job.sheet, lines, self.lookups))
        self.end(State.DONE)

    def _keep_result(self, write: Callable[[Path], None]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "result"
            write(path)
            with path.open("rb") as file, transaction.atomic(durable=True):
                self._move()
                pieces.keep_file(self.job, Part.RESULT, file)


def _sum(before: dict[str, int], entries: list[Entry]) -> dict[str, int]:
    counts = Counter(entry.outcome for entry in entries)
    return {outcome: before.get(outcome, 0) + counts[outcome] for outcome in (NEW, CHANGED, SAME, BAD)}
