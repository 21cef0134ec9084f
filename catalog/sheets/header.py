"""Finding the header: under a title or not, in two rows of merged cells or one, in any language of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from catalog.sheets.cells import Bad, Broken, Cell, is_empty, key, shown
from catalog.sheets.columns import NEEDED, SHEETS, names_of
from catalog.sheets.limits import HEADER_ROWS


@dataclass(frozen=True)
class Header:
    """Where the header is (`row`, as the program shows it) and what it says; `keys` has None for what is not ours."""

    row: int
    labels: tuple[str, ...]
    keys: tuple[str | None, ...]

    @property
    def unknown(self) -> list[str]:
        """Labels that are passed over."""
        return [label for label, known in zip(self.labels, self.keys, strict=True) if label and known is None]


def score(sheet: str, top: Sequence[Sequence[Cell | Broken]]) -> int:
    """Return how many columns of the sheet the first rows name."""
    return max((_weight(_combined(sheet, top, index)) for index in range(len(top))), default=0)


def find(sheet: str, top: Sequence[Sequence[Cell | Broken]]) -> Header:
    """Return the header among the first rows. Raises Bad when there is none, or a column stands in it twice.

    A name may stand in the row above, where cells are merged over two rows; the lower row decides.
    """
    best, found = -1, None
    for index in range(min(len(top), HEADER_ROWS)):
        combined = _combined(sheet, top, index)
        if _weight(combined) > best:
            best, found = _weight(combined), (index, combined)
    if found is None or best < 1:
        raise Bad("no_header", columns=list(NEEDED[sheet]), rows=HEADER_ROWS)
    index, combined = found
    keys = tuple(known for known, _ in combined)
    twice = sorted({known for known in keys if known and keys.count(known) > 1})
    if twice:
        raise Bad("column_twice", columns=twice)
    missing = [name for name in NEEDED[sheet] if name not in keys]
    if missing:
        raise Bad("column_missing", columns=missing)
    return Header(index + 1, tuple(label for _, label in combined), keys)


def _combined(sheet: str, top: Sequence[Sequence[Cell | Broken]], index: int) -> list[tuple[str | None, str]]:
    """Return (our column's key or None, label) for each column of a row, completed from the row above."""
    lower, upper = top[index], top[index - 1] if index else ()
    found: list[tuple[str | None, str]] = []
    for column, cell in enumerate(lower):
        above = upper[column] if column < len(upper) else None
        label = shown(above if is_empty(cell) else cell).strip()[:100]
        found.append((_known(sheet).get(key(label)), label))
    return found


def _weight(combined: list[tuple[str | None, str]]) -> int:
    return len({known for known, _ in combined if known})


@cache
def _known(sheet: str) -> dict[str, str]:
    return {key(name): column.key for column in reversed(SHEETS[sheet]) for name in names_of(column)}
