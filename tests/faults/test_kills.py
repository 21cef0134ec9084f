"""After a process was killed in the middle of a purchase nothing is lost and nothing counted twice."""

import pytest

from tests.faults import kills

TIMES = [pytest.param(1, id="small"), pytest.param(5, id="full", marks=pytest.mark.full)]


@pytest.mark.parametrize("times", TIMES)
def test_a_killed_process_loses_nothing_and_counts_nothing_twice(shop, times, record_property):
    place = shop(web_workers=2)
    variant = kills.start(place)
    totals, orders, slowest = 0, 0, 0.0
    for point in kills.POINTS:
        for _ in range(times):
            totals += kills.buy(place, variant, point)
            orders += 1
            took = kills.settled(place, orders)
            assert not (place.kills / point).exists(), f"nobody died at {point}"
            assert took is not None, f"after {point} the shop did not recover within {kills.RECOVERY_SECONDS} s"
            slowest = max(slowest, took)
    print(f"{orders} kills at {len(kills.POINTS)} points: slowest recovery {slowest:.1f} s")
    record_property("slowest recovery", f"{slowest:.1f} s")
    assert kills.faults(place, orders, totals) == []


def test_an_outbox_row_written_after_the_commit_is_lost(shop):
    """The control: with the row outside the transaction, the same kill must be seen to lose it."""
    place = shop(web_workers=2, flags={"BANGMAI_TEST_UNGUARDED": "outbox"})
    variant = kills.start(place)
    total = kills.buy(place, variant, "after_paid_commit")
    assert kills.settled(place, 1, seconds=12) is None
    found = kills.faults(place, 1, total)
    print(f"guard off: {found}")
    assert any("I10a" in line for line in found)
