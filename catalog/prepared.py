"""Reads whose SQL is made once: for the few that stand in the way of every page.

Django takes 0.5 ms to turn a queryset of thirty columns into SQL, and SQLite 0.1 ms to answer it. A `Prepared` read
compiles the queryset at its first use and afterwards only puts other keys in: same SQL, same conversion of values.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

Key = int | str
_MARK = 7_000_000_000_000_000  # stands for a key while the SQL is made; no column holds such a number


class _Compiled(NamedTuple):
    sql: str
    slots: list[int | None]  # for each parameter, which key goes there; None keeps the queryset's own
    params: list
    converters: list[tuple[int, list[Callable], object]]


class Prepared:
    """A `values_list` queryset as a function of its keys, which are ids or slugs."""

    def __init__(self, build: Callable[[Sequence[Any]], QuerySet]) -> None:
        """`build(keys)` returns the queryset, with every key in it as is; called once for each number of keys."""
        self._build = build
        self._compiled: dict[tuple[str, int], _Compiled] = {}

    def rows(self, keys: Sequence[Key]) -> list[tuple]:
        """Return the rows for these keys (one query; none without keys)."""
        if not keys:
            return []
        shape = (connection.vendor, len(keys))
        compiled = self._compiled.get(shape)
        if compiled is None:
            compiled = self._compiled[shape] = self._compile(keys)
        pairs = zip(compiled.slots, compiled.params, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, [own if slot is None else keys[slot] for slot, own in pairs])
            found = cursor.fetchall()
        return _converted(found, compiled.converters)

    def _compile(self, keys: Sequence[Key]) -> _Compiled:
        marks = [_MARK + i if isinstance(key, int) else f"\ue000{i}" for i, key in enumerate(keys)]
        compiler = self._build(marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        slots = [marks.index(value) if value in marks else None for value in params]
        by_place = compiler.get_converters([column[0] for column in compiler.select])
        return _Compiled(sql, slots, list(params), [(place, *pair) for place, pair in sorted(by_place.items())])


def _converted(rows: list[tuple], converters: list[tuple[int, list[Callable], object]]) -> list[tuple]:
    if not converters:
        return rows
    mutable = [list(row) for row in rows]
    for place, functions, expression in converters:
        for row in mutable:
            for function in functions:
                row[place] = function(row[place], expression, connection)
    return [tuple(row) for row in mutable]
