"""Writing a whole embedded index in steps: a build that was stopped goes on from its last step.

v-<schema>-<n>/building.json   what has been written so far; taken away once the directory is in use
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import tantivy
from django.db.models import F

from catalog.models import ProductCard
from catalog.search import directory, gazetteer
from catalog.search.documents import card_rows, document
from catalog.search.engine import schema, schema_hash
from catalog.search.marks import Marks
from catalog.search.suggestions import Tally

STEP = 20_000  # products between two commits
TOLD = 1_000
HEAP = 96_000_000
_NOTE = "building.json"
_SCHEMA = schema()


def build(progress: Callable[[int, int], None] | None = None, *, anew: bool = False) -> tuple[Path, Marks]:
    """Write all cards into a directory beside the one in use, and return it with what was read of each card.

    Goes on with a directory that an earlier build left unfinished, unless `anew`. Only under `directory.writing`.
    """
    path, note = _begun(anew)
    tally, marks = Tally(note.get("tally")), Marks(note.get("marks"))
    if not note:
        # Before the first card is read: one that loses its window from here on keeps a newer version.
        ProductCard.objects.filter(sellable_until=None).update(indexed_version=F("version"))
    writer = tantivy.Index(schema(), path=str(path)).writer(HEAP, 1)
    total = ProductCard.objects.filter(sellable_until__isnull=False).count()
    for row in _rows(note.get("after", 0), marks):
        fields = document(row)
        writer.add_document(tantivy.Document.from_dict(fields, _SCHEMA))
        tally.add(row, fields)
        marks.add(row["product_id"], row["version"])
        if marks.count % STEP == 0:
            writer.commit()
            _write(path / _NOTE, {"after": row["product_id"], "tally": tally.state(), "marks": marks.state()})
        if progress and (marks.count % TOLD == 0 or marks.count == total):
            progress(marks.count, max(total, marks.count))
    writer.commit()
    writer.wait_merging_threads()
    places = gazetteer.build()
    _write(path / "places.json", {"chains": places.chains, "initials": places.initials})
    _write(path / "words.json", tally.words)
    _write(path / "suggestions.json", tally.entries())
    (path / _NOTE).unlink(missing_ok=True)
    return path, marks


def _rows(after: int, marks: Marks) -> Iterator[dict]:
    """Yield the cards to write: those that came before the last step since it was made, then all behind it."""
    if after:
        known = marks.ids()
        sold = ProductCard.objects.filter(sellable_until__isnull=False, pk__lte=after).values_list("pk", flat=True)
        late = [pk for pk in sold if pk not in known]
        for start in range(0, len(late), TOLD):
            yield from card_rows(late[start : start + TOLD])
    yield from card_rows(after=after)


def _begun(anew: bool) -> tuple[Path, dict]:
    """Return the newest unfinished directory of this schema with its note, or a new one."""
    for path in () if anew else _unfinished():
        with suppress(OSError, ValueError):
            note = json.loads((path / _NOTE).read_text())
            tantivy.Index.open(str(path))  # as far as its last commit
            return path, note
    return directory.fresh(schema_hash()), {}


def _unfinished() -> Iterator[Path]:
    found = directory.root().glob(f"v-{schema_hash()}-*/{_NOTE}")
    return (note.parent for note in sorted(found, key=lambda note: note.stat().st_mtime, reverse=True))


def _write(path: Path, value: object) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    draft.replace(path)
