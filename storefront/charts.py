"""Geometry of the one chart of the shop: bars of day totals, as numbers that a template draws. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 560, 240
LEFT = 58  # where the bars begin; the labels of the grid stand before it
_RIGHT, _TOP, _BOTTOM = 4, 12, 34
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where its bar stands, in units of the drawing."""

    day: date
    amount_minor: int
    x: float
    y: float
    width: float
    height: float
    label: bool  # whether the day is written under it

    @property
    def middle(self) -> float:
        """Where its label stands; the last one ends at the edge."""
        return self.x + self.width if self.anchor == "end" else round(self.x + self.width / 2, 2)

    @property
    def anchor(self) -> str:
        """How its label is set, so that none runs out of the drawing."""
        return "end" if self.x + self.width > WIDTH - 40 else "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and grid lines as (y, amount in fen); `base` is the line of zero."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[float, int], ...]
    base: float
    left: int = LEFT
    width: int = WIDTH
    height: int = HEIGHT


def day_bars(points: Sequence[tuple[date, int]]) -> Chart | None:
    """Return the chart of (day, fen), days in order; None without points. Negative days hang below zero."""
    if not points:
        return None
    highest = max(0, *(amount for _, amount in points)) or 100
    lowest = min(0, *(amount for _, amount in points))
    step = _step(highest - lowest)
    top = -(-highest // step) * step
    bottom = lowest // step * step
    scale = (HEIGHT - _TOP - _BOTTOM) / (top - bottom)
    base = _TOP + top * scale
    slot = (WIDTH - LEFT - _RIGHT) / len(points)
    every = max(1, -(-len(points) // 4))
    bars = tuple(
        Bar(
            day=day,
            amount_minor=amount,
            x=round(LEFT + slot * index + slot * 0.14, 2),
            y=round(base - max(amount, 0) * scale, 2),
            width=round(slot * 0.72, 2),
            height=round(abs(amount) * scale, 2),
            label=(len(points) - 1 - index) % every == 0,
        )
        for index, (day, amount) in enumerate(points)
    )
    grid = tuple((round(base - amount * scale, 2), amount) for amount in range(bottom, top + 1, step))
    return Chart(bars, grid, round(base, 2))


def _step(span: int) -> int:
    """Return a round distance between grid lines, in fen: about four of them in the span."""
    size = 100
    while True:
        for factor in _STEPS:
            if span <= 4 * factor * size:
                return factor * size
        size *= 10
