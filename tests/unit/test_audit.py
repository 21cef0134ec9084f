"""The audit: agrees with an honest ledger, and names the first difference of one that was tampered with."""

import threading

import pytest
from click.testing import CliRunner
from django.db import connection

from aid_tracking import audit, relay
from aid_tracking.models import Campaign, DayTotal, Total
from checkout.models import OrderLine
from storefront.commands.audit import audit as command
from tests import aid, buying, factories
from tests.factories import NOW
from tests.fakes.provider import MemoryProvider
from tests.guards import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought() -> OrderLine:
    """Two orders of ¥59.90 in the holiday zone, one partly refunded; returns the refunded line."""
    aid.spring()
    provider = MemoryProvider()
    variant = factories.product(tags=(aid.TAG,)).variants.get()
    order = buying.paid(provider, (variant, 1), tag=aid.TAG)
    buying.paid(provider, (variant, 1), tag=aid.TAG)
    buying.refunded(provider, order, 1990, key="part")
    return order.lines.get()


@pytest.fixture
def counted(bought) -> OrderLine:
    """The same, counted."""
    assert relay.run_once(now=NOW) == 3
    return bought


def both() -> str | None:
    with audit.snapshot():
        return audit.chain() or audit.totals()


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come keeps its triggers
        with lifted():
            cursor.execute(sql)


def test_an_honest_ledger_agrees_and_the_progress_is_whole(counted):
    steps: list[int] = []
    assert audit.chain(progress=steps.append) is None
    assert sum(steps) == audit.chain_size() == 9
    steps.clear()
    assert audit.totals(progress=steps.append) is None
    assert sum(steps) == audit.totals_size()


def test_an_empty_ledger_agrees():
    assert both() is None


@pytest.mark.parametrize(
    "assignment",
    [
        "amount_minor = amount_minor + 1",
        "merchant_id = merchant_id + 1",
        "zone = ''",
        "certified = NOT certified",
        "province_code = '520000'",
        "event_key = 'order_paid:0'",
        "day = '2026-02-11'",
        "recorded_at = '2026-02-10 04:00:00.000001'",
        "rule_version = 7",
        "source = 'other'",
    ],
)
def test_any_changed_field_of_an_entry_is_found_where_it_is(counted, assignment):
    tamper(f"UPDATE aid_tracking_ledgerentry SET {assignment} WHERE seq = 4")
    assert both() == "entry 4 is not what was written: its hash does not cover it"


@pytest.mark.django_db(transaction=True)
def test_an_audit_reads_one_state_while_the_relay_goes_on(bought):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one lock for readers and writers, unlike a file in WAL mode")
    with audit.snapshot():
        assert audit.chain_size() == 0
        writer = threading.Thread(target=_count)
        writer.start()
        writer.join(30)
        assert audit.chain_size() == 0
        assert (audit.chain(), audit.totals()) == (None, None)
    assert audit.chain_size() == 9
    assert both() is None


def _count() -> None:
    relay.run_once(now=NOW)
    connection.close()


def test_a_removed_entry_is_found(counted):
    tamper("DELETE FROM aid_tracking_ledgerentry WHERE seq = 5")
    assert audit.chain() == "entry 5 is missing"


def test_entries_that_changed_places_are_found(counted):
    tamper("UPDATE aid_tracking_ledgerentry SET seq = 99 WHERE seq = 5")
    tamper("UPDATE aid_tracking_ledgerentry SET seq = 5 WHERE seq = 6")
    tamper("UPDATE aid_tracking_ledgerentry SET seq = 6 WHERE seq = 99")
    assert audit.chain() == "entry 5 does not follow entry 4: its prev_hash is another"


def test_a_removed_end_is_found_by_the_totals(counted):
    tamper("DELETE FROM aid_tracking_ledgerentry WHERE seq = 9")
    assert audit.chain() is None
    assert "its entries add up to" in audit.totals()


def test_missing_triggers_are_a_difference(counted):
    tamper("SELECT 1")
    with lifted():
        assert audit.chain().startswith("the ledger is unprotected: the database lacks aid_ledger_follows")


@pytest.mark.parametrize("kind", ["all", "county", "province", "merchant", "category", "buyer_kind", "channel"])
def test_a_changed_total_is_found(counted, kind):
    row = Total.objects.filter(campaign__slug="spring-2026", slice_kind=kind)
    row.update(measured_direct_goods_minor=9991)
    key = row.get().slice_key
    where = f"campaign spring-2026, {kind} {key}".rstrip()
    assert both() == f"{where}: measured_direct_goods_minor is 9991, its entries add up to 9990"


@pytest.mark.parametrize(
    ("column", "says"),
    [("lines", "lines is 9, its entries add up to 2"), ("declared_helped_goods_minor", "its entries add up to 0")],
)
def test_every_column_is_compared(counted, column, says):
    Total.objects.filter(campaign__slug="bangmai", slice_kind="zone").update(**{column: 9})
    assert both().endswith(says)


def test_a_missing_and_an_invented_total_are_found(counted):
    Total.objects.filter(campaign__slug="year-2026", slice_kind="certified").delete()
    assert both() == "campaign year-2026, certified yes: the total is missing"
    year = Campaign.objects.get(slug="year-2026")
    Total.objects.create(campaign=year, slice_kind="all", slice_key="?", entries=3)
    assert both() == "campaign year-2026, all ?: entries is 3, its entries add up to 0"


def test_a_changed_day_is_found(counted):
    DayTotal.objects.filter(campaign__slug="bangmai").update(measured_direct_goods_minor=1)
    assert both() == ("campaign bangmai, day 2026-02-10: measured_direct_goods_minor is 1, its entries add up to 9990")


def test_a_line_that_counts_more_than_was_paid_is_found(counted):
    OrderLine.objects.filter(pk=counted.pk).update(unit_price_minor=3999, total_minor=3999)
    assert both() == (f"order line {counted.pk} counts ¥40.00 for campaign bangmai, ¥39.99 were paid for it")


def test_a_line_that_nobody_ordered_is_found(counted):
    tamper("UPDATE aid_tracking_ledgerentry SET line_id = line_id + 1000")
    assert audit.totals() == f"order line {counted.pk + 1000} counts for campaign bangmai, but there is no such line"


@pytest.mark.django_db(transaction=True)
def test_the_command_says_so_and_fails_at_a_difference(counted):
    agreed = CliRunner().invoke(command)
    assert agreed.exit_code == 0
    assert agreed.stdout == "level 1: chain and triggers agree\nlevel 2: totals and entries agree\n"
    DayTotal.objects.filter(campaign__slug="bangmai").update(entries=1)
    assert CliRunner().invoke(command, ["--level", "1"]).exit_code == 0
    failed = CliRunner().invoke(command)
    assert failed.exit_code == 1
    assert "level 2: DIFFERENCE: campaign bangmai, day 2026-02-10: entries is 1" in failed.stdout
