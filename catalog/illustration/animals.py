"""Meat, fish, eggs, dairy blocks and baked or pressed foods: things from the kitchen table."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    circle,
    clones,
    dark,
    dots,
    ellipse,
    grains,
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

WOOD = "#c79a68"
HERB = "#6c9447"


def board(pen: Pen) -> str:
    """A wooden board seen from a low angle, its top face from y = 330 to 372."""
    top = path("M84 330H396C408 330 420 352 424 366H56C60 352 72 330 84 330Z", mix(WOOD, "#fff3dd", 0.2))
    return (
        top
        + path("M56 366H424V380C424 390 416 394 406 394H74C64 394 56 390 56 380Z", dark(WOOD, 0.08))
        + line(f"M120 348H{300 + pen.jitter(20):.0f}M200 358H372", WOOD, 3)
    )


def _sprig(x: float, y: float, turn: float) -> str:
    needles = "".join(f"M0 {-14 - k * 15}l-17-13M0 {-14 - k * 15}l17-13" for k in range(5)) + "M0-84v-10"
    return place(line("M0 0V-84", "#5a7f3d", 4) + line(needles, HERB, 10), x, y, 1, turn)


def ham(pen: Pen) -> str:
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
    return place(leg + shade + face + rope, 246, 256, 1.16, pen.jitter(7)) + _sprig(384, 384, 60)


def bacon(pen: Pen) -> str:
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


def sausage(pen: Pen) -> str:
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
        + _sprig(112, 360, -40)
    )


def jerky(pen: Pen) -> str:
    out = board(pen)
    spots = [(240 + pen.jitter(36), 324 - i * 26, 1 - i * 0.04, pen.jitter(16)) for i in range(7)]
    for k in range(2):
        tone = mix(pen.a, pen.b, 0.5 * k)
        strip = path("M-110-20C-60-34 40-12 112-24C120-6 116 12 106 22C40 8-50 34-106 18C-118 6-118-8-110-20Z", tone)
        fibre = line("M-90-8C-30-18 30 0 90-12M-90 8C-30 0 30 14 88 4", dark(tone, 0.25), 4) + dots(
            scatter(pen, 5, 0, 0, 80, 14), 5, pen.c
        )
        out += clones(strip + fibre, spots[k::2])
    return out + _sprig(386, 352, 50)


def porkcut(pen: Pen) -> str:
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
        board(pen) + place(slab + meat + seams + skin, pen.jitter(4), 14) + _sprig(120, 356, -50) + _sprig(372, 356, 50)
    )


def beef(pen: Pen) -> str:
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
        + _sprig(372, 356, 52)
    )


def lambrack(pen: Pen) -> str:
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
    return board(pen) + bones + meat + crust + seams + _sprig(386, 360, 60)


def lambleg(pen: Pen) -> str:
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
        + _sprig(110, 360, -55)
    )


def meatroll(pen: Pen) -> str:
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


def chicken(pen: Pen) -> str:
    body = path(
        "M-104 36C-130-10-150-60-136-100C-106-70-80-56-40-54C0-58 20-100 52-116C76-124 92-104 90-82C84-40 96 0 76 50C54 96-70 104-104 36Z",
        pen.a,
    )
    tail = path(
        "M-100-10C-140-50-160-110-128-140C-120-100-96-70-60-50ZM-84-30C-110-80-110-130-76-150C-80-110-60-80-40-54Z",
        pen.b,
    )
    wing = path("M-60 4C-30-30 30-20 44 14C20 58-44 50-60 4Z", pen.b) + line(
        "M-40 10C-10 24 10 22 30 14M-30 26C-10 36 6 34 18 28", dark(pen.a, 0.1), 5
    )
    comb = path("M44-114C36-140 52-142 58-128C60-148 78-146 76-126C90-138 96-120 86-106Z", pen.c) + path(
        "M88-88C104-74 102-50 90-52C80-56 80-78 88-88Z", pen.c
    )
    head = circle(72, -96, 5, "#2b2320") + path("M88-98L114-88L88-80Z", "#e3a33f")
    legs = line("M-20 84L-24 124L-44 132M-24 124L-8 134M20 82L24 124L4 132M24 124L42 132", "#d9973a", 8)
    flip = pen.rng.random() < 0.4
    return place(
        f'<g transform="scale({-1 if flip else 1} 1)">' + legs + tail + body + wing + comb + head + "</g>",
        246,
        256,
        1.16,
    ) + "".join(line(f"M{x} 392l6-22M{x + 14} 392l-2-26", HERB, 5) for x in (96, 356))


def duck(pen: Pen) -> str:
    body = path(
        "M-130 10C-150-10-150-40-132-46C-120-20-60-30-20-24C10-20 24-40 22-70C18-110 50-130 78-118C104-106 102-70 92-46C88-20 110 10 92 50C70 96-90 96-130 10Z",
        pen.a,
    )
    wing = path("M-90 6C-50-20 20-10 40 20C10 62-66 56-90 6Z", pen.b) + line(
        "M-60 16C-20 30 10 28 26 22M-46 32C-20 42 4 40 14 34", dark(pen.b, 0.18), 5
    )
    bill = path("M98-96C120-94 138-84 140-74C124-66 106-70 96-76Z", pen.c)
    ripple = line("M-150 96C-100 84-60 108 0 96C60 84 100 108 150 94M-100 118C-50 108 50 126 110 114", "#8fb5c4", 8)
    eye = circle(74, -92, 6, "#2b2320")
    flip = pen.rng.random() < 0.4
    return place(
        f'<g transform="scale({-1 if flip else 1} 1)">'
        + body
        + path("M80-40C88-10 106 20 88 54C66 92-60 94-112 42C-20 80 60 50 80-40Z", dark(pen.a, 0.14))
        + wing
        + bill
        + eye
        + ripple
        + "</g>",
        240,
        258,
        1.2,
    )


def fish(pen: Pen) -> str:
    body = path(
        "M-150 0C-110-62-20-78 50-50C80-40 96-22 110-10L164-56C176-20 176 20 164 56L110 12C90 40 50 62-10 62C-80 62-130 40-150 0Z",
        pen.a,
    )
    belly = path("M-150 0C-110 20 20 44 110 12C90 40 50 62-10 62C-80 62-130 40-150 0Z", pen.b)
    scales = line("".join(f"M{x} {y}q12 10 0 20" for x in range(-64, 80, 26) for y in (-34, -10)), dark(pen.a, 0.16), 4)
    fins = (
        path("M-40-66C-10-104 50-96 64-46Z", pen.c)
        + path("M-10 60C0 90 40 96 54 50Z", pen.c)
        + path("M-60 10C-30 16-20 34-26 48C-50 44-64 28-60 10Z", dark(pen.a, 0.1))
    )
    head = (
        line("M-92-48C-74-20-74 20-94 46", dark(pen.a, 0.22), 5)
        + circle(-116, -10, 12, "#ffffff")
        + circle(-117, -10, 6, "#2b2320")
    )
    plate = ellipse(240, 352, 196, 42, "#f1e8d8") + ellipse(240, 346, 160, 28, "#e3d6bf")
    return (
        plate
        + place(fins + body + belly + scales + head, 240, 266, 1.14, pen.jitter(8))
        + leaf(100, 352, 70, -14, HERB)
        + leaf(380, 350, 60, -160, HERB)
        + place(circle(0, 0, 24, "#f2d43d") + circle(0, 0, 18, "#fbf0a6"), 330, 354)
    )


def salmon(pen: Pen) -> str:
    def slab() -> str:
        top = path("M-120-50L60-86L124-40L-60 4Z", pen.a) + line(
            "M-84-50C-60-30-40-24-20-8M-40-60C-16-40 6-34 26-16M6-68C30-50 50-42 72-26", pen.b, 7
        )
        return (
            path("M-120-50L-60 4V58L-120 4Z", dark(pen.a, 0.14))
            + path("M-60 4L124-40V12L-60 58Z", mix(pen.a, pen.b, 0.25))
            + top
            + line("M-40 18C0 12 60-4 104-14M-40 38C0 30 60 16 104 4", pen.b, 5)
        )

    ice = "".join(
        path(f"M{x} {y}l30-16l30 14l-4 30l-28 14l-30-14Z", light(pen.c, 0.5))
        for x, y in ((80, 350), (150, 362), (230, 352), (300, 364), (356, 348))
    )
    return (
        ellipse(240, 366, 190, 30, pen.c)
        + ice
        + clones(slab(), [(220, 226, 1.1, pen.jitter(5)), (262, 296, 1.05, -3 + pen.jitter(5))])
        + leaf(110, 340, 70, -40, HERB)
        + place(
            circle(0, 0, 30, "#f2d43d")
            + circle(0, 0, 23, "#fbf0a6")
            + line("M0-20V20M-18-10L18 10M-18 10L18-10", "#f2d43d", 4),
            374,
            342,
        )
    )


def shrimp(pen: Pen) -> str:
    def item() -> str:
        body = path(
            "M-70-60C0-96 84-50 80 20C76 70 40 92 0 92C30 70 40 40 28 16C14-14-30-20-70-24C-84-34-84-52-70-60Z", pen.a
        )
        bands = line(
            "M-20-72C-26-54-26-40-22-24M26-62C14-44 8-34 6-12M64-24C44-14 32-4 26 6M76 28C56 28 42 28 32 28M58 72C46 62 40 54 36 46",
            pen.b,
            7,
        )
        tail = path("M4 88C-20 90-44 110-48 122C-24 118-6 116 8 104C4 120 8 130 16 138C26 122 24 102 20 88Z", pen.c)
        legs = line("M-50-22L-56 2M-28-18L-30 10M-6-14L-4 14", pen.c, 5)
        feelers = line("M-76-50C-120-70-130-110-100-140M-76-44C-130-50-150-90-140-120", pen.c, 4)
        return tail + legs + feelers + body + bands + circle(-62, -46, 6, "#2b2320")

    lay = (
        ((176, 236, 0.95, -6), (322, 300, 0.95, 14)),
        ((248, 250, 1.35, 0),),
        ((306, 226, 0.92, 10), (178, 292, 0.95, -12)),
    )
    return arrange(pen, item, lay) + leaf(96, 380, 60, -24, HERB) + leaf(390, 220, 56, -60, HERB)


def crab(pen: Pen) -> str:
    legs = "".join(
        line(
            f"M{240 + s * 80} {y}C{240 + s * 130} {y - 30} {240 + s * 150} {y - 10} {240 + s * (160 - k * 8)} {y + 46}",
            mix(pen.a, pen.c, 0.3),
            15,
        )
        for s in (-1, 1)
        for k, y in enumerate((250, 278, 306))
    )
    claws = "".join(
        line(f"M{240 + s * 84} 232C{240 + s * 130} 210 {240 + s * 140} 180 {240 + s * 124} 158", pen.a, 20)
        + place(
            path(
                "M-30 20C-50-20-20-60 8-60C-6-40-4-26 2-18C10-34 24-42 38-40C44-6 10 36-30 20Z", mix(pen.a, pen.b, 0.3)
            ),
            240 + s * 118,
            134,
            1.05,
            s * 14,
        )
        for s in (-1, 1)
    )
    shell = path(
        "M132 262C132 206 182 180 240 180C298 180 348 206 348 262C348 316 300 346 240 346C180 346 132 316 132 262Z",
        pen.a,
    ) + path(
        "M132 262C132 316 180 346 240 346C300 346 348 316 348 262C330 300 290 312 240 312C190 312 150 300 132 262Z",
        pen.b,
    )
    marks = line(
        "M190 232C206 246 206 262 196 276M290 232C274 246 274 262 284 276M218 262C230 272 250 272 262 262",
        dark(pen.a, 0.3),
        6,
    )
    straw = line("M152 226C210 262 280 262 330 226M150 300C210 266 270 266 332 300M240 182V344", "#d9c07f", 8)
    eyes = circle(212, 180, 10, "#2b2320") + circle(268, 180, 10, "#2b2320")
    return legs + claws + shell + marks + eyes + (straw if pen.rng.random() < 0.6 else "")


def snail(pen: Pen) -> str:
    def item() -> str:
        coil = "".join(
            circle(dx, dy, r, mix(pen.a, pen.b, k * 0.3))
            for k, (dx, dy, r) in enumerate(((10, 10, 72), (-12, -26, 50), (-28, -52, 32), (-38, -70, 18)))
        )
        lines_ = line(
            "M-44-8C-20 24 40 20 66-28M-46-46C-30-22 10-26 22-54M-46-70C-40-56-20-58-14-70", dark(pen.a, 0.25), 5
        )
        return coil + lines_ + ellipse(36, 32, 40, 34, dark(pen.a, 0.35), -30) + ellipse(38, 32, 30, 25, "#e8d6b8", -30)

    return (
        arrange(
            pen,
            item,
            (
                ((176, 230, 0.95, 0), (306, 236, 0.9, 40), (236, 320, 1, 10)),
                ((160, 300, 0.95, -20), (306, 300, 1, 20), (236, 214, 0.9, 6)),
            ),
        )
        + leaf(96, 372, 70, -20, pen.c)
        + leaf(390, 340, 60, -120, pen.c)
    )


def driedfish(pen: Pen) -> str:
    out = ellipse(240, 344, 186, 48, "#c99f6b") + ellipse(240, 336, 160, 34, "#dab988")
    spots = [(x, y, 1, pen.rng.randint(-40, 40)) for x, y in scatter(pen, 24, 240, 300, 128, 56)]
    for k, tone in enumerate((pen.b, pen.a)):
        f = (
            path("M-54 0C-30-14 20-12 44 0L60-10V10L44 0C20 12-30 12-54 0Z", tone)
            + circle(-38, -2, 3.5, "#2b2320")
            + line("M-20 0H36", pen.c, 2.5)
        )
        out += clones(f, spots[k::2])
    return out + leaf(360, 230, 70, -40, HERB)


def egg(pen: Pen) -> str:
    def item(tone: str) -> str:
        return (
            path("M0-74C44-74 66-14 62 22C58 58 32 74 0 74C-32 74-58 58-62 22C-66-14-44-74 0-74Z", tone)
            + path("M28-64C56-44 66-8 62 22C58 58 32 74 6 74C48 40 50-20 28-64Z", dark(tone, 0.12))
            + ellipse(-24, -34, 10, 18, light(tone, 0.5), 18)
        )

    eggs = "".join(
        place(item(mix(pen.a, pen.b, pen.rng.random())), x, y, s, t + pen.jitter(6))
        for x, y, s, t in (
            (156, 238, 0.95, -12),
            (240, 222, 1, 2),
            (324, 238, 0.95, 12),
            (196, 268, 1, -4),
            (286, 270, 1, 6),
        )
    )
    straw = line(
        "".join(
            f"M{92 + pen.rng.randint(0, 250)} {300 + pen.rng.randint(0, 50)}q{20 + pen.rng.randint(0, 20)} {pen.rng.randint(-16, 16)} {50 + pen.rng.randint(0, 30)} {pen.rng.randint(-12, 12)}"
            for _ in range(18)
        ),
        "#d9b86f",
        6,
    )
    nest = path("M84 290C110 330 370 330 396 290C400 350 340 392 240 392C140 392 80 350 84 290Z", "#b98f52") + straw
    cut = ellipse(0, 0, 50, 38, "#fffaf0") + circle(4, 0, 21, pen.c) if pen.c > "#d" else ""
    return eggs + nest + (place(cut, 380, 366, 0.9, -8) if cut else leaf(380, 340, 60, -60, HERB))


def quailegg(pen: Pen) -> str:
    def item() -> str:
        specks = grains(pen, scatter(pen, 14, 0, 4, 34, 42), 5, 8, pen.b) + dots(
            scatter(pen, 12, 0, 2, 38, 46), 5, pen.c
        )
        return (
            path("M0-58C34-58 52-10 48 18C44 46 26 58 0 58C-26 58-44 46-48 18C-52-10-34-58 0-58Z", pen.a)
            + path("M22-50C44-34 52-4 48 18C44 46 26 58 6 58C38 32 40-16 22-50Z", dark(pen.a, 0.12))
            + specks
        )

    spots = ((150, 240), (240, 224), (330, 242), (194, 300), (288, 302), (130, 330), (348, 330), (240, 346))
    turned = [(x, y, 0.98, pen.rng.randint(-30, 30)) for x, y in spots]
    return clones(item(), turned[::2]) + clones(item(), turned[1::2]) + leaf(360, 200, 70, -50, HERB)


def butter(pen: Pen) -> str:
    block = (
        path("M110 230L290 186L378 226L190 278Z", pen.b)
        + path("M110 230L190 278V368L110 312Z", pen.a)
        + path("M190 278L378 226V306L190 368Z", mix(pen.a, pen.c, 0.25))
    )
    curl = path(
        "M250 200C262 160 320 154 330 186C336 210 300 214 298 196C302 186 312 190 310 196C318 176 290 172 282 206Z",
        light(pen.b, 0.3),
    )
    knife = place(
        rect(-120, -9, 150, 20, "#cfd3d6", 8) + rect(30, -10, 90, 20, "#8a5a38", 9), 324, 372, 1, -8 + pen.jitter(4)
    )
    marks = line("M214 300L360 260M214 326L360 284", mix(pen.a, pen.c, 0.5), 4)
    return ellipse(240, 368, 186, 28, "#f1e8d8") + block + marks + curl + knife


def cheese(pen: Pen) -> str:
    def tile(h: float) -> str:
        return (
            path("M-90-20L20-48L92-14L-20 18Z", pen.b if h > 40 else pen.a)
            + path(f"M-90-20L-20 18V{18 + h}L-90 {h - 20}Z", pen.a)
            + path(f"M-20 18L92-14V{h - 14}L-20 {18 + h}Z", dark(pen.b, 0.07))
            + line("M-50-20L26-38M-20-4L60-24", mix(pen.b, pen.c, 0.4), 3)
        )

    lay = pen.rng.choice(
        (
            ((176, 300, 1.1, 46), (306, 316, 1.05, 46), (244, 226, 1.05, 40)),
            ((240, 318, 1.3, 26), (240, 274, 1.25, 26), (236, 232, 1.2, 26), (246, 190, 1.15, 26)),
        )
    )
    tiles = "".join(place(tile(h), x, y, s, pen.jitter(5)) for x, y, s, h in lay)
    return (
        ellipse(240, 372, 180, 24, "#b9855a")
        + ellipse(240, 366, 170, 20, "#cfa070")
        + tiles
        + dots(scatter(pen, 8, 240, 220, 60, 20), 6, pen.c)
    )


def tofu(pen: Pen) -> str:
    def cube() -> str:
        return (
            path("M-70-30L10-54L74-26L-8 4Z", pen.b)
            + path("M-70-30L-8 4V64L-70 28Z", pen.a)
            + path("M-8 4L74-26V34L-8 64Z", dark(pen.a, 0.12))
            + dots(scatter(pen, 8, 0, -24, 40, 14), 5, pen.a)
        )

    spots = pen.rng.choice(
        (
            ((150, 300), (250, 326), (340, 300), (206, 240), (298, 238), (250, 178)),
            ((168, 310), (290, 322), (230, 236), (330, 250)),
        )
    )
    return (
        board(pen)
        + clones(cube(), [(x, y, 1.02, pen.jitter(4)) for x, y in sorted(spots, key=lambda s: s[1])])
        + leaf(90, 350, 60, -20, HERB)
    )


def ricecake(pen: Pen) -> str:
    def cake() -> str:
        return (
            ellipse(0, 16, 88, 44, dark(pen.b, 0.1))
            + rect(-88, 0, 176, 16, dark(pen.b, 0.1))
            + ellipse(0, 0, 88, 44, pen.a)
            + ellipse(-14, -8, 46, 18, light(pen.a, 0.6))
            + circle(4, 2, 15, "#c9433a")
            + "".join(circle(x, y * 0.6, 4, "#c9433a") for x, y, _ in ring(8, 4, 3, 34))
        )

    return (
        path("M60 340C120 300 360 300 430 346C360 396 130 398 60 340Z", pen.c)
        + line("M76 342C180 330 320 332 416 346", dark(pen.c, 0.2), 4)
        + arrange(
            pen,
            cake,
            (
                ((172, 262, 0.95, -4), (312, 266, 0.95, 4), (240, 318, 1.05, 0)),
                ((240, 320, 1.05, 0), (238, 268, 1, -2), (242, 216, 0.95, 2)),
            ),
        )
    )


def candy(pen: Pen) -> str:
    seeds = grains(pen, scatter(pen, 9, 0, -14, 44, 12), 5, 4, pen.c)
    bar = (
        path("M-64-16L40-36L66-16L-36 8Z", pen.b)
        + path("M-64-16L-36 8V34L-64 10Z", pen.a)
        + path("M-36 8L66-16V10L-36 34Z", dark(pen.a, 0.12))
    )
    heap = sorted(scatter(pen, 10, 240, 276, 116, 74), key=lambda s: s[1])
    return board(pen) + clones(bar + seeds, [(x, y, 1, pen.jitter(12)) for x, y in heap])


def pastry(pen: Pen) -> str:
    def cake() -> str:
        petals = "".join(ellipse(x, y * 0.55, 17, 10, dark(pen.a, 0.14), t) for x, y, t in ring(8, 0, 0, 40))
        return (
            path("M-86 0C-86 30-60 44 0 44C60 44 86 30 86 0Z", dark(pen.a, 0.2))
            + ellipse(0, 0, 86, 42, pen.a)
            + petals
            + circle(0, 0, 13, pen.b)
        )

    broken = (
        path("M-80 0C-80-44 60-50 70-10L40 30C0 20-60 40-80 0Z", pen.a)
        + path("M70-10L40 30C50 40 70 30 84 12Z", dark(pen.a, 0.2))
        + path("M40 30C0 20-60 40-80 0C-76 34-40 50 10 46Z", pen.b)
    )
    flower = (
        "".join(
            circle(x, y, 21, mix(pen.b, "#ffffff", 0.15 * (i % 2))) for i, (x, y, _) in enumerate(ring(5, 370, 196, 24))
        )
        + circle(370, 196, 13, light(pen.b, 0.6))
        + leaf(352, 220, 50, 140, HERB)
    )
    return (
        flower
        + arrange(pen, cake, (((172, 244, 0.98, -4), (306, 266, 0.98, 4)), ((240, 300, 1.05, 0), (190, 234, 0.98, -5))))
        + place(broken, 206, 346, 0.98, pen.jitter(6))
        + leaf(110, 392, 30, -20, HERB)
    )


def naan(pen: Pen) -> str:
    def bread() -> str:
        prick = dots(
            [(x, y) for r, n in ((26, 7), (46, 12), (8, 3)) for x, y, _ in ring(n, 0, 0, r)], 7, dark(pen.a, 0.3)
        )
        return (
            circle(0, 0, 96, pen.a)
            + circle(0, 0, 76, dark(pen.a, 0.14))
            + circle(0, 0, 66, pen.b)
            + prick
            + dots(scatter(pen, 18, 0, 0, 90, 90), 5, light(pen.b, 0.5))
            + line("M-84-30A90 90 0 0 1-30-84", light(pen.b, 0.2), 7)
        )

    return ellipse(240, 376, 170, 20, pen.c) + arrange(
        pen,
        bread,
        (
            ((176, 236, 1, -10), (306, 284, 1.04, 12)),
            ((300, 230, 0.95, 8), (180, 284, 1.06, -8)),
            ((240, 248, 1.4, 0),),
        ),
    )


def sugarblock(pen: Pen) -> str:
    def block() -> str:
        return (
            path("M-60-26L16-50L68-24L-8 4Z", pen.b)
            + path("M-60-26L-8 4V56L-60 24Z", pen.a)
            + path("M-8 4L68-24V26L-8 56Z", dark(pen.a, 0.18))
            + dots(scatter(pen, 9, 4, -24, 40, 14), 5, pen.c)
        )

    cane = "".join(
        place(
            rect(-15, -150, 30, 300, "#8fae5a", 12) + line("M-15-80H15M-15 0H15M-15 80H15", "#5f7f3d", 6), x, 226, 1, t
        )
        for x, t in ((120, -18), (160, -8))
    )
    return (
        cane
        + board(pen)
        + clones(
            block(),
            [(x, y, 1.12, pen.jitter(5)) for x, y in ((292, 212), (226, 262), (350, 268), (170, 316), (290, 320))],
        )
    )


FAMILIES = {
    f.__name__: f
    for f in (
        ham, bacon, sausage, jerky, porkcut, beef, lambrack, lambleg, meatroll, ribs, chicken, duck, fish, salmon, shrimp, crab, snail,
        driedfish, egg, quailegg, butter, cheese, tofu, ricecake, candy, pastry, naan, sugarblock,
    )
}  # fmt: skip
