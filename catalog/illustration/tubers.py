"""Vegetables from below the ground, and mixed boxes. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
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
    ring,
    scatter,
)


def potato(pen: Pen) -> str:
    """Potatoes."""

    def item() -> str:
        body = path("M-88-6C-92-52-40-72 8-64C62-60 96-30 90 12C86 54 36 70-10 66C-56 64-84 40-88-6Z", pen.a)
        shade = path("M54-50C84-34 94-14 90 12C86 54 36 70-10 66C56 52 76 0 54-50Z", dark(pen.a, 0.16))
        eyes = line(
            "".join(f"M{x:.0f} {y:.0f}q6 5 12 0" for x, y in scatter(pen, 8, -12, 2, 56, 40)), dark(pen.a, 0.3), 4
        )
        return body + shade + eyes + ellipse(-46, -30, 16, 9, light(pen.a, 0.4), -24)

    cut = ellipse(0, 0, 74, 56, pen.a) + ellipse(0, 0, 66, 48, pen.b) + ellipse(-10, -8, 36, 22, light(pen.b, 0.4))
    return arrange(pen, item) + place(cut, 320, 352, 0.85, pen.jitter(14))


def sweetpotato(pen: Pen) -> str:
    """Sweet potatoes."""

    def item() -> str:
        body = path("M-126 14C-92-6-70-56 4-52C70-50 92-6 128-20C106 24 66 52-6 54C-68 56-92 24-126 14Z", pen.a)
        shade = path("M60-34C92-8 104-10 128-20C106 24 66 52-6 54C60 36 70-4 60-34Z", dark(pen.a, 0.18))
        return body + shade + line("M-60-14q14 10 26 2M-10 20q16 8 30 0M20-26q12 8 24 0", dark(pen.a, 0.3), 4)

    cut = ellipse(0, 0, 60, 46, pen.a) + ellipse(0, 0, 53, 39, pen.b) + ellipse(0, 0, 34, 22, light(pen.b, 0.22))
    return (
        place(item(), 236, 210, 1.08, -14 + pen.jitter(6))
        + place(item(), 226, 306, 1.15, 8 + pen.jitter(6))
        + place(cut, 336, 336, 1.02, -12)
    )


def radish(pen: Pen) -> str:
    """Radishes."""

    def item() -> str:
        tops = "".join(
            leaf(0, -96, 96, t + pen.jitter(6), mix(pen.c, "#ffffff", 0.1 if t == -90 else 0))
            for t in (-128, -52, -106, -74, -90)
        )
        body = path("M0-104C44-104 50-60 46-10C40 60 20 110 2 150C-18 110-40 60-46-10C-50-60-44-104 0-104Z", pen.a)
        crown = path("M0-104C44-104 50-66 48-40C20-56-20-56-48-40C-50-66-44-104 0-104Z", mix(pen.b, pen.a, 0.35))
        return (
            tops
            + body
            + crown
            + path("M26-94C48-80 50-50 46-10C40 60 20 110 4 148C24 60 40-20 26-94Z", dark(pen.a, 0.1))
            + line("M-30 4h18M-22 40h14", dark(pen.a, 0.18), 4)
        )

    return arrange(
        pen,
        item,
        (
            ((182, 254, 0.95, -18), (300, 262, 0.95, 16)),
            ((190, 262, 0.95, 14), (304, 258, 0.92, -12)),
            ((240, 258, 1, 0), (150, 268, 0.84, 26), (330, 268, 0.84, -26)),
        ),
    )


def carrot(pen: Pen) -> str:
    """Carrots."""

    def item() -> str:
        tops = line(
            "M0-90C-10-130-34-140-44-160M0-90C0-130 0-150 2-172M0-90C10-130 36-140 46-158M0-96C-20-116-46-110-60-126M0-96C20-116 46-110 62-124",
            pen.c,
            10,
        )
        body = path("M-36-84C-20-102 20-102 36-84C36-20 20 80 2 140C-18 80-36-20-36-84Z", pen.a)
        return (
            tops
            + body
            + path("M16-96C30-92 36-88 36-84C36-20 20 80 4 136C18 50 24-40 16-96Z", dark(pen.a, 0.16))
            + line("M-26-50h22M-2-16h20M-20 20h18M0 58h12", dark(pen.a, 0.25), 4)
        )

    return arrange(
        pen,
        item,
        (
            ((166, 262, 0.95, 20), (242, 258, 1.02, 0), (318, 262, 0.95, -20)),
            ((188, 258, 1.05, 14), (300, 264, 1.05, -16)),
            ((140, 272, 0.85, 30), (206, 256, 0.95, 10), (274, 256, 0.95, -10), (342, 272, 0.85, -30)),
        ),
    )


def garlic(pen: Pen) -> str:
    """Garlic."""

    def item() -> str:
        body = path(
            "M-10-104C-6-70-2-60 10-60C14-60 8-86 16-104C22-60 86-30 84 22C82 66 40 78 0 78C-40 78-82 66-84 22C-86-30-16-60-10-104Z",
            pen.a,
        )
        cloves = line("M-4-56C-40-20-50 30-34 70M6-56C40-20 52 30 36 70M1-50C-4 0-2 40 0 74", mix(pen.a, pen.b, 0.6), 5)
        return (
            body
            + path("M20-60C86-30 96 20 80 40C70 70 40 78 4 78C56 50 60-6 20-60Z", mix(pen.a, pen.b, 0.35))
            + cloves
            + line("M-16 80l-6 10M0 80v12M16 80l6 10", "#b09a7c", 4)
        )

    clove = path("M0-40C30-20 36 30 6 40C-24 40-26-10 0-40Z", light(pen.a, 0.3)) + path(
        "M6-30C30-10 34 28 6 40C18 20 16-6 6-30Z", mix(pen.a, pen.b, 0.4)
    )
    return arrange(pen, item) + place(clove, 126, 356, 1, -30) + place(clove, 360, 356, 1, 40)


def ginger(pen: Pen) -> str:
    """Ginger."""
    knobs = (
        (150, 270, 62, 46, -20),
        (222, 250, 66, 58, 10),
        (300, 276, 74, 48, 14),
        (352, 236, 36, 50, 30),
        (236, 178, 34, 56, -8),
        (166, 328, 48, 34, 10),
        (282, 332, 44, 38, -20),
        (120, 226, 28, 44, -30),
    )
    out = "".join(
        ellipse(x + pen.jitter(5), y + pen.jitter(5), rx, ry, mix(pen.a, pen.b, 0.12 * (i % 3)), t)
        for i, (x, y, rx, ry, t) in enumerate(knobs)
    )
    rings = line(
        "M126 254q14 14 10 36M208 210q26 10 50 2M288 240q8 28-4 66M340 210q16 8 30 4M222 160q14 8 28 2M262 316q10 14 6 30",
        dark(pen.a, 0.2),
        4,
    )
    cut = (
        ellipse(352, 342, 46, 36, dark(pen.a, 0.12))
        + ellipse(352, 342, 39, 29, pen.b)
        + line("M330 342q20-12 44 0", mix(pen.a, pen.b, 0.5), 4)
    )
    return out + rings + cut


def onion(pen: Pen) -> str:
    """Onions."""

    def item() -> str:
        body = path(
            "M-6-108C-4-74 10-64 40-52C90-30 92 40 52 66C30 82-30 82-52 66C-92 40-90-30-40-52C-14-64-16-80-6-108Z",
            pen.a,
        )
        skins = line("M-6-66C-50-30-62 30-40 66M4-66C46-30 58 30 38 66M0-64C-10-10-8 40 0 74", light(pen.a, 0.3), 5)
        return (
            body
            + path("M30-56C90-30 92 40 52 66C40 76 24 78 8 78C60 40 56-20 30-56Z", dark(pen.a, 0.18))
            + skins
            + line("M-14 78l-8 10M0 80v12M14 78l8 10", "#b09a7c", 4)
        )

    cut = (
        circle(0, 0, 66, pen.a)
        + circle(0, 0, 58, "#f8eef0")
        + "".join(circle(0, 0, r, "none", f' stroke="{pen.b}" stroke-width="5"') for r in (48, 36, 24, 12))
    )
    return arrange(pen, item) + place(cut, 338, 340, 0.88)


def leek(pen: Pen) -> str:
    """Leeks."""
    out = ""
    for x, t in ((176, -10), (222, -3), (270, 4), (316, 11)):
        top = path("M-18-40L-46-168L-14-120L0-184L16-120L48-160L18-40Z", mix(pen.b, pen.c, pen.rng.random() * 0.6))
        shaft = (
            rect(-17, -60, 34, 186, pen.a, 14)
            + rect(4, -60, 13, 180, dark(pen.a, 0.08), 7)
            + path("M-17-60H17V-20C6 0-6 0-17-20Z", mix(pen.b, pen.a, 0.45))
        )
        out += place(
            shaft + top + line("M-10 128l-6 14M0 128v16M10 128l6 14", "#c9b48f", 4), x, 250, 1, t + pen.jitter(3)
        )
    return out + line("M156 262C210 282 286 282 336 262", "#b5693f", 10)


def lotusroot(pen: Pen) -> str:
    """Lotus root."""

    def link(w: float) -> str:
        return ellipse(0, 0, w, 46, pen.a) + path(
            f"M{-w * 0.7:.0f} 26C-20 44 40 42 {w * 0.9:.0f} 14C{w * 0.6:.0f} 50 {-w * 0.5:.0f} 56 {-w * 0.7:.0f} 26Z",
            dark(pen.a, 0.12),
        )

    chain = (
        place(link(82), 130, 226)
        + place(link(92), 268, 210)
        + place(link(60), 388, 202)
        + ellipse(200, 220, 12, 24, dark(pen.a, 0.3))
        + ellipse(346, 208, 10, 20, dark(pen.a, 0.3))
    )
    holes = "".join(circle(x, y, 11, pen.b) for x, y, _ in ring(7, 0, 0, 34, pen.jitter(20))) + circle(0, 0, 8, pen.b)
    disc = circle(0, 0, 68, dark(pen.a, 0.12)) + circle(0, 0, 61, light(pen.a, 0.45)) + holes
    return (
        leaf(90, 210, 70, 210, pen.c)
        + place(chain, 0, 0, 1, pen.jitter(3))
        + place(disc, 180, 324)
        + place(disc, 306, 330, 0.92, 30)
    )


def bambooshoot(pen: Pen) -> str:
    """Bamboo shoots."""

    def item() -> str:
        out = path("M0-150C40-100 66-10 64 90C40 108-40 108-64 90C-66-10-40-100 0-150Z", pen.a)
        for i, y in enumerate((60, 14, -32, -76)):
            w = 62 - i * 12
            tone = mix(pen.a, pen.b, 0.25 + 0.2 * (i % 2))
            out += path(
                f"M{-w} {y + 34}C{-w * 0.8:.0f} {y - 20} -6 {y - 40} {(-1) ** i * 6} {y - 60}C10 {y - 30} {w * 0.7:.0f} {y} {w} {y + 34}C{w * 0.4:.0f} {y + 16} {-w * 0.4:.0f} {y + 16} {-w} {y + 34}Z",
                tone,
            )
        return out + path("M20-110C52-50 66 10 64 90C50 100 34 102 20 104C44 40 44-40 20-110Z", dark(pen.b, 0.3) + "44")

    return arrange(
        pen,
        item,
        (
            ((176, 258, 1.1, -10), (306, 270, 1.05, 12)),
            ((240, 236, 1.05, 0), (156, 282, 0.9, -16), (326, 284, 0.9, 16)),
        ),
    ) + leaf(110, 350, 66, -20, pen.c)


def yam(pen: Pen) -> str:
    """Yams."""
    out = ""
    for i, x in enumerate((150, 204, 258, 312)):
        marks = dots([(pen.jitter(12), -110 + k * 26) for k in range(10)], 4, dark(pen.a, 0.3))
        stick = rect(-23, -150, 46, 290, pen.a, 23) + rect(6, -146, 17, 282, dark(pen.a, 0.13), 9) + marks
        out += place(stick, x, 240, 1, -14 + i * 3 + pen.jitter(2))
    cut = circle(0, 0, 36, pen.a) + circle(0, 0, 31, pen.b) + circle(-6, -6, 16, light(pen.b, 0.5))
    return out + place(cut, 352, 344, 1.1) + place(cut, 292, 362, 1)


def taro(pen: Pen) -> str:
    """Taro."""

    def item() -> str:
        body = path("M0-84C50-80 84-30 76 26C70 66 40 84 0 84C-40 84-70 66-76 26C-84-30-50-80 0-84Z", pen.a)
        rings = line("M-58-34Q0-10 60-34M-74 0Q0 28 76 2M-66 40Q0 64 66 42", dark(pen.a, 0.25), 4)
        return (
            body
            + path("M30-76C62-60 84-20 76 26C70 66 40 84 6 84C62 46 60-20 30-76Z", dark(pen.a, 0.16))
            + rings
            + line("M-8-84L-14-108M8-84L14-112", pen.c, 10)
        )

    cut = (
        circle(0, 0, 64, pen.a)
        + circle(0, 0, 56, light(pen.b, 0.55))
        + line("".join(f"M{x:.0f} {y:.0f}l6 3" for x, y in scatter(pen, 22, 0, 0, 46, 46)), "#8a5a8a", 3)
    )
    return arrange(pen, item) + place(cut, 332, 342, 0.95)


def lilybulb(pen: Pen) -> str:
    """Lily bulbs."""

    def item() -> str:
        out = ""
        for t in (-72, 72, -48, 48, -24, 24, 0):
            tone = mix(pen.a, pen.b, abs(t) / 80)
            out += place(
                path("M0 10C-44-14-46-104 0-134C46-104 44-14 0 10Z", tone) + line("M0-8V-108", dark(pen.b, 0.1), 3),
                0,
                70,
                1,
                t,
            )
        return out + line("M-14 80l-6 14M0 82v16M14 80l6 14", "#c4a880", 4)

    return arrange(
        pen,
        item,
        (
            ((170, 250, 1.05, -8), (312, 276, 1.1, 8)),
            ((240, 208, 0.85, 0), (154, 296, 0.95, -8), (322, 296, 0.95, 8)),
            ((240, 258, 1.5, 0),),
        ),
    ) + leaf(110, 360, 50, -20, pen.c)


def roots(pen: Pen) -> str:
    """Roots."""

    def item() -> str:
        strand = line("M-128 12C-70-16 60 22 130-10", pen.a, 15) + line(
            "M-128 16C-70-10 60 28 130-4", dark(pen.a, 0.12), 5
        )
        hairs = line("M-80 4v20M-28 8v22M24 8v22M76 2v20", light(pen.a, 0.3), 3)
        return hairs + strand + dots([(-84, 0), (-30, 5), (24, 6), (78, 0)], 16, pen.b)

    stack = [
        (240 + pen.jitter(14), 214 + i * 21, 1, (-9, 7, -4, 10, -7, 3, 8, -3)[i] + pen.jitter(4)) for i in range(8)
    ]
    shoots = (
        leaf(150, 216, 110, -120, pen.c)
        + leaf(150, 214, 90, -170, mix(pen.c, "#ffffff", 0.15))
        + leaf(322, 204, 110, -60, pen.c)
    )
    return shoots + clones(item(), stack) + line("M238 196C226 250 226 320 240 384", pen.c, 14)


def vegbox(pen: Pen) -> str:
    """A box of vegetables."""
    veg = (
        leaf(170, 230, 96, -100, pen.a)
        + leaf(196, 230, 104, -76, dark(pen.a, 0.1))
        + leaf(214, 232, 84, -52, light(pen.a, 0.15))
    )
    veg += place(
        path("M-20-60C0-70 10-70 24-60L8 70L-4 70Z", pen.b) + leaf(0, -62, 44, -110) + leaf(2, -62, 44, -66),
        272,
        210,
        1,
        10,
    )
    veg += ball(330, 224, 42, pen.c) + ball(136, 240, 34, light(pen.b, 0.5))
    tray = path("M92 244H388L362 376C360 384 352 388 344 388H136C128 388 120 384 118 376Z", "#d9b98a") + path(
        "M92 244H388L384 264H96Z", "#c49e6a"
    )
    slats = line("M110 306H370M118 346H362", "#b98f5c", 6)
    return veg + tray + slats + circle(240, 326, 34, "#fbf5e9") + leaf(222, 340, 44, -40, pen.a)


FAMILIES = {
    f.__name__: f
    for f in (
        potato, sweetpotato, radish, carrot, garlic, ginger, onion, leek, lotusroot, bambooshoot, yam, taro, lilybulb, roots, vegbox,
    )
}  # fmt: skip
