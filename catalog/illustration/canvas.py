"""Drawing helpers: colours as hex strings, shapes as SVG fragments. Pure."""

from __future__ import annotations

import math
import random
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

CREAM = "#fbf5e9"
INK = "#3b2a22"
LEAF = "#6c9447"
Placement = tuple[float, float, float, float]


@dataclass(frozen=True)
class Pen:
    """What a family draws with: main, second and accent colour, and the numbers of this one drawing."""

    a: str
    b: str
    c: str
    rng: random.Random

    def jitter(self, amount: float) -> float:
        """A number between -amount and amount."""
        return self.rng.uniform(-amount, amount)


def num(value: float) -> str:
    """A number as short as it goes: one decimal below 20, none above."""
    text = f"{value:.1f}" if -20 < value < 20 else f"{value:.0f}"
    return text[:-2] if text.endswith(".0") else text


def mix(first: str, second: str, share: float) -> str:
    """The first colour with `share` (0 to 1) of the second in it."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)


def dark(colour: str, share: float = 0.22) -> str:
    """A deeper tone, warm rather than black."""
    return mix(colour, INK, share)


def light(colour: str, share: float = 0.35) -> str:
    """A paler tone, cream rather than white."""
    return mix(colour, "#fffaf0", share)


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """A filled circle."""
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"{more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0) -> str:
    """A filled ellipse, turned about its own centre by `turn` degrees."""
    more = f' transform="rotate({num(turn)} {num(x)} {num(y)})"' if turn else ""
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"{more}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    """A filled rectangle with corner radius `r`."""
    corner = f' rx="{num(r)}"' if r else ""
    return f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" fill="{fill}"{corner}/>'


def path(d: str, fill: str) -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"/>'


def line(d: str, stroke: str, width: float) -> str:
    """An open stroke; the root element says that it has no fill and round ends."""
    return f'<path d="{d}" stroke="{stroke}" stroke-width="{num(width)}"/>'


def place(fragment: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """A fragment drawn about (0, 0), moved to (x, y), turned and scaled."""
    return f'<g transform="{_move(x, y, scale, turn)}">{fragment}</g>'


def _move(x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    ops = f"translate({num(x)} {num(y)})"
    if turn:
        ops += f"rotate({turn:.0f})"
    if scale != 1:
        ops += f"scale({scale:.2f})"
    return ops


def dots(points: Iterable[tuple[float, float]], size: float, colour: str) -> str:
    """Many small round dots of diameter `size` in one path."""
    return line("".join(f"M{num(x)} {num(y)}h0" for x, y in points), colour, size)


def grains(pen: Pen, points: Iterable[tuple[float, float]], length: float, width: float, colour: str) -> str:
    """Many short strokes, each at its own angle, in one path."""
    parts = []
    for x, y in points:
        turn = pen.rng.uniform(0, math.pi)
        parts.append(f"M{num(x)} {num(y)}l{num(length * math.cos(turn))} {num(length * math.sin(turn))}")
    return line("".join(parts), colour, width)


def crescent(x: float, y: float, r: float, fill: str) -> str:
    """The shaded lower right side of a ball."""
    x1, y1 = x + r * math.cos(-0.9), y + r * math.sin(-0.9)
    x2, y2 = x + r * math.cos(2.3), y + r * math.sin(2.3)
    r, inner = float(num(r)), num(r * 1.28)
    return path(
        f"M{num(x1)} {num(y1)}A{r} {r} 0 0 1 {num(x2)} {num(y2)}A{inner} {inner} 0 0 0 {num(x1)} {num(y1)}", fill
    )


def ball(x: float, y: float, r: float, colour: str) -> str:
    """A round thing with shade and shine."""
    shine = ellipse(x - r * 0.4, y - r * 0.42, r * 0.2, r * 0.13, light(colour, 0.6), -38)
    return circle(x, y, r, colour) + crescent(x, y, r, dark(colour, 0.16)) + shine


def leaf(x: float, y: float, size: float, turn: float, colour: str = LEAF) -> str:
    """A pointed leaf that grows from (x, y) toward `turn` degrees (0 is right)."""
    cos, sin = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size

    def at(along: float, aside: float) -> str:
        return f"{num(x + along * cos - aside * sin)} {num(y + along * sin + aside * cos)}"

    root, tip = at(0, 0), at(1, 0)
    blade = path(f"M{root}Q{at(0.42, -0.62)} {tip}Q{at(0.48, 0.52)} {root}", colour)
    return blade + line(f"M{root}L{at(0.78, 0)}", light(colour, 0.3), 2.5) if size > 42 else blade


def scatter(pen: Pen, count: int, cx: float, cy: float, rx: float, ry: float) -> list[tuple[float, float]]:
    """Points spread evenly in an ellipse (a sunflower spiral with a little noise)."""
    points = []
    for i in range(count):
        reach = math.sqrt((i + 0.5) / count)
        turn = i * 2.39996 + pen.jitter(0.25)
        points.append((cx + rx * reach * math.cos(turn), cy + ry * reach * math.sin(turn)))
    return points


def ring(count: int, cx: float, cy: float, r: float, start: float = 0) -> list[tuple[float, float, float]]:
    """(x, y, degrees) of `count` places on a circle."""
    turns = [start + 360 * i / count for i in range(count)]
    return [(cx + r * math.cos(math.radians(t)), cy + r * math.sin(math.radians(t)), t) for t in turns]


TRIOS: Sequence[Sequence[Placement]] = (
    ((240, 204, 0.84, 4), (158, 308, 0.9, -10), (322, 308, 0.9, 9)),
    ((178, 270, 1.08, -7), (330, 306, 0.8, 12)),
    ((304, 268, 1.08, 8), (152, 306, 0.8, -12)),
    ((166, 262, 0.84, -8), (318, 262, 0.84, 10), (242, 320, 0.84, 0)),
    ((240, 264, 1.42, 0),),
)


def arrange(pen: Pen, item: Callable[[], str], layouts: Sequence[Sequence[Placement]] = TRIOS) -> str:
    """Several of one thing (drawn about (0, 0), radius near 85) in a layout that the seed chooses.

    The first one stands behind the others and is drawn a tone darker, if that keeps the file small.
    """
    chosen = pen.rng.choice(layouts)
    spots = [(x + pen.jitter(5), y + pen.jitter(4), s, t + pen.jitter(6)) for x, y, s, t in chosen]
    front = item()
    if len(spots) == 1 or len(front) > 1150:
        return clones(front, spots)
    behind = re.sub("#[0-9a-f]{6}", lambda found: mix(found[0], INK, 0.11), front)
    return place(behind, *spots[0]) + clones(front, spots[1:])


def clones(fragment: str, placements: Sequence[Placement]) -> str:
    """The same fragment at several (x, y, scale, turn); written once, so that the file stays small.

    The id is a digest of the fragment: where drawings share a page, equal ids are equal shapes.
    """
    key = f"i{zlib.crc32(fragment.encode()):x}"
    first, *others = placements
    out = place(f'<g id="{key}">{fragment}</g>', *first)
    return out + "".join(f'<use href="#{key}" transform="{_move(*place_)}"/>' for place_ in others)


def capsules(pen: Pen, points: Sequence[tuple[float, float]], length: float, width: float, tones: Sequence[str]) -> str:
    """Beans, berries and seeds: round-ended strokes with a darker rim below, shared among the tones."""
    out = ""
    for k in range(4):
        share = points[k::4]
        tone = tones[k % len(tones)]
        turns = [pen.rng.uniform(0, math.pi) for _ in share]
        rays = [(x, y, length * math.cos(t), length * math.sin(t)) for (x, y), t in zip(share, turns, strict=True)]
        d = "".join(f"M{x - u / 2:.0f} {y - v / 2:.0f}l{u:.0f} {v:.0f}" for x, y, u, v in rays)
        out += f'<g transform="translate(2 4)">{line(d, dark(tone, 0.28), width)}</g>' if k < 2 else ""
        out += line(d, tone, width)
    return out


def pale(colour: str) -> bool:
    """Whether the colour is near the paper's own lightness."""
    return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) > 560
