"""The relay: everything that was paid counts once, whatever is killed, doubled, late or broken."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from aid_tracking import relay, selectors
from aid_tracking.models import Campaign, CampaignRule, LedgerEntry, RelayFailure, RelayLock, Total
from aid_tracking.rules import BadRule
from checkout import facts
from checkout.models import OutboxRow
from tests import aid, buying, factories
from tests.factories import DAY, NOW
from tests.fakes.provider import MemoryProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> MemoryProvider:
    return MemoryProvider()


def apple(**values):
    """Return the variant (¥59.90) of a certified product that is in the holiday zone."""
    return factories.product(**{"tags": (aid.TAG,), **values}).variants.get()


def run(now=NOW, **values) -> int:
    return relay.run_once(now=now, **{"holder": "one", **values})


def forget_marks() -> None:
    """Make the outbox look as if the relay had been killed before its marks were stored."""
    OutboxRow.objects.update(processed_at=None)


def test_a_paid_order_counts_for_its_campaigns_to_the_fen(provider):
    aid.spring()
    order = buying.paid(provider, (apple(), 2), (apple(), 1), tag=aid.TAG)
    assert run() == 1
    assert aid.totals() == {("bangmai", ""): 17970, ("year-2026", ""): 17970, ("spring-2026", ""): 17970}
    assert order.total_minor == 17970 + 2 * 800  # freight does not count
    assert aid.totals("zone")["bangmai", aid.TAG] == 17970
    assert set(OutboxRow.objects.values_list("processed_at", flat=True)) == {NOW}
    assert run() == 0


def test_nothing_counts_before_it_is_paid(provider):
    buying.placed((apple(), 1))
    assert run() == 0
    assert aid.entries() == []


def test_a_forged_tag_counts_for_no_zone(provider):
    aid.spring()
    forged = factories.product(tags=()).variants.get()
    buying.paid(provider, (forged, 1), tag=aid.TAG)
    run()
    assert aid.totals() == {("bangmai", ""): 5990}
    assert aid.totals("zone") == {}
    assert LedgerEntry.objects.get().zone == ""


def test_area_set_and_certificate_are_judged(provider):
    variant = apple()
    region = variant.product.region
    aid.campaign("here", area_set=aid.area_set("here", region), rule={"certified_only": True})
    aid.campaign("elsewhere", area_set=aid.area_set("elsewhere", factories.region()), rule={})
    aid.campaign("pure-parent")
    buying.paid(provider, (variant, 1))
    run()
    assert aid.totals() == {("bangmai", ""): 5990, ("here", ""): 5990}
    entry = LedgerEntry.objects.get(campaign__slug="here")
    assert (entry.certified, entry.rule_version, entry.province_code) == (True, 1, "610000")


def test_refunds_lower_every_total_by_exactly_that_amount_once(provider):
    aid.spring()
    order = buying.paid(provider, (apple(), 1), tag=aid.TAG)
    run()
    buying.refunded(provider, order, 1990, key="first")
    buying.refunded(provider, order, 1990, key="first")
    assert run() == 1
    assert set(aid.totals().values()) == {4000}
    forget_marks()
    assert run() == 2
    assert set(aid.totals().values()) == {4000}
    buying.refunded(provider, order, 4000, key="second", now=NOW + DAY)
    assert run(NOW + DAY) == 1
    assert aid.totals() == aid.totals("zone") == aid.totals("county") == {}
    assert Total.objects.filter(slice_kind="all").values_list("lines", "entries").distinct().get() == (1, 3)
    assert [point.amount_minor for point in selectors.day_series("spring-2026")] == [4000, -4000]


def test_paid_and_refunded_in_one_batch(provider):
    order = buying.paid(provider, (apple(), 1))
    buying.refunded(provider, order, 5990, key="all")
    assert run() == 2
    assert [(event.split(":")[0], amount) for _, event, amount in aid.entries()] == [
        ("order_paid", 5990),
        ("refund_succeeded", -5990),
    ]
    reversal = LedgerEntry.objects.get(seq=2)
    assert reversal.reverses_id == 1


def test_a_refund_that_comes_before_its_payment_waits(provider):
    order = buying.paid(provider, (apple(), 1))
    buying.refunded(provider, order, 990, key="part")
    paid = OutboxRow.objects.get(kind="order_paid")
    OutboxRow.objects.filter(pk=paid.pk).delete()
    assert run() == 0
    failure = RelayFailure.objects.get()
    assert (failure.tries, failure.is_set_aside) == (1, False)
    paid.save(force_insert=True)
    assert run(NOW + timedelta(seconds=1)) == 1  # the payment; the refund is not yet due again
    assert run(NOW + timedelta(seconds=2)) == 1
    assert aid.totals() == {("bangmai", ""): 5000}
    assert not RelayFailure.objects.exists()


def test_refunding_only_freight_takes_nothing_back(provider):
    order = buying.paid(provider, (apple(), 1))
    row = OutboxRow.objects.get()
    empty = facts.read(row.payload)
    payload = {**facts.write(empty), "event": "refund_succeeded", "event_key": "refund_succeeded:9", "lines": []}
    OutboxRow.objects.create(key="refund_succeeded:9", kind="refund_succeeded", payload=payload, created_at=NOW)
    assert order.refunded_minor == 0
    assert run() == 2
    assert aid.totals() == {("bangmai", ""): 5990}


@pytest.mark.parametrize("step", ["aid_tracking.actions.ledger._move_days", "aid_tracking.relay._marked"])
def test_a_relay_that_dies_in_the_middle_leaves_nothing_half_done(provider, monkeypatch, step):
    buying.paid(provider, (apple(), 1))

    def die(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(step, die)
        with pytest.raises(SystemExit):
            run()
    assert aid.entries() == []
    assert not Total.objects.exists()
    assert OutboxRow.objects.get().processed_at is None
    assert run() == 1
    assert aid.totals() == {("bangmai", ""): 5990}


def test_lost_marks_count_nothing_twice(provider):
    aid.spring()
    buying.paid(provider, (apple(), 1), tag=aid.TAG)
    run()
    before = aid.entries(), aid.totals()
    forget_marks()
    assert run() == 1
    assert (aid.entries(), aid.totals()) == before


def test_many_orders_in_small_batches(provider):
    variant = apple(on_hand=50)
    for _ in range(7):
        buying.paid(provider, (variant, 1))
    assert [run(batch=3) for _ in range(4)] == [3, 3, 1, 0]
    assert aid.totals() == {("bangmai", ""): 7 * 5990}


# Failures.


def poison(number: int = 1) -> OutboxRow:
    """Return a fact of a version that nobody can read."""
    return OutboxRow.objects.create(
        key=f"order_paid:poison-{number}", kind="order_paid", payload={"v": 99}, created_at=NOW
    )


def test_a_poisoned_fact_does_not_stop_the_others(provider):
    variant = apple()
    buying.paid(provider, (variant, 1))
    bad = poison()
    buying.paid(provider, (variant, 1))
    assert run() == 2
    assert aid.totals() == {("bangmai", ""): 2 * 5990}
    failure = RelayFailure.objects.get(row=bad)
    assert "version 99" in failure.error
    status = selectors.relay_status(now=NOW)
    assert (status.waiting, status.failing, status.set_aside) == (1, 1, 0)
    assert status.latest_error.startswith("order_paid:poison-1: ValueError")


def test_a_fact_that_keeps_failing_is_set_aside_shown_and_can_be_tried_again():
    bad = poison()
    now = NOW
    for number in range(1, relay.MOST_TRIES + 1):
        assert run(now) == 0
        assert RelayFailure.objects.get().tries == number
        now += relay.LONGEST_PAUSE
    assert run(now) == 0
    status = selectors.relay_status(now=now)
    assert (status.waiting, status.failing, status.set_aside, status.lag_seconds) == (0, 0, 1, 0)
    assert OutboxRow.objects.get().processed_at is None
    assert relay.retry_failures(now=now) == 1
    OutboxRow.objects.filter(pk=bad.pk).update(payload={**_empty_payload(), "event_key": bad.key})
    assert run(now) == 1
    assert not RelayFailure.objects.exists()


def _empty_payload() -> dict:
    told = facts.OrderFacts("order_paid", "order_paid:0", 0, "consumer", NOW, NOW, ())
    return facts.write(told)


def test_a_refund_of_more_than_was_counted_is_refused_and_shown(provider):
    order = buying.paid(provider, (apple(), 1))
    run()
    buying.refunded(provider, order, 5990, key="all")
    row = OutboxRow.objects.get(kind="refund_succeeded")
    row.payload["lines"][0]["amount_minor"] = 5991
    row.save()
    assert run() == 0
    assert aid.totals() == {("bangmai", ""): 5990}
    assert "takes back more" in RelayFailure.objects.get().error


def test_a_rule_that_cannot_be_read_is_no_fault_of_the_orders(provider):
    row = aid.campaign("year", rule={})
    CampaignRule.objects.filter(campaign=row).update(definition={"tag": "?"})
    buying.paid(provider, (apple(), 1))
    with pytest.raises(BadRule):
        run()
    assert not RelayFailure.objects.exists()
    CampaignRule.objects.filter(campaign=row).update(definition={})
    assert run() == 1
    assert aid.totals() == {("bangmai", ""): 5990, ("year", ""): 5990}


# One writer.


def test_another_relay_waits_until_the_lease_runs_out(provider):
    buying.paid(provider, (apple(), 1))
    buying.paid(provider, (apple(), 1))
    assert run(holder="one", batch=1) == 1
    assert run(holder="two") == 0
    assert run(NOW + relay.LEASE - timedelta(seconds=1), holder="two") == 0
    assert run(NOW + relay.LEASE, holder="two") == 1
    assert run(NOW + relay.LEASE, holder="one") == 0
    assert RelayLock.objects.get().holder == "two"


def test_a_lease_from_a_clock_that_is_far_ahead_does_not_bind(provider):
    buying.paid(provider, (apple(), 1))
    assert run(NOW + 100 * DAY, holder="one") == 1
    buying.paid(provider, (apple(), 1))
    assert run(holder="two") == 1
    assert RelayLock.objects.get().holder == "two"


def test_an_idle_relay_says_that_it_lives(provider):
    run()
    assert RelayLock.objects.get().last_run_at == NOW
    run(NOW + relay.BEAT / 2)
    assert RelayLock.objects.get().last_run_at == NOW
    run(NOW + relay.BEAT)
    assert RelayLock.objects.get().last_run_at == NOW + relay.BEAT
    assert selectors.relay_status(now=NOW + relay.BEAT).holder == "one"


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_count_everything_once(provider):
    variant = apple(on_hand=60)
    for _ in range(30):
        buying.paid(provider, (variant, 1))
    stop = threading.Event()
    refused: list[BaseException] = []

    def work(name: str) -> None:
        try:
            relay.loop(stop=stop, batch=2, pause=0.01, holder=name)
        except BaseException as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    deadline = timezone.now() + timedelta(seconds=30)
    while OutboxRow.objects.filter(processed_at=None).exists() and timezone.now() < deadline:
        stop.wait(0.05)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert refused == []
    assert aid.totals() == {("bangmai", ""): 30 * 5990}
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 31))
    assert RelayLock.objects.get().holder == ""  # let go, so that another may take over at once


def test_the_loop_outlives_a_database_that_is_away(provider, monkeypatch):
    stop = threading.Event()
    calls = []

    def away(**kwargs) -> int:
        calls.append(kwargs["now"])
        if len(calls) < 3:
            raise OperationalError("the database is starting up")
        stop.set()
        return 0

    monkeypatch.setattr(relay, "run_once", away)
    monkeypatch.setattr(relay.connection, "close", lambda: None)
    relay.loop(stop=stop, pause=0.001)
    assert len(calls) == 3


# Reading.


def test_the_number_of_queries_does_not_grow_with_the_batch(provider, django_assert_max_num_queries):
    aid.spring()
    variant = apple(on_hand=50)
    for _ in range(12):
        buying.paid(provider, (variant, 1), tag=aid.TAG)
    with django_assert_max_num_queries(24):
        run(batch=2)
    with django_assert_max_num_queries(24):
        run(batch=10)


def test_selectors_at_a_fixed_number_of_queries(provider, django_assert_num_queries):
    aid.spring()
    order = buying.paid(provider, (apple(), 2), tag=aid.TAG)
    run()
    with django_assert_num_queries(2):
        live = selectors.live_figures(at=NOW)
    amounts = {"amount": "119.80", "lines": 1}
    assert live == {
        "as_of": "2026-02-10T04:00:00Z",
        "campaigns": {"bangmai": amounts, "year-2026": amounts, "spring-2026": amounts},
        "zones": {aid.TAG: amounts},
    }
    with django_assert_num_queries(2):
        view = selectors.campaign_total("spring-2026", at=NOW)
    assert (view.amount_minor, view.direct_minor, view.helped_minor) == (11980, 11980, 0)
    assert (view.goods_minor, view.services_minor, view.declared_minor, view.lines) == (11980, 0, 0, 1)
    assert selectors.zone_total(aid.TAG, at=NOW).amount_minor == 11980
    with django_assert_num_queries(2):
        counties = selectors.top_slices("spring-2026", "county", limit=3)
    region = order.lines.get().region
    assert [(part.key, part.name_zh, part.amount_minor) for part in counties] == [(str(region.pk), "延长县", 11980)]
    assert [part.name_en for part in selectors.top_slices("bangmai", "province")] == ["Shaanxi"]
    assert [part.name_zh for part in selectors.top_slices("bangmai", "category")] == ["新鲜水果"]
    assert [part.name_zh for part in selectors.top_slices("bangmai", "zone")] == ["春节不打烊"]
    assert [part.name_zh for part in selectors.top_slices("bangmai", "merchant")] == [region.merchants.get().name_zh]
    assert [part.key for part in selectors.top_slices("bangmai", "buyer_kind")] == ["consumer"]
    with django_assert_num_queries(1):
        (day,) = selectors.day_series("spring-2026")
    assert (day.day.isoformat(), day.amount_minor) == ("2026-02-10", 11980)
    assert selectors.campaign_total("unknown", at=NOW).amount_minor == 0
    assert selectors.day_series("unknown") == ()
    assert list(selectors.running_campaigns(at=NOW)) == list(Campaign.objects.filter(is_root=False))
    assert [zone.slug for zone in selectors.open_zones(at=NOW)] == [aid.TAG]
    assert not selectors.open_zones(at=NOW + 10 * DAY)
    assert selectors.zone(aid.TAG).slug == aid.TAG
    assert selectors.campaign("spring-2026").parent.slug == "year-2026"


def test_totals_say_as_of_when_while_something_waits(provider):
    buying.paid(provider, (apple(), 1), now=NOW)
    later = NOW + timedelta(minutes=5)
    assert selectors.as_of(at=later) == NOW
    assert selectors.relay_status(now=later).lag_seconds == 300
    run(later)
    assert selectors.as_of(at=later) == later


@pytest.mark.parametrize("days", [{}, {"since": NOW.date() + DAY}, {"until": NOW.date()}])
def test_days_without_sales_are_shown_as_zero(provider, days):
    variant = apple()
    for after in (0, 3):
        buying.paid(provider, (variant, 1), now=NOW + after * DAY)
    run(NOW + 3 * DAY)
    amounts = [point.amount_minor for point in selectors.day_series("bangmai", **days)]
    assert amounts == ([5990, 0, 0, 5990] if not days else [5990])
