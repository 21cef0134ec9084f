"""The bars of a campaign stand where their sums say, also below zero."""

from datetime import date, timedelta

from storefront.charts import HEIGHT, WIDTH, day_bars

START = date(2027, 1, 1)


def days(*amounts):
    return [(START + timedelta(days=number), amount) for number, amount in enumerate(amounts)]


def test_nothing_counted_draws_nothing():
    assert day_bars([]) is None


def test_heights_are_in_proportion_and_stand_on_the_base():
    chart = day_bars(days(10_000, 20_000, 0))
    first, second, none = chart.bars
    assert second.height == 2 * first.height and none.height == 0
    assert first.y + first.height == second.y + second.height == chart.base


def test_a_day_with_more_refunds_than_sales_hangs_below():
    chart = day_bars(days(30_000, -10_000))
    below = chart.bars[1]
    assert below.y == chart.base and below.height > 0
    assert min(amount for _, amount in chart.grid) <= -10_000


def test_everything_lies_inside_the_drawing():
    for amounts in ([1], [5] * 60, [0, 0], [-3, -7], [123_456_789_012] * 3):
        chart = day_bars(days(*amounts))
        assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT and bar.x + bar.width <= WIDTH for bar in chart.bars)
        assert 2 <= len(chart.grid) <= 8
        assert sum(bar.label for bar in chart.bars) <= 4
