"""Small, soft and odd fruit. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    ball,
    circle,
    clones,
    crescent,
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


def kumquat(pen: Pen) -> str:
    """Kumquats on a twig."""
    out = line("M120 170C180 150 280 150 366 190", STEM, 7)
    for x, y, turn in ((130, 176, 150), (210, 154, -70), (300, 160, -40), (362, 190, 10)):
        out += leaf(x, y, 78, turn + pen.jitter(12), pen.c)
    spots = [(150, 250), (226, 230), (306, 246), (186, 322), (268, 318), (344, 308)]
    for x, y in spots[: pen.rng.choice((5, 6))]:
        out += line(f"M{x} {y - 44}L{x + 4} {y - 62}", STEM, 4)
        out += place(
            ellipse(0, 0, 38, 46, pen.a)
            + path("M16-42C44-28 46 30 10 45C34 20 32-14 16-42Z", dark(pen.a, 0.16))
            + ellipse(-14, -18, 7, 11, light(pen.b, 0.6), 20),
            x + pen.jitter(4),
            y,
            1,
            pen.jitter(14),
        )
    return out


def _bunch(pen: Pen, rows: tuple[int, ...], r: float, step: float, top: float) -> str:
    spots = [
        (240 + (k - (n - 1) / 2) * r * 1.72 + pen.jitter(4), top + i * step)
        for i, n in enumerate(rows)
        for k in range(n)
    ]
    pen.rng.shuffle(spots)
    out = ""
    for k in range(5):
        share = spots[k::5]
        tone = mix(pen.a, pen.b, 0.14 * k)
        out += dots([(x + 2, y + 4) for x, y in share], r * 2, dark(tone, 0.2)) + dots(share, r * 1.92, tone)
        out += dots([(x - r * 0.35, y - r * 0.36) for x, y in share], r * 0.36, light(tone, 0.55))
    return out


def grape(pen: Pen) -> str:
    """A bunch of grapes."""
    rows = pen.rng.choice(((4, 5, 4, 3, 2, 1), (5, 4, 5, 3, 2), (3, 4, 5, 4, 3)))
    stem = line("M240 176C242 140 232 124 252 98M214 120L288 108", STEM, 9)
    leaves = leaf(250, 128, 108, -14 + pen.jitter(8), pen.c) + leaf(
        232, 128, 88, 198 + pen.jitter(8), mix(pen.c, "#ffffff", 0.15)
    )
    return stem + leaves + _bunch(pen, rows, 31, 43, 182)


def plum(pen: Pen) -> str:
    """Plums with their bloom."""

    def item() -> str:
        bloom = ellipse(-22, -26, 34, 26, mix(pen.a, "#ffffff", 0.28), -30)
        return (
            ball(0, 8, 70, pen.a)
            + bloom
            + line("M4-58C-20-20-16 30 2 66", dark(pen.a, 0.22), 4)
            + line("M2-58C2-74 6-84 14-92", STEM, 6)
        )

    layouts = (
        ((170, 220, 0.9, -8), (304, 226, 0.92, 8), (132, 316, 0.86, -10), (238, 312, 1, 0), (344, 314, 0.86, 12)),
        ((240, 212, 0.95, 0), (160, 300, 1, -8), (318, 300, 1, 8)),
        ((200, 228, 0.94, -6), (312, 250, 0.92, 6), (150, 318, 0.9, -8), (262, 318, 0.98, 2)),
    )
    return leaf(232, 160, 96, -28, pen.c) + arrange(pen, item, layouts)


def cherry(pen: Pen) -> str:
    """Cherries in pairs."""
    out = ""
    groups = pen.rng.choice(
        (((250, 110), ((160, 268), (268, 304), (340, 246))), ((228, 108), ((140, 250), (232, 306), (330, 276))))
    )
    (sx, sy), spots = groups
    for x, y in spots:
        out += line(f"M{sx} {sy}C{sx - 6} {sy + 60} {x + 10} {y - 110} {x} {y - 46}", mix(pen.c, STEM, 0.25), 7)
    for x, y in spots:
        out += ball(x, y, 58, pen.a) + ellipse(x, y - 48, 16, 6, dark(pen.a, 0.3))
    return (
        out
        + leaf(sx, sy, 110, 8 + pen.jitter(8), pen.c)
        + leaf(sx, sy, 84, 168, light(pen.c, 0.12))
        + circle(sx, sy, 9, STEM)
    )


def blueberry(pen: Pen) -> str:
    """A heap of blueberries."""
    out = leaf(150, 200, 90, 200, pen.c) + leaf(320, 190, 96, -30, pen.c) + leaf(250, 150, 80, -80, light(pen.c, 0.1))
    for x, y in ((188, 220), (280, 208), (130, 300), (222, 302), (316, 292), (366, 330), (270, 350), (174, 356)):
        r = 44 + pen.jitter(5)
        tone = mix(pen.a, pen.b, pen.rng.choice((0, 0.25, 0.5)))
        crown = "".join(f"M{x} {y - 12}L{u:.0f} {v:.0f}" for u, v, _ in ring(5, x, y - 12, 14, pen.jitter(30)))
        out += circle(x, y, r, tone) + crescent(x, y, r, dark(tone, 0.18)) + line(crown, dark(tone, 0.4), 7)
    return out


def strawberry(pen: Pen) -> str:
    """Strawberries."""

    def item() -> str:
        body = path("M0-58C44-76 84-50 80-8C76 36 28 88 0 92C-28 88-76 36-80-8C-84-50-44-76 0-58Z", pen.a)
        shade = path("M54-60C78-48 84-28 80-8C76 36 28 88 6 92C46 52 66-6 54-60Z", dark(pen.a, 0.16))
        seeds = line("".join(f"M{x:.0f} {y:.0f}l0 6" for x, y in scatter(pen, 20, 0, 8, 58, 58)), pen.b, 5)
        hat = "".join(leaf(0, -60, 50, t, pen.c) for t in (-170, -130, -60, -12, 20, 160))
        return body + shade + seeds + hat + line("M0-62L6-88", pen.c, 7)

    return arrange(pen, item)


def lychee(pen: Pen) -> str:
    """Lychees, one of them peeled or open."""

    def item() -> str:
        return (
            ball(0, 0, 56, pen.a)
            + dots(scatter(pen, 22, 0, 0, 48, 48), 7, dark(pen.a, 0.2))
            + dots(scatter(pen, 8, -8, -8, 36, 36), 4, light(pen.a, 0.4))
        )

    out = line("M240 110C230 150 190 170 170 210M240 120C260 160 300 170 316 200M240 130L238 220", STEM, 6)
    out += leaf(236, 116, 110, 190, pen.c) + leaf(246, 112, 116, -10, pen.c)
    out += clones(
        item(),
        [(x, y, 1, t) for x, y, t in ((164, 242, 0), (316, 240, 40), (240, 262, 90), (128, 328, 200), (352, 326, -60))],
    )
    opened = (
        circle(0, 0, 54, pen.b)
        + crescent(0, 0, 54, dark(pen.b, 0.1))
        + path("M-56 0C-56 34-26 58 0 58C26 58 56 34 56 0C40 14 20 4 0 14C-20 4-40 14-56 0Z", pen.a)
    )
    return out + place(opened, 240, 340, 1, pen.jitter(16))


def jujube(pen: Pen) -> str:
    """Jujubes (red dates)."""

    def item() -> str:
        body = ellipse(0, 0, 40, 54, pen.a) + path("M18-48C44-30 44 34 8 53C34 20 34-18 18-48Z", dark(pen.a, 0.2))
        wrinkle = line("M-16-34C-24-10-20 18-10 36M2-40C-4-14 0 16 6 40", dark(pen.a, 0.22), 3)
        return body + wrinkle + ellipse(-18, -20, 5, 10, light(pen.b, 0.5), 12) + line("M0-52L2-62", STEM, 5)

    spots = (
        (176, 220, -24),
        (256, 206, 12),
        (330, 236, 30),
        (136, 302, -40),
        (212, 300, 8),
        (292, 306, -14),
        (360, 318, 44),
        (250, 352, 78),
    )
    out = leaf(300, 186, 84, -36, pen.c) + leaf(180, 190, 70, 214, pen.c)
    return out + clones(item(), [(x + pen.jitter(5), y, 0.95, t + pen.jitter(10)) for x, y, t in spots])


def passionfruit(pen: Pen) -> str:
    """Passion fruit, whole and halved."""
    whole = ball(0, 0, 84, pen.a) + dots(scatter(pen, 16, 0, 4, 60, 58), 4, light(pen.a, 0.25))
    seeds = (
        "".join(ellipse(x, y, 6, 9, "#2c2420", t) for x, y, t in ring(9, 0, 0, 38))
        + ellipse(-8, 2, 6, 9, "#2c2420", 20)
        + ellipse(12, -8, 6, 9, "#2c2420", -20)
    )
    cut = circle(0, 0, 82, pen.a) + circle(0, 0, 70, "#f6ead8") + circle(0, 0, 58, pen.b) + seeds
    return place(whole, 178, 240, 1.05) + place(cut, 304, 298, 1.08, pen.jitter(40)) + leaf(220, 158, 90, -40, pen.c)


def fig(pen: Pen) -> str:
    """Figs, whole and halved."""
    body = "M0-96C14-76 30-64 56-36C92 6 78 82 0 84C-78 82-92 6-56-36C-30-64-14-76 0-96Z"
    ribs = line("M-6-76C-34-30-44 20-30 70M4-76C22-30 34 20 24 72", light(pen.a, 0.22), 4)
    whole = (
        path(body, pen.a)
        + path("M20-72C40-56 92-6 70 48C58 74 36 82 10 84C56 44 46-20 20-72Z", dark(pen.a, 0.2))
        + ribs
    )
    cut = (
        path(body, pen.a)
        + place(path(body, "#f2e3cd"), 0, 4, 0.86)
        + place(path(body, pen.b), 0, 10, 0.66)
        + dots(scatter(pen, 24, 0, 22, 34, 40), 4, light(pen.b, 0.6))
    )
    return (
        leaf(230, 160, 90, -50, pen.c)
        + place(whole, 170, 256, 1.1, -10 + pen.jitter(6))
        + place(cut, 308, 278, 1.08, 10 + pen.jitter(6))
    )


def spinyfruit(pen: Pen) -> str:
    """Roxburgh roses (cili) and other spiny fruit."""

    def item() -> str:
        spikes = "".join(
            f"M{x * 0.93:.0f} {y * 0.93:.0f}L{x * 1.16:.0f} {y * 1.16:.0f}" for x, y, _ in ring(22, 0, 0, 80)
        )
        inner = "".join(f"M{x:.0f} {y:.0f}l3-8" for x, y in scatter(pen, 24, 0, 4, 64, 62))
        return (
            line(spikes, dark(pen.a, 0.12), 6)
            + ball(0, 0, 80, pen.a)
            + line(inner, dark(pen.a, 0.28), 4)
            + "".join(leaf(0, -76, 34, t, pen.c) for t in (-150, -90, -30))
        )

    return leaf(240, 180, 110, -50, pen.c) + arrange(pen, item)


def berrybranch(pen: Pen) -> str:
    """A branch full of berries, such as sea buckthorn."""
    out = line("M110 360C170 300 240 230 360 130", STEM, 9)
    for i in range(7):
        x, y = 130 + i * 36, 342 - i * 33
        out += leaf(x, y, 84, (-118 if i % 2 else 30) + pen.jitter(10), pen.c)
    spots = [(128 + i * 10 + pen.jitter(28), 340 - i * 9.4 + pen.jitter(28)) for i in range(22)]
    for k, tone in enumerate((pen.a, mix(pen.a, pen.b, 0.35))):
        out += dots([(x + 2, y + 3) for x, y in spots[k::2]], 38, dark(tone, 0.18)) + dots(spots[k::2], 36, tone)
    return out + dots([(x - 5, y - 6) for x, y in spots], 8, light(pen.a, 0.6))


def avocado(pen: Pen) -> str:
    """Avocados, whole and halved."""
    body = "M0-100C26-98 38-66 50-36C80 6 74 88 0 88C-74 88-80 6-50-36C-38-66-26-98 0-100Z"
    whole = (
        path(body, pen.a)
        + path("M20-92C36-72 42-54 50-36C80 6 74 84 12 88C56 50 44-30 20-92Z", dark(pen.a, 0.25))
        + dots(scatter(pen, 14, -10, 20, 40, 56), 4, light(pen.a, 0.25))
    )
    cut = (
        path(body, pen.a)
        + place(path(body, mix(pen.a, pen.b, 0.6)), 0, 0, 0.9)
        + place(path(body, pen.b), 0, 3, 0.8)
        + ball(0, 30, 36, pen.c)
    )
    return place(whole, 174, 250, 1.12, -16 + pen.jitter(6)) + place(cut, 308, 272, 1.12, 10 + pen.jitter(8))


def pineapple(pen: Pen) -> str:
    """Pineapples."""

    def item() -> str:
        crown = "".join(
            leaf(0, -76, 92 - abs(t) * 0.5, -90 + t, mix(pen.c, "#ffffff", 0.12 if t % 40 else 0))
            for t in (-62, 62, -40, 40, -20, 20, 0)
        )
        cross = "".join(f"M{-80 + 40 * i}-60L{-20 + 40 * i} 100M{80 - 40 * i}-60L{20 - 40 * i} 100" for i in range(3))
        body = path("M0-84C60-84 80-40 80 10C80 70 50 104 0 104C-50 104-80 70-80 10C-80-40-60-84 0-84Z", pen.a)
        eyes = dots([(x, y) for y in (-40, 6, 52) for x in (-40, 0, 40)], 9, light(pen.a, 0.4))
        return (
            crown
            + body
            + line(cross, pen.b, 5)
            + eyes
            + path("M40-72C70-58 80-24 80 10C80 70 50 104 10 104C60 60 62-20 40-72Z", dark(pen.a, 0.3) + "55")
        )

    return arrange(pen, item, (((240, 268, 1.1, 0),), ((180, 262, 0.95, -9), (312, 282, 0.86, 10))))


def bayberry(pen: Pen) -> str:
    """Bayberries (yangmei)."""

    def item() -> str:
        knobs = scatter(pen, 46, 0, 0, 58, 58)
        return (
            circle(0, 0, 60, dark(pen.a, 0.25))
            + dots(knobs, 17, pen.a)
            + dots(knobs[::3], 15, mix(pen.a, pen.b, 0.5))
            + dots([(x - 2, y - 3) for x, y in knobs[::2]], 4, light(pen.b, 0.4))
        )

    spots = ((168, 236, 1, 0), (304, 230, 1, 50), (236, 296, 1.05, 100), (128, 326, 0.9, 10), (350, 322, 0.92, 200))
    return leaf(236, 190, 120, -60, pen.c) + leaf(230, 190, 120, -140, pen.c) + clones(item(), spots)


FAMILIES = {
    f.__name__: f
    for f in (
        kumquat, grape, plum, cherry, blueberry, strawberry, lychee, jujube, passionfruit, fig, spinyfruit, berrybranch, avocado, pineapple, bayberry,
    )
}  # fmt: skip
