"""Handicrafts."""

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


def _rosette(pen: Pen, r: float, ink: str, petals: int) -> str:
    a, b, c = round(r * 0.3), round(r * 0.4), round(r * 0.8)
    petal = path(f"M0 0C{a} {-b} {c} {-a} {r} 0C{c} {a} {a} {b} 0 0Z", ink)
    return clones(petal, [(0, 0, 1, t) for _, _, t in ring(petals, 0, 0, 1, pen.rng.randint(0, 20))]) + circle(
        0, 0, r * 0.24, ink
    )


def batik(pen: Pen) -> str:
    petals = pen.rng.choice((8, 10, 12))
    cloth = path(
        "M112 84H368V372L352 392L336 372L320 392L304 372L288 392L272 372L256 392L240 372L224 392L208 372L192 392L176 372L160 392L144 372L128 392L112 372Z",
        pen.a,
    ) + rect(132, 104, 216, 250, dark(pen.a, 0.18))
    mid = place(_rosette(pen, 74, pen.b, petals) + circle(0, 0, 34, pen.a) + _rosette(pen, 28, pen.c, petals), 240, 228)
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

    pendant = place(_rosette(pen, 40, pen.b, 8) + circle(0, 0, 17, pen.c) + circle(0, 0, 9, pen.b), 0, 0)
    bells = "".join(
        line(f"M{x} 40V66", pen.c, 3) + path(f"M{x - 9} 84C{x - 9} 66 {x + 9} 66 {x + 9} 84Z", pen.a)
        for x in (-24, 0, 24)
    )
    return place(bangle(), 206, 226, 1.1, -14 + pen.jitter(8)) + place(
        circle(0, 0, 46, pen.a) + pendant + bells, 336, 300, 1.05, pen.jitter(6)
    )


def embroidery(pen: Pen) -> str:
    strap = line("M130 190C130 60 350 60 350 190", pen.b, 15) + line("M130 190C130 60 350 60 350 190", pen.c, 4)
    bag = path("M104 184H376L392 356C394 380 380 392 358 392H122C100 392 86 380 88 356Z", pen.b) + path(
        "M104 184H376L380 226H100Z", pen.a
    )
    panel = rect(138, 244, 204, 128, pen.a, 8) + rect(138, 244, 204, 10, pen.c) + rect(138, 362, 204, 10, pen.c)
    motif = place(_rosette(pen, 44, pen.c, 8) + circle(0, 0, 17, pen.b) + circle(0, 0, 9, "#f3e6d2"), 240, 308)
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


def lacquer(pen: Pen) -> str:
    bowl = path(
        "M88 200H392C392 290 336 344 288 352V372C306 376 312 386 312 392H168C168 386 174 376 192 372V352C144 344 88 290 88 200Z",
        pen.a,
    ) + path(
        "M330 200H392C392 290 336 344 288 352V372C306 376 312 386 312 392H250C330 330 340 270 330 200Z",
        mix(pen.a, "#000000", 0.3),
    )
    inner = ellipse(240, 200, 152, 34, pen.b) + ellipse(240, 206, 130, 24, dark(pen.b, 0.25))
    wave = line("M100 244" + "".join("q14-26 28 0q14 26 28 0" for _ in range(5)), pen.c, 7)
    teeth = "".join(path(f"M{x} 268l14 26l14-26Z", pen.b) for x in range(118, 346, 28))
    suns = "".join(circle(x, 316, 11, pen.c) + circle(x, 316, 5, pen.b) for x in (170, 205, 240, 275, 310))
    return bowl + inner + wave + teeth + suns + line("M184 362H296", pen.c, 6) + line("M110 222H370", pen.b, 5)


def basket(pen: Pen) -> str:
    handle = line("M122 226C122 70 358 70 358 226", pen.c, 17) + line("M122 226C122 70 358 70 358 226", pen.b, 5)
    body = path("M96 220H384L362 370C360 384 350 392 336 392H144C130 392 120 384 118 370Z", pen.a)
    weave = "".join(
        line(
            "".join(
                f"M{x} {246 + row * 26}h12" for x in range(118 + row * 4 + (15 if row % 2 else 0), 350 - row * 4, 36)
            ),
            mix(pen.b, pen.a, 0.2 * (row % 2)),
            18,
        )
        for row in range(6)
    )
    rim = rect(86, 206, 308, 30, pen.c, 15) + line("".join(f"M{x} 210l14 22" for x in range(98, 376, 22)), pen.b, 5)
    return (
        handle
        + body
        + weave
        + rim
        + rect(124, 378, 232, 16, pen.c, 8)
        + leaf(300, 110, 60, -50 + pen.jitter(12), "#7d9a4c")
    )


def pottery(pen: Pen) -> str:
    pot = path(
        "M118 230C118 190 170 172 224 172C278 172 326 190 326 230C330 300 300 372 222 372C144 372 114 300 118 230Z",
        pen.a,
    ) + path("M280 182C310 192 326 206 326 230C330 300 300 372 222 372H206C290 340 306 250 280 182Z", dark(pen.a, 0.3))
    lid = path("M160 178C166 146 278 146 284 178Z", pen.b) + circle(222, 146, 15, pen.a)
    spout = path("M128 262C92 256 84 214 64 196L88 184C106 204 116 214 134 218Z", pen.a)
    handle = f'<path d="M150 166C150 84 294 84 294 166" fill="none" stroke="{pen.c}" stroke-width="13" stroke-linecap="round"/>'
    band = line("M124 268" + "".join("l17-14l17 14" for _ in range(6)), pen.b, 6) + line(
        "M122 288H322M122 246H322", pen.b, 4
    )
    cups = "".join(
        path(f"M{x} 340h70c0 32-14 52-35 52c-21 0-35-20-35-52Z", mix(pen.a, pen.b, 0.25))
        + ellipse(x + 35, 340, 35, 9, pen.c)
        for x in (318, 394 - pen.rng.randint(0, 6))
    )
    return spout + handle + pot + band + lid + cups


def papercut(pen: Pen) -> str:
    frame = rect(92, 84, 296, 308, "#8a5a38", 8) + rect(106, 98, 268, 280, pen.b)
    n = pen.rng.choice((8, 10, 12))
    outer = clones(
        path("M0-26C26-20 40-8 52 0C40 8 26 20 0 26C10 8 10-8 0-26Z", pen.a),
        [(x, y, 0.9, t) for x, y, t in ring(n, 240, 238, 72)],
    )
    inner = (
        circle(240, 238, 72, pen.a)
        + clones(
            path("M0 0C10-12 30-12 40 0C30 12 10 12 0 0Z", pen.b),
            [(240, 238, 1.3, t) for _, _, t in ring(n, 0, 0, 1, 9)],
        )
        + circle(240, 238, 15, pen.b)
        + circle(240, 238, 7, pen.a)
    )
    holes = dots([(x, y) for x, y, _ in ring(n, 240, 238, 62, 180 / n)], 9, pen.b)
    corners = clones(
        path("M-36-36C0-40 10-20 4 4C-20 10-40 0-36-36Z", pen.a) + circle(-16, -16, 8, pen.b),
        [(152, 144, 1, 0), (328, 144, 1, 90), (328, 332, 1, 180), (152, 332, 1, 270)],
    )
    return frame + outer + inner + holes + corners + rect(92, 84, 296, 9, pen.c, 4)


def puppet(pen: Pen) -> str:
    screen = rect(96, 84, 288, 286, "#f7ead0", 6) + rect(84, 76, 312, 16, WOOD, 8) + rect(84, 366, 312, 16, WOOD, 8)
    robe = (
        path("M196 214C210 196 262 196 280 214L312 338C280 350 206 350 170 338Z", pen.a)
        + path("M228 206H250L262 344H220Z", pen.b)
        + dots([(200, 300), (192, 324), (284, 300), (292, 324), (210, 270), (274, 270)], 12, pen.c)
    )
    arms = path("M200 220C170 236 150 262 138 276L154 292C176 276 200 262 214 246Z", pen.c) + path(
        "M276 220C306 226 330 206 344 186L360 198C348 232 310 256 270 250Z", pen.c
    )
    head = (
        path("M214 150C214 120 262 116 268 146C272 158 284 164 282 170L268 176C268 196 232 204 220 186Z", "#f1d3a8")
        + path("M206 150C206 104 272 104 276 138C250 130 226 140 222 176C210 172 206 164 206 150Z", "#3b2a22")
        + line("M250 152q8-4 14 2", "#3b2a22", 4)
    )
    hat = path("M202 138L214 106L226 122L240 92L254 122L268 106L276 138Z", pen.b) + circle(240, 100, 8, pen.a)
    rods = line("M146 284L126 388M352 192L368 388M240 330L240 388", "#8a6a45", 5)
    return screen + rods + place(arms + robe + head + hat, pen.jitter(6), pen.jitter(4))


def rug(pen: Pen) -> str:
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
        + place(_rosette(pen, 26, pen.b, 8), 240, 234)
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
        + place(_rosette(pen, 30, pen.b, pen.rng.choice((8, 12))), 240, 190)
        + circle(240, 190, 10, pen.a)
    )
    return cloth + hills + halo + lotus + rods


def quilt(pen: Pen) -> str:
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


def woodcarving(pen: Pen) -> str:
    stand = path("M110 356H370L352 392H128Z", pen.c) + rect(98, 344, 284, 18, dark(pen.c, 0.1), 6)
    frame = (
        circle(240, 216, 136, pen.a)
        + circle(240, 216, 118, dark(pen.a, 0.25))
        + circle(240, 216, 108, mix(pen.a, pen.b, 0.35))
    )
    rim = dots([(x, y) for x, y, _ in ring(30, 240, 216, 127)], 9, pen.b)
    flower = place(
        _rosette(pen, 62, pen.b, 8) + circle(0, 0, 30, pen.a) + _rosette(pen, 24, pen.b, 8) + circle(0, 0, 8, pen.c),
        240,
        206,
    )
    twigs = line("M160 270C200 300 280 300 320 270", pen.c, 8) + "".join(
        leaf(x, y, 44, t, pen.b)
        for x, y, t in (
            (184, 284, -150),
            (214, 294, -100),
            (268, 294, -80),
            (298, 284, -30),
            (166, 260, -120),
            (314, 260, -60),
        )
    )
    return stand + frame + rim + twigs + flower


def clayfigure(pen: Pen) -> str:
    body = path(
        "M126 300C110 220 150 170 210 176C216 130 252 100 300 112C346 120 372 160 352 206C340 230 330 240 330 270C334 320 300 350 280 352L284 388H242L238 360H200L196 388H152L148 352C134 340 128 320 126 300Z",
        pen.a,
    )
    ears = path(
        "M270 116C262 80 280 66 296 76C308 84 306 100 300 112ZM316 116C320 84 342 76 352 92C358 106 346 122 338 130Z",
        pen.a,
    ) + path("M280 108C276 92 282 82 290 86C296 92 294 102 290 110Z", pen.b)
    spots = "".join(
        circle(x, y, r, tone) + circle(x, y, r * 0.5, pen.a) + circle(x, y, r * 0.28, pen.c)
        for x, y, r, tone in (
            (190, 250, 28, pen.b),
            (250, 290, 24, pen.c),
            (164, 310, 17, pen.c),
            (270, 220, 17, pen.b),
        )
    )
    face = (
        circle(300, 160, 9, "#ffffff")
        + circle(302, 160, 4, "#1f1a1a")
        + circle(336, 164, 9, "#ffffff")
        + circle(338, 164, 4, "#1f1a1a")
        + path("M306 190C318 204 336 202 344 188Z", pen.b)
        + dots([(290, 186), (350, 184)], 12, pen.b)
    )
    trims = (
        line("M212 206C240 230 290 236 328 226", pen.c, 9)
        + dots([(230, 222), (262, 232), (296, 234)], 8, pen.b)
        + line("M128 270C96 240 96 200 120 180", pen.a, 20)
        + line("M110 206l-12-4M106 228l-14 2", pen.c, 5)
    )
    return place(
        trims + ears + body + spots + face + line("M212 206C240 230 290 236 328 226", pen.c, 9), pen.jitter(5), 4
    )


FAMILIES = {
    f.__name__: f
    for f in (
        batik, scarf, silver, embroidery, fan, lacquer, basket, pottery, papercut, puppet, rug, cushion, thangka, quilt, woodcarving,
        clayfigure,
    )
}  # fmt: skip
