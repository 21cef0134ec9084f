"""Mushrooms and other fungi."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
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
    rect,
    ring,
    scatter,
)


def woodear(pen: Pen) -> str:
    """Wood ear."""
    out = (
        rect(84, 330, 312, 50, "#a5794f", 25)
        + ellipse(392, 355, 18, 25, "#d9b78a")
        + line("M110 346H340M130 364H360", "#8a6240", 4)
    )
    spots = [(130, 300, 1, -20), (350, 296, 1, 22), (196, 256, 1.15, -8), (296, 250, 1.15, 12), (244, 312, 1.25, 0)]
    for x, y, s, t in spots[pen.rng.randint(0, 1) :]:
        ear = path("M-78 30C-96-30-50-84 4-74C60-84 98-30 76 30C56 54 30 30 8 44C-16 60-52 56-78 30Z", pen.a)
        fold = path("M-56 20C-66-20-34-54 4-48C44-54 66-18 54 20C36 6 22 14 6 22C-12 32-38 34-56 20Z", pen.b) + line(
            "M-30-10C-10-30 20-30 34-8M-10 20C-4 4 8 0 20 2", light(pen.b, 0.22), 4
        )
        out += place(ear + fold, x, y, s, t + pen.jitter(8))
    return out


def snowfungus(pen: Pen) -> str:
    """Snow fungus."""
    out = ""
    edge = dark(mix(pen.a, pen.c, 0.6), 0.06)
    for count, r, size, tone in (
        (11, 100, 58, mix(pen.a, pen.c, 0.5)),
        (9, 68, 52, mix(pen.a, pen.c, 0.22)),
        (6, 32, 44, pen.b),
    ):
        s = size
        d = f"M{-s}-4C{-s * 1.1:.0f}-{s * 0.6:.0f} {-s * 0.6:.0f}-{s} {-s * 0.3:.0f}-{s * 0.8:.0f}C-8-{s * 1.1:.0f} 8-{s * 1.1:.0f} {s * 0.3:.0f}-{s * 0.8:.0f}C{s * 0.6:.0f}-{s} {s * 1.1:.0f}-{s * 0.6:.0f} {s}-4C{s * 0.5:.0f} 24 {-s * 0.5:.0f} 24 {-s}-4Z"
        frill = path(d, tone) + line(
            f"M{-s * 0.7:.0f}-{s * 0.3:.0f}Q{-s * 0.3:.0f}-{s * 0.6:.0f} 0-{s * 0.5:.0f}Q{s * 0.3:.0f}-{s * 0.6:.0f} {s * 0.7:.0f}-{s * 0.3:.0f}",
            edge,
            3,
        )
        out += clones(frill, [(x, y * 0.82 + 52, 0.95, t + 90) for x, y, t in ring(count, 240, 258, r, pen.jitter(20))])
    return out + circle(240, 264, 18, pen.c)


def shiitake(pen: Pen) -> str:
    """Shiitake."""

    def item() -> str:
        stem = path("M-20 0C-18 40-26 64-14 84C0 92 16 92 24 82C30 60 18 40 22 0Z", pen.b)
        gills = ellipse(0, 6, 80, 20, dark(pen.b, 0.12))
        cap = path("M-96 8C-96-50-46-84 2-84C52-84 96-50 96 8C60 24-60 24-96 8Z", pen.a) + path(
            "M52-70C80-54 96-30 96 8C74 18 44 20 20 20C66-4 70-40 52-70Z", dark(pen.a, 0.2)
        )
        cracks = line(
            "M-36-62l12 16l-10 14M-6-70l6 20l16 8M-62-22l20 2l8 16M-10-20l14 10l22-6M30-40l14 12", light(pen.b, 0.2), 5
        )
        return stem + gills + cap + cracks

    return arrange(pen, item)


def clustermushroom(pen: Pen) -> str:
    """Mushrooms that grow in a cluster."""
    out = ""
    for x, y, s, t in (
        (140, 246, 0.8, -22),
        (340, 246, 0.8, 22),
        (190, 206, 0.85, -10),
        (292, 204, 0.85, 10),
        (240, 240, 1.05, 0),
        (172, 290, 0.75, -14),
        (308, 292, 0.75, 14),
    ):
        stem = path(
            "M-13-10C-10 60-6 100 20 150L42 150C20 100 14 50 14-10Z"
            if x > 240
            else "M-13-10C-14 60-20 100-42 150L-20 150C4 100 14 50 14-10Z",
            pen.b,
        )
        cap = path(
            "M-66 6C-64-46-30-66 0-66C30-66 64-46 66 6C40 20-40 20-66 6Z", mix(pen.a, pen.b, pen.rng.random() * 0.3)
        ) + ellipse(-22, -36, 16, 9, light(pen.a, 0.5), -30)
        out += place(stem + path("M-60 6Q0 28 60 6Q0 16-60 6Z", pen.c) + cap, x + pen.jitter(5), y, s, t)
    return out + ellipse(240, 388, 76, 16, pen.c)


def oystermushroom(pen: Pen) -> str:
    """Oyster mushrooms."""
    out = ""
    for k, (x, y, s, t) in enumerate(
        (
            (150, 210, 1, -16),
            (330, 210, 1, 16),
            (240, 186, 1.1, 0),
            (180, 280, 1, -10),
            (306, 282, 1, 12),
            (242, 300, 1.05, 0),
        )
    ):
        stem = path("M-20-6L-8 92L16 92L22-6Z", pen.b)
        cap = path(
            "M-86 6C-90-40-40-62 4-58C50-62 92-36 86 8C56-2 30 22 4 16C-24 22-56-4-86 6Z",
            mix(dark(pen.a, 0.12), light(pen.a, 0.3), k / 5),
        )
        gills = line("M-50 2L-14 50M-24 8L-6 56M4 12V58M30 6L14 54M54 2L22 50", dark(pen.b, 0.12), 4)
        out += place(stem + gills + cap + ellipse(-24, -30, 30, 8, light(pen.a, 0.4), -10), x + pen.jitter(5), y, s, t)
    return out


def enoki(pen: Pen) -> str:
    """Enoki."""
    out = ""
    for i in range(13):
        x = 240 + (i - 6) * 21 + pen.jitter(5)
        top = 136 + abs(i - 6) * 10 + pen.jitter(16)
        foot = 240 + (i - 6) * 11
        out += (
            line(f"M{foot} 384C{foot} 300 {x:.0f} 260 {x:.0f} {top + 8:.0f}", mix(pen.b, pen.a, 0.25 * (i % 3)), 12)
            + ellipse(x, top, 19, 15, mix(pen.a, pen.c, 0.1))
            + ellipse(x - 5, top - 5, 6, 4, pen.b)
        )
    return out + path("M164 352H316L304 394H176Z", pen.c) + path("M164 352H316L313 364H167Z", light(pen.c, 0.2))


def kingoyster(pen: Pen) -> str:
    """King oyster mushrooms."""

    def item() -> str:
        stem = path("M-34-90C-58-20-70 60-52 106C-30 124 30 124 52 106C70 60 58-20 34-90Z", pen.a) + path(
            "M16-90H34C58-20 70 60 52 106C40 116 24 120 10 120C46 60 36-20 16-90Z", dark(pen.a, 0.1)
        )
        cap = path("M-72-84C-66-124-24-134 2-132C34-134 68-122 72-84C40-68-40-68-72-84Z", pen.b) + ellipse(
            -20, -112, 20, 8, light(pen.b, 0.4), -12
        )
        return stem + line("M-18-60C-28 0-30 40-26 84M6-60C6 0 8 50 8 92", dark(pen.a, 0.14), 3) + cap

    return arrange(
        pen,
        item,
        (((160, 254, 0.95, -14), (244, 244, 1.1, 0), (330, 262, 0.9, 14)), ((186, 250, 1.15, -10), (304, 264, 1, 12))),
    )


def bamboofungus(pen: Pen) -> str:
    """Bamboo fungus."""

    def item() -> str:
        net = path("M0-84C54-70 92 0 104 70C70 84-70 84-104 70C-92 0-54-70 0-84Z", pen.a)
        holes = dots(scatter(pen, 34, 0, 26, 78, 44), 13, mix(pen.a, pen.c, 0.35))
        stem = path("M-17-90H17L22 140H-22Z", pen.b) + line("M-6-60V126M8-60V126", dark(pen.b, 0.08), 3)
        cap = path("M-40-74C-36-126-14-140 0-140C14-140 36-126 40-74C20-62-20-62-40-74Z", pen.c) + dots(
            scatter(pen, 9, 0, -98, 24, 24), 6, dark(pen.c, 0.3)
        )
        return stem + net + holes + cap

    return arrange(
        pen,
        item,
        (
            ((166, 238, 0.92, -10), (316, 250, 0.92, 10)),
            ((240, 236, 1.15, 0),),
            ((240, 218, 0.85, 0), (140, 262, 0.72, -14), (340, 262, 0.72, 14)),
        ),
    )


def morel(pen: Pen) -> str:
    """Morels."""

    def item() -> str:
        stem = path("M-34 30C-30 80-44 110-30 134C-10 144 16 144 32 132C42 110 30 80 36 30Z", pen.c) + path(
            "M14 34H36C30 80 42 110 32 132C26 138 20 140 10 141C24 110 16 70 14 34Z", dark(pen.c, 0.12)
        )
        cap = path("M0-138C40-120 72-40 66 16C58 50-58 50-66 16C-72-40-40-120 0-138Z", pen.a)
        pits = "".join(
            ellipse(x, y, 12 - abs(x) * 0.06, 16, dark(pen.a, 0.38))
            for x, y in (
                (0, -104),
                (-24, -74),
                (22, -72),
                (0, -44),
                (-42, -32),
                (42, -30),
                (-22, -6),
                (24, -4),
                (-48, 12),
                (0, 26),
                (48, 14),
            )
        )
        return stem + cap + pits + line("M-40-70C-50-30-54-10-52 14", light(pen.b, 0.3), 5)

    return arrange(
        pen,
        item,
        (
            ((174, 244, 1.05, -10), (308, 262, 1, 12)),
            ((240, 220, 0.95, 0), (148, 274, 0.82, -14), (332, 274, 0.82, 14)),
        ),
    )


def matsutake(pen: Pen) -> str:
    """Matsutake."""

    def item() -> str:
        stem = path("M-32-40C-30 20-44 80-34 118C-16 130 18 130 36 116C44 80 30 20 34-40Z", pen.b) + line(
            "M-26 10q12 8 22 0M2 30q12 8 24 0M-28 56q12 8 22 0M4 80q12 8 22 0", pen.a, 6
        )
        cap = path("M-78-36C-82-92-36-122 2-122C42-122 84-92 80-36C50-14-50-14-78-36Z", pen.a) + path(
            "M44-110C72-92 84-66 80-36C64-26 40-22 20-20C56-44 60-80 44-110Z", dark(pen.a, 0.18)
        )
        return (
            stem
            + ellipse(0, -30, 62, 16, light(pen.b, 0.3))
            + cap
            + line("M-46-70q14-10 26-4M-14-92q14-8 26-2M6-58q14-8 26-2M-40-44q12-6 22-2", pen.c, 6)
        )

    return leaf(110, 366, 100, -30, "#7d9460") + arrange(
        pen,
        item,
        (
            ((170, 246, 1.1, -14), (304, 262, 1.05, 12)),
            ((240, 222, 0.95, 0), (146, 276, 0.86, -16), (334, 276, 0.86, 16)),
        ),
    )


def lionsmane(pen: Pen) -> str:
    """Lion’s mane."""

    def item() -> str:
        out = ""
        for row, (y, w) in enumerate(((64, 54), (36, 74), (6, 82), (-24, 78), (-52, 60))):
            d = "".join(f"M{k} {y}v{30 + pen.rng.randint(0, 8)}" for k in range(-w, w + 1, 18))
            out += line(d, mix(dark(pen.a, 0.12), pen.b, row * 0.22), 15)
        return ellipse(0, 14, 86, 76, dark(pen.a, 0.2)) + out + ellipse(0, -58, 58, 24, pen.b)

    return arrange(pen, item)


def driedslices(pen: Pen) -> str:
    """Slices of dried mushrooms or roots."""
    out = ""
    for x, y in scatter(pen, 9, 240, 286, 118, 68):
        rx = 54 + pen.jitter(8)
        cut = (
            ellipse(0, 0, rx, rx * 0.62, dark(pen.b, 0.08))
            + ellipse(0, -3, rx - 8, rx * 0.62 - 8, pen.a)
            + line(
                f"M{-rx * 0.5:.0f}-4Q0 {-rx * 0.3:.0f} {rx * 0.5:.0f}-4M0-6V{rx * 0.25:.0f}", mix(pen.a, pen.c, 0.4), 4
            )
        )
        out += place(cut, x, y, 1, pen.rng.randint(-50, 50))
    return out


FAMILIES = {
    f.__name__: f
    for f in (
        woodear, snowfungus, shiitake, clustermushroom, oystermushroom, enoki, kingoyster, bamboofungus, morel, matsutake, lionsmane,
        driedslices,
    )
}  # fmt: skip
