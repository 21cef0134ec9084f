"""The index on disk: versioned directories, a file that says which one is in use, and one writer at a time.

index/CURRENT          {"directory": "v-3f2a…-17", "generation": 42}, replaced atomically after every commit
index/v-<schema>-<n>/  tantivy's files, places.json, words.json, suggestions.json
index/lock             held while something is written
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


class IndexMissing(Exception):
    """There is no index that this code can read: never built, of another schema, or damaged."""


class IndexBusy(Exception):
    """Another process is writing the index."""


@dataclass(frozen=True)
class Current:
    """Which directory is in use. The generation grows with every commit, so that readers notice."""

    directory: str
    generation: int


def root() -> Path:
    """Return the directory that holds all versions of the index."""
    return Path(settings.SEARCH_INDEX_DIR)


def stamp() -> tuple[int, int] | None:
    """Return what changes whenever CURRENT is replaced, or None without an index. As cheap as one stat."""
    try:
        found = os.stat(settings.SEARCH_INDEX_DIR / "CURRENT")  # noqa: PTH116 -- half the cost of Path.stat, on every search
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def current(schema: str) -> Current:
    """Return the index in use. Raises IndexMissing when there is none of this schema."""
    try:
        found = Current(**json.loads((root() / "CURRENT").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise IndexMissing("no index has been built") from error
    if not found.directory.startswith(f"v-{schema}-"):
        raise IndexMissing(f"the index {found.directory} is of another schema than {schema}")
    return found


@contextmanager
def writing() -> Iterator[None]:
    """Hold the writer's lock. Raises IndexBusy at once when another process holds it; it dies with its process."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexBusy("another process is writing the search index") from error
        yield


def fresh(schema: str) -> Path:
    """Return a new, empty directory beside the present one. Only under `writing`."""
    path = root() / f"v-{schema}-{_last_number() + 1}"
    path.mkdir()
    return path


def publish(path: Path) -> None:
    """Let readers use `path` from now on; where it is new, remove older versions but the one that it replaces.

    A build that was stopped is kept while the index in use is only refreshed.
    """
    before = _read()
    after = Current(path.name, before.generation + 1 if before else 1)
    draft = root() / "CURRENT.new"
    draft.write_text(json.dumps(asdict(after)))
    draft.replace(root() / "CURRENT")
    if before is not None and before.directory == path.name:
        return
    kept = {path.name, before.directory if before else ""}
    for old in root().glob("v-*"):
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)


def _read() -> Current | None:
    try:
        return Current(**json.loads((root() / "CURRENT").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _last_number() -> int:
    return max((int(path.name.rsplit("-", 1)[1]) for path in root().glob("v-*-*")), default=0)
