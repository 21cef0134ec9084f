"""Nuts, dried fruit and crisps. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    ball,
    circle,
    clones,
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


def sunflower(pen: Pen) -> str:
    """Sunflower seeds."""
    spokes = ring(16, 210, 210, 62, pen.jitter(11))
    petals = "".join(
        clones(path("M0-14C40-34 84-20 104 0C84 20 40 34 0 14Z", tone), [(x, y, 0.8, t) for x, y, t in spokes[k::2]])
        for k, tone in enumerate((mix(pen.a, "#e08a24", 0.3), pen.a))
    )
    seed = path("M0-24C16-8 14 18 0 26C-14 18-16-8 0-24Z", pen.b) + line("M-5-8V14M5-8V14", "#e9dfcb", 3)
    seeds = clones(seed, [(x, y, 1, pen.rng.randint(-60, 60)) for x, y in scatter(pen, 14, 300, 354, 96, 34)])
    return (
        line("M210 210C214 280 190 330 196 384", pen.c, 14)
        + leaf(200, 320, 90, 200, pen.c)
        + petals
        + circle(210, 210, 74, dark(pen.b, 0.1))
        + dots(scatter(pen, 46, 210, 210, 66, 66), 9, "#8a6a3c")
        + seeds
    )


def peanut(pen: Pen) -> str:
    """Peanuts."""

    def item() -> str:
        shell = path(
            "M-90 0C-96-44-40-56-14-36C8-24 20-44 46-44C90-44 104 30 56 46C24 54 10 32-14 38C-44 52-88 40-90 0Z", pen.a
        )
        net = line(
            "M-70-20C-30-6 10-6 84-22M-80 8C-30 16 20 12 88 4M-60 32C-30 26 10 24 70 30M-44-40L-50 38M40-42L46 44M70-34L76 26M-10-30V32",
            dark(pen.a, 0.2),
            3.5,
        )
        return shell + path("M60-40C100-24 100 32 56 46C24 54 10 32-14 38C30 24 70 20 60-40Z", dark(pen.a, 0.13)) + net

    opened = (
        path(
            "M-90 0C-96-44-40-56-14-36C8-24 20-44 46-44C90-44 104 30 56 46C24 54 10 32-14 38C-44 52-88 40-90 0Z", pen.b
        )
        + ball(-44, 0, 30, pen.c)
        + ball(44, 0, 32, pen.c)
    )
    spots = ((160, 220, 0.9, -24), (316, 226, 0.9, 20), (240, 280, 0.95, -6), (340, 318, 0.86, 40))
    return clones(item(), [(x, y, s, t + pen.jitter(10)) for x, y, s, t in spots]) + place(
        opened, 168, 338, 1, 10 + pen.jitter(8)
    )


def walnut(pen: Pen) -> str:
    """Walnuts."""

    def item() -> str:
        ruts = line(
            "M0-80C-10-40 10 0 0 82M-44-56C-20-40-56-20-34 0C-60 16-30 34-44 56M44-56C20-40 56-20 34 0C60 16 30 34 44 56M-20-50C-30-30-8-20-20 0C-8 16-26 30-16 52M20-50C30-30 8-20 20 0C8 16 26 30 16 52",
            dark(pen.a, 0.28),
            5,
        )
        return (
            ellipse(0, 0, 76, 84, pen.a)
            + path("M40-72C92-40 88 50 20 82C64 36 66-26 40-72Z", dark(pen.a, 0.15))
            + ruts
            + ellipse(-36, -46, 14, 8, light(pen.b, 0.3), -38)
        )

    brain = line(
        "M-30-44C-56-30-20-14-44 4C-56 24-16 26-30 48M30-44C56-30 20-14 44 4C56 24 16 26 30 48M-8-52C-20-20 0 0-8 54M8-52C20-20 0 0 8 54",
        mix(pen.b, "#8a5a2f", 0.35),
        9,
    )
    cracked = (
        ellipse(0, 0, 80, 84, pen.c)
        + ellipse(0, 0, 70, 74, dark(pen.a, 0.35))
        + ellipse(0, 0, 60, 64, light(pen.b, 0.4))
        + brain
    )
    return arrange(pen, item) + place(cracked, 328, 334, 0.86, pen.jitter(30))


def chestnut(pen: Pen) -> str:
    """Chestnuts."""

    def item() -> str:
        body = path("M0-80C20-56 84-40 86 14C86 62 44 76 0 76C-44 76-86 62-86 14C-84-40-20-56 0-80Z", pen.a)
        foot = path("M-80 40C-40 22 40 22 80 40C68 68 40 76 0 76C-40 76-68 68-80 40Z", pen.c)
        return (
            body
            + path("M40-46C76-30 94 20 74 46C66 62 50 70 34 74C66 30 60-10 40-46Z", dark(pen.a, 0.25))
            + foot
            + line("M-50-20C-40-36-24-46-12-54", light(pen.b, 0.4), 7)
        )

    return leaf(120, 220, 120, -150, "#7d9a4c") + leaf(340, 210, 110, -40, "#7d9a4c") + arrange(pen, item)


def almond(pen: Pen) -> str:
    """Almonds."""

    def item() -> str:
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.5)
        return (
            path("M0-74C44-40 56 30 0 68C-56 30-44-40 0-74Z", tone)
            + path("M10-66C44-40 56 30 4 66C30 20 30-20 10-66Z", dark(tone, 0.14))
            + line("M-16-30C-22 0-18 24-10 44M0-50C-4 0-2 30 2 54M16-28C20 0 16 20 12 40", dark(tone, 0.22), 3)
        )

    spots = [(150, 250, -40), (226, 222, 10), (306, 246, 50), (184, 324, 80), (264, 312, -14), (340, 330, 24)]
    cut = path("M0-74C44-40 56 30 0 68C-56 30-44-40 0-74Z", pen.c) + path(
        "M0-64C34-34 44 26 0 56C-44 26-34-34 0-64Z", "#f8efdc"
    )
    return (
        leaf(250, 180, 96, -50, "#7d9a4c")
        + clones(item(), [(x, y, 1.02, t + pen.jitter(14)) for x, y, t in spots])
        + place(cut, 118, 346, 0.8, -60)
    )


def pinenut(pen: Pen) -> str:
    """Pine nuts."""
    rows = ((140, 1), (172, 2), (206, 3), (242, 4), (278, 3), (308, 2))
    scales = [(190 + (k - (n - 1) / 2) * 44, y, 1, (k - (n - 1) / 2) * 8) for y, n in rows for k in range(n)]
    scale = (
        path("M-36 10C-30-26 30-26 36 10C14 28-14 28-36 10Z", pen.a)
        + path("M-36 10C-14 20 14 20 36 10C14 28-14 28-36 10Z", pen.c)
        + line("M-14-4q14-8 28 0", light(pen.b, 0.1), 4)
    )
    nut = path("M0-20C14-8 14 14 0 22C-14 14-14-8 0-20Z", pen.b) + path(
        "M4-15C14-4 12 14 0 22C6 8 8-4 4-15Z", dark(pen.b, 0.2)
    )
    nuts = clones(nut, [(x, y, 1.15, pen.rng.randint(-70, 70)) for x, y in scatter(pen, 17, 296, 346, 98, 36)])
    needles = line("M330 140L270 200M360 160L280 210M376 196L290 222M300 120L262 190M384 230L300 236", "#6f9450", 6)
    return needles + clones(scale, scales) + nuts


def hazelnut(pen: Pen) -> str:
    """Hazelnuts."""

    def item() -> str:
        body = path("M0-78C50-60 76-10 66 30C56 70 30 80 0 80C-30 80-56 70-66 30C-76-10-50-60 0-78Z", pen.a)
        cap = path("M-68 22C-40 6 40 6 68 22C64 66 34 80 0 80C-34 80-64 66-68 22Z", pen.b)
        return (
            body
            + path("M24-66C60-40 76-6 66 30C60 50 50 62 38 70C52 30 50-20 24-66Z", dark(pen.a, 0.2))
            + cap
            + line("M-40-20C-34-40-22-52-10-60", light(pen.b, 0.5), 6)
        )

    return leaf(120, 230, 120, -140, "#7d9a4c") + arrange(pen, item)


def driedfruit(pen: Pen) -> str:
    """Dried fruit."""

    def item() -> str:
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.6)
        return (
            path("M-62-6C-66-46-26-52 0-48C30-52 66-40 62 0C58 40 28 46 0 42C-30 46-60 36-62-6Z", tone)
            + line("M-30-16C-10-30 14-10 36-22M-34 10C-10 0 10 22 32 8", pen.c, 4)
            + ellipse(-30, -30, 14, 6, light(pen.b, 0.5), -20)
        )

    spots = scatter(pen, 9, 240, 276, 116, 74)
    turned = [(x, y, 1, pen.rng.randint(-60, 60)) for x, y in sorted(spots, key=lambda p: p[1])]
    return leaf(330, 200, 90, -40, "#7d9a4c") + clones(item(), turned[::2]) + clones(item(), turned[1::2])


def persimmoncake(pen: Pen) -> str:
    """Dried persimmons."""

    def item() -> str:
        frost = dots(scatter(pen, 20, 0, -4, 56, 30), 11, mix(pen.a, pen.b, 0.7))
        return (
            ellipse(0, 12, 82, 50, dark(pen.a, 0.2))
            + ellipse(0, 0, 82, 50, pen.a)
            + ellipse(0, -4, 62, 34, mix(pen.a, pen.b, 0.35))
            + frost
            + "".join(leaf(0, -6, 30, t, pen.c) for t in (0, 90, 180, 270))
        )

    return arrange(
        pen,
        item,
        (
            ((170, 250, 1, -8), (312, 256, 1, 8), (240, 320, 1.08, 0)),
            ((240, 330, 1.1, 0), (236, 270, 1.05, -3), (244, 212, 1, 4)),
        ),
    )


def crisps(pen: Pen) -> str:
    """Crisps of fruit or vegetables."""
    out = ""
    spots = [(x, y, 0.95, pen.rng.randint(-50, 50)) for x, y in scatter(pen, 11, 240, 280, 112, 78)]
    for k in range(3):
        tone = mix(pen.a, pen.b, 0.3 * k)
        chip = (
            path("M-62 0C-56-44 50-50 64-4C54 10 20-6 0 8C-24 20-50 20-62 0Z", tone)
            + path("M-62 0C-40 16-20 10 0 2C24-8 50 4 64-4C54 30 30 34 0 38C-36 40-58 24-62 0Z", dark(tone, 0.1))
            + dots(scatter(pen, 5, 0, -10, 40, 18), 6, pen.c)
        )
        out += clones(chip, spots[k::3])
    return out


FAMILIES = {
    f.__name__: f
    for f in (
        sunflower, peanut, walnut, chestnut, almond, pinenut, hazelnut, driedfruit, persimmoncake, crisps,
    )
}  # fmt: skip
