"""The audit trail's triggers: what the database itself refuses. One file each in `sql/<vendor>/`, named like it.

On SQLite Django rebuilds a table to alter it, and its triggers are gone without a word. A migration that alters the
audit trail therefore ends with `RunPython(install)`; `/health/ready` asks `missing_triggers`.
"""

from pathlib import Path

from django.db import connections

TABLE = "catalog_changerecord"
_SQL = Path(__file__).parent / "sql"
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
}


def expected(vendor: str) -> dict[str, str]:
    """Return the triggers that a database must have: name → the SQL that makes it."""
    return {path.stem: path.read_text() for path in sorted((_SQL / vendor).glob("change_record_*.sql"))}


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of the audit trail's triggers that are not there, or switched off (one query)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor], [TABLE])
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(expected(connection.vendor)) - present)


def install(apps, schema_editor) -> None:
    """Make the triggers that are missing; for migrations."""
    connection = schema_editor.connection
    wanted = expected(connection.vendor)
    for name in missing_triggers(connection.alias):
        schema_editor.execute(wanted[name], params=None)
