"""Small dried things, most of them in a bowl. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    capsules,
    circle,
    clones,
    dark,
    dots,
    ellipse,
    grains,
    leaf,
    light,
    line,
    mix,
    path,
    place,
    rect,
    ring,
)
from catalog.illustration.grain import bowl, dome, spots_in_heap


def goji(pen: Pen) -> str:
    """Goji berries."""
    tones = (pen.a, mix(pen.a, pen.b, 0.3), mix(pen.a, pen.b, 0.55))
    heap = capsules(pen, spots_in_heap(pen, 58), 20, 17, tones) + grains(
        pen, spots_in_heap(pen, 24), 7, 4, light(pen.b, 0.5)
    )
    twig = (
        line("M330 120C344 160 350 190 344 226M336 142L372 150M346 178L384 196", "#7a6a45", 5)
        + leaf(340, 150, 60, -60, pen.c)
        + leaf(346, 190, 60, 200, pen.c)
        + line("M376 156l4 20M388 204l4 20M352 236l2 16", pen.a, 20)
    )
    return twig + dome(pen, dark(pen.a, 0.2)) + heap + bowl(pen, pen.a)


def raisins(pen: Pen) -> str:
    """Raisins."""
    fruit = capsules(pen, spots_in_heap(pen, 60), 13, 21, (pen.a, mix(pen.a, pen.b, 0.4), mix(pen.a, pen.b, 0.8)))
    folds = grains(pen, spots_in_heap(pen, 26), 9, 3, pen.c)
    return leaf(130, 220, 90, 220, "#7d9a4c") + dome(pen, dark(pen.a, 0.18)) + fruit + folds + bowl(pen, pen.a)


def pollen(pen: Pen) -> str:
    """Bee pollen."""
    grainy = "".join(dots(spots_in_heap(pen, 40), 14, mix(pen.a, tone, 0.6)) for tone in (pen.a, pen.b, pen.c))
    flower = "".join(circle(x, y, 18, "#f2c73f") for x, y, _ in ring(5, 352, 186, 22)) + circle(352, 186, 12, "#b5822c")
    return (
        line("M352 190L330 262", "#7d9a4c", 6)
        + leaf(344, 230, 50, -20, "#7d9a4c")
        + flower
        + dome(pen, pen.a)
        + grainy
        + bowl(pen, pen.a)
    )


def lotusseed(pen: Pen) -> str:
    """Lotus seeds."""
    pod = (
        path("M-70-20C-60-46 60-46 70-20L16 84H-16Z", pen.c)
        + ellipse(0, -22, 70, 26, light(pen.c, 0.3))
        + "".join(
            ellipse(x, y, 9, 6, dark(pen.c, 0.3))
            for x, y in ((-40, -24), (-14, -34), (14, -34), (40, -24), (-18, -14), (18, -14))
        )
    )
    seeds = capsules(pen, spots_in_heap(pen, 46), 7, 29, (pen.a, pen.b, mix(pen.a, pen.b, 0.5))) + dots(
        spots_in_heap(pen, 16), 6, dark(pen.a, 0.14)
    )
    return (
        place(pod + line("M0 84C6 120 20 150 40 170", dark(pen.c, 0.1), 10), 342, 190, 0.95, 24 + pen.jitter(8))
        + dome(pen, dark(pen.a, 0.12))
        + seeds
        + bowl(pen, pen.a)
    )


def seedbowl(pen: Pen) -> str:
    """A bowl of seeds."""
    seeds = capsules(pen, spots_in_heap(pen, 56), 18, 20, (pen.a, pen.b, mix(pen.a, pen.b, 0.5)))
    rims = grains(pen, spots_in_heap(pen, 22), 10, 3, pen.c)
    return (
        dome(pen, dark(pen.a, 0.16))
        + seeds
        + rims
        + bowl(pen, pen.a)
        + ellipse(96, 386, 19, 11, pen.a, 20)
        + ellipse(392, 384, 19, 11, pen.b, -24)
    )


def peppercorn(pen: Pen) -> str:
    """Sichuan pepper."""
    spots = spots_in_heap(pen, 56)
    corns = capsules(pen, spots, 2, 25, (pen.a, mix(pen.a, pen.b, 0.35), mix(pen.a, pen.b, 0.7), dark(pen.a, 0.1)))
    slits = grains(pen, spots[::2], 8, 4, dark(pen.a, 0.5)) + dots(
        [(x - 5, y - 6) for x, y in spots[1::2]], 5, light(pen.b, 0.4)
    )
    twig = (
        line("M120 130C136 170 150 200 160 236", "#7a6a45", 6)
        + leaf(124, 150, 66, -150, pen.c)
        + leaf(136, 180, 66, -10, pen.c)
        + leaf(120, 134, 60, -80, pen.c)
    )
    return twig + dome(pen, dark(pen.a, 0.22)) + corns + slits + bowl(pen, pen.a)


def staranise(pen: Pen) -> str:
    """Star anise."""

    def item() -> str:
        boat = (
            path("M-44 0C-30-24 20-24 52 0C20 24-30 24-44 0Z", pen.a)
            + path("M-44 0C-30 10 20 10 52 0C20 24-30 24-44 0Z", pen.b)
            + ellipse(12, 0, 13, 7, pen.c)
            + ellipse(12, 0, 6, 4, dark(pen.a, 0.3))
        )
        return clones(boat, [(x, y, 0.95, t) for x, y, t in ring(8, 0, 0, 46, pen.jitter(20))]) + circle(
            0, 0, 14, dark(pen.a, 0.25)
        )

    return arrange(pen, item)


def cassia(pen: Pen) -> str:
    """Cassia bark."""

    def roll() -> str:
        return (
            rect(-140, -30, 280, 60, pen.a, 14)
            + rect(-140, 4, 280, 26, dark(pen.a, 0.14), 12)
            + line("M-110-14H40M-60 0H110M-90 14H10", dark(pen.a, 0.25), 3)
            + ellipse(140, 0, 17, 30, pen.b)
            + line("M140-16C152-8 150 14 140 12C132 8 134-4 140-4", pen.c, 5)
        )

    out = clones(roll(), [(x, y, 1, t + pen.jitter(4)) for x, y, t in ((232, 336, 2), (242, 276, -5), (236, 212, 5))])
    return out + line("M196 176C186 230 186 320 194 368", "#c9a86a", 12) + leaf(300, 168, 90, -30, "#7d9a4c")


def herbroot(pen: Pen) -> str:
    """Medicinal roots."""

    def item() -> str:
        body = path("M-14-110C20-118 40-90 34-50C30 0 22 50 8 140C-6 60-30 10-36-46C-40-80-30-104-14-110Z", pen.a)
        side = line("M16-10C40 30 44 70 62 110M-18 0C-40 40-44 70-66 96M4 60C16 90 18 110 30 134", pen.a, 13)
        return (
            side
            + body
            + path("M14-106C36-90 38-70 34-50C30 0 22 50 10 130C8 50 26-30 14-106Z", dark(pen.a, 0.18))
            + line("M-22-70h34M-28-40h30M-22-10h24M-14 20h18M-8 50h12", dark(pen.a, 0.25), 4)
        )

    slices = "".join(
        ellipse(x, y, 34, 22, dark(pen.a, 0.15), t)
        + ellipse(x, y, 28, 17, pen.b, t)
        + ellipse(x, y, 12, 7, mix(pen.a, pen.b, 0.4), t)
        for x, y, t in ((318, 356, -10), (368, 338, 20), (262, 370, 6))
    )
    pair = clones(item(), [(180, 246, 1.05, -16 + pen.jitter(6)), (292, 236, 0.95, 14 + pen.jitter(6))])
    return leaf(170, 140, 70, -110, pen.c) + leaf(280, 140, 60, -70, pen.c) + pair + slices


FAMILIES = {
    f.__name__: f
    for f in (
        goji, raisins, pollen, lotusseed, seedbowl, peppercorn, staranise, cassia, herbroot,
    )
}  # fmt: skip
