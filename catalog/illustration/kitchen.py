"""Dairy blocks, tofu, cakes and sweets. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
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
    scatter,
)
from catalog.illustration.meat import HERB, board


def butter(pen: Pen) -> str:
    """Butter."""
    block = (
        path("M110 230L290 186L378 226L190 278Z", pen.b)
        + path("M110 230L190 278V368L110 312Z", pen.a)
        + path("M190 278L378 226V306L190 368Z", mix(pen.a, pen.c, 0.25))
    )
    curl = path(
        "M250 200C262 160 320 154 330 186C336 210 300 214 298 196C302 186 312 190 310 196C318 176 290 172 282 206Z",
        light(pen.b, 0.3),
    )
    knife = place(
        rect(-120, -9, 150, 20, "#cfd3d6", 8) + rect(30, -10, 90, 20, "#8a5a38", 9), 324, 372, 1, -8 + pen.jitter(4)
    )
    marks = line("M214 300L360 260M214 326L360 284", mix(pen.a, pen.c, 0.5), 4)
    return ellipse(240, 368, 186, 28, "#f1e8d8") + block + marks + curl + knife


def cheese(pen: Pen) -> str:
    """Cheese."""

    def tile(h: float) -> str:
        return (
            path("M-90-20L20-48L92-14L-20 18Z", pen.b if h > 40 else pen.a)
            + path(f"M-90-20L-20 18V{18 + h}L-90 {h - 20}Z", pen.a)
            + path(f"M-20 18L92-14V{h - 14}L-20 {18 + h}Z", dark(pen.b, 0.07))
            + line("M-50-20L26-38M-20-4L60-24", mix(pen.b, pen.c, 0.4), 3)
        )

    lay = pen.rng.choice(
        (
            ((176, 300, 1.1, 46), (306, 316, 1.05, 46), (244, 226, 1.05, 40)),
            ((240, 318, 1.3, 26), (240, 274, 1.25, 26), (236, 232, 1.2, 26), (246, 190, 1.15, 26)),
        )
    )
    tiles = "".join(place(tile(h), x, y, s, pen.jitter(5)) for x, y, s, h in lay)
    return (
        ellipse(240, 372, 180, 24, "#b9855a")
        + ellipse(240, 366, 170, 20, "#cfa070")
        + tiles
        + dots(scatter(pen, 8, 240, 220, 60, 20), 6, pen.c)
    )


def tofu(pen: Pen) -> str:
    """Tofu."""

    def cube() -> str:
        return (
            path("M-70-30L10-54L74-26L-8 4Z", pen.b)
            + path("M-70-30L-8 4V64L-70 28Z", pen.a)
            + path("M-8 4L74-26V34L-8 64Z", dark(pen.a, 0.12))
            + dots(scatter(pen, 8, 0, -24, 40, 14), 5, pen.a)
        )

    spots = pen.rng.choice(
        (
            ((150, 300), (250, 326), (340, 300), (206, 240), (298, 238), (250, 178)),
            ((168, 310), (290, 322), (230, 236), (330, 250)),
        )
    )
    return (
        board(pen)
        + clones(cube(), [(x, y, 1.02, pen.jitter(4)) for x, y in sorted(spots, key=lambda s: s[1])])
        + leaf(90, 350, 60, -20, HERB)
    )


def ricecake(pen: Pen) -> str:
    """Rice cakes."""

    def cake() -> str:
        return (
            ellipse(0, 16, 88, 44, dark(pen.b, 0.1))
            + rect(-88, 0, 176, 16, dark(pen.b, 0.1))
            + ellipse(0, 0, 88, 44, pen.a)
            + ellipse(-14, -8, 46, 18, light(pen.a, 0.6))
            + circle(4, 2, 15, "#c9433a")
            + "".join(circle(x, y * 0.6, 4, "#c9433a") for x, y, _ in ring(8, 4, 3, 34))
        )

    return (
        path("M60 340C120 300 360 300 430 346C360 396 130 398 60 340Z", pen.c)
        + line("M76 342C180 330 320 332 416 346", dark(pen.c, 0.2), 4)
        + arrange(
            pen,
            cake,
            (
                ((172, 262, 0.95, -4), (312, 266, 0.95, 4), (240, 318, 1.05, 0)),
                ((240, 320, 1.05, 0), (238, 268, 1, -2), (242, 216, 0.95, 2)),
            ),
        )
    )


def candy(pen: Pen) -> str:
    """Sweets."""
    seeds = grains(pen, scatter(pen, 9, 0, -14, 44, 12), 5, 4, pen.c)
    bar = (
        path("M-64-16L40-36L66-16L-36 8Z", pen.b)
        + path("M-64-16L-36 8V34L-64 10Z", pen.a)
        + path("M-36 8L66-16V10L-36 34Z", dark(pen.a, 0.12))
    )
    heap = sorted(scatter(pen, 10, 240, 276, 116, 74), key=lambda s: s[1])
    return board(pen) + clones(bar + seeds, [(x, y, 1, pen.jitter(12)) for x, y in heap])


def pastry(pen: Pen) -> str:
    """Pastries."""

    def cake() -> str:
        petals = "".join(ellipse(x, y * 0.55, 17, 10, dark(pen.a, 0.14), t) for x, y, t in ring(8, 0, 0, 40))
        return (
            path("M-86 0C-86 30-60 44 0 44C60 44 86 30 86 0Z", dark(pen.a, 0.2))
            + ellipse(0, 0, 86, 42, pen.a)
            + petals
            + circle(0, 0, 13, pen.b)
        )

    broken = (
        path("M-80 0C-80-44 60-50 70-10L40 30C0 20-60 40-80 0Z", pen.a)
        + path("M70-10L40 30C50 40 70 30 84 12Z", dark(pen.a, 0.2))
        + path("M40 30C0 20-60 40-80 0C-76 34-40 50 10 46Z", pen.b)
    )
    flower = (
        "".join(
            circle(x, y, 21, mix(pen.b, "#ffffff", 0.15 * (i % 2))) for i, (x, y, _) in enumerate(ring(5, 370, 196, 24))
        )
        + circle(370, 196, 13, light(pen.b, 0.6))
        + leaf(352, 220, 50, 140, HERB)
    )
    return (
        flower
        + arrange(pen, cake, (((172, 244, 0.98, -4), (306, 266, 0.98, 4)), ((240, 300, 1.05, 0), (190, 234, 0.98, -5))))
        + place(broken, 206, 346, 0.98, pen.jitter(6))
        + leaf(110, 392, 30, -20, HERB)
    )


def naan(pen: Pen) -> str:
    """Naan."""

    def bread() -> str:
        prick = dots(
            [(x, y) for r, n in ((26, 7), (46, 12), (8, 3)) for x, y, _ in ring(n, 0, 0, r)], 7, dark(pen.a, 0.3)
        )
        return (
            circle(0, 0, 96, pen.a)
            + circle(0, 0, 76, dark(pen.a, 0.14))
            + circle(0, 0, 66, pen.b)
            + prick
            + dots(scatter(pen, 18, 0, 0, 90, 90), 5, light(pen.b, 0.5))
            + line("M-84-30A90 90 0 0 1-30-84", light(pen.b, 0.2), 7)
        )

    return ellipse(240, 376, 170, 20, pen.c) + arrange(
        pen,
        bread,
        (
            ((176, 236, 1, -10), (306, 284, 1.04, 12)),
            ((300, 230, 0.95, 8), (180, 284, 1.06, -8)),
            ((240, 248, 1.4, 0),),
        ),
    )


def sugarblock(pen: Pen) -> str:
    """Blocks of brown sugar."""

    def block() -> str:
        return (
            path("M-60-26L16-50L68-24L-8 4Z", pen.b)
            + path("M-60-26L-8 4V56L-60 24Z", pen.a)
            + path("M-8 4L68-24V26L-8 56Z", dark(pen.a, 0.18))
            + dots(scatter(pen, 9, 4, -24, 40, 14), 5, pen.c)
        )

    cane = "".join(
        place(
            rect(-15, -150, 30, 300, "#8fae5a", 12) + line("M-15-80H15M-15 0H15M-15 80H15", "#5f7f3d", 6), x, 226, 1, t
        )
        for x, t in ((120, -18), (160, -8))
    )
    return (
        cane
        + board(pen)
        + clones(
            block(),
            [(x, y, 1.12, pen.jitter(5)) for x, y in ((292, 212), (226, 262), (350, 268), (170, 316), (290, 320))],
        )
    )


FAMILIES = {
    f.__name__: f
    for f in (
        butter, cheese, tofu, ricecake, candy, pastry, naan, sugarblock,
    )
}  # fmt: skip
