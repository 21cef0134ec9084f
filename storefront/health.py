"""Can this process take orders, and how far behind is what follows them?"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import F

WORKER_SEEN = "worker_seen_at"
# What a process has found whole stays so while it lives: migrations and demo are never undone under it.
_known: set[str] = set()


def obstacles() -> list[str]:
    """Return what keeps this process from taking orders, in a few words each; empty when it can (three queries)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return [words for name, words, check in _CHECKS if name not in _known and not _passes(name, check)]
    except DatabaseError:
        return ["the database does not answer"]


def _passes(name: str, check) -> bool:
    found = check()
    if found and name != "triggers":  # these somebody may have dropped a minute ago
        _known.add(name)
    return found


def _migrated() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _guarded() -> bool:
    from aid_tracking.triggers import missing_triggers as ledger
    from catalog.triggers import missing_triggers as trail
    from checkout.triggers import missing_triggers as journal

    return not ledger() and not journal() and not trail()


def _filled() -> bool:
    from storefront.demo.seed import demo_ready

    return demo_ready()


_CHECKS = (
    ("migrations", "migrations wait", _migrated),
    ("triggers", "the ledgers are unguarded", _guarded),
    ("demo", "the demo data is being made", _filled),
)


def status(*, now: datetime) -> dict[str, Any]:
    """Return how far relay, worker and index are behind; times in UTC, lags in seconds. Raises DatabaseError."""
    from aid_tracking.selectors import relay_status
    from catalog.models import ProductCard

    seen = cache.get(WORKER_SEEN)
    relay = asdict(relay_status(now=now))
    for inside in ("holder", "latest_error"):  # for operators, by the command line: this address is public
        relay.pop(inside)
    return {
        "relay": relay,
        "worker": {"seen_at": seen, "lag_seconds": (now - seen).total_seconds() if seen else None},
        "index": {"waiting": ProductCard.objects.filter(version__gt=F("indexed_version")).count()},
    }


def worker_seen(*, now: datetime) -> None:
    """Note that a worker takes jobs."""
    cache.set(WORKER_SEEN, now, timeout=None)
