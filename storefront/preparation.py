"""What `bangmai setup` does before the processes start. Every step looks first and is quick when it was done before."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection

from storefront import messages
from storefront.commands.bars import bar


class NotPrepared(Exception):
    """A step cannot be done; the message is the one line to show."""


@dataclass(frozen=True)
class Step:
    """One thing to bring up to date: its title, and the function that does it and says in a few words what it did."""

    title: str
    work: Callable[[], str]


def prepare(*, now: datetime, today: date) -> None:
    """Do all steps in order, with a line for each. `today` is the day in China around which the demo is laid."""
    steps = [
        Step("database", _database),
        Step("certificate schemes", _schemes),
        Step("messages", lambda: f"{messages.compile_all()} catalogues compiled"),
        Step("static files", _static_files),
        Step("demo data", lambda: _demo(now, today)) if settings.DEMO else Step("map", lambda: _map(now)),
        Step("search index", _index),
    ]
    for number, step in enumerate(steps, 1):
        click.echo(f"  [{number}/{len(steps)}] {step.title}: ", nl=False)
        begin = monotonic()
        with _clear_errors():
            done = step.work()
        click.echo(f"{done} ({monotonic() - begin:.1f} s)")


@contextmanager
def _clear_errors() -> Iterator[None]:
    from storefront.demo.errors import DemoError

    try:
        yield
    except DemoError as error:
        raise NotPrepared(str(error)) from error
    except DatabaseError as error:
        raise NotPrepared(f"the database says: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise NotPrepared(f"{error.filename or 'a file'}: {error.strerror}") from error


def _database() -> str:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    if not settings.REDIS_URL:
        call_command("createcachetable", verbosity=0)
    return f"{len(waiting)} migrations applied"


def _static_files() -> str:
    """Collect and compress, unless the sources are the same as the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    sources = _fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return "up to date"
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)
    return "collected"


def _fingerprint() -> str:
    """Hash of the path, size and time of every static file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _demo(now: datetime, today: date) -> str:
    """Seed, go on with a seeding that was stopped, or move a finished demo on to this day."""
    from storefront.demo.refresh import refresh
    from storefront.demo.seed import demo_ready, seed

    if not demo_ready():
        click.echo()
        plan = seed(as_of=today, now=now, progress=bar).plan
        return f"  {plan.products} products, {plan.orders} orders"
    return "moved on to this day" if refresh(as_of=today, now=now, progress=bar) else "there"


def _schemes() -> str:
    from catalog.actions.schemes import load_schemes

    loaded = load_schemes()
    return f"{loaded.created} made, {loaded.updated} changed"


def _map(now: datetime) -> str:
    from storefront.demo.seed import load_map

    loaded = load_map(now=now)
    return f"{loaded.created} rows made, {loaded.updated} changed"


def _index() -> str:
    from catalog import search
    from catalog.search.directory import IndexMissing

    try:
        return f"{search.refresh_changed()} products indexed again"
    except IndexMissing:
        return f"{search.rebuild()} products indexed"
