"""The catalogue's triggers: what the database itself refuses. One file each in `sql/<vendor>/`, named like it.

On SQLite Django rebuilds a table to alter it, and its triggers are gone without a word. A migration that alters one of
these tables therefore ends with `RunPython(install)`; `/health/ready` asks `missing_triggers`.
"""

from pathlib import Path

from django.db import connections

TABLES = {"change_record": "catalog_changerecord", "price_tier": "catalog_pricetier"}  # by how the files begin
_SQL = Path(__file__).parent / "sql"
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}


def expected(vendor: str) -> dict[str, str]:
    """Return the triggers that a database must have: name → the SQL that makes it."""
    return {path.stem: path.read_text() for path in sorted((_SQL / vendor).glob("*.sql")) if _table(path.stem)}


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of the catalogue's triggers that are not there, or switched off (one query)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(expected(connection.vendor)) - present)


def install(apps, schema_editor) -> None:
    """Make the triggers that are missing of the tables that there are; for migrations."""
    connection = schema_editor.connection
    wanted = expected(connection.vendor)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for name in missing_triggers(connection.alias):
        if _table(name) in tables:
            schema_editor.execute(wanted[name], params=None)


def _table(trigger: str) -> str:
    return next((table for start, table in TABLES.items() if trigger.startswith(start)), "")
