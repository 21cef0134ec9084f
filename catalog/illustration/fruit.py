"""Fruit from trees and vines, bigger than a thumb. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    ball,
    circle,
    dark,
    dots,
    ellipse,
    leaf,
    light,
    line,
    mix,
    path,
    place,
    ring,
    scatter,
)

STEM = "#6d4a2f"


def apple(pen: Pen) -> str:
    """Apples."""

    def item() -> str:
        body = "M0-62C28-84 84-74 86-14C88 44 46 84 22 82C8 80-8 80-22 82C-46 84-88 44-86-14C-84-74-28-84 0-62Z"
        blush = path("M-78-22C-74-60-40-72-14-62C-44-40-58 6-46 62C-66 40-80 10-78-22Z", mix(pen.a, pen.b, 0.75))
        shade = path("M50-66C74-58 86-38 86-14C88 44 46 84 22 82C56 52 70-10 50-66Z", dark(pen.a, 0.18))
        stem = line("M0-58C0-78 6-90 16-100", STEM, 8)
        return (
            path(body, pen.a)
            + blush
            + shade
            + path("M-22-66C-8-56 10-56 24-67C10-46-10-46-22-66Z", dark(pen.a, 0.3))
            + stem
            + leaf(6, -80, 58, -22 + pen.jitter(10), pen.c)
            + ellipse(-46, -26, 9, 16, light(pen.b, 0.6), 20)
        )

    return arrange(pen, item)


def pear(pen: Pen) -> str:
    """Pears."""
    body = "M0-96C24-96 32-74 36-50C42-20 80-2 78 40C76 74 40 86 0 86C-40 86-76 74-78 40C-80-2-42-20-36-50C-32-74-24-96 0-96Z"

    def item() -> str:
        shade = path(
            "M20-88C32-78 34-62 36-50C42-20 80-2 78 40C76 74 40 86 8 86C52 66 52 20 30-14C20-36 26-66 20-88Z",
            dark(pen.a, 0.14),
        )
        freckles = dots(scatter(pen, 16, -8, 30, 54, 42), 4, mix(pen.a, "#8a6a3c", 0.4))
        return (
            path(body, pen.a)
            + shade
            + ellipse(-30, 26, 26, 34, mix(pen.a, pen.b, 0.7), 14)
            + freckles
            + line("M0-92C0-108 4-116 12-124", STEM, 7)
            + leaf(4, -104, 54, 12 + pen.jitter(12), pen.c)
        )

    return arrange(pen, item)


def _segments(r: float, rind: str, flesh: str, count: int = 9) -> str:
    spokes = "".join(f"M0 0L{x:.0f} {y:.0f}" for x, y, _ in ring(count, 0, 0, r * 0.8, 8))
    return (
        circle(0, 0, r, rind)
        + circle(0, 0, r * 0.9, light(flesh, 0.7))
        + circle(0, 0, r * 0.82, flesh)
        + line(spokes, light(flesh, 0.65), 4)
        + circle(0, 0, r * 0.09, light(flesh, 0.7))
    )


def citrus(pen: Pen) -> str:
    """Oranges and mandarins, whole and cut."""

    def whole() -> str:
        pores = dots(scatter(pen, 14, -6, 8, 62, 58), 4, dark(pen.a, 0.12))
        navel = line("M-6-72L6-70M0-78L0-66", dark(pen.c, 0.2), 6)
        return ball(0, 0, 82, pen.a) + pores + navel + leaf(2, -76, 70, -24 + pen.jitter(14), pen.c)

    half = _segments(74, pen.a, pen.b)
    spots = pen.rng.choice(
        (
            ((166, 262), (306, 250), (252, 320)),
            ((312, 260), (170, 248), (226, 322)),
            ((240, 216), (316, 300), (164, 308)),
        )
    )
    first, second, cut = spots
    return place(whole(), *first) + place(whole(), *second, 1.02, 20) + place(half, *cut, 1, pen.jitter(30))


def lemon(pen: Pen) -> str:
    """Lemons."""

    def item() -> str:
        body = path("M-100 0C-84-10-76-66 0-66C76-66 84-10 100 0C84 10 76 66 0 66C-76 66-84 10-100 0Z", pen.a)
        shade = path("M20 64C70 58 84 10 100 0C84-8 80-40 52-54C74-10 60 40 20 64Z", dark(pen.a, 0.14))
        return (
            body
            + shade
            + dots(scatter(pen, 12, -10, 4, 62, 42), 4, dark(pen.a, 0.12))
            + ellipse(-40, -30, 18, 8, light(pen.a, 0.6), -24)
        )

    half = _segments(62, pen.a, pen.b, 8)
    return (
        place(item(), 200, 240, 1.15, -18 + pen.jitter(8))
        + place(half, 310, 310, 1.05, pen.jitter(30))
        + leaf(150, 190, 74, -60, pen.c)
    )


def pomelo(pen: Pen) -> str:
    """Pomelos."""
    body = "M0-98C26-98 40-70 62-40C92-2 84 88 0 88C-84 88-92-2-62-40C-40-70-26-98 0-98Z"
    whole = (
        path(body, pen.a)
        + path("M26-86C40-70 48-58 62-40C92-2 84 84 14 88C66 60 64-20 26-86Z", dark(pen.a, 0.13))
        + dots(scatter(pen, 18, -8, 16, 58, 60), 4, dark(pen.a, 0.12))
        + leaf(0, -92, 76, -30, pen.c)
        + leaf(0, -92, 62, -150, pen.c)
    )
    return place(whole, 196, 254, 1.32, -4 + pen.jitter(4)) + place(
        _segments(76, pen.a, pen.b, 10), 324, 310, 1, pen.jitter(30)
    )


def kiwi(pen: Pen) -> str:
    """Kiwi fruit."""
    fuzz = ellipse(0, 0, 92, 74, pen.a)
    whole = (
        fuzz
        + path("M40-66C92-52 96 50 22 72C70 40 72-30 40-66Z", dark(pen.a, 0.18))
        + "".join(line(f"M{x:.0f} {y:.0f}l5 6", dark(pen.a, 0.3), 3) for x, y in scatter(pen, 12, -6, 4, 66, 50))
    )
    rays = "".join(f"M{x * 0.42:.0f} {y * 0.42:.0f}L{x:.0f} {y:.0f}" for x, y, _ in ring(16, 0, 0, 50))
    seeds = dots([(x, y) for x, y, _ in ring(18, 0, 0, 37)], 7, "#2f2a1c")
    cut = (
        circle(0, 0, 84, pen.a)
        + circle(0, 0, 76, pen.b)
        + circle(0, 0, 50, mix(pen.b, pen.c, 0.55))
        + line(rays, light(pen.b, 0.4), 3)
        + circle(0, 0, 20, light(pen.b, 0.75))
        + seeds
    )
    swap = pen.rng.random() < 0.5
    x1, x2 = (172, 306) if swap else (308, 174)
    return place(whole, x1, 236, 1.1, pen.jitter(20)) + place(cut, x2, 296, 1.08, pen.jitter(40))


def peach(pen: Pen) -> str:
    """Peaches."""

    def item() -> str:
        body = path("M6-74C64-86 92-32 82 14C72 58 30 80 0 84C-34 82-76 56-84 10C-90-38-54-84 6-74Z", pen.a)
        blush = path("M30-76C76-74 90-28 82 14C72 58 30 80 4 84C56 50 62-20 30-76Z", mix(pen.a, pen.b, 0.75))
        cleft = line("M6-72C-18-34-14 20 2 60", dark(pen.a, 0.22), 5)
        return (
            body
            + blush
            + cleft
            + ellipse(-48, -26, 12, 20, light(pen.a, 0.55), 22)
            + leaf(4, -74, 78, -14 + pen.jitter(8), pen.c)
            + leaf(4, -74, 58, 200, dark(pen.c, 0.1))
        )

    return arrange(pen, item)


def persimmon(pen: Pen) -> str:
    """Persimmons."""

    def item() -> str:
        body = path("M-90 0C-90-54-44-64 0-56C44-64 90-54 90 0C90 52 46 72 0 72C-46 72-90 52-90 0Z", pen.a)
        shade = path("M52-58C76-52 90-34 90 0C90 52 46 72 10 72C58 52 78-8 52-58Z", dark(pen.a, 0.16))
        hat = "".join(leaf(0, -50, 56, t, pen.c) for t in (-168, -14, 40, 140)) + circle(0, -52, 10, STEM)
        return body + shade + ellipse(-52, -14, 12, 18, light(pen.b, 0.5), 18) + hat

    return arrange(pen, item)


def pomegranate(pen: Pen) -> str:
    """Pomegranates."""
    crown = path("M-22-70L-30-104L-10-92L0-110L10-92L30-104L22-70Z", dark(pen.a, 0.12))
    whole = crown + ball(0, 0, 82, pen.a)
    seeds = "".join(
        circle(x, y, 11, mix("#b3203a", pen.b, pen.rng.random() * 0.25)) for x, y in scatter(pen, 20, 0, 4, 56, 54)
    )
    cut = (
        crown
        + circle(0, 0, 82, pen.a)
        + circle(0, 4, 70, light(pen.b, 0.5))
        + seeds
        + line("M0-60L0 70", light(pen.b, 0.5), 7)
    )
    left = pen.rng.random() < 0.5
    return (
        place(whole, 176 if left else 304, 246, 1.08, -10)
        + place(cut, 306 if left else 176, 290, 1.05, 8 + pen.jitter(8))
        + leaf(230, 170, 80, -60, pen.c)
    )


def mango(pen: Pen) -> str:
    """Mangoes."""

    def item() -> str:
        body = path("M-92 18C-96-36-44-76 16-70C70-64 104-24 96 14C90 40 66 36 44 52C4 82-84 80-92 18Z", pen.a)
        blush = path("M-60-50C-20-78 70-74 92-20C50-44-14-38-54 10C-72 8-78-30-60-50Z", mix(pen.a, pen.b, 0.7))
        return (
            body
            + blush
            + path(
                "M-80 46C-40 66 10 60 44 40C66 30 84 34 96 14C90 40 66 36 44 52C12 76-50 80-80 46Z", dark(pen.a, 0.16)
            )
            + line("M-58-52L-70-70", STEM, 8)
        )

    layouts = (
        ((176, 240, 1.05, -14), (300, 302, 1.1, 8)),
        ((300, 230, 1.05, 14), (186, 300, 1.12, -10)),
        ((240, 206, 0.95, 0), (158, 300, 0.95, -14), (320, 300, 0.95, 12)),
    )
    return arrange(pen, item, layouts) + leaf(120, 186, 110, -50 + pen.jitter(10), pen.c)


def banana(pen: Pen) -> str:
    """A hand of bananas."""
    out = ""
    for i in range(4):
        tone = mix(pen.a, pen.b, 0.15 * i)
        body = path("M-8-150C-70-70-70 60 40 130C56 138 70 128 62 114C4 60 2-50 20-140Z", tone)
        edge = path("M-8-150C-70-70-70 60 40 130C46 134 54 134 59 130C-30 50-40-60 0-146Z", dark(tone, 0.12))
        out += place(
            body + edge + path("M40 130C48 136 60 134 64 122L58 112L44 122Z", STEM),
            236,
            240,
            1.05,
            34 - i * 21 + pen.jitter(3),
        )
    return out + place(path("M-22-18L20-26L26 24L-16 26Z", dark(pen.c, 0.15)), 270, 104, 1, 20)


def dragonfruit(pen: Pen) -> str:
    """Dragon fruit."""
    body = ellipse(0, 0, 84, 96, pen.a) + path("M36-86C94-56 92 64 18 94C64 40 66-40 36-86Z", dark(pen.a, 0.15))
    scales = ""
    for x, y, t in (
        (-60, -40, 210),
        (-66, 22, 190),
        (-30, -72, 240),
        (24, -84, 280),
        (58, -44, 320),
        (66, 20, 350),
        (-34, 40, 215),
        (26, 6, 300),
        (-6, -26, 265),
    ):
        scales += leaf(x * 0.9, y * 0.9, 52, t, mix(pen.c, pen.a, 0.12))
    cut = (
        circle(0, 0, 78, pen.a)
        + circle(0, 0, 66, pen.b if pen.rng.random() < 0.3 else mix(pen.a, "#ffffff", 0.18))
        + dots(scatter(pen, 40, 0, 0, 58, 58), 5, "#33272f")
    )
    return place(body + scales, 184, 248, 1.15, -12 + pen.jitter(6)) + place(cut, 320, 304)


def melon(pen: Pen) -> str:
    """Melons."""
    net = ""
    for t in range(-60, 61, 20):
        net += f"M{t * 0.4:.0f}-88C{t * 1.5:.0f}-40 {t * 1.5:.0f} 40 {t * 0.4:.0f} 88"
    for y in (-50, -18, 16, 48):
        net += f"M-86 {y + pen.rng.randint(-6, 6)}C-30 {y + 18} 30 {y - 14} 86 {y}"
    whole = (
        ellipse(0, 0, 110, 92, pen.a)
        + path("M54-80C120-54 118 58 30 90C84 40 88-38 54-80Z", dark(pen.a, 0.13))
        + line(net, light(pen.a, 0.45), 3)
        + line("M0-90C-4-106 8-114 22-118", STEM, 9)
    )
    wedge = (
        path("M-110-30C-84 58 84 58 110-30C60 6-60 6-110-30Z", pen.a)
        + path("M-98-26C-70 44 70 44 98-26C54 2-54 2-98-26Z", pen.b)
        + path("M-60-12C-40 10 40 10 60-12C36-2-36-2-60-12Z", light(pen.b, 0.55))
    )
    return place(whole, 228, 230, 1.22, -8 + pen.jitter(6)) + place(wedge, 290, 352, 1, -8 + pen.jitter(5))


def watermelon(pen: Pen) -> str:
    """Watermelons."""
    stripes = "".join(
        line(f"M{t * 0.3:.0f}-100C{t * 1.4:.0f}-40 {t * 1.4:.0f} 44 {t * 0.3:.0f} 100", pen.c, 13)
        for t in (-66, -33, 0, 33, 66)
    )
    whole = (
        ellipse(0, 0, 116, 102, pen.a) + stripes + path("M60-86C122-54 118 70 30 98C86 46 92-40 60-86Z", "#1d3a2655")
    )
    seeds = "".join(
        ellipse(x, y, 5, 8, "#2b2320", x * -0.6)
        for x, y in ((-50, 10), (-18, 26), (18, 26), (50, 10), (-30, -6), (30, -6), (0, 4))
    )
    wedge = (
        path("M-112-30A112 112 0 0 0 112-30Z", pen.a)
        + path("M-100-30A100 100 0 0 0 100-30Z", "#f3efd2")
        + path("M-90-30A90 90 0 0 0 90-30Z", pen.b)
        + seeds
    )
    return place(whole, 220, 216, 1.2, -10 + pen.jitter(8)) + place(wedge, 290, 330, 1.05, -10 + pen.jitter(6))


FAMILIES = {
    f.__name__: f
    for f in (
        apple, pear, citrus, lemon, pomelo, kiwi, peach, persimmon, pomegranate, mango, banana, dragonfruit, melon, watermelon,
    )
}  # fmt: skip
