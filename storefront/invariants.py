"""All rooms' invariants, run against the database as it is. They alarm; they never repair."""

from django.db import connection

from aid_tracking.invariants import INVARIANTS as AID
from checkout.invariants import INVARIANTS as CHECKOUT


def broken(limit: int = 5) -> dict[str, list[tuple]]:
    """Return the invariants that do not hold, each with the first rows that break it; empty when all is well."""
    found = {}
    with connection.cursor() as cursor:
        for name, sql in {**CHECKOUT, **AID}.items():
            cursor.execute(sql)
            rows = cursor.fetchmany(limit)
            if rows:
                found[name] = rows
    return found
