"""Scenes with a place to stay: full sheets with sky and hills. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import Pen, circle, dark, dots, ellipse, light, line, mix, path, place, rect, scatter

SKY = "#e3eef0"
PINE = "#5f8a5a"


def house(x: float, y: float, w: float, wall: str, roof: str) -> str:
    """A house with a curved roof that stands at (x, y)."""
    h = w * 0.5
    body = rect(x - w / 2, y - h, w, h, wall) + rect(x + w * 0.2, y - h, w * 0.3, h, dark(wall, 0.1))
    top = path(
        f"M{x - w * 0.62:.0f} {y - h:.0f}C{x - w * 0.4:.0f} {y - h * 1.2:.0f} {x - w * 0.3:.0f} {y - h * 1.6:.0f} {x - w * 0.26:.0f} {y - h * 1.75:.0f}H{x + w * 0.26:.0f}C{x + w * 0.3:.0f} {y - h * 1.6:.0f} {x + w * 0.4:.0f} {y - h * 1.2:.0f} {x + w * 0.62:.0f} {y - h:.0f}Z",
        roof,
    )
    windows = (
        rect(x - w * 0.36, y - h * 0.72, w * 0.18, h * 0.36, "#f6d58a", 2)
        + rect(x - w * 0.06, y - h * 0.68, w * 0.16, h * 0.68, dark(roof, 0.25), 2)
        + rect(x + w * 0.26, y - h * 0.72, w * 0.16, h * 0.36, "#f6d58a", 2)
    )
    return body + top + windows


def ridge(pen: Pen, y: float, height: float, colour: str) -> str:
    """A range of round hills whose foot is at `y`."""
    k = [y - height * (0.4 + pen.rng.random() * 0.6) for _ in range(3)]
    return path(
        f"M0 {y:.0f}C60 {k[0]:.0f} 110 {k[0]:.0f} 170 {y - 20:.0f}C220 {k[1]:.0f} 280 {k[1]:.0f} 330 {y - 24:.0f}C380 {k[2]:.0f} 430 {k[2]:.0f} 480 {y - 10:.0f}V480H0Z",
        colour,
    )


def sky(pen: Pen, tone: str = SKY) -> str:
    """Sky with a sun and clouds."""
    x = 90 + pen.rng.randint(0, 300)
    cloud = "".join(
        ellipse(cx + dx, cy, rx, 13, "#ffffffb3")
        for cx, cy in ((120 + pen.jitter(40), 96), (340 + pen.jitter(40), 66))
        for dx, rx in ((0, 44), (30, 30), (-26, 26))
    )
    return rect(0, 0, 480, 480, tone) + circle(x, 96, 36, "#f6d58a") + cloud


def tree(x: float, y: float, r: float, colour: str = PINE) -> str:
    """A round tree that stands at (x, y)."""
    return (
        rect(x - 4, y - 6, 8, r * 0.9, "#8a6642")
        + circle(x, y - r * 0.7, r, colour)
        + circle(x + r * 0.3, y - r * 0.5, r * 0.6, dark(colour, 0.12))
    )


def village(pen: Pen) -> str:
    """A village."""
    houses = "".join(
        house(x, y, w, "#f3e6cf", mix(pen.a, tone, 0.3))
        for x, y, w, tone in ((128, 290, 96, "#3b2a22"), (330, 276, 104, pen.a), (232, 322, 124, pen.a))
    )
    road = path("M200 480C210 420 300 400 262 330H288C350 400 300 430 330 480Z", "#f0dfbf")
    flag = line("M392 330V220", "#8a6642", 5) + path(
        "M394 222C410 214 424 230 442 222V254C424 262 410 246 394 254Z", "#c9433a"
    )
    return (
        sky(pen, mix(SKY, pen.c, 0.12))
        + ridge(pen, 250, 150, mix(pen.c, pen.b, 0.5))
        + ridge(pen, 290, 70, light(pen.b, 0.2))
        + houses
        + path("M0 330C140 300 320 340 480 312V480H0Z", pen.b)
        + road
        + tree(76, 352, 34)
        + tree(408, 372, 30, "#74a060")
        + flag
        + line("".join(f"M{x:.0f} {y:.0f}v-10" for x, y in scatter(pen, 26, 120, 428, 120, 40)), dark(pen.b, 0.2), 4)
    )


def farmhouse(pen: Pen) -> str:
    """A farmhouse."""
    lanterns = line("M130 262V276M350 262V276", "#8a6642", 3) + "".join(
        ellipse(x, 292, 16, 19, "#c9433a") + rect(x - 8, 272, 16, 5, "#e3b23f") + rect(x - 8, 308, 16, 5, "#e3b23f")
        for x in (130, 350)
    )
    table = (
        ellipse(240, 404, 118, 30, "#a8744c")
        + ellipse(240, 398, 118, 28, "#c79a68")
        + "".join(
            ellipse(x, y, 22, 8, "#fbf5e9") + ellipse(x, y - 2, 15, 5, tone)
            for x, y, tone in (
                (190, 392, pen.a),
                (240, 386, pen.c),
                (290, 392, pen.b),
                (214, 408, "#e3b23f"),
                (266, 408, "#8fae4a"),
            )
        )
    )
    stools = "".join(
        ellipse(x, y, 24, 9, "#b58a5c") + rect(x - 18, y, 36, 22, "#9a7046", 4)
        for x, y in ((92, 402), (388, 402), (150, 440), (330, 440))
    )
    return (
        sky(pen)
        + ridge(pen, 270, 140, mix(pen.c, SKY, 0.4))
        + house(240, 346, 280, pen.b, pen.a)
        + rect(0, 344, 480, 136, mix(pen.c, "#e9d8b0", 0.45))
        + lanterns
        + tree(58, 334, 42, pen.c)
        + tree(430, 338, 36, dark(pen.c, 0.1))
        + stools
        + table
    )


def pine(x: float, y: float, h: float, colour: str = PINE) -> str:
    """A pine that stands at (x, y)."""
    return rect(x - 4, y - 10, 8, 16, "#7a5a3c") + path(
        f"M{x} {y - h:.0f}L{x + h * 0.32:.0f} {y - h * 0.4:.0f}H{x + h * 0.16:.0f}L{x + h * 0.4:.0f} {y - 6:.0f}H{x - h * 0.4:.0f}L{x - h * 0.16:.0f} {y - h * 0.4:.0f}H{x - h * 0.32:.0f}Z",
        colour,
    )


def stonehouse(pen: Pen) -> str:
    """A stone house with its tower."""

    def tower(x: float, y: float, w: float, h: float) -> str:
        body = path(f"M{x - w / 2} {y}L{x - w * 0.42:.0f} {y - h}H{x + w * 0.42:.0f}L{x + w / 2} {y}Z", pen.a) + path(
            f"M{x + w * 0.16:.0f} {y - h}H{x + w * 0.42:.0f}L{x + w / 2} {y}H{x + w * 0.2:.0f}Z", dark(pen.a, 0.14)
        )
        stones = line(
            "".join(
                f"M{x + dx:.0f} {y - h + dy:.0f}h12"
                for dx in (-w * 0.3, -w * 0.02, w * 0.2)
                for dy in range(30, int(h) - 6, 24)
            ),
            dark(pen.a, 0.2),
            3,
        )
        roof = rect(x - w * 0.5, y - h - 10, w, 14, pen.b, 3) + "".join(
            rect(x + dx * w, y - h * 0.66, w * 0.16, w * 0.22, dark(pen.b, 0.2))
            + rect(x + dx * w - 3, y - h * 0.66 - 6, w * 0.16 + 6, 6, "#f3e6cf")
            for dx in (-0.28, 0.1)
        )
        return body + stones + roof

    peaks = path("M-20 300L70 130L130 210L230 70L320 220L390 120L520 300V480H-20Z", mix(pen.c, SKY, 0.35)) + path(
        "M70 130L96 166L74 182L50 168ZM230 70L268 134L234 154L198 118ZM390 120L420 152L392 170L364 154Z", "#fdfbf5"
    )
    return (
        sky(pen)
        + peaks
        + ridge(pen, 300, 80, pen.c)
        + tower(330, 330, 70, 190 + pen.jitter(16))
        + tower(130, 350, 116, 116)
        + tower(240, 366, 130, 140 + pen.jitter(12))
        + path("M0 356C120 330 340 380 480 346V480H0Z", dark(pen.c, 0.1))
        + pine(48, 392, 90)
        + pine(424, 402, 100, "#4f7a52")
        + line("M230 366C220 400 260 420 240 480", "#e3d3ae", 20)
        + dots(scatter(pen, 16, 350, 440, 110, 26), 7, "#f2c73f")
    )


def stilthouse(pen: Pen) -> str:
    """A house on stilts."""

    def cabin(x: float, y: float, w: float) -> str:
        legs = "".join(rect(x + k * w * 0.4 - 4, y - 8, 8, 62, dark(pen.a, 0.3)) for k in (-1, -0.34, 0.34, 1))
        wall = rect(x - w / 2, y - w * 0.42, w, w * 0.42, pen.a) + line(
            "".join(f"M{x - w / 2 + k * w / 8:.0f} {y - w * 0.4:.0f}V{y:.0f}" for k in range(1, 8)),
            dark(pen.a, 0.16),
            3,
        )
        rail = rect(x - w * 0.56, y - 16, w * 1.12, 8, dark(pen.a, 0.25)) + rect(
            x - w * 0.56, y - 2, w * 1.12, 8, dark(pen.a, 0.25)
        )
        roof = path(
            f"M{x - w * 0.7:.0f} {y - w * 0.38:.0f}C{x - w * 0.5:.0f} {y - w * 0.48:.0f} {x - w * 0.34:.0f} {y - w * 0.66:.0f} {x - w * 0.28:.0f} {y - w * 0.74:.0f}H{x + w * 0.28:.0f}C{x + w * 0.34:.0f} {y - w * 0.66:.0f} {x + w * 0.5:.0f} {y - w * 0.48:.0f} {x + w * 0.7:.0f} {y - w * 0.38:.0f}Z",
            "#5f5a5a",
        )
        lights = "".join(rect(x + k * w - 9, y - w * 0.32, 18, 22, "#f6d58a", 2) for k in (-0.28, 0, 0.28))
        return legs + wall + lights + rail + roof

    water = rect(0, 392, 480, 88, "#9cc4c9") + line("M40 420H140M200 436H330M300 412H420M80 456H180", "#bfdcdc", 5)
    return (
        sky(pen, mix(SKY, pen.c, 0.15))
        + ridge(pen, 260, 170, mix(pen.c, SKY, 0.45))
        + ridge(pen, 320, 110, pen.c)
        + cabin(128, 260, 110)
        + cabin(352, 272, 124)
        + cabin(240, 344, 158 + pen.jitter(8))
        + water
        + tree(50, 372, 30, dark(pen.c, 0.12))
        + tree(432, 380, 34, dark(pen.c, 0.08))
    )


def cavehouse(pen: Pen) -> str:
    """Cave dwellings (yaodong)."""

    def cave(x: float) -> str:
        arch = path(f"M{x - 54} 372V286C{x - 54} 216 {x + 54} 216 {x + 54} 286V372Z", light(pen.a, 0.4)) + path(
            f"M{x - 42} 372V290C{x - 42} 232 {x + 42} 232 {x + 42} 290V372Z", dark(pen.b, 0.35)
        )
        lattice = (
            path(f"M{x - 36} 318V290C{x - 36} 240 {x + 36} 240 {x + 36} 290V318Z", "#f6dfa5")
            + line(f"M{x - 36} 290H{x + 36}M{x} 252V318M{x - 18} 258V318M{x + 18} 258V318", "#8a5a38", 4)
            + rect(x - 14, 320, 28, 52, "#8a5a38", 2)
        )
        return arch + lattice + place(rect(-12, -12, 24, 24, pen.c), x, 346, 0.8, 45)

    cliff = path("M0 210C80 150 180 190 250 160C330 130 420 180 480 150V480H0Z", pen.a) + line(
        "M0 250C120 220 300 236 480 206M30 214C140 190 260 210 430 184", dark(pen.a, 0.14), 6
    )
    corn = "".join(
        dots([(x + k % 2 * 10, 250 + k * 11) for k in range(7)], 15, "#f2c437") for x in (156, 318)
    ) + "".join(dots([(x, 250 + k * 10) for k in range(7)], 10, pen.c) for x in (172, 306))
    dates = tree(432, 372, 40, "#7d9a4c") + dots(scatter(pen, 9, 432, 342, 30, 26), 9, pen.c)
    return (
        sky(pen, "#f3ead6")
        + ridge(pen, 190, 120, light(pen.b, 0.45))
        + cliff
        + cave(96)
        + cave(238)
        + cave(380)
        + corn
        + rect(0, 370, 480, 110, light(pen.a, 0.25))
        + dates
        + line("M60 420H160M220 440H360", pen.a, 5)
        + ellipse(110 + pen.jitter(20), 430, 34, 9, pen.b)
    )


def yurt(pen: Pen) -> str:
    """Yurts."""

    def tent(x: float, y: float, w: float) -> str:
        wall = path(
            f"M{x - w / 2} {y}V{y - w * 0.36:.0f}C{x - w * 0.3:.0f} {y - w * 0.42:.0f} {x + w * 0.3:.0f} {y - w * 0.42:.0f} {x + w / 2} {y - w * 0.36:.0f}V{y}Z",
            pen.a,
        ) + path(
            f"M{x - w * 0.54:.0f} {y - w * 0.34:.0f}C{x - w * 0.3:.0f} {y - w * 0.62:.0f} {x - w * 0.1:.0f} {y - w * 0.7:.0f} {x} {y - w * 0.7:.0f}C{x + w * 0.1:.0f} {y - w * 0.7:.0f} {x + w * 0.3:.0f} {y - w * 0.62:.0f} {x + w * 0.54:.0f} {y - w * 0.34:.0f}Z",
            light(pen.a, 0.3),
        )
        trim = line(f"M{x - w * 0.5:.0f} {y - w * 0.33:.0f}H{x + w * 0.5:.0f}", pen.b, w * 0.05) + line(
            f"M{x - w * 0.44:.0f} {y - w * 0.2:.0f}"
            + f"l{w * 0.055:.0f} {w * 0.07:.0f}l{w * 0.055:.0f} {-w * 0.07:.0f}" * 8,
            pen.b,
            4,
        )
        door = rect(x - w * 0.11, y - w * 0.3, w * 0.22, w * 0.3, "#c9573f", 3) + circle(
            x, y - w * 0.72, w * 0.07, pen.b
        )
        return (
            wall
            + trim
            + door
            + path(
                f"M{x + w * 0.3:.0f} {y}V{y - w * 0.38:.0f}L{x + w / 2} {y - w * 0.36:.0f}V{y}Z",
                dark(pen.a, 0.12) + "66",
            )
        )

    sheep = "".join(
        ellipse(x, y, 19, 13, "#fffaf0")
        + circle(x + 18, y - 5, 7, "#5a4a42")
        + line(f"M{x - 9} {y + 10}v9M{x + 9} {y + 10}v9", "#5a4a42", 4)
        for x, y in ((96 + pen.jitter(20), 420), (160 + pen.jitter(20), 440), (396 + pen.jitter(20), 430))
    )
    return (
        sky(pen, "#dcebf0")
        + ridge(pen, 276, 90, mix(pen.c, SKY, 0.4))
        + path("M0 300C140 270 340 310 480 280V480H0Z", pen.c)
        + path("M0 380C160 350 330 400 480 366V480H0Z", dark(pen.c, 0.07))
        + tent(376, 316, 110)
        + tent(200, 384, 220)
        + sheep
    )


FAMILIES = {
    f.__name__: f
    for f in (
        village, farmhouse, stonehouse, stilthouse, cavehouse, yurt,
    )
}  # fmt: skip
