"""Lifting the append-only guards, for what only a test may do: empty the tables again, or tamper on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TABLES = (
    "aid_tracking_ledgerentry",
    "catalog_changerecord",
    "checkout_journaltransaction",
    "checkout_journalposting",
)


@contextmanager
def lifted() -> Iterator[None]:
    """Run a block without the triggers of ledgers and audit trail, then put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for _, sql in triggers:
                    cursor.execute(sql)
            else:
                for table in _TABLES:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
