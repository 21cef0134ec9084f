"""Kinds of products: their names, their shelf, and how they are usually kept. From the data file, read once."""

import csv
from dataclasses import dataclass
from functools import cache

from catalog.illustrations import KINDS_FILE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of product, which names its drawing. `shelf_life_days` is None where it does not spoil."""

    slug: str
    name_zh: str
    name_en: str
    category: str
    storage: str
    shelf_life_days: int | None
    processing: str


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its slug, in the file's order, which is by shelf."""
    with KINDS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["kind"]: _kind(row) for row in csv.DictReader(file)}


def _kind(row: dict[str, str]) -> Kind:
    days = row["shelf_life_days"]
    return Kind(
        row["kind"],
        row["name_zh"],
        row["name_en"],
        row["category"],
        row["storage_class"],
        int(days) if days else None,
        row["processing"],
    )
