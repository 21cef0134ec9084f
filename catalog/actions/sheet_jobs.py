"""The life of an import or export before and beside the work: sent in, decided on, stopped."""

from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from catalog.models import Merchant, SheetChunk, SheetJob
from catalog.sheets import pieces
from catalog.sheets.cells import Bad
from catalog.sheets.reading import format_of

KEPT = timedelta(days=30)  # how long files of finished jobs can be downloaded
State, Part = SheetJob.State, SheetChunk.Part
OPEN = (State.READING, State.CHECKING, State.WRITING, State.EXPORTING)


def send_in(
    *, merchant: Merchant, sheet: str, file: BinaryIO, size: int, name: str, language: str, actor: str, now: datetime
) -> SheetJob:
    """Keep an uploaded file and let it be checked; nothing in the shop changes. Raises Bad for what is no sheet.

    A merchant's earlier import that waits for a decision is given up: the new file takes its place. One that is being
    worked on is not: then Bad("busy") is raised.
    """
    head = file.read(1024)
    file.seek(0)
    format_ = format_of(head, size)
    mine = SheetJob.objects.filter(merchant=merchant, verb=SheetJob.Verb.IMPORT)
    with transaction.atomic(durable=True):
        if mine.filter(state__in=OPEN).exists():
            raise Bad("busy")
        left = list(mine.filter(state=State.CHECKED).values_list("pk", flat=True))
        SheetJob.objects.filter(pk__in=left).update(state=State.STOPPED, finished_at=now)
        SheetChunk.objects.filter(job__in=left).delete()
        _forget_old(merchant, now)
        job = _start(
            merchant=merchant,
            verb=SheetJob.Verb.IMPORT,
            sheet=sheet,
            format=format_,
            name=name,
            language=language,
            actor=actor,
            state=State.READING,
            now=now,
        )
        pieces.keep_file(job, Part.UPLOAD, file)
    return job


def export(*, merchant: Merchant, sheet: str, format_: str, language: str, actor: str, now: datetime) -> SheetJob:
    """Let an export be written. `format_` is "xlsx" or "csv". One like it that is being written already is returned."""
    name = f"{sheet}-{now:%Y%m%d-%H%M}.{format_}"
    same = {"merchant": merchant, "verb": SheetJob.Verb.EXPORT, "sheet": sheet, "format": format_, "language": language}
    with transaction.atomic(durable=True):
        if running := SheetJob.objects.filter(**same, state=State.EXPORTING).first():
            return running
        _forget_old(merchant, now)
        return _start(
            merchant=merchant,
            verb=SheetJob.Verb.EXPORT,
            sheet=sheet,
            format=format_,
            name=name,
            language=language,
            actor=actor,
            state=State.EXPORTING,
            now=now,
        )


def decide(*, job: SheetJob, choice: str, actor: str, now: datetime) -> bool:
    """Let a checked import be written, all rows or the good ones; return False when it is past that.

    For "all" it is checked once more, right before: the shop may have changed since, and one bad row stops it.
    """
    chosen = {"choice": choice, "decided_by": actor, "position": 0, "lease_until": now, "tries": 0, "written": {}}
    waiting = SheetJob.objects.filter(pk=job.pk, state=State.CHECKED)
    with transaction.atomic(durable=True):
        if choice == SheetJob.Choice.GOOD:
            return bool(waiting.update(state=State.WRITING, **chosen))
        done = bool(waiting.update(state=State.CHECKING, found={}, **chosen))
        if done:
            pieces.drop(job, Part.PROBLEMS, Part.RESULT)
        return done


def stop(*, job: SheetJob, now: datetime) -> bool:
    """Stop a job; what was written stays written. Return whether this call did it."""
    with transaction.atomic(durable=True):
        done = SheetJob.objects.filter(pk=job.pk, state__in=(*OPEN, State.CHECKED)).update(
            state=State.STOPPED, finished_at=now, holder=""
        )
        if done:
            pieces.drop(job, Part.UPLOAD, Part.ROWS)
    return bool(done)


def _forget_old(merchant: Merchant, now: datetime) -> None:
    """Delete the files of a merchant's jobs that are over for longer than they are kept."""
    SheetChunk.objects.filter(job__merchant=merchant, job__finished_at__lt=now - KEPT).delete()


def _start(*, merchant: Merchant, name: str, actor: str, now: datetime, **values: str) -> SheetJob:
    return SheetJob.objects.create(
        merchant=merchant,
        file_name=name[-120:],
        created_by=actor,
        created_at=now,
        lease_until=now,
        **values,
    )
