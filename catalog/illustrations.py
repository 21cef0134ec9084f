"""One illustration for each kind of product, varied by a seed. Pure drawing: the same arguments give the same bytes."""

from __future__ import annotations

import csv
import random
from functools import cache
from pathlib import Path

from catalog.illustration import (
    berries,
    crafts,
    creatures,
    fruit,
    fungi,
    grain,
    greens,
    homes,
    kitchen,
    larder,
    meat,
    nuts,
    outings,
    spices,
    tea,
    textiles,
    tubers,
)
from catalog.illustration.canvas import Pen, mix
from catalog.illustration.frame import shadow, sheet

KINDS_FILE = Path(__file__).parent / "data" / "product_kinds.csv"
FAMILIES = {
    **berries.FAMILIES,
    **crafts.FAMILIES,
    **creatures.FAMILIES,
    **fruit.FAMILIES,
    **fungi.FAMILIES,
    **grain.FAMILIES,
    **greens.FAMILIES,
    **kitchen.FAMILIES,
    **larder.FAMILIES,
    **meat.FAMILIES,
    **nuts.FAMILIES,
    **spices.FAMILIES,
    **tea.FAMILIES,
    **textiles.FAMILIES,
    **tubers.FAMILIES,
}
SCENES = {**homes.FAMILIES, **outings.FAMILIES}
ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


class UnknownArt(LookupError):
    """No drawing, or no kind of product, has this name."""


def illustration(kind_art: str, palette: tuple[str, str, str], seed: int) -> str:
    """A self-contained SVG (480 by 480 units, at most 4 kB) of the family `kind_art`.

    `palette` is main, second and accent colour as #rrggbb. The seed chooses arrangement, count, turn,
    tint and background.
    """
    rng = random.Random(seed)  # noqa: S311 - picture variety, no secret
    main, second, accent = (_shift(colour, rng) for colour in palette)
    pen = Pen(main, second, accent, rng)
    if kind_art in SCENES:
        body = _mirror(SCENES[kind_art](pen), rng)
    elif kind_art in FAMILIES:
        body = sheet(pen) + shadow(pen) + _mirror(FAMILIES[kind_art](pen), rng)
    else:
        raise UnknownArt(kind_art)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" fill="none" {ROUND}>{body}</svg>'


def product_art(kind: str, seed: int) -> str:
    """The SVG of a kind of product in product_kinds.csv; raises UnknownArt for a kind that is not there."""
    try:
        art, palette = _kinds()[kind]
    except KeyError:
        raise UnknownArt(kind) from None
    return illustration(art, palette, seed)


def _mirror(fragment: str, rng: random.Random) -> str:
    return f'<g transform="matrix(-1 0 0 1 480 0)">{fragment}</g>' if rng.random() < 0.5 else fragment


def _shift(colour: str, rng: random.Random) -> str:
    return mix(colour, rng.choice(("#ffffff", "#3b2a22")), rng.uniform(0, 0.07))


@cache
def _kinds() -> dict[str, tuple[str, tuple[str, str, str]]]:
    with KINDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["kind"]: (row["art"], _palette(row["palette"])) for row in rows}


def _palette(text: str) -> tuple[str, str, str]:
    main, second, accent = text.split(";")
    return main, second, accent
