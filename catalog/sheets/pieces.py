"""A job's data in pieces, in the database: files as bytes, rows and problems in chunks."""

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from catalog.models import SheetChunk, SheetJob
from catalog.sheets.rows import Problem, Row, pack, unpack

_PIECE = 256 << 10
Part = SheetChunk.Part
# A problem of a job: row number, what is wrong there.
Found = tuple[int, Problem]


def keep_file(job: SheetJob, part: str, file: BinaryIO) -> None:
    """Keep a file, in place of an earlier one."""
    drop(job, part)
    number = 0
    while content := file.read(_PIECE):
        SheetChunk.objects.create(job=job, part=part, number=number, content=content)
        number += 1


def file_of(job: SheetJob, part: str) -> Iterator[bytes]:
    """Yield a kept file's bytes; only one piece is in memory at a time."""
    for number in _numbers(job, part):
        yield bytes(_content(job, part, number))


def copy_to(job: SheetJob, part: str, path: Path) -> None:
    """Write a kept file to a path, for what needs a file."""
    with path.open("wb") as file:
        for content in file_of(job, part):
            file.write(content)


def has(job: SheetJob, part: str) -> bool:
    """Return whether there is anything of this part."""
    return SheetChunk.objects.filter(job=job, part=part).exists()


def drop(job: SheetJob, *parts: str) -> None:
    """Delete parts."""
    SheetChunk.objects.filter(job=job, part__in=parts).delete()


def keep_rows(job: SheetJob, number: int, rows: list[Row]) -> None:
    """Keep a chunk of rows."""
    SheetChunk.objects.create(job=job, part=Part.ROWS, number=number, content=pack(rows))


def rows(job: SheetJob, number: int) -> list[Row]:
    """Return a chunk of rows."""
    return unpack(_content(job, Part.ROWS, number))


def keep_problems(job: SheetJob, part: str, number: int, found: Iterable[Found]) -> None:
    """Keep the problems of a chunk; nothing is kept of a chunk without any."""
    if found := list(found):
        content = zlib.compress(json.dumps(found, ensure_ascii=False, default=str).encode("utf-8", "replace"))
        SheetChunk.objects.create(job=job, part=part, number=number, content=content)


def problems(job: SheetJob, *parts: str) -> Iterator[Found]:
    """Yield a job's problems in the order of its rows, a chunk in memory at a time."""
    for part in parts:
        for number in _numbers(job, part):
            yield from chunk_problems(job, part, number)


def chunk_problems(job: SheetJob, part: str, number: int) -> list[Found]:
    """Return the problems of one chunk."""
    content = SheetChunk.objects.filter(job=job, part=part, number=number).values_list("content", flat=True).first()
    if content is None:
        return []
    return [(row, (column, code, details)) for row, (column, code, details) in json.loads(zlib.decompress(content))]


def _numbers(job: SheetJob, part: str) -> list[int]:
    return list(SheetChunk.objects.filter(job=job, part=part).order_by("number").values_list("number", flat=True))


def _content(job: SheetJob, part: str, number: int) -> bytes:
    return bytes(SheetChunk.objects.values_list("content", flat=True).get(job=job, part=part, number=number))
