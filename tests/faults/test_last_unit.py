"""Nobody buys what is not there; and the test of it is seen to fail when the guard is off."""

import pytest

from tests.faults import last_unit

SMALL = [(4, 20, 1), (1, 60, 8)]
FULL = [(40, 20, 1), (10, 200, 20)]


@pytest.mark.parametrize(
    "sizes", [pytest.param(SMALL, id="small"), pytest.param(FULL, id="full", marks=pytest.mark.full)]
)
def test_the_last_unit_is_sold_once(shop, sizes, record_property):
    limit_seconds = 2.0
    for rounds, buyers, stock in sizes:
        place = shop(f"{rounds}x{buyers}")
        limit_seconds = 2.0 if place.database else 5.0
        variants = place.fill(stock=stock, variants=rounds)["variants"]
        place.start_web()
        outcome = last_unit.run(place, variants, buyers=buyers, stock=stock)
        print(
            f"{rounds} rounds × {buyers} buyers × stock {stock}: sold {sum(outcome.sold)} of {sum(outcome.wanted)}, "
            f"oversold {outcome.oversold}, p95 {outcome.p95_seconds:.2f} s (limit {limit_seconds:g})"
        )
        record_property(f"p95 of {rounds}x{buyers}", f"{outcome.p95_seconds:.2f} s")
        assert outcome.sold == outcome.wanted
        assert outcome.codes == ({"INSUFFICIENT_STOCK"} if buyers > stock else set())
        assert place.broken() == []
        place.close()


def test_without_the_guard_units_are_oversold(shop):
    """The control: if this does not oversell, the test above proves nothing."""
    place = shop(flags={"BANGMAI_TEST_UNGUARDED": "stock"})
    variants = place.fill(stock=1, variants=4)["variants"]
    place.start_web()
    outcome = last_unit.run(place, variants, buyers=20, stock=1)
    print(f"guard off: sold {outcome.sold} where {outcome.wanted} were there")
    assert outcome.oversold > 0
    assert any("I2" in line for line in place.broken())
