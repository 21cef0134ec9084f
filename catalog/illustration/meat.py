"""Meat and cured meat, most of it on a board. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
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
    rect,
    scatter,
)

HERB = "#6c9447"
WOOD = "#c79a68"


def sprig(x: float, y: float, turn: float) -> str:
    """A sprig of herbs, as a garnish."""
    needles = "".join(f"M0 {-14 - k * 15}l-17-13M0 {-14 - k * 15}l17-13" for k in range(5)) + "M0-84v-10"
    return place(line("M0 0V-84", "#5a7f3d", 4) + line(needles, HERB, 10), x, y, 1, turn)


def ham(pen: Pen) -> str:
    """A ham."""
    leg = path(
        "M-150 96C-176 30-130-50-50-76C10-94 60-96 96-124L126-150C150-164 168-140 152-122L140-108C150-96 138-80 122-84C104-56 96-20 70 30C40 84-20 128-70 128C-110 128-140 120-150 96Z",
        pen.a,
    )
    shade = path(
        "M96-60C92-30 86 0 70 30C40 84-20 128-70 128C-110 128-140 120-150 96C-60 110 40 60 96-60Z", dark(pen.a, 0.2)
    )
    face = (
        ellipse(-86, 60, 64, 74, pen.b, 28)
        + ellipse(-84, 62, 50, 60, mix(pen.a, pen.b, 0.2), 28)
        + ellipse(-70, 48, 15, 19, "#f3e6d2", 28)
        + line("M-112 90C-96 100-80 104-66 98M-110 60C-104 76-94 84-84 86", pen.b, 5)
    )
    rope = line("M112-120C120-112 132-104 144-102", "#e8d3a3", 12)
    return place(leg + shade + face + rope, 246, 256, 1.16, pen.jitter(7)) + sprig(384, 384, 60)


def bacon(pen: Pen) -> str:
    """Bacon."""
    out = rect(70, 94, 340, 16, "#9a6a42", 8)
    for x, h in ((130, 236), (212, 258), (294, 240), (362, 220)):
        w = 62 if x < 340 else 48
        slab = path(
            f"M0 0H{w}C{w + 8} {h * 0.4:.0f} {w - 6} {h * 0.7:.0f} {w} {h}C{w * 0.6:.0f} {h + 12} {w * 0.3:.0f} {h - 8} 0 {h}C-8 {h * 0.6:.0f} 6 {h * 0.3:.0f} 0 0Z",
            pen.a,
        )
        fat = path(
            f"M{w * 0.3:.0f} 0H{w * 0.52:.0f}C{w * 0.62:.0f} {h * 0.4:.0f} {w * 0.4:.0f} {h * 0.7:.0f} {w * 0.52:.0f} {h}H{w * 0.26:.0f}C{w * 0.2:.0f} {h * 0.6:.0f} {w * 0.4:.0f} {h * 0.3:.0f} {w * 0.3:.0f} 0Z",
            pen.b,
        ) + path(f"M{w * 0.78:.0f} 0H{w}C{w + 8} {h * 0.4:.0f} {w - 6} {h * 0.7:.0f} {w} {h}H{w * 0.8:.0f}Z", pen.c)
        rope = line(f"M{w / 2} 0C{w / 2 - 8} -20 {w / 2 + 8} -24 {w / 2} -42", "#e3cd9a", 6)
        out += place(slab + fat + rope, x - w / 2, 138, 1, pen.jitter(3))
    return out


def board(pen: Pen) -> str:
    """A wooden board seen from a low angle, its top face from y = 330 to 372."""
    top = path("M84 330H396C408 330 420 352 424 366H56C60 352 72 330 84 330Z", mix(WOOD, "#fff3dd", 0.2))
    return (
        top
        + path("M56 366H424V380C424 390 416 394 406 394H74C64 394 56 390 56 380Z", dark(WOOD, 0.08))
        + line(f"M120 348H{300 + pen.jitter(20):.0f}M200 358H372", WOOD, 3)
    )


def sausage(pen: Pen) -> str:
    """Sausages."""

    def link() -> str:
        body = rect(-118, -34, 236, 68, pen.a, 34) + rect(-110, 6, 220, 26, dark(pen.a, 0.2), 13)
        return (
            body
            + dots(scatter(pen, 18, 0, -6, 96, 20), 8, pen.b)
            + line("M-118 0L-138-6M118 0L138-6", "#e3cd9a", 7)
            + line("M-80-18C-40-26 20-26 60-20", light(pen.b, 0.4), 5)
        )

    cut = "".join(
        ellipse(x, y, 36, 30, dark(pen.c, 0.1))
        + ellipse(x, y - 2, 31, 25, pen.b)
        + dots(scatter(pen, 8, x, y - 2, 22, 16), 7, "#f3e0d0")
        for x, y in ((300, 334), (352, 350), (246, 352))
    )
    return (
        board(pen)
        + clones(link(), [(236, 186, 1, -10 + pen.jitter(5)), (228, 264, 1, 4 + pen.jitter(5))])
        + cut
        + sprig(112, 360, -40)
    )


def jerky(pen: Pen) -> str:
    """Jerky."""
    out = board(pen)
    spots = [(240 + pen.jitter(36), 324 - i * 26, 1 - i * 0.04, pen.jitter(16)) for i in range(7)]
    for k in range(2):
        tone = mix(pen.a, pen.b, 0.5 * k)
        strip = path("M-110-20C-60-34 40-12 112-24C120-6 116 12 106 22C40 8-50 34-106 18C-118 6-118-8-110-20Z", tone)
        fibre = line("M-90-8C-30-18 30 0 90-12M-90 8C-30 0 30 14 88 4", dark(tone, 0.25), 4) + dots(
            scatter(pen, 5, 0, 0, 80, 14), 5, pen.c
        )
        out += clones(strip + fibre, spots[k::2])
    return out + sprig(386, 352, 50)


def porkcut(pen: Pen) -> str:
    """A cut of pork."""
    slab = path(
        "M96 250C96 190 160 162 250 160C340 160 392 190 388 246C388 300 330 336 240 338C150 338 96 306 96 250Z", pen.b
    )
    meat = path(
        "M112 258C114 220 170 206 240 208C310 208 372 214 374 250C370 296 316 324 240 324C166 324 112 300 112 258Z",
        pen.a,
    )
    seams = line("M140 244C180 232 210 252 250 242C290 232 320 250 352 240M150 284C190 270 240 296 340 274", pen.b, 7)
    skin = path(
        "M96 250C96 190 160 162 250 160C340 160 392 190 388 246C380 206 330 182 250 180C170 180 104 210 96 250Z", pen.c
    )
    return (
        board(pen) + place(slab + meat + seams + skin, pen.jitter(4), 14) + sprig(120, 356, -50) + sprig(372, 356, 50)
    )


def beef(pen: Pen) -> str:
    """Beef."""
    slab = path(
        "M92 262C84 200 150 158 226 164C288 150 392 172 388 246C386 312 312 342 236 336C160 344 100 322 92 262Z", pen.b
    )
    meat = path(
        "M112 260C108 214 160 184 226 188C288 176 370 194 368 246C366 294 304 318 236 314C172 320 118 302 112 260Z",
        pen.a,
    )
    marbling = line(
        "M140 250C170 230 190 256 220 240M236 214C260 230 290 206 318 222M170 286C200 270 230 296 262 280M282 262C304 250 322 270 346 256M250 258C262 250 262 240 276 240",
        pen.b,
        7,
    )
    bone = ellipse(172, 228, 26, 19, pen.c, -20) + ellipse(172, 228, 13, 9, dark(pen.c, 0.2), -20)
    return (
        board(pen)
        + place(
            slab
            + path(
                "M92 262C84 290 96 316 130 330C180 346 320 344 366 300C388 276 388 262 388 246C392 300 312 330 236 324C160 332 100 310 92 262Z",
                dark(pen.b, 0.14),
            )
            + meat
            + marbling
            + bone,
            pen.jitter(4),
            12,
            1,
            pen.jitter(3),
        )
        + sprig(372, 356, 52)
    )


def lambrack(pen: Pen) -> str:
    """A rack of lamb."""
    bones = "".join(
        path(
            f"M{x} 250C{x - 14} 190 {x - 20 + i * 8} 140 {x - 26 + i * 13} 104C{x - 20 + i * 13} 88 {x - 2 + i * 13} 90 {x - 2 + i * 13} 106C{x + 4 + i * 8} 150 {x + 12} 200 {x + 22} 250Z",
            "#e9d3b8",
        )
        for i, x in enumerate((132, 188, 244, 300))
    )
    meat = path(
        "M96 270C96 224 150 210 220 212C300 206 384 218 386 270C388 320 330 346 240 346C150 346 96 320 96 270Z", pen.a
    )
    crust = path(
        "M96 270C96 224 150 210 220 212C300 206 384 218 386 270C360 244 300 240 230 244C160 242 120 250 96 270Z", pen.b
    ) + dots(scatter(pen, 20, 240, 226, 120, 12), 6, pen.c)
    seams = line(
        "M160 262C156 290 164 312 170 330M226 262C222 290 230 312 234 332M292 262C290 290 296 312 298 328",
        dark(pen.a, 0.25),
        5,
    )
    return board(pen) + bones + meat + crust + seams + sprig(386, 360, 60)


def lambleg(pen: Pen) -> str:
    """A leg of lamb."""
    bone = path("M96-120L136-164C130-186 160-192 164-174C184-174 180-146 160-144L122-98Z", "#ead6ba")
    leg = path(
        "M-140 70C-150 0-90-60-10-76C40-90 76-110 108-132C126-128 132-114 124-98C104-40 96 20 46 76C10 116-50 130-90 120C-122 112-136 94-140 70Z",
        pen.a,
    )
    fat = path("M-120 20C-90-40-30-62 20-72C60-84 84-100 112-120C80-60 20-50-30-30C-80-12-110 20-120 20Z", pen.b)
    shade = path(
        "M96-40C86 10 76 44 46 76C10 116-50 130-90 120C-122 112-136 94-140 70C-60 116 40 70 96-40Z", dark(pen.a, 0.18)
    )
    return (
        board(pen)
        + place(
            bone + leg + fat + shade + line("M-60 40C-40 20-10 30 10 6M-20 70C0 60 20 50 34 30", light(pen.b, 0.2), 6),
            240,
            246,
            1.12,
            pen.jitter(6),
        )
        + sprig(110, 360, -55)
    )


def meatroll(pen: Pen) -> str:
    """Rolls of sliced meat."""

    def roll() -> str:
        spiral = line("M-4-2C4-14 18-6 14 6C8 22-18 20-22 2C-24-22 6-34 24-20", pen.b, 9)
        return circle(0, 0, 46, pen.b) + circle(0, 0, 40, pen.a) + spiral

    spots = [(132, 296), (212, 300), (292, 300), (360, 290), (170, 236), (250, 236), (326, 232), (212, 174), (288, 172)]
    plate = ellipse(240, 346, 190, 42, "#f1e8d8") + ellipse(240, 340, 150, 26, "#e0d3bc")
    return (
        plate
        + clones(roll(), [(x, y, 0.98, pen.rng.randint(0, 359)) for x, y in spots])
        + leaf(90, 340, 60, -20, pen.c)
        + leaf(392, 342, 54, -150, pen.c)
    )


def ribs(pen: Pen) -> str:
    """Ribs."""
    out = board(pen)
    for i in range(5):
        x = 120 + i * 60
        bone = (
            rect(-15, -128, 30, 196, "#ecd9be", 15)
            + path(
                "M-32-70C-34-100 32-100 34-70C40-20 38 60 30 96C10 112-14 110-30 96C-40 50-38-20-32-70Z",
                mix(pen.a, pen.c, 0.25 * (i % 2)),
            )
            + path("M-14-80C-20-30-18 50-12 90", pen.b)
            + line("M-16-60C-20-10-16 40-12 80", pen.b, 7)
        )
        out += place(bone, x, 238, 1.02, -8 + i * 4 + pen.jitter(3))
    return out


def meatball(pen: Pen) -> str:
    """Meatballs."""
    balls = ((140, 300), (226, 306), (312, 300), (184, 248), (270, 246), (228, 192))
    item = ball(0, 0, 48, pen.a) + dots(scatter(pen, 9, 0, 4, 34, 34), 6, pen.b)
    cut = circle(0, 0, 44, pen.a) + circle(0, 0, 36, pen.b) + dots(scatter(pen, 14, 0, 0, 28, 28), 7, pen.c)
    return board(pen) + clones(item, [(x, y, 1, pen.rng.randint(0, 40)) for x, y in balls]) + place(cut, 366, 324)


FAMILIES = {
    f.__name__: f
    for f in (
        ham, bacon, sausage, jerky, porkcut, beef, lambrack, lambleg, meatroll, ribs, meatball,
    )
}  # fmt: skip
