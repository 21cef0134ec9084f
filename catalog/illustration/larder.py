"""What comes in a bottle, a jar or a carton. Each function draws the family of its name."""

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

PAPER = "#fbf5e9"


def _bottle(pen: Pen, x: float, fill: str, cap: str, label: str, width: float = 104, top: float = 96) -> str:
    w = width / 2
    glass = path(
        f"M{x - 20} {top + 40}V{top + 74}C{x - 20} {top + 104} {x - w} {top + 110} {x - w} {top + 146}V376C{x - w} 388 {x - w + 10} 392 {x - w + 20} 392H{x + w - 20}C{x + w - 10} 392 {x + w} 388 {x + w} 376V{top + 146}C{x + w} {top + 110} {x + 20} {top + 104} {x + 20} {top + 74}V{top + 40}Z",
        fill,
    )
    shade = path(
        f"M{x + 6} {top + 40}H{x + 20}V{top + 74}C{x + 20} {top + 104} {x + w} {top + 110} {x + w} {top + 146}V376C{x + w} 388 {x + w - 10} 392 {x + w - 20} 392H{x + w - 40}C{x + w - 24} 300 {x + w - 20} 190 {x + 6} {top + 110}Z",
        dark(fill, 0.16),
    )
    shine = line(f"M{x - w + 14} {top + 156}V352", light(fill, 0.55), 7)
    cork = rect(x - 24, top, 48, 44, cap, 7) + rect(x - 24, top + 12, 48, 5, dark(cap, 0.2))
    paper = rect(x - w, 262, width, 84, PAPER) + rect(x - w, 262, width, 6, label) + rect(x - w, 340, width, 6, label)
    return glass + shade + shine + cork + paper


def _flower(x: float, y: float, r: float, petal: str, heart: str, count: int = 5) -> str:
    return "".join(circle(u, v, r * 0.62, petal) for u, v, _ in ring(count, x, y, r * 0.7, -90)) + circle(
        x, y, r * 0.42, heart
    )


def oilbottle(pen: Pen) -> str:
    """A bottle of oil."""
    side = 270 + pen.jitter(8)
    sprig = "".join(
        _flower(x, y, 22, light(pen.b, 0.1), pen.c) for x, y in ((120, 330), (160, 300), (112, 280))
    ) + line("M130 388C134 350 140 330 150 300M128 370L112 290", "#7d9a4c", 6)
    drop = path(
        f"M{side} 276C{side + 26} 306 {side + 20} 332 {side} 332C{side - 20} 332 {side - 26} 306 {side} 276Z", pen.a
    )
    dish = (
        path("M310 352H424C420 378 396 392 366 392C338 392 314 378 310 352Z", "#f1e8d8")
        + ellipse(367, 352, 57, 12, pen.b)
        + ellipse(367, 354, 46, 8, pen.a)
    )
    return leaf(124, 352, 56, 200, "#7d9a4c") + sprig + _bottle(pen, side, pen.a, pen.c, pen.c, 122) + drop + dish


def olive(pen: Pen) -> str:
    """Olives."""
    branch = line("M120 150C150 210 170 260 176 330", "#8a7a52", 6) + "".join(
        leaf(126 + i * 12, 170 + i * 34, 78, t, mix(pen.c, "#aebf9a", 0.25 * (i % 3)))
        for i, t in enumerate((-160, -20, -170, -14, 170))
    )
    fruit = "".join(
        ellipse(x, y, 23, 30, tone, t) + ellipse(x - 7, y - 10, 5, 8, light(pen.b, 0.5))
        for x, y, t, tone in (
            (120, 350, 20, pen.a),
            (168, 360, -14, pen.c),
            (196, 318, 30, pen.a),
            (108, 292, -20, pen.b),
        )
    )
    return (
        branch
        + _bottle(pen, 290 + pen.jitter(10), dark(pen.a, 0.12), dark(pen.c, 0.3), pen.c, 112)
        + fruit
        + ellipse(290, 304, 15, 20, pen.a)
        + leaf(294, 286, 34, -40, pen.c)
    )


def saucebottle(pen: Pen) -> str:
    """A bottle of sauce, vinegar or wine."""
    dish = path("M76 352H196C192 378 168 392 136 392C106 392 80 378 76 352Z", "#f1e8d8") + ellipse(
        136, 352, 60, 13, pen.a
    )
    mark = circle(270, 304, 27, pen.c) + circle(270, 304, 17, PAPER) + circle(270, 304, 9, pen.c)
    return (
        _bottle(pen, 270, pen.a, pen.c, pen.c, 112, 84 + pen.jitter(10))
        + mark
        + dish
        + line("M100 346q18-8 36-2", light(pen.b, 0.3), 5)
    )


def _jar(pen: Pen, fill: str, lid: str) -> str:
    body = path(
        "M136 190C120 204 116 220 116 240V356C116 382 132 392 156 392H324C348 392 364 382 364 356V240C364 220 360 204 344 190Z",
        fill,
    )
    shade = path(
        "M306 190H344C360 204 364 220 364 240V356C364 382 348 392 324 392H270C330 370 336 260 306 190Z",
        dark(fill, 0.14),
    )
    top = rect(138, 142, 204, 52, lid, 12) + rect(138, 176, 204, 18, dark(lid, 0.16), 8)
    return body + shade + line("M138 232V350", light(fill, 0.5), 9) + top


def honeyjar(pen: Pen) -> str:
    """A jar of honey."""
    cells = "".join(
        f"M{x} {y - 17}l15 8.5v17l-15 8.5l-15-8.5v-17Z"
        for x, y in ((208, 292), (240, 292), (272, 292), (224, 319), (256, 319), (224, 265), (256, 265))
    )
    label = (
        circle(240, 296, 70, PAPER) + f'<path d="{cells}" fill="{pen.a}" stroke="{dark(pen.a, 0.2)}" stroke-width="3"/>'
    )
    dipper = place(
        rect(-7, -120, 14, 130, "#a8744c", 7)
        + "".join(rect(-30 + abs(k - 2) * 5, 4 + k * 13, 60 - abs(k - 2) * 10, 9, "#b9855a", 5) for k in range(5))
        + path("M-14 66C-20 96-6 110 0 122C6 110 18 96 14 66Z", pen.b),
        384,
        236,
        1,
        14 + pen.jitter(6),
    )
    bee = place(
        ellipse(0, 0, 18, 12, "#f0b93c")
        + line("M-5-10V10M5-10V10", "#3b2a22", 5)
        + ellipse(-6, -14, 7, 12, "#ffffffcc", -24)
        + ellipse(6, -14, 7, 12, "#ffffffcc", 24),
        112 + pen.jitter(14),
        128 + pen.jitter(14),
        1.2,
        -12,
    )
    return _jar(pen, pen.a, pen.c) + label + dipper + bee


def _sauce(pen: Pen, icon: str) -> str:
    bits = dots(scatter(pen, 20, 240, 300, 104, 84), 11, pen.b) + dots(
        scatter(pen, 14, 250, 310, 96, 74), 8, light(pen.b, 0.35)
    )
    cloth = (
        path(
            "M120 178C150 120 330 120 360 178C370 200 350 206 340 196C320 210 300 200 280 206C256 198 224 198 200 206C180 200 160 210 140 196C130 206 110 200 120 178Z",
            pen.c,
        )
        + line("M136 184C200 172 280 172 344 184", light(pen.c, 0.5), 7)
        + dots([(170, 158), (206, 146), (242, 158), (278, 146), (314, 160)], 9, light(pen.c, 0.4))
    )
    label = rect(166, 248, 148, 100, PAPER, 10) + rect(174, 256, 132, 84, light(pen.a, 0.75), 6)
    return _jar(pen, pen.a, pen.c) + bits + label + place(icon, 240, 300, 0.8, 14 + pen.jitter(14)) + cloth


def saucejar(pen: Pen) -> str:
    """A jar of sauce."""
    chilli = path("M-20-44C-10-54 6-54 14-44C20-10 14 24-16 50C-10 16-28-14-20-44Z", "#c8321f")
    return _sauce(pen, chilli + line("M-2-48C0-58 8-64 16-66", "#6c9447", 6))


def mushroomjar(pen: Pen) -> str:
    """A jar of mushrooms."""
    stem = path("M-14 4C-12 26-16 36-10 44H14C18 34 12 24 16 4Z", "#b08f5c")
    return _sauce(pen, stem + path("M-52 8C-52-32-24-48 0-48C24-48 52-32 52 8C30 20-30 20-52 8Z", pen.b))


def beanjar(pen: Pen) -> str:
    """A jar of bean paste."""
    pod = path("M-56 14C-40-34 30-40 58-14C40 34-34 42-56 14Z", "#8fae5a")
    return _sauce(pen, pod + dots([(-26, 4), (0, 0), (26, -6)], 23, light(pen.b, 0.25)))


def picklejar(pen: Pen) -> str:
    """A jar of pickles."""
    clay = "#9a6a4a"
    body = path(
        "M150 176C96 210 84 290 118 350C134 380 160 392 200 392H280C320 392 346 380 362 350C396 290 384 210 330 176Z",
        clay,
    )
    shade = path(
        "M300 176H330C384 210 396 290 362 350C346 380 320 392 280 392H256C350 350 356 240 300 176Z", dark(clay, 0.2)
    )
    rim = ellipse(240, 176, 112, 24, dark(clay, 0.12)) + ellipse(240, 172, 96, 17, "#a9c4c9")
    lid = path("M172 170C172 126 308 126 308 170C280 182 200 182 172 170Z", light(clay, 0.14)) + circle(
        240, 128, 14, light(clay, 0.2)
    )
    plate = (
        ellipse(330, 384, 98, 18, "#f1e8d8")
        + "".join(
            leaf(x, y, 54, t, mix(pen.a, pen.b, pen.rng.random()))
            for x, y, t in (
                (270, 378, -8),
                (300, 384, -30),
                (340, 386, -20),
                (330, 370, 180),
                (360, 378, -160),
                (390, 380, -170),
            )
        )
        + dots([(310, 368), (344, 374), (368, 366)], 10, pen.c)
    )
    mark = (
        path("M190 250H290V336H190Z", pen.c)
        + rect(204, 264, 72, 58, light(pen.c, 0.75))
        + leaf(220, 310, 52, -40, pen.a)
    )
    return body + shade + rim + lid + place(mark, -4, -4, 1, 0) + plate


def honeycomb(pen: Pen) -> str:
    """A honeycomb."""
    tray = (
        path("M92 236L240 168L392 236L244 330Z", pen.b)
        + path("M92 236L244 330V384L92 290Z", pen.a)
        + path("M392 236L244 330V384L392 290Z", pen.c)
    )
    cells = "".join(
        f"M{240 + (i - j) * 33} {200 + (i + j) * 20}l16 8v14l-16 8l-16-8v-14Z" for i in range(4) for j in range(4)
    )
    comb = f'<path d="{cells}" fill="{dark(pen.a, 0.08)}" stroke="{light(pen.b, 0.3)}" stroke-width="4"/>'
    drip = (
        path("M140 320C140 350 146 372 154 372C162 372 160 344 164 336Z", pen.a)
        + ellipse(168, 392, 64, 12, pen.a)
        + path("M300 352C300 372 306 384 312 384C318 384 318 360 322 350Z", pen.a)
    )
    return tray + place(comb, 0, -14) + drip


def milktin(pen: Pen) -> str:
    """A tin of milk powder."""
    tin = (
        rect(120, 128, 178, 264, pen.a, 14)
        + rect(250, 128, 48, 264, dark(pen.a, 0.1), 14)
        + rect(112, 112, 194, 40, pen.c, 10)
        + rect(120, 224, 178, 110, pen.b)
        + ellipse(208, 279, 46, 40, PAPER)
        + path("M180 290C176 262 192 254 208 258C224 254 240 262 236 290C232 306 184 306 180 290Z", pen.c)
    )
    glass = (
        path("M318 270H412L402 384C401 390 397 392 392 392H338C333 392 329 390 328 384Z", "#ffffff99")
        + path("M322 306H408L402 384C401 390 397 392 392 392H338C333 392 329 390 328 384Z", "#fdfaf2")
        + ellipse(365, 306, 43, 8, light(pen.a, 0.7))
    )
    return tin + glass + place(rect(-6, -90, 12, 100, "#b9855a", 6), 384, 300, 1, 24 + pen.jitter(8))


def juice(pen: Pen) -> str:
    """Juice."""
    glass = (
        path("M306 236H420L406 380C405 388 400 392 392 392H334C326 392 321 388 320 380Z", "#ffffff90")
        + path("M310 270H416L406 380C405 388 400 392 392 392H334C326 392 321 388 320 380Z", pen.a)
        + ellipse(363, 270, 53, 9, pen.b)
        + line("M376 266L396 190L420 182", pen.c, 8)
    )
    fruit = "".join(
        circle(x, y, r, mix(pen.a, pen.b, k)) + circle(x - r * 0.3, y - r * 0.35, r * 0.2, light(pen.b, 0.7))
        for x, y, r, k in ((98, 352, 32, 0), (132, 372, 24, 0.3), (76, 382, 22, 0.5))
    ) + leaf(100, 322, 52, -40, pen.c)
    return (
        _bottle(pen, 218 + pen.jitter(8), pen.a, pen.c, pen.c, 118, 90)
        + circle(218, 304, 30, pen.a)
        + leaf(222, 280, 38, -30, pen.c)
        + glass
        + fruit
    )


def water(pen: Pen) -> str:
    """Water in bottles."""
    peaks = path("M40 330L150 190L210 262L290 160L440 330Z", mix(pen.a, pen.b, 0.3)) + path(
        "M150 190L178 224L150 236L128 218ZM290 160L328 204L296 220L262 196Z", "#ffffff"
    )
    body = _bottle(pen, 216, pen.a, pen.c, pen.c, 104, 86) + _bottle(
        pen, 316, light(pen.a, 0.25), pen.c, pen.c, 92, 136
    )
    drops = "".join(
        path(f"M{x} 288C{x + 17} 308 {x + 14} 326 {x} 326C{x - 14} 326 {x - 17} 308 {x} 288Z", pen.c)
        for x in (216, 316)
    )
    return peaks + body + drops + dots(scatter(pen, 8, 216, 240, 36, 18), 6, "#ffffff")


def milk(pen: Pen) -> str:
    """Milk."""
    box = (
        path("M132 176L164 116H292L324 176V392H132Z", pen.a)
        + path("M268 176L292 116L324 176V392H268Z", dark(pen.a, 0.1))
        + path("M164 116H292V96H164Z", pen.c)
        + path("M132 176L164 116H292L268 176Z", light(pen.a, 0.3))
    )
    art = (
        path("M132 300C170 260 210 330 268 280V392H132Z", pen.b)
        + path("M268 280C290 262 310 270 324 280V392H268Z", dark(pen.b, 0.14))
        + circle(200, 236, 30, pen.c)
        + circle(192, 228, 30, pen.a)
    )
    glass = (
        path("M338 268H424L414 382C413 389 408 392 402 392H360C354 392 349 389 348 382Z", "#ffffff80")
        + path("M341 296H421L414 382C413 389 408 392 402 392H360C354 392 349 389 348 382Z", light(pen.a, 0.3))
        + ellipse(381, 296, 40, 8, pen.a)
    )
    return place(box + art, 0, 0, 1, 0) + glass + dots(scatter(pen, 5, 100, 372, 24, 16), 11, pen.b)


def yoghurt(pen: Pen) -> str:
    """Cups of yoghurt."""

    def cup() -> str:
        body = path("M-70-50H70L54 96C53 104 48 106 40 106H-40C-48 106-53 104-54 96Z", pen.b) + path(
            "M34-50H70L54 96C53 104 48 106 40 106H14C32 60 36 0 34-50Z", dark(pen.b, 0.1)
        )
        return (
            body
            + path("M-67-22L-60 44H60L67-22C30 0-30-40-67-22Z", pen.c)
            + ellipse(0, -50, 78, 17, pen.a)
            + ellipse(0, -54, 62, 11, light(pen.a, 0.6))
            + circle(0, 66, 16, pen.a)
        )

    trio = cup()
    back = clones(trio, [(150, 246, 0.95, 0), (330, 246, 0.95, 0)])
    swirl = path("M-54-56C-40-86-10-80 4-96C20-80 46-84 54-56C20-44-20-44-54-56Z", light(pen.a, 0.5))
    spoon = place(
        ellipse(0, 0, 18, 26, "#c9a47a") + rect(-5, 20, 10, 110, "#c9a47a", 5), 350, 160, 1, 40 + pen.jitter(8)
    )
    return back + spoon + place(trio + swirl, 240, 284, 1.08)


FAMILIES = {
    f.__name__: f
    for f in (
        oilbottle, olive, saucebottle, honeyjar, saucejar, mushroomjar, beanjar, picklejar, honeycomb, milktin, juice, water, milk, yoghurt,
    )
}  # fmt: skip
