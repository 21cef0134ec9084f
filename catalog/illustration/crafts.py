"""Handicrafts of wood, clay, bamboo and paper. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    circle,
    clones,
    dark,
    dots,
    ellipse,
    leaf,
    line,
    mix,
    path,
    place,
    rect,
    ring,
)
from catalog.illustration.textiles import rosette

WOOD = "#a8744c"


def lacquer(pen: Pen) -> str:
    """Lacquerware."""
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
    """A woven basket."""
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
    """Pottery."""
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
    """A papercut."""
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
    """A shadow puppet."""
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


def woodcarving(pen: Pen) -> str:
    """A carving in wood."""
    stand = path("M110 356H370L352 392H128Z", pen.c) + rect(98, 344, 284, 18, dark(pen.c, 0.1), 6)
    frame = (
        circle(240, 216, 136, pen.a)
        + circle(240, 216, 118, dark(pen.a, 0.25))
        + circle(240, 216, 108, mix(pen.a, pen.b, 0.35))
    )
    rim = dots([(x, y) for x, y, _ in ring(30, 240, 216, 127)], 9, pen.b)
    flower = place(
        rosette(pen, 62, pen.b, 8) + circle(0, 0, 30, pen.a) + rosette(pen, 24, pen.b, 8) + circle(0, 0, 8, pen.c),
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
    """A figure of clay."""
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
        lacquer, basket, pottery, papercut, puppet, woodcarving, clayfigure,
    )
}  # fmt: skip
