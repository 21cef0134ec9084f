"""The money journal's triggers: what the database itself refuses (`sql/<vendor>/journal.sql`, run by a migration)."""

import re
from pathlib import Path

from django.db import connection

_SQL = Path(__file__).parent / "sql"
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}


def missing_triggers() -> list[str]:
    """Return the names of the journal's triggers that are not there, or switched off (one query)."""
    script = (_SQL / connection.vendor / "journal.sql").read_text()
    expected = set(re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)", script))
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return sorted(expected - {row[0] for row in cursor.fetchall()})
