"""Lifting the ledger's triggers for a moment, which only tests do: to empty the tables, or to tamper on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from aid_tracking import triggers


@contextmanager
def lifted() -> Iterator[None]:
    """Take the aid ledger's triggers away for the length of the block.

    Django's flush after a transactional test is DELETE on SQLite and TRUNCATE on PostgreSQL; both are refused
    otherwise. Wrap the flush, or the act of tampering, and nothing else.
    """
    names = triggers.expected(connection.vendor)
    where = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql" and connection.in_atomic_block:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for sql in names.values():
                cursor.execute(sql)
