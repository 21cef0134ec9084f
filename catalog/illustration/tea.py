"""Tea and coffee. Each function draws the family of its name."""

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
from catalog.illustration.larder import PAPER


def teatin(pen: Pen) -> str:
    """A tin of tea."""
    body = (
        rect(142, 152, 150, 240, pen.a, 10)
        + rect(246, 152, 46, 240, dark(pen.a, 0.16), 10)
        + rect(142, 132, 150, 52, light(pen.a, 0.2), 12)
        + rect(142, 178, 150, 8, pen.c)
    )
    label = (
        rect(166, 216, 102, 132, PAPER, 6)
        + leaf(206, 306, 60, -58, pen.a)
        + leaf(214, 306, 54, -120, mix(pen.a, pen.b, 0.3))
        + line("M211 330V300", pen.a, 5)
    )
    curls = [f"M{x:.0f} {y:.0f}q8-9 22-6" for x, y in scatter(pen, 28, 338, 372, 70, 24)]
    heap = "".join(line("".join(curls[k::3]), mix(pen.a, pen.b, 0.35 * k), 7) for k in range(3))
    return (
        body
        + label
        + ellipse(346, 388, 86, 10, dark(pen.b, 0.1))
        + heap
        + leaf(330, 300, 66, -60 + pen.jitter(10), pen.b)
        + leaf(334, 306, 56, -120, pen.a)
    )


def teabowl(pen: Pen) -> str:
    """A bowl of tea."""
    glaze = pen.rng.choice(("#f4f0e4", "#dfe8e2", "#e8dcc4"))
    cup = (
        path("M96 232H356C356 320 306 372 226 372C146 372 96 320 96 232Z", glaze)
        + path("M310 232H356C356 320 306 372 226 372H200C280 360 308 300 310 232Z", dark(glaze, 0.1))
        + rect(184, 366, 84, 24, dark(glaze, 0.08), 6)
    )
    tea = (
        ellipse(226, 232, 130, 30, light(glaze, 0.4))
        + ellipse(226, 234, 117, 23, mix(pen.b, pen.a, 0.15))
        + leaf(170, 238, 54, -8 + pen.jitter(10), pen.a)
        + leaf(232, 240, 50, 6 + pen.jitter(12), pen.c)
        + leaf(216, 230, 40, -160, pen.a)
    )
    steam = line(
        "M190 184C174 160 208 146 190 116M236 178C220 150 256 134 238 102M280 184C266 162 296 148 280 122",
        light(pen.a, 0.75),
        8,
    )
    sprig = (
        leaf(376, 366, 84, -76, pen.a)
        + leaf(376, 368, 70, -30, pen.c)
        + leaf(374, 368, 66, -128, mix(pen.a, pen.b, 0.3))
        + line("M376 392V360", pen.c, 6)
    )
    return cup + line("M108 286C160 306 292 306 344 286", mix(pen.a, glaze, 0.35), 6) + tea + steam + sprig


def teapot(pen: Pen) -> str:
    """A teapot."""
    pot = mix(pen.c, "#8a4a35", 0.25)
    handle = f'<circle cx="318" cy="272" r="52" fill="none" stroke="{dark(pot, 0.12)}" stroke-width="18"/>'
    body = path(
        "M118 256C118 206 160 196 222 196C284 196 326 206 326 256C326 330 290 372 222 372C154 372 118 330 118 256Z", pot
    ) + path("M280 204C312 214 326 230 326 256C326 330 290 372 222 372H204C290 350 300 270 280 204Z", dark(pot, 0.2))
    spout = path("M130 276C96 270 84 236 62 214L84 204C104 226 116 226 136 226Z", pot)
    lid = (
        ellipse(222, 200, 72, 15, dark(pot, 0.15))
        + path("M160 196C164 168 280 168 284 196Z", light(pot, 0.12))
        + circle(222, 164, 15, pot)
    )
    cup = (
        path("M330 330H426C426 366 406 392 378 392C350 392 330 366 330 330Z", PAPER)
        + ellipse(378, 330, 48, 12, light(pen.b, 0.6))
        + ellipse(378, 331, 40, 9, pen.a)
    )
    curls = [f"M{x:.0f} {y:.0f}q6-8 18-5" for x, y in scatter(pen, 18, 112, 382, 60, 14)]
    loose = line("".join(curls[::2]), pen.a, 6) + line("".join(curls[1::2]), mix(pen.a, pen.b, 0.6), 6)
    return handle + spout + body + lid + line("M140 250C146 232 160 224 176 220", light(pot, 0.4), 8) + loose + cup


def teacake(pen: Pen) -> str:
    """A cake of tea."""
    strands = line(
        "".join(f"M{x:.0f} {y:.0f}q10-9 22 0" for x, y in scatter(pen, 54, 226, 240, 120, 112)), pen.b, 5
    ) + line("".join(f"M{x:.0f} {y:.0f}q8 8 18 0" for x, y in scatter(pen, 24, 230, 246, 110, 100)), pen.c, 4)
    disc = circle(236, 248, 140, dark(pen.a, 0.25)) + circle(232, 240, 140, pen.a) + strands
    wrap = (
        path("M92 300C150 360 260 400 372 330L392 392H104Z", "#f4ead2")
        + path("M92 300C150 360 260 400 372 330L376 344C262 412 150 376 90 316Z", "#e0d2b0")
        + circle(232, 372, 17, "#b8402f")
    )
    return (
        place(disc, 0, -14)
        + wrap
        + leaf(352, 150, 70, -40 + pen.jitter(10), "#7d9a4c")
        + leaf(352, 152, 56, 20, "#8fa860")
    )


def teabrick(pen: Pen) -> str:
    """A brick of tea."""
    top = (
        path("M96 230L300 176L396 226L188 292Z", pen.b)
        + path("M96 230L188 292V384L96 316Z", pen.a)
        + path("M188 292L396 226V308L188 384Z", dark(pen.a, 0.15))
    )
    gold = dots([(x, y) for x, y in scatter(pen, 26, 284, 312, 90, 40)], 6, pen.c) + dots(
        scatter(pen, 12, 142, 306, 34, 40), 6, pen.c
    )
    grain = line(
        "".join(f"M{x:.0f} {y:.0f}l16 2" for x, y in scatter(pen, 24, 246, 232, 110, 36)), dark(pen.b, 0.25), 4
    )
    band = path("M190 205L230 194L322 249L322 332L282 346L282 262Z", "#f0e3c8") + circle(302, 296, 15, "#b8402f")
    crumbs = "".join(circle(x, y, 9 + pen.jitter(3), pen.a) for x, y in ((92, 376), (118, 388), (70, 388)))
    return top + grain + gold + band + crumbs + leaf(110, 200, 60, -120 + pen.jitter(10), "#7d9a4c")


def flowertea(pen: Pen) -> str:
    """Flower tea."""
    petals = pen.rng.choice((11, 13, 15))
    outer = "".join(f"M{x * 0.4:.0f} {y * 0.4:.0f}L{x:.0f} {y:.0f}" for x, y, _ in ring(petals, 0, 0, 50))
    inner = "".join(f"M{x * 0.4:.0f} {y * 0.4:.0f}L{x:.0f} {y:.0f}" for x, y, _ in ring(petals, 0, 0, 33, 12))
    bloom = (
        line(outer, dark(pen.a, 0.1), 19) + line(outer, pen.a, 16) + line(inner, pen.b, 13) + circle(0, 0, 13, pen.c)
    )

    glass = (
        path("M92 250H340C340 330 296 384 216 384C136 384 92 330 92 250Z", "#ffffffb0")
        + path("M100 280H332C324 340 286 376 216 376C146 376 108 340 100 280Z", light(pen.a, 0.45))
        + ellipse(216, 280, 116, 20, light(pen.a, 0.62))
    )
    handle = '<circle cx="346" cy="300" r="36" fill="none" stroke="#fffdf6" stroke-width="14"/>'
    spots = (
        (174, 280, 0.95, 0),
        (262, 288, 0.8, 20),
        (236 + pen.jitter(14), 152, 1.1, 40),
        (386, 366, 0.78, 10),
        (86, 376, 0.66, 30),
    )
    leaves = (
        leaf(280, 156, 70, -14, "#7d9a4c") + leaf(196, 160, 60, 196, "#7d9a4c") + leaf(396, 396, 50, -10, "#7d9a4c")
    )
    return handle + glass + leaves + clones(bloom, spots)


def coffee(pen: Pen) -> str:
    """Coffee beans."""

    def bean() -> str:
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.5)
        return (
            ellipse(0, 0, 28, 38, tone)
            + line("M0-34C-12-10 12 10 0 34", dark(tone, 0.4), 5)
            + ellipse(-13, -14, 4, 9, light(pen.b, 0.3), 16)
        )

    bag = (
        path("M140 128L152 108H296L308 128L318 384C318 390 312 392 306 392H142C136 392 130 390 130 384Z", pen.a)
        + path("M268 108H296L308 128L318 384C318 390 312 392 306 392H262C284 300 286 200 268 108Z", dark(pen.a, 0.2))
        + rect(140, 124, 168, 22, dark(pen.a, 0.3))
        + rect(156, 200, 136, 130, PAPER, 8)
    )
    spots = [(x, y, 0.9, pen.rng.randint(0, 179)) for x, y in scatter(pen, 9, 336, 362, 74, 34)]
    beans = clones(bean(), spots[::2]) + clones(bean(), spots[1::2])
    sprig = (
        leaf(224, 300, 70, -130, "#6c9447")
        + leaf(226, 300, 70, -50, "#6c9447")
        + circle(212, 288, 13, "#b8342c")
        + circle(240, 284, 13, "#c9503c")
        + circle(226, 306, 13, "#b8342c")
    )
    return bag + sprig + beans


def coffeecup(pen: Pen) -> str:
    """A cup of coffee."""
    cup = path("M112 226H328C328 320 296 376 220 376C144 376 112 320 112 226Z", pen.b) + path(
        "M286 226H328C328 320 296 376 220 376H200C270 360 286 300 286 226Z", dark(pen.b, 0.12)
    )
    handle = f'<circle cx="332" cy="278" r="38" fill="none" stroke="{dark(pen.b, 0.06)}" stroke-width="16"/>'
    brew = (
        ellipse(220, 226, 108, 24, light(pen.b, 0.5))
        + ellipse(220, 228, 96, 18, pen.a)
        + ellipse(204, 226, 40, 8, pen.c)
    )
    bag = (
        path("M158 150H282V236H158Z", "#f0e6d2")
        + path("M158 150H282V176H158Z", pen.c)
        + line("M150 190L110 226M290 190L330 226", "#f0e6d2", 10)
    )
    saucer = ellipse(220, 382, 150, 16, pen.c)
    beans = "".join(
        place(ellipse(0, 0, 17, 23, pen.a) + line("M0-20C-8-6 8 6 0 20", dark(pen.a, 0.4), 4), x, y, 1, t)
        for x, y, t in ((392, 366, 30), (414, 388, -30), (76, 384, 60))
    )
    return (
        handle
        + saucer
        + cup
        + brew
        + bag
        + beans
        + line(
            f"M200 {120 + pen.jitter(6):.0f}C188 104 212 92 200 72M240 120C228 104 252 92 240 72", light(pen.a, 0.7), 7
        )
    )


FAMILIES = {
    f.__name__: f
    for f in (
        teatin, teabowl, teapot, teacake, teabrick, flowertea, coffee, coffeecup,
    )
}  # fmt: skip
