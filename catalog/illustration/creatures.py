"""Poultry, fish, shellfish and eggs. Each function draws the family of its name."""

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
    scatter,
)
from catalog.illustration.meat import HERB


def chicken(pen: Pen) -> str:
    """A chicken."""
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
    """A duck."""
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
    """A fish."""
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
    """Slabs of salmon or trout."""

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
    """Shrimps."""

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
    """A crab."""
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
    """River snails."""

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
    """Dried fish."""
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
    """Eggs."""

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
    """Quail eggs."""

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


FAMILIES = {
    f.__name__: f
    for f in (
        chicken, duck, fish, salmon, shrimp, crab, snail, driedfish, egg, quailegg,
    )
}  # fmt: skip
