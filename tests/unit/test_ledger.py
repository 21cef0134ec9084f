"""The bytes of an entry, and what the database refuses, whoever writes."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from aid_tracking import triggers
from aid_tracking.actions.campaigns import ensure_root, set_rule
from aid_tracking.actions.ledger import append
from aid_tracking.attribution import Intent, Slices
from aid_tracking.ledger import FIELDS, GENESIS, VERSION, canonical, chain_hash, day_of
from aid_tracking.models import Campaign, CampaignRule, DayTotal, LedgerEntry, Total
from aid_tracking.sums import AMOUNT_COLUMNS
from tests import aid
from tests.factories import DAY, NOW
from tests.guards import lifted

SLICES = Slices(
    basis="measured",
    mode="direct",
    line_kind="goods",
    region_id=9,
    province_code="610000",
    merchant_id=5,
    category="fruit",
    buyer_kind="consumer",
    sales_channel="web",
    zone="spring-open",
    certified=True,
)


def intent(campaign: Campaign, line_id: int = 41, amount_minor: int = 5990, **values) -> Intent:
    fields = {
        "event_key": f"order_paid:{line_id}",
        "round": 0,
        "reverses": None,
        "rule_version": 0,
        "occurred_at": NOW,
        "slices": SLICES,
        **values,
    }
    return Intent(campaign_id=campaign.pk, line_id=line_id, amount_minor=amount_minor, **fields)


def raw(**changes) -> LedgerEntry:
    """Return an unsaved entry that would follow the last one, changed as told, with a hash that is right for it."""
    last = LedgerEntry.objects.order_by("-seq").first()
    values = {name: getattr(last, name) for name in FIELDS}
    values |= {"seq": last.seq + 1, "event_key": "order_paid:99", "line_id": 99, "prev_hash": last.hash} | changes
    values.setdefault("hash", chain_hash(values["prev_hash"], values))
    return LedgerEntry(**values)


def refused(entry: LedgerEntry) -> str:
    """Save an entry that must be refused; return what the database said. Nothing has changed afterwards."""
    before = list(LedgerEntry.objects.values_list("seq", "hash"))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        entry.save(force_insert=True)
    assert list(LedgerEntry.objects.values_list("seq", "hash")) == before
    return str(caught.value)


# The bytes.


def vectors() -> list[tuple[str, str, str]]:
    """Return (canonical bytes, previous hash, hash) of every vector in the document."""
    text = (Path(settings.BASE_DIR) / "docs" / "ledger.md").read_text()
    return re.findall(r"```json\n(\{.+\})\n```\s+```text\nprev ([0-9a-f]{64})\nhash ([0-9a-f]{64})\n```", text)


def test_the_documents_vectors_are_what_the_code_writes():
    assert len(vectors()) == 3
    expected_prev = GENESIS
    for spelled, prev, digest in vectors():
        record = json.loads(spelled)
        assert record.pop("v") == VERSION
        record["certified"] = bool(record["certified"])
        record["reverses_id"] = record["reverses_id"] or None
        record["day"] = date.fromisoformat(record["day"])
        for name in ("occurred_at", "recorded_at"):
            record[name] = datetime.strptime(record[name], "%Y-%m-%dT%H:%M:%S.%f%z")
        assert day_of(record["occurred_at"]) == record["day"]
        assert set(record) == set(FIELDS)
        assert canonical(record).decode() == spelled
        assert chain_hash(prev, record) == digest
        assert hashlib.sha256(f"{prev}\n{spelled}".encode()).hexdigest() == digest  # as a stranger would do it
        assert prev == expected_prev
        expected_prev = digest


def test_the_document_names_every_field_and_no_other():
    text = (Path(settings.BASE_DIR) / "docs" / "ledger.md").read_text()
    table = text.split("## The entry")[1].split("## The bytes")[0]
    named = {word for row in re.findall(r"^\| (`.+?) \|", table, re.M) for word in re.findall(r"`(\w+)`", row)}
    assert named == {*FIELDS, "prev_hash", "hash"}


def test_nothing_but_integers_strings_and_times_is_spelled():
    record = dict.fromkeys(FIELDS, 1)
    assert canonical(record)
    with pytest.raises(TypeError):
        canonical({**record, "amount_minor": 1.0})


def test_the_day_changes_at_midnight_in_shanghai():
    midnight = datetime(2026, 2, 10, 16, 0, tzinfo=UTC)
    assert day_of(midnight - timedelta(microseconds=1)) == date(2026, 2, 10)
    assert day_of(midnight) == date(2026, 2, 11)


# Appending.


@pytest.mark.django_db
def test_append_chains_entries_and_moves_totals():
    root = ensure_root()
    service = replace(SLICES, line_kind="service", mode="helped", sales_channel="union_app", zone="", certified=False)
    assert append(intents=[intent(root), intent(root, 42, 700, slices=service)], now=NOW) == 2
    first, second = LedgerEntry.objects.order_by("seq")
    assert (first.seq, first.prev_hash, second.seq, second.prev_hash) == (1, GENESIS, 2, first.hash)
    whole = Total.objects.get(campaign=root, slice_kind="all")
    assert {name: getattr(whole, name) for name in AMOUNT_COLUMNS if getattr(whole, name)} == {
        "measured_direct_goods_minor": 5990,
        "measured_helped_service_minor": 700,
    }
    assert (whole.lines, whole.entries) == (2, 2)
    assert aid.totals("zone") == {("bangmai", "spring-open"): 5990}
    assert aid.totals("certified") == {("bangmai", "yes"): 5990, ("bangmai", "no"): 700}
    assert aid.totals("channel") == {("bangmai", "web"): 5990, ("bangmai", "union_app"): 700}
    assert aid.totals("county") == {("bangmai", "9"): 6690}
    assert DayTotal.objects.get(campaign=root, day=date(2026, 2, 10)).measured_direct_goods_minor == 5990


@pytest.mark.django_db
def test_an_event_twice_counts_once():
    root = ensure_root()
    once = [intent(root), intent(root, 42)]
    assert append(intents=once, now=NOW) == 2
    assert append(intents=once, now=NOW + DAY) == 0
    assert append(intents=[*once, intent(root, 43), intent(root, 43)], now=NOW + DAY) == 1
    assert LedgerEntry.objects.count() == 3
    assert Total.objects.get(slice_kind="all").measured_direct_goods_minor == 3 * 5990


@pytest.mark.django_db
def test_totals_fall_by_a_refund_and_its_day_alone_is_negative():
    root = ensure_root()
    append(intents=[intent(root)], now=NOW)
    back = intent(root, 41, -1990, event_key="refund_succeeded:1", reverses=1, occurred_at=NOW + DAY)
    assert append(intents=[back], now=NOW + DAY) == 1
    total = Total.objects.get(slice_kind="all")
    assert (total.measured_direct_goods_minor, total.lines, total.entries) == (4000, 1, 2)
    days = list(DayTotal.objects.order_by("day").values_list("measured_direct_goods_minor", flat=True))
    assert days == [5990, -1990]


@pytest.mark.django_db
def test_a_trillion_yuan_is_exact():
    root = ensure_root()
    append(intents=[intent(root, 1, 7_320_000_000_001), intent(root, 2, 10**14)], now=NOW)
    assert Total.objects.get(slice_kind="all").measured_direct_goods_minor == 107_320_000_000_001


@pytest.mark.django_db
def test_when_one_entry_is_refused_nothing_is_written():
    root = ensure_root()
    append(intents=[intent(root)], now=NOW)
    too_much = intent(root, 41, -5991, event_key="refund_succeeded:1", reverses=1)
    with pytest.raises(IntegrityError, match="takes back more"), transaction.atomic():
        append(intents=[intent(root, 42), too_much], now=NOW)
    assert LedgerEntry.objects.count() == 1
    assert aid.totals() == {("bangmai", ""): 5990}


# What the database refuses.


@pytest.fixture
def ledger(db) -> Campaign:
    """A ledger with one line of ¥59.90, ¥19.90 of it taken back; returns the campaign."""
    root = ensure_root()
    append(intents=[intent(root)], now=NOW)
    append(intents=[intent(root, 41, -1990, event_key="refund_succeeded:1", reverses=1)], now=NOW)
    return root


@pytest.mark.django_db
def test_an_entry_that_follows_is_accepted(ledger):
    raw(reverses_id=None, amount_minor=5).save(force_insert=True)
    assert LedgerEntry.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {0} SET amount_minor = 1", "UPDATE {0} SET zone = ''", "DELETE FROM {0}", "DELETE FROM {0} WHERE seq = 2"],
)
def test_entries_are_never_changed_or_deleted(ledger, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(triggers.TABLE))
    assert [row[2] for row in aid.entries()] == [5990, -1990]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_ledger_is_not_truncated(ledger):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {triggers.TABLE}")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of deleting")
def test_an_entry_is_not_replaced(ledger):
    columns = ", ".join(field.column for field in LedgerEntry._meta.concrete_fields)
    follows = columns.replace("seq,", "3,", 1).replace("prev_hash", "hash", 1)  # in every way but its own hash
    for values, seq in ((columns, 1), (follows, 2)):
        replace_row = f"INSERT OR REPLACE INTO {triggers.TABLE} ({columns}) SELECT {values} FROM {triggers.TABLE}"
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{replace_row} WHERE seq = {seq}")
    assert [row[2] for row in aid.entries()] == [5990, -1990]


def test_an_entry_follows_the_last_one(ledger):
    plain = {"reverses_id": None, "amount_minor": 5}
    assert "follows the last" in refused(raw(seq=4, **plain))
    assert "follows the last" in refused(raw(prev_hash=GENESIS, **plain))
    first = LedgerEntry.objects.get(seq=1)
    assert "follows the last" in refused(raw(prev_hash=first.hash, **plain))  # a fork


def test_no_two_entries_have_one_hash(ledger):
    refused(raw(reverses_id=None, amount_minor=5, hash=LedgerEntry.objects.get(seq=1).hash))


@pytest.mark.parametrize(
    "changes",
    [
        {"reverses_id": None, "amount_minor": 0},
        {"reverses_id": None, "amount_minor": -5},
        {"line_id": 41, "amount_minor": 5},
        {"line_id": 41, "amount_minor": 0},
    ],
    ids=["nothing", "negative of nothing", "positive reversal", "empty reversal"],
)
def test_amounts_are_negative_exactly_when_they_take_back(ledger, changes):
    refused(raw(**changes))


def test_a_line_counts_once_until_it_is_taken_back_whole(ledger):
    again = {"line_id": 41, "event_key": "recount:1", "round": 1, "reverses_id": None, "amount_minor": 4000}
    assert "counts once" in refused(raw(**again))
    raw(line_id=41, event_key="recount:1", reverses_id=1, amount_minor=-4000).save(force_insert=True)
    raw(**again).save(force_insert=True)
    assert sum(row[2] for row in aid.entries()) == 4000


def test_an_event_counts_once(ledger):
    refused(raw(line_id=41, event_key="refund_succeeded:1", reverses_id=1, amount_minor=-5))


@pytest.mark.parametrize(
    "changes",
    [
        {"line_id": 41, "reverses_id": 1, "amount_minor": -4001},
        {"line_id": 42, "reverses_id": 1, "amount_minor": -5},
        {"line_id": 41, "reverses_id": 2, "amount_minor": -5},
        {"line_id": 41, "reverses_id": 77, "amount_minor": -5},
    ],
    ids=["more than is left", "of another line", "of a reversal", "of nothing"],
)
def test_a_reversal_takes_back_at_most_what_is_left(ledger, changes):
    assert "takes back more" in refused(raw(**changes))


def test_a_reversal_of_another_campaigns_entry_is_refused(ledger):
    other = aid.campaign("other")
    assert "takes back more" in refused(raw(campaign_id=other.pk, line_id=41, amount_minor=-5))


@pytest.mark.parametrize("changes", [{"basis": "guessed"}, {"mode": "both"}, {"line_kind": "gift"}])
def test_words_that_totals_have_no_column_for_are_refused(ledger, changes):
    refused(raw(reverses_id=None, amount_minor=5, **changes))


def test_a_total_is_never_negative(ledger):
    with pytest.raises(IntegrityError), transaction.atomic():
        Total.objects.filter(slice_kind="all").update(measured_direct_goods_minor=-1)


@pytest.mark.django_db
def test_a_missing_trigger_is_noticed():
    assert triggers.missing_triggers() == []
    assert triggers.check_triggers(None, ["default"]) == []
    with lifted():
        gone = triggers.missing_triggers()
        assert gone == sorted(triggers.expected(connection.vendor))
        assert [found.id for found in triggers.check_triggers(None, ["default"])] == ["aid_tracking.W001"]
    assert triggers.missing_triggers() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds a table to alter it")
@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_has_lost_its_triggers_and_install_brings_them_back():
    field = LedgerEntry._meta.get_field("zone")
    wider = type(field)(max_length=61, blank=True)
    wider.set_attributes_from_name("zone")
    wider.model = LedgerEntry
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(LedgerEntry, field, wider)
        assert triggers.missing_triggers() == sorted(triggers.expected("sqlite"))
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(LedgerEntry, wider, field)
            triggers.install(None, editor)
    assert triggers.missing_triggers() == []


# Campaigns.


@pytest.mark.django_db
def test_there_is_one_root_and_it_alone_has_no_parent():
    root = ensure_root()
    assert ensure_root() == root
    for values in (
        {"is_root": True, "slug": "second"},
        {"slug": "lost"},
        {"is_root": True, "parent": root, "slug": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.create(name_zh="x", name_en="x", **values)
    assert Campaign.objects.count() == 1


@pytest.mark.django_db
def test_a_new_rule_ends_the_one_before():
    row = aid.campaign("year", rule={"certified_only": True})
    set_rule(campaign=row, definition={}, now=NOW)
    windows = CampaignRule.objects.filter(campaign=row).values_list("version", "valid_from", "valid_until")
    assert list(windows) == [(1, NOW - 30 * DAY, NOW), (2, NOW, None)]
