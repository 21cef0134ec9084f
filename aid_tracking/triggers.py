"""The ledger's triggers: what the database itself refuses. One file each in `sql/<vendor>/`, named like the trigger.

On SQLite Django rebuilds a table to alter it, and the triggers of the old one are gone without a word. A migration
that alters the ledger therefore ends with `RunPython(install)`; a check, `/health/ready` and the audit ask
`missing_triggers`.
"""

from pathlib import Path

from django.core.checks import CheckMessage, Warning
from django.db import connections

TABLE = "aid_tracking_ledgerentry"
_SQL = Path(__file__).parent / "sql"
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
}


def expected(vendor: str) -> dict[str, str]:
    """Return the triggers that a database must have: name → the SQL that makes it."""
    return {path.stem: path.read_text() for path in sorted((_SQL / vendor).glob("*.sql"))}


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of the ledger's triggers that are not there, or switched off."""
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


def check_triggers(app_configs, databases, **kwargs) -> list[CheckMessage]:
    """Warn of missing triggers. A warning, as an error would also stop the migration that brings them back."""
    found: list[CheckMessage] = []
    for using in databases or ():
        if TABLE in connections[using].introspection.table_names() and (gone := missing_triggers(using)):
            found.append(
                Warning(
                    f"the aid ledger is unprotected: no {', '.join(gone)}",
                    hint="A migration that alters the ledger must end with RunPython(triggers.install).",
                    id="aid_tracking.W001",
                )
            )
    return found
