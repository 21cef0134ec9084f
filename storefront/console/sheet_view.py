"""How an import or export is shown: what it found in the reader's words, how far it is, what can be done."""

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext

from catalog.models import SheetJob
from catalog.sheets import pieces
from catalog.sheets.problems import column_label, text

SHOWN = 100  # problems on the page; all of them are in the report
State, Part = SheetJob.State, pieces.Part


@dataclass(frozen=True)
class Problem:
    """A line of the list: where, and what."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class View:
    """A job as its page shows it."""

    job: SheetJob
    is_running: bool
    percent: int
    told: str
    counts: list[tuple[str, str, int]]  # (kind, words, how many) of what was found or written
    problems: list[Problem]
    is_capped: bool
    ignored: list[str]  # columns of the file that are not ours
    failure: str
    has_file: bool
    can_write: bool
    can_write_good: bool


def build(job: SheetJob) -> View:
    """Put a job into the reader's words; a bounded number of queries, whatever the job's size."""
    counts = job.written if job.state in (State.DONE, State.STOPPED) and job.written else job.found
    found = counts.get("new", 0) + counts.get("changed", 0)
    problems = list(islice(pieces.problems(job, Part.PROBLEMS, Part.REFUSED), SHOWN + 1))
    failure = text(job.sheet, *job.failure) if job.failure else ""
    header = zip(job.header.get("labels", ()), job.header.get("keys", ()), strict=True)
    checked = job.state == State.CHECKED
    return View(
        job=job,
        is_running=job.state in (State.READING, State.CHECKING, State.WRITING, State.EXPORTING),
        percent=percent(job),
        told=told(job),
        counts=[(kind, words, counts.get(kind, 0)) for kind, words in _words() if counts],
        problems=[
            Problem(row, column_label(job.sheet, key), text(job.sheet, code, details))
            for row, (key, code, details) in problems[:SHOWN]
        ],
        is_capped=len(problems) > SHOWN,
        ignored=[label for label, key in header if label and not key],
        failure=failure,
        has_file=pieces.has(job, Part.RESULT),
        can_write=checked and not counts.get("bad") and bool(found),
        can_write_good=checked and bool(counts.get("bad")) and bool(found),
    )


def percent(job: SheetJob) -> int:
    """Return how much of the present step is done, 0 to 100."""
    if job.state == State.DONE:
        return 100
    return job.position * 100 // job.chunks if job.chunks and job.state in (State.CHECKING, State.WRITING) else 0


def told(job: SheetJob) -> str:
    """Return where a job stands, in one line."""
    label = job.get_state_display()
    if job.state == State.READING and job.rows:
        return gettext("%(state)s: %(rows)s rows so far") % {"state": label, "rows": f"{job.rows:,}"}
    if job.state in (State.CHECKING, State.WRITING) and job.chunks:
        done = min(job.rows, job.position * job.rows // job.chunks)
        words = {"state": label, "done": f"{done:,}", "rows": f"{job.rows:,}"}
        return gettext("%(state)s: %(done)s of %(rows)s rows") % words
    return str(label)


def _words() -> list[tuple[str, str]]:
    return [
        ("new", gettext("New rows")),
        ("changed", gettext("With changes")),
        ("same", gettext("Unchanged")),
        ("bad", gettext("With problems")),
    ]
