"""Scenes for a day out: full sheets with sky and hills. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    circle,
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
from catalog.illustration.homes import SKY, house, pine, ridge, sky, tree


def terraces(pen: Pen) -> str:
    """Rice terraces."""
    out = sky(pen, mix(SKY, pen.c, 0.2)) + ridge(pen, 210, 130, mix(pen.a, SKY, 0.5))
    for i in range(8):
        y = 214 + i * 34
        sway = 40 * (1 if i % 2 else -1) + pen.jitter(14)
        tone = pen.c if i % 3 == pen.rng.randint(0, 2) else mix(pen.a, pen.b, (i % 4) / 5)
        out += path(f"M0 {y:.0f}C120 {y + sway:.0f} 300 {y - sway:.0f} 480 {y + sway * 0.4:.0f}V480H0Z", tone) + line(
            f"M0 {y:.0f}C120 {y + sway:.0f} 300 {y - sway:.0f} 480 {y + sway * 0.4:.0f}", dark(pen.a, 0.22), 5
        )
    hat = place(
        path("M-26 0L0-26L26 0Z", "#e3c07f") + path("M-16 2H16L22 50H-22Z", "#4f6f9a"), 150 + pen.jitter(30), 330
    )
    return out + hat + tree(396, 300, 24) + house(330, 262, 56, "#f3e6cf", "#8a5a38")


def orchard(pen: Pen) -> str:
    """An orchard."""

    def fruit_tree(x: float, y: float, r: float) -> str:
        fruit = "".join(circle(u, v, r * 0.15, pen.a) for u, v in scatter(pen, 9, x, y, r * 0.8, r * 0.66))
        return (
            rect(x - r * 0.13, y + r * 0.5, r * 0.26, r * 0.95, "#8a6642", 4)
            + circle(x, y, r, pen.b)
            + circle(x - r * 0.6, y + r * 0.25, r * 0.6, pen.b)
            + circle(x + r * 0.6, y + r * 0.25, r * 0.62, dark(pen.b, 0.1))
            + fruit
        )

    crate = (
        path("M270 388H412L402 452H280Z", pen.c)
        + line("M276 410H406M278 432H404", dark(pen.c, 0.2), 4)
        + "".join(
            circle(x, y, 21, mix(pen.a, "#ffffff", k))
            for x, y, k in ((296, 378, 0), (334, 370, 0.1), (372, 378, 0), (316, 362, 0.15), (354, 360, 0))
        )
    )
    rows = line("M0 380C160 350 320 350 480 372M0 420C160 396 320 396 480 412", dark(pen.b, 0.06), 5)
    return (
        sky(pen)
        + ridge(pen, 270, 120, mix(pen.b, SKY, 0.45))
        + path("M0 300C150 270 330 280 480 296V480H0Z", light(pen.b, 0.3))
        + rows
        + fruit_tree(372, 236, 44)
        + fruit_tree(254, 226, 50)
        + fruit_tree(124, 250 + pen.jitter(8), 86)
        + crate
        + ellipse(120, 392, 80, 12, dark(pen.b, 0.15))
    )


def flowerfield(pen: Pen) -> str:
    """A field of flowers."""
    out = (
        sky(pen, mix(SKY, pen.c, 0.2))
        + ridge(pen, 250, 150, mix(pen.c, pen.b, 0.4))
        + house(352, 272, 70, "#f3e6cf", "#6b6058")
        + tree(420, 284, 24)
        + tree(296, 280, 20)
    )
    for i in range(5):
        y = 282 + i * 36
        out += path(
            f"M0 {y}C140 {y - 18} 330 {y + 14} 480 {y - 8}V480H0Z", mix(pen.a, pen.b, 0.45 if i % 2 else 0.1)
        ) + dots(scatter(pen, 16, 240, y + 14, 240, 14), 8 + i * 2, light(pen.a, 0.4))
    wheel = "".join(
        f'<circle cx="{x}" cy="392" r="30" fill="none" stroke="#4a4a52" stroke-width="6"/>' for x in (150, 236)
    )
    bike = line(
        "M150 392L178 348H222L236 392M178 348L196 392L222 348M150 392H196M222 348L218 334H236M172 340H190", "#c9433a", 6
    )
    return out + wheel + bike


def raft(pen: Pen) -> str:
    """A raft on a river."""
    peaks = "".join(
        path(
            f"M{x - w} 300C{x - w * 0.8:.0f} {y + 60} {x - w * 0.4:.0f} {y} {x} {y}C{x + w * 0.4:.0f} {y} {x + w * 0.8:.0f} {y + 60} {x + w} 300Z",
            mix(pen.a, SKY, k),
        )
        for x, y, w, k in (
            (90, 110, 80, 0.5),
            (250, 80 + pen.jitter(20), 70, 0.4),
            (400, 120, 90, 0.45),
            (170, 150, 70, 0.15),
            (340, 160 + pen.jitter(16), 76, 0.1),
            (20, 180, 60, 0.05),
        )
    )
    water = (
        rect(0, 296, 480, 184, mix(pen.b, SKY, 0.35))
        + path("M100 300C130 350 200 380 170 300ZM290 300C320 352 380 350 400 300Z", mix(pen.b, pen.a, 0.3))
        + line("M30 330H110M220 350H300M360 340H440M60 430H150M330 440H430", "#e3f0ee", 5)
    )
    poles = "".join(rect(120, 384 + k * 9, 240, 9, mix(pen.c, "#8a6a35", 0.2 * (k % 2)), 4) for k in range(4)) + path(
        "M120 384L92 372L100 390ZM120 412L92 420L110 398Z", pen.c
    )
    man = (
        path("M206 330H238L246 386H198Z", "#4f6f9a")
        + circle(222, 312, 14, "#e3b78f")
        + path("M190 310L222 284L254 310Z", "#e3c07f")
        + line("M236 340L276 330M276 190L270 430", "#8a6a45", 6)
    )
    stool = rect(290, 352, 40, 10, "#a8744c", 3) + rect(296, 362, 6, 24, "#8a5a38") + rect(318, 362, 6, 24, "#8a5a38")
    return (
        sky(pen)
        + peaks
        + water
        + poles
        + man
        + stool
        + leaf(430, 480, 120, -120, "#6c9447")
        + leaf(450, 480, 110, -90, "#7fa35a")
    )


def snowvillage(pen: Pen) -> str:
    """A village in snow."""
    cabin = house(196, 356, 170, "#b5814f", pen.b) + path(
        "M92 272C120 262 140 224 152 208H240C252 224 270 262 300 272C270 278 250 262 230 270C210 262 190 278 170 268C140 280 110 268 92 272Z",
        "#ffffff",
    )
    smoke = line("M236 206C226 184 252 176 242 154C236 140 252 132 250 118", "#ffffffcc", 12) + rect(
        228, 196, 18, 30, "#8a5a38"
    )
    flakes = dots([(pen.rng.randint(6, 474), pen.rng.randint(6, 330)) for _ in range(40)], 7, "#ffffff")
    man = (
        circle(372, 392, 34, "#ffffff")
        + circle(372, 346, 24, "#ffffff")
        + path("M372 346l22 6l-22 4Z", "#ef7b2d")
        + circle(364, 340, 3, "#3b2a22")
        + circle(380, 340, 3, "#3b2a22")
        + line("M350 366C364 374 382 374 394 366", pen.b, 9)
        + dots([(372, 386), (372, 402)], 6, "#3b2a22")
    )
    return (
        rect(0, 0, 480, 480, mix(pen.c, "#ffffff", 0.45))
        + ridge(pen, 270, 160, mix(pen.c, "#ffffff", 0.25))
        + ridge(pen, 300, 80, mix(pen.a, pen.c, 0.25))
        + pine(66, 350, 130, "#5f8a7a")
        + pine(330, 330, 110, "#6b9486")
        + pine(432, 350, 120, "#5f8a7a")
        + path("M0 340C140 310 330 352 480 326V480H0Z", pen.a)
        + cabin
        + smoke
        + man
        + ellipse(190, 424, 70, 10, dark(pen.a, 0.06))
        + flakes
    )


FAMILIES = {
    f.__name__: f
    for f in (
        terraces, orchard, flowerfield, raft, snowvillage,
    )
}  # fmt: skip
