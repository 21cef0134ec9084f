"""Cloth, silver and pictures made by hand. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
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

WOOD = "#a8744c"


def rosette(pen: Pen, r: float, ink: str, petals: int) -> str:
    """A flower of equal petals, as in batik, silver and carving."""
    a, b, c = round(r * 0.3), round(r * 0.4), round(r * 0.8)
    petal = path(f"M0 0C{a} {-b} {c} {-a} {r} 0C{c} {a} {a} {b} 0 0Z", ink)
    return clones(petal, [(0, 0, 1, t) for _, _, t in ring(petals, 0, 0, 1, pen.rng.randint(0, 20))]) + circle(
        0, 0, r * 0.24, ink
    )


def batik(pen: Pen) -> str:
    """Batik."""
    petals = pen.rng.choice((8, 10, 12))
    cloth = path(
        "M112 84H368V372L352 392L336 372L320 392L304 372L288 392L272 372L256 392L240 372L224 392L208 372L192 392L176 372L160 392L144 372L128 392L112 372Z",
        pen.a,
    ) + rect(132, 104, 216, 250, dark(pen.a, 0.18))
    mid = place(rosette(pen, 74, pen.b, petals) + circle(0, 0, 34, pen.a) + rosette(pen, 28, pen.c, petals), 240, 228)
    rim = dots([(x, y) for x, y, _ in ring(26, 240, 228, 92)], 9, pen.b)
    swirls = line(
        "".join(
            f"M{x} {y}c{s * 24}-20 {s * 44} 6 {s * 26} 20c{s * -12} 6 {s * -18}-8 {s * -8}-12"
            for x, y, s in ((146, 140, 1), (334, 140, -1), (146, 330, 1), (334, 330, -1))
        ),
        pen.b,
        6,
    )
    crackle = line(
        "".join(
            f"M{x:.0f} {y:.0f}l{pen.jitter(26):.0f} {pen.jitter(26):.0f}"
            for x, y in scatter(pen, 14, 240, 228, 100, 120)
        ),
        light(pen.c, 0.1),
        1.5,
    )
    border = line("M142 116H338M142 344H338", pen.c, 6) + dots(
        [(142 + k * 14, 128) for k in range(15)] + [(142 + k * 14, 332) for k in range(15)], 6, pen.b
    )
    return cloth + crackle + mid + rim + swirls + border + rect(88, 74, 304, 18, WOOD, 9)


def scarf(pen: Pen) -> str:
    """A scarf."""
    kind = pen.rng.choice("rsz")
    base = path(
        "M150 96C220 76 300 76 340 100C330 180 318 260 336 360L252 374C236 300 236 240 240 176C226 250 214 310 222 384L136 370C156 280 160 180 150 96Z",
        pen.a,
    )
    fold = path(
        "M240 176C250 150 290 130 340 100C330 180 318 260 336 360L300 366C290 270 290 210 300 140C276 152 250 164 240 176Z",
        dark(pen.a, 0.16),
    )
    if kind == "r":
        mark = "".join(
            circle(x, y, r, "none", f' stroke="{pen.b}" stroke-width="6"') + circle(x, y, r * 0.4, pen.c)
            for x, y, r in (
                (190, 150, 22),
                (186, 230, 26),
                (178, 310, 24),
                (276, 200, 20),
                (282, 270, 22),
                (290, 330, 18),
                (250, 118, 18),
            )
        )
    elif kind == "s":
        mark = line(
            "M154 140C190 130 230 136 244 160M158 190C190 184 220 190 232 206M158 240L226 246M152 290L222 300M146 336L220 350M262 170L326 150M250 220L322 210M246 270L322 268M252 322L328 318",
            pen.b,
            10,
        ) + line(
            "M158 160L236 176M156 214L228 226M152 264L222 274M148 312L220 326M252 196L324 182M248 246L322 238M250 296L324 294",
            pen.c,
            7,
        )
    else:
        mark = line(
            "M156 150l18 16l18-16l18 16l18-16M158 210l16 16l18-16l18 16l16-16M152 270l18 16l18-16l18 16l14-16M146 330l18 16l18-16l18 16l18-16M258 190l18 14l18-16l18 12M252 250l18 14l18-14l18 12M254 310l18 14l18-14l20 12",
            pen.b,
            8,
        )
    fringe = line(
        "".join(f"M{140 + k * 12} {374 + k * 1.4:.0f}v16" for k in range(7))
        + "".join(f"M{258 + k * 12} {374 - k * 1.2:.0f}v16" for k in range(7)),
        pen.c,
        5,
    )
    return fringe + base + fold + mark


def silver(pen: Pen) -> str:
    """Silver jewellery."""

    def bangle() -> str:
        hoop = f'<ellipse cx="0" cy="0" rx="104" ry="74" fill="none" stroke="{pen.a}" stroke-width="36"/><ellipse cx="0" cy="-3" rx="104" ry="74" fill="none" stroke="{pen.b}" stroke-width="20"/>'
        marks = path(
            "".join(
                f"M{x * 1.04 - 8:.0f} {y * 0.74 - 3:.0f}l8-8l8 8l-8 8Z"
                for x, y, _ in ring(18, 0, 0, 100, pen.rng.randint(0, 18))
            ),
            pen.c,
        )
        return hoop + marks

    pendant = place(rosette(pen, 40, pen.b, 8) + circle(0, 0, 17, pen.c) + circle(0, 0, 9, pen.b), 0, 0)
    bells = "".join(
        line(f"M{x} 40V66", pen.c, 3) + path(f"M{x - 9} 84C{x - 9} 66 {x + 9} 66 {x + 9} 84Z", pen.a)
        for x in (-24, 0, 24)
    )
    return place(bangle(), 206, 226, 1.1, -14 + pen.jitter(8)) + place(
        circle(0, 0, 46, pen.a) + pendant + bells, 336, 300, 1.05, pen.jitter(6)
    )


def embroidery(pen: Pen) -> str:
    """Embroidery."""
    strap = line("M130 190C130 60 350 60 350 190", pen.b, 15) + line("M130 190C130 60 350 60 350 190", pen.c, 4)
    bag = path("M104 184H376L392 356C394 380 380 392 358 392H122C100 392 86 380 88 356Z", pen.b) + path(
        "M104 184H376L380 226H100Z", pen.a
    )
    panel = rect(138, 244, 204, 128, pen.a, 8) + rect(138, 244, 204, 10, pen.c) + rect(138, 362, 204, 10, pen.c)
    motif = place(rosette(pen, 44, pen.c, 8) + circle(0, 0, 17, pen.b) + circle(0, 0, 9, "#f3e6d2"), 240, 308)
    birds = "".join(
        place(
            path("M-34 8C-20-20 10-20 22-4L36-10L30 4C20 24-14 26-34 8Z", "#f3e6d2")
            + path("M-8-2C0-14 12-10 12 0C4 8-4 6-8-2Z", pen.b)
            + circle(20, -3, 3, pen.a),
            x,
            308,
            0.9,
        )
        if x < 240
        else place(
            f'<g transform="scale(-1 1)">{path("M-34 8C-20-20 10-20 22-4L36-10L30 4C20 24-14 26-34 8Z", "#f3e6d2")}{path("M-8-2C0-14 12-10 12 0C4 8-4 6-8-2Z", pen.b)}</g>',
            x,
            308,
            0.9,
        )
        for x in (172, 308)
    )
    zig = line("M108 206" + "".join(f"l14 {-12 if k % 2 else 12}" for k in range(19)), pen.c, 6)
    tassels = line("".join(f"M{x} 392v14" for x in range(120, 370, 20)), pen.c, 6)
    return strap + tassels + bag + panel + birds + motif + zig


def fan(pen: Pen) -> str:
    """A fan."""
    face = circle(240, 196, 134, pen.c) + circle(240, 196, 124, pen.b)
    stem = line("M196 290C200 220 260 220 262 130", "#6c9447", 7)
    flowers = "".join(
        place(
            "".join(
                circle(x, y, r * 0.55, mix(pen.a, "#ffffff", 0.2 * (i % 2)))
                for i, (x, y, _) in enumerate(ring(6, 0, 0, r * 0.7))
            )
            + circle(0, 0, r * 0.45, pen.c)
            + circle(0, 0, r * 0.22, "#f2c73f"),
            x,
            y,
        )
        for x, y, r in ((256, 130, 46), (196, 220, 40), (296, 232, 30))
    )
    stitches = line("M300 160l14-10M306 176l18-4M180 150l-14-12M170 168l-18-4", pen.c, 5)
    handle = (
        rect(230, 318, 20, 76, WOOD, 9)
        + path("M210 326C220 306 260 306 270 326L252 338H228Z", dark(WOOD, 0.15))
        + line("M240 392C232 402 240 410 236 426M240 392C250 402 244 412 248 428", pen.a, 5)
    )
    return place(
        handle
        + face
        + stem
        + leaf(220, 258, 66, -10, "#6c9447")
        + leaf(244, 180, 54, -160, "#7fa35a")
        + flowers
        + stitches,
        pen.jitter(6),
        -6,
        1,
        0,
    )


def rug(pen: Pen) -> str:
    """A rug."""
    fringe = line("".join(f"M{x} 96v-16M{x} 372v16" for x in range(116, 370, 13)), light(pen.b, 0.3), 4)
    field = (
        rect(104, 94, 272, 280, pen.a, 4)
        + rect(118, 108, 244, 252, pen.b)
        + rect(128, 118, 224, 232, pen.c)
        + rect(142, 132, 196, 204, pen.a)
    )
    medal = (
        path("M240 150L300 234L240 318L180 234Z", pen.b)
        + path("M240 176L282 234L240 292L198 234Z", pen.c)
        + place(rosette(pen, 26, pen.b, 8), 240, 234)
        + circle(240, 234, 9, pen.a)
    )
    corners = "".join(
        path(f"M{x} {y}l{sx * 34} 0l{-sx * 34} {sy * 40}Z", pen.c) + circle(x + sx * 10, y + sy * 12, 5, pen.b)
        for x, y, sx, sy in ((150, 140, 1, 1), (330, 140, -1, 1), (150, 328, 1, -1), (330, 328, -1, -1))
    )
    beads = dots(
        [(x, 126) for x in range(138, 348, 15)]
        + [(x, 342) for x in range(138, 348, 15)]
        + [(135, y) for y in range(140, 336, 15)]
        + [(345, y) for y in range(140, 336, 15)],
        6,
        pen.b,
    )
    return fringe + place(field + medal + corners + beads, 0, 0, 1, 0)


def cushion(pen: Pen) -> str:
    """A cushion."""
    body = path(
        "M96 128C180 112 300 112 384 128C372 200 372 300 384 374C300 390 180 390 96 374C108 300 108 200 96 128Z", pen.a
    ) + path(
        "M340 122L384 128C372 200 372 300 384 374C364 378 344 380 324 381C348 300 350 200 340 122Z", dark(pen.a, 0.16)
    )
    rows = ""
    for k, y in enumerate((162, 204, 248, 292, 336)):
        ink = (pen.b, pen.c)[k % 2]
        rows += (
            "".join(
                path(f"M{x} {y}l17-17l17 17l-17 17Z", ink) + path(f"M{x + 9} {y}l8-8l8 8l-8 8Z", pen.a)
                for x in range(124, 330, 42)
            )
            if (k + pen.rng.randint(0, 1)) % 2
            else line(f"M122 {y}" + "l13-12l13 12" * 8, ink, 7)
        )
    tassels = "".join(
        line(
            f"M{x} {y}l{dx} {dy}M{x} {y}l{dx * 1.3:.0f} {dy * 0.6:.0f}M{x} {y}l{dx * 0.6:.0f} {dy * 1.3:.0f}", pen.b, 5
        )
        for x, y, dx, dy in ((96, 128, -18, -18), (384, 128, 18, -18), (96, 374, -18, 18), (384, 374, 18, 18))
    )
    return tassels + body + rows


def thangka(pen: Pen) -> str:
    """A thangka."""
    rods = (
        rect(96, 64, 288, 16, WOOD, 8)
        + circle(96, 72, 12, pen.b)
        + circle(384, 72, 12, pen.b)
        + rect(84, 380, 312, 16, WOOD, 8)
        + circle(84, 388, 13, pen.b)
        + circle(396, 388, 13, pen.b)
    )
    cloth = (
        path("M112 78H368L384 382H96Z", pen.c)
        + path("M140 106H340L348 352H132Z", pen.a)
        + path("M154 118H326L332 340H148Z", "#f3e2bd")
    )
    hills = path("M150 340C180 270 210 290 240 262C270 290 300 270 332 340Z", "#7fa35a") + line(
        "M168 166c14-16 30-6 28 6c18-4 22 12 10 16h-36c-14-4-12-18-2-22M300 150c12-12 26-4 24 6M276 168c14-14 30-4 28 8",
        light(pen.c, 0.4),
        6,
    )
    lotus = "".join(
        place(
            path("M0 0C-22-20-18-52 0-66C18-52 22-20 0 0Z", mix(pen.a, "#ffffff", 0.25 + 0.12 * (k % 2))),
            240,
            266,
            1,
            t,
        )
        for k, t in enumerate((-70, 70, -46, 46, -22, 22, 0))
    ) + ellipse(240, 268, 50, 10, pen.b)
    halo = (
        circle(240, 190, 46, "none", f' stroke="{pen.b}" stroke-width="7"')
        + place(rosette(pen, 30, pen.b, pen.rng.choice((8, 12))), 240, 190)
        + circle(240, 190, 10, pen.a)
    )
    return cloth + hills + halo + lotus + rods


def quilt(pen: Pen) -> str:
    """A quilt."""
    layers = "".join(
        rect(96 - k * 4, 300 - k * 56, 288 + k * 8, 72, tone, 34)
        + rect(96 - k * 4, 336 - k * 56, 288 + k * 8, 36, dark(tone, 0.07), 18)
        for k, tone in enumerate((pen.b, pen.a, mix(pen.b, pen.a, 0.5)))
    )
    stitch = line(
        "".join(f"M{126 + k * 38} {y}q10 12 0 34" for k in range(7) for y in (312, 258, 204)), mix(pen.c, pen.a, 0.4), 4
    )
    cocoons = "".join(
        ellipse(x, y, 34, 22, "#fffaf0", t)
        + ellipse(x - 8, y - 6, 14, 6, "#ffffff", t)
        + line(f"M{x - 20} {y + 4}q20 10 40-2", "#e6dcc6", 3)
        for x, y, t in ((330, 160, -20), (376, 372, 16), (384, 190, 24))
    )
    ribbon = (
        rect(222, 176, 36, 200, pen.c)
        + path("M240 196C200 150 180 190 240 200C300 190 280 150 240 196Z", light(pen.c, 0.2))
        + circle(240, 198, 10, dark(pen.c, 0.15))
    )
    return layers + stitch + ribbon + cocoons + leaf(300, 150, 70, -140, "#7d9a4c")


FAMILIES = {
    f.__name__: f
    for f in (
        batik, scarf, silver, embroidery, fan, rug, cushion, thangka, quilt,
    )
}  # fmt: skip
