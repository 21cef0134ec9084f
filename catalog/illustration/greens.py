"""Vegetables from above the ground. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    ball,
    circle,
    clones,
    crescent,
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


def chilli(pen: Pen) -> str:
    """Chillies."""

    def item() -> str:
        tone = mix(pen.a, pen.b, pen.rng.choice((0, 0.15, 0.5)))
        body = path("M-22-70C-8-84 14-84 24-70C36-20 26 50-20 112C-14 50-34-10-22-70Z", tone)
        shade = path("M12-76C22-40 18 40-20 112C20 58 36-20 24-70Z", dark(tone, 0.18))
        cap = path("M-26-66C-24-88 24-90 28-66C10-76-8-76-26-66Z", pen.c) + line("M2-80C4-98 14-108 26-112", pen.c, 8)
        return body + shade + line("M-12-56C-8-20-10 10-14 40", light(tone, 0.45), 5) + cap

    fans = (
        ((138, 250, 1.1, 28), (210, 236, 1.2, 10), (284, 240, 1.2, -8), (352, 256, 1.1, -26)),
        ((170, 236, 1.2, 22), (250, 262, 1.25, 2), (326, 240, 1.15, -22)),
        ((132, 270, 1, 40), (196, 240, 1.1, 20), (256, 232, 1.15, 0), (314, 244, 1.1, -20), (368, 276, 0.95, -42)),
    )
    return arrange(pen, item, fans)


def cabbage(pen: Pen) -> str:
    """A cabbage."""
    outer = "".join(
        place(path("M0 0C-70-30-84-130-20-172C56-160 84-60 0 0Z", mix(pen.c, pen.a, k)), 240, 372, 1.06, t)
        for t, k in ((-62, 0), (62, 0), (-40, 0.35), (40, 0.35))
    )
    head = circle(240, 266, 112, pen.a) + crescent(240, 266, 112, dark(pen.a, 0.12))
    folds = path("M240 156C170 190 150 300 196 370C130 340 120 220 240 156Z", light(pen.b, 0.2)) + path(
        "M240 156C320 190 330 300 286 366C350 330 356 210 240 156Z", mix(pen.a, pen.b, 0.5)
    )
    veins = line(
        "M240 372C236 320 238 250 242 168M240 330L200 286M240 330L282 284M240 276L206 238M240 276L276 236",
        light(pen.b, 0.55),
        6,
    )
    return outer + place(head + folds + veins, pen.jitter(4), 0)


def napa(pen: Pen) -> str:
    """Napa cabbage."""

    def item() -> str:
        back = "".join(
            place(path("M0 120C-60 80-74-60-20-130C10-150 40-140 46-110C74-40 60 80 0 120Z", t), 0, 0, 1, turn)
            for t, turn in ((dark(pen.c, 0.05), -16), (pen.c, 14), (pen.a, 0))
        )
        ribs = path("M0 122C-30 70-26-20-4-100C22-20 30 70 0 122Z", pen.b) + line(
            "M0 40L-26-10M0 40L28-14M-2-10L-22-60M-2-10L22-62", light(pen.b, 0.4), 5
        )
        return back + ribs

    return arrange(pen, item, (((240, 256, 1.22, 0),), ((176, 258, 1.05, -14), (306, 268, 1.05, 12))))


def tomato(pen: Pen) -> str:
    """Tomatoes."""

    def item() -> str:
        body = path("M-90 6C-90-46-48-66 0-58C48-66 90-46 90 6C90 54 48 78 0 78C-48 78-90 54-90 6Z", pen.a)
        hat = "".join(leaf(0, -52, 48, t, pen.c) for t in (-170, -120, -60, -10, 60, 120)) + line(
            "M0-54L6-78", pen.c, 8
        )
        return (
            body
            + path("M54-56C78-48 90-28 90 6C90 54 48 78 10 78C62 58 78-6 54-56Z", dark(pen.a, 0.16))
            + ellipse(-50, -14, 12, 20, light(pen.b, 0.5), 24)
            + hat
        )

    return arrange(pen, item)


def cherrytomato(pen: Pen) -> str:
    """Cherry tomatoes."""
    out = line("M110 130C180 150 280 150 380 128", pen.c, 8)
    spots = ((140, 214), (206, 238), (274, 232), (340, 210), (172, 316), (242, 326), (312, 308))
    out += line(
        "".join(f"M{x} {y - 40}Q{x} {y - 70} {x + 10} {y - 96 if y < 300 else y - 130}" for x, y in spots), pen.c, 5
    )
    hat = "".join(leaf(0, -40, 28, t, pen.c) for t in (-165, -90, -15, 60, 120))
    golden = pen.rng.randint(0, 6)
    out += clones(
        ball(0, 0, 44, pen.a) + hat, [(x, y, 1, pen.jitter(8)) for i, (x, y) in enumerate(spots) if i != golden]
    )
    return out + place(ball(0, 0, 44, pen.b) + hat, *spots[golden]) + leaf(240, 140, 80, -60, pen.c)


def cucumber(pen: Pen) -> str:
    """Cucumbers."""

    def item() -> str:
        body = path("M-150-6C-140-40-60-42 20-38C90-36 150-26 152 0C152 24 90 36 10 36C-70 38-150 32-150-6Z", pen.a)
        return (
            body
            + path("M-140 16C-60 34 100 30 152 0C152 24 90 36 10 36C-70 38-130 32-140 16Z", dark(pen.a, 0.2))
            + dots(scatter(pen, 22, 0, -4, 128, 26), 6, light(pen.a, 0.4))
            + path("M150-12L176-24L172 0L152 8Z", pen.c)
        )

    slices = "".join(
        circle(x, y, 44, pen.a)
        + circle(x, y, 37, pen.b)
        + dots([(u, v) for u, v, _ in ring(7, x, y, 18)], 6, light(pen.b, 0.6))
        for x, y in ((196, 348), (262, 338), (326, 350))
    )
    return place(item(), 236, 206, 1.1, -12 + pen.jitter(5)) + place(item(), 240, 276, 1.1, 5 + pen.jitter(5)) + slices


def eggplant(pen: Pen) -> str:
    """Aubergines."""

    def item() -> str:
        body = path("M-130-40C-100-70-50-50 10-26C70-2 140 0 146 40C146 80 70 86 0 58C-60 34-140 10-130-40Z", pen.a)
        shine = line("M-80-30C-30-14 30 12 90 18", pen.b, 9)
        return (
            body
            + path("M-120-10C-60 40 60 90 146 40C146 80 70 86 0 58C-50 38-112 20-120-10Z", dark(pen.a, 0.3))
            + shine
            + path("M-136-36C-150-60-128-76-104-62L-96-40L-112-44L-118-14Z", pen.c)
            + line("M-132-58L-160-82", pen.c, 12)
        )

    return place(item(), 230, 220, 1.08, -6 + pen.jitter(5)) + place(item(), 250, 300, 1.1, 4 + pen.jitter(5))


def pumpkin(pen: Pen) -> str:
    """A pumpkin."""
    ribs = "".join(
        ellipse(x, 270, rx, 104, t)
        for x, rx, t in (
            (132, 58, dark(pen.a, 0.16)),
            (348, 58, dark(pen.a, 0.24)),
            (180, 66, dark(pen.a, 0.06)),
            (300, 66, dark(pen.a, 0.13)),
            (240, 72, pen.a),
        )
    )
    cut = (
        path("M-90-20C-80 60 80 60 90-20C50 4-50 4-90-20Z", pen.a)
        + path("M-78-14C-66 48 66 48 78-14C44 6-44 6-78-14Z", pen.b)
        + dots([(-30, 12), (0, 20), (30, 12), (-14, 28), (16, 28)], 9, light(pen.b, 0.7))
    )
    stem = path("M222 178C220 140 230 120 262 112L274 128C252 138 254 158 258 178Z", pen.c)
    mottle = dots(scatter(pen, 10, 230, 260, 90, 70), 7, light(pen.a, 0.25))
    return (
        ribs
        + ellipse(212, 220, 12, 34, light(pen.a, 0.3), 8)
        + mottle
        + stem
        + leaf(262, 150, 90, -16, "#6c9447")
        + place(cut, 310, 356, 0.9, -6 + pen.jitter(6))
    )


def daylily(pen: Pen) -> str:
    """Daylily buds."""
    out = ""
    for i in range(9):
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.7)
        bud = path("M0 120C-10 60-20-40-16-100C-6-128 10-128 18-100C22-40 10 60 0 120Z", tone) + line(
            "M0 100C-2 40 0-40 2-104", light(tone, 0.4), 4
        )
        out += place(bud, 150 + i * 22, 246 + abs(i - 4) * 5, 0.95, -28 + i * 7 + pen.jitter(4))
    return out + line("M176 318C220 334 262 334 304 318", pen.c, 16) + leaf(300, 316, 80, -16, pen.c)


def fern(pen: Pen) -> str:
    """Fern shoots."""
    out = ""
    for i in range(6):
        tone = mix(pen.a, pen.b, pen.rng.random())
        curl = line("M0 120C-6 40-4-30 0-70C6-112 62-108 58-72C54-46 22-50 26-70C28-78 40-78 40-70", tone, 13)
        out += place(curl, 128 + i * 42, 262, 1, -18 + i * 7 + pen.jitter(4))
    ties = line("M150 322C210 342 280 342 330 322", pen.c, 14)
    return out + ties + leaf(330, 320, 70, -30, pen.c)


def corn(pen: Pen) -> str:
    """Ears of maize."""

    def item() -> str:
        cob = path("M0-140C50-130 58-30 52 60C44 112-44 112-52 60C-58-30-50-130 0-140Z", pen.a)
        rows = dots(
            [(x * (1 - max(0, -y - 40) / 190), y) for y in range(-116, 70, 24) for x in (-36, -12, 12, 36)],
            19,
            mix(pen.a, pen.b, 0.55),
        )
        husk = path("M0 130C-80 110-92 0-64-70C-50-10-30 50 0 90C30 50 50-10 64-70C92 0 80 110 0 130Z", pen.c) + path(
            "M0 130C30 110 66 20 64-70C92 0 80 110 0 130Z", dark(pen.c, 0.14)
        )
        return cob + rows + husk

    return arrange(
        pen,
        item,
        (
            ((172, 250, 1.1, -18), (304, 258, 1.1, 14)),
            ((240, 224, 0.95, 0), (148, 270, 0.9, -26), (330, 270, 0.9, 26)),
            ((240, 246, 1.35, 8),),
        ),
    )


def peapod(pen: Pen) -> str:
    """Pods of peas or beans."""

    def item(opened: bool) -> str:
        pod = path("M-140 10C-90-50 70-62 144-20C90 56-80 62-140 10Z", pen.a)
        inner = (
            path("M-116 8C-70-30 60-40 120-16C70 36-70 40-116 8Z", dark(pen.a, 0.22))
            + "".join(ball(x, 0 - x * 0.04, 25, pen.b) for x in (-68, -22, 26, 72))
            if opened
            else line("M-120 10C-60 30 60 26 130-16", dark(pen.a, 0.2), 6)
            + line("M-80-10q20-14 40-6M0-20q20-10 40-2", light(pen.a, 0.35), 5)
        )
        return pod + inner + line("M140-20q20-10 28-28", pen.c, 7) + leaf(140, -22, 34, -160, pen.c)

    return (
        place(item(False), 232, 190, 1.05, -16 + pen.jitter(6))
        + place(item(True), 240, 268, 1.12, 2 + pen.jitter(5))
        + place(item(False), 250, 342, 1, 10 + pen.jitter(5))
    )


def broccoli(pen: Pen) -> str:
    """Broccoli."""
    trunk = path("M196 384C200 330 176 300 150 270H330C304 300 282 330 286 384Z", pen.c) + line(
        "M240 376V300M240 330L200 282M240 330L282 282", light(pen.c, 0.4), 8
    )
    spots = (
        (140, 250, 54),
        (340, 250, 54),
        (182, 200, 60),
        (298, 200, 60),
        (240, 180, 64),
        (210, 256, 60),
        (272, 256, 60),
    )
    head = "".join(
        circle(x + pen.jitter(5), y + pen.jitter(5), r, mix(pen.a, pen.b, 0.18 * (i % 3)))
        for i, (x, y, r) in enumerate(spots)
    )
    buds = dots(scatter(pen, 46, 240, 222, 140, 78), 11, pen.b) + dots(
        scatter(pen, 24, 256, 250, 120, 60), 9, dark(pen.a, 0.18)
    )
    return trunk + head + buds


def celery(pen: Pen) -> str:
    """Celery."""
    tops = "".join(leaf(0, -100, 70, -90 + k, pen.c) for k in (-62, 62, -24, 24, 0))
    stalk = (
        path("M-15-100H15L20 130H-20Z", pen.a)
        + path("M2-100H15L20 130H4Z", mix(pen.a, pen.b, 0.6))
        + line("M-7-90V120M8-90V120", light(pen.a, 0.5), 3)
    )
    fan = [(240 + t * 2.6, 252, 1, t + pen.jitter(2)) for t in (-20, 20, -12, 12, -5, 5)]
    return clones(tops + stalk, fan) + line("M168 322C210 340 270 340 312 322", "#b5693f", 10)


def greens(pen: Pen) -> str:
    """Leafy greens."""

    def item() -> str:
        out = ""
        for t in (-44, 44, -22, 22, 0):
            blade = path(
                "M0-30C-52-60-58-140 0-176C58-140 52-60 0-30Z", mix(pen.a, pen.b, 0.3 if t == 0 else 0)
            ) + path("M-12 110C-14 50-8-60 0-150C8-60 14 50 12 110Z", mix(light(pen.b, 0.5), pen.a, 0.1))
            out += place(blade, 0, 0, 1, t * 0.72)
        return out + (dots([(-6, -160), (8, -172), (18, -154)], 13, pen.c) if pen.c > "#8" else "")

    return arrange(pen, item, (((178, 268, 1, -12), (304, 276, 1, 12)),)) + line(
        "M150 350C200 368 290 368 334 352", "#b5693f", 9
    )


def asparagus(pen: Pen) -> str:
    """Asparagus."""
    spots: list[tuple[float, float, float, float]] = []
    for i in range(7):
        tip = path("M-17-90C-22-130-8-160 0-176C8-160 22-130 17-90Z", mix(pen.a, pen.c, 0.4)) + line(
            "M-12-100l12-22l12 22M-10-126l10-20l10 20", light(pen.a, 0.25), 4
        )
        stem = (
            path("M-17-94H17L13 130H-13Z", pen.a)
            + path("M5-94H17L13 130H4Z", dark(pen.a, 0.14))
            + line("M-8-40l8-14l8 14M-8 20l8-14l8 14", pen.b, 5)
        )
        spots.append((132 + i * 36, 256 + abs(i - 3) * 5, 1, -9 + i * 3 + pen.jitter(2)))
    return clones(stem + tip, spots) + rect(118, 282, 246, 34, "#c98a5c", 10) + rect(118, 282, 246, 10, "#d9a578", 5)


def toona(pen: Pen) -> str:
    """Shoots of Chinese toon."""
    fronds = "".join(
        leaf(0, -16 - k * 36, 62 - k * 5, side, mix(pen.a, pen.b, k / 4)) for k in range(4) for side in (-150, -30)
    )
    sprig = line("M0 110L0-150", mix(pen.a, pen.c, 0.3), 9) + fronds + leaf(0, -150, 56, -90, pen.b)
    fan = [(240, 262, 1, t + pen.jitter(5)) for t in (-50, 50, -26, 26, 0)]
    return clones(sprig, fan) + line("M206 330C226 340 254 340 274 330", "#c98a5c", 14)


def driedleaf(pen: Pen) -> str:
    """Dried leaves."""
    curl = path("M-62 6C-40-34 30-40 64-8C30-14-6-6-20 12C10 2 40 4 58 16C20 36-40 40-62 6Z", pen.a) + line(
        "M-54 4C-20-18 20-22 56-10M-10 20C10 14 30 14 46 18", pen.b, 4
    )
    pale_curl = curl.replace(pen.a, mix(pen.a, pen.b, 0.6)).replace(f'"{pen.b}"', f'"{dark(pen.a, 0.1)}"')
    heap = scatter(pen, 18, 240, 300, 130, 66)
    spots = [(x, y, 0.95, pen.rng.randint(0, 359)) for x, y in sorted(heap, key=lambda p: p[1])]
    return leaf(320, 236, 90, -50, pen.c) + clones(curl, spots[::2]) + clones(pale_curl, spots[1::2])


FAMILIES = {
    f.__name__: f
    for f in (
        chilli, cabbage, napa, tomato, cherrytomato, cucumber, eggplant, pumpkin, daylily, fern, corn, peapod, broccoli, celery, greens, asparagus, toona, driedleaf,
    )
}  # fmt: skip
