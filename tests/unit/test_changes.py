"""The audit trail: what is kept of a change, in whose transaction, and that nobody takes it back."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from catalog import triggers
from catalog.actions import changes
from catalog.models import ChangeRecord
from tests.factories import NOW, merchant

pytestmark = pytest.mark.django_db


def record(shop, **values) -> ChangeRecord | None:
    given = {"merchant_id": shop.pk, "actor": "user 3", "now": NOW, "action": "merchant.changed", "subject": shop}
    return changes.record(**{**given, **values})


def test_only_what_differs_is_kept():
    shop = merchant()
    row = record(
        shop,
        before={"name": "甲", "roles": {"b", "a"}, "day": date(2026, 1, 1), "same": 1},
        after={"name": "乙", "roles": ["a", "b"], "day": NOW, "same": 1, "new": None},
    )
    assert row.before == {"name": "甲", "day": "2026-01-01"}
    assert row.after == {"name": "乙", "day": "2026-02-10T04:00:00+00:00"}
    assert (row.actor, row.subject_type, row.subject_id) == ("user 3", "merchant", str(shop.pk))


def test_a_change_that_changes_nothing_leaves_no_record():
    shop = merchant()
    assert record(shop, before={"name": "甲"}, after={"name": "甲"}) is None
    assert not ChangeRecord.objects.exists()
    assert record(shop) is not None  # what has no fields, such as a removal, is told all the same


@pytest.mark.django_db(transaction=True)
def test_it_stands_or_falls_with_its_change():
    shop = merchant()
    with pytest.raises(RuntimeError):
        record(shop)
    with pytest.raises(ZeroDivisionError), transaction.atomic(durable=True):
        record(shop)
        _ = 1 / 0
    assert not ChangeRecord.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE catalog_changerecord SET actor = 'user 4'", "DELETE FROM catalog_changerecord"]
)
def test_the_database_refuses_to_change_it(statement):
    record(merchant())
    assert triggers.missing_triggers() == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ChangeRecord.objects.get().actor == "user 3"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
def test_it_is_not_truncated():  # empty as it is: the statement itself is refused
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalog_changerecord")


def test_a_dropped_trigger_is_seen():
    on = " ON catalog_changerecord" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER change_record_no_update{on}")
    assert triggers.missing_triggers() == ["change_record_no_update"]
