"""Grain, pulses, flour and noodles: heaps, bowls and sacks. Each function draws the family of its name."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    capsules,
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
    pale,
    path,
    place,
    rect,
    scatter,
)

DOME = "M120 276C128 214 176 176 240 172C304 176 352 214 360 276Z"


def ear(colour: str) -> str:
    """An ear of barley or rice."""
    kernels = "".join(f"M-8 {y}l-5-11M8 {y}l5-11" for y in range(-50, 51, 20))
    return (
        line("M0 120V40", dark(colour, 0.12), 5)
        + line("M-13-66L-24-112M13-66L24-112M0-90V-122", colour, 2.5)
        + line(kernels + "M0-70v-12", colour, 14)
    )


def sack(pen: Pen, body: str, mark: str, open_fill: str) -> str:
    """A cloth sack with a round mark, open at the top."""
    cloth = path("M124 200C104 260 96 340 116 386C160 400 320 400 364 386C384 340 376 260 356 200Z", body)
    shade = path(
        "M318 200H356C376 260 384 340 364 386C346 392 310 395 280 396C336 340 340 260 318 200Z", dark(body, 0.12)
    )
    rim = path(
        "M116 204C110 178 132 168 150 178C190 150 290 150 330 178C348 168 370 178 364 204C330 226 150 226 116 204Z",
        light(body, 0.2),
    )
    mouth = ellipse(240, 194, 100, 26, open_fill)
    folds = line("M150 226C142 260 140 290 142 320M196 226L192 246M290 226L296 250", dark(body, 0.14), 4)
    return cloth + shade + folds + rim + mouth + circle(240, 302, 52, mark)


def ricesack(pen: Pen) -> str:
    """A sack of rice."""
    cloth = mix(pen.b, "#e9dcc0", 0.35)
    heap = ellipse(240, 184, 92, 24, pen.a) + ellipse(240, 172, 66, 18, pen.a)
    rice = grains(pen, scatter(pen, 30, 240, 180, 84, 22), 9, 5, dark(pen.a, 0.13))
    ears = clones(ear(pen.c), [(232, 308, 0.5, -14), (252, 308, 0.5, 14), (366, 300, 0.8, 22 + pen.jitter(8))])
    return sack(pen, cloth, light(cloth, 0.55), dark(pen.a, 0.1)) + heap + rice + ears


def dome(pen: Pen, colour: str) -> str:
    """The dome of food that stands above a bowl's rim."""
    return path(DOME, colour) + path("M292 186C330 206 354 236 360 276H250C300 262 312 226 292 186Z", dark(colour, 0.1))


def spots_in_heap(pen: Pen, count: int) -> list[tuple[float, float]]:
    """Places for grains on the dome."""
    return [(x, y) for x, y in scatter(pen, count, 240, 244, 104, 60) if y < 266]


def bowl(pen: Pen, colour: str) -> str:
    """The front of a bowl whose rim is at y = 270; wood or dark glaze under pale food, porcelain or clay otherwise."""
    body, band = pen.rng.choice(
        (("#a8744c", "#8a5a38"), ("#6b7f8f", "#8fa3b0"), ("#7d8f6b", "#a3b08c"))
        if pale(colour)
        else (("#f4eee0", "#6f8fb0"), ("#e3d3b5", "#b5906a"), ("#dfe6e2", "#8fb0a0"))
    )
    front = path("M104 268H376C376 336 322 382 240 382C158 382 104 336 104 268Z", body) + rect(
        196, 374, 88, 20, dark(body, 0.1), 6
    )
    shade = path(
        "M330 268H376C376 336 322 382 240 382C228 382 220 381 212 379C292 372 328 326 330 268Z", dark(body, 0.12)
    )
    return (
        front + shade + line("M112 300C120 306 360 306 368 300", band, 8) + ellipse(240, 268, 137, 9, light(body, 0.3))
    )


def ricebowl(pen: Pen) -> str:
    """A bowl of rice."""
    heap = dome(pen, pen.a)
    rice = grains(pen, spots_in_heap(pen, 70), 11, 7, pen.b) + grains(
        pen, spots_in_heap(pen, 26), 11, 6, light(pen.a, 0.35)
    )
    ears = clones(ear(pen.c), [(376, 250, 0.95, 24 + pen.jitter(6)), (344, 236, 0.85, 8)])
    return ears + heap + rice + bowl(pen, pen.a)


def millet(pen: Pen) -> str:
    """Millet, in the ear and as grain."""

    def panicle() -> str:
        d = dots([(pen.jitter(15) + 8, -100 + k * 9) for k in range(20)], 21, mix(pen.a, pen.c, 0.3))
        return (
            line("M0 150C-4 60 2 0 8-90", pen.c, 6)
            + d
            + dots([(pen.jitter(14) + 8, -96 + k * 14) for k in range(12)], 10, light(pen.a, 0.3))
        )

    back = clones(panicle(), [(150, 200, 1, -24 + pen.jitter(6)), (336, 194, 1, 20 + pen.jitter(6))]) + leaf(
        330, 260, 110, -60, pen.c
    )
    return (
        back
        + dome(pen, pen.a)
        + dots(spots_in_heap(pen, 80), 9, pen.b)
        + dots(spots_in_heap(pen, 40), 7, dark(pen.a, 0.16))
        + bowl(pen, pen.a)
    )


def floursack(pen: Pen) -> str:
    """A sack of flour."""
    mark = clones(ear(pen.c), [(240 + dx, 306, 0.46, t) for dx, t in ((-16, -22), (16, 22), (0, 0))])
    powder = ellipse(240, 184, 90, 24, pen.b) + ellipse(232, 172, 60, 18, light(pen.b, 0.3))
    scoop = place(
        path("M-50-14H30C44-14 44 34 30 34H-50C-62 34-62-14-50-14Z", "#a8744c")
        + ellipse(-50, 10, 12, 24, "#8a5a38")
        + rect(30, 2, 70, 14, "#a8744c", 7),
        290,
        158,
        1,
        -26 + pen.jitter(8),
    )
    return (
        sack(pen, mix(pen.a, "#f1e6d0", 0.25), light(pen.a, 0.6), dark(pen.b, 0.1))
        + powder
        + scoop
        + mark
        + ellipse(120, 388, 40, 9, pen.b)
    )


def _stand(pen: Pen, ear: str, count: int = 5) -> str:
    middle = (count - 1) / 2
    return clones(
        ear,
        [
            (240 + (i - middle) * 40, 190 + abs(i - middle) * 10, 1.1, (i - middle) * 11 + pen.jitter(5))
            for i in range(count)
        ],
    )


def barley(pen: Pen) -> str:
    """Highland barley."""
    kernels = capsules(pen, spots_in_heap(pen, 56), 8, 10, (pen.a, pen.b))
    return _stand(pen, ear(mix(pen.a, pen.c, 0.25))) + place(dome(pen, pen.a) + kernels + bowl(pen, pen.a), 48, 78, 0.8)


def oats(pen: Pen) -> str:
    """Oats."""
    spots = ((-26, -20), (26, -34), (-22, -60), (22, -76), (-14, -100), (10, -116), (-30, 20), (30, 8))
    drops = line("".join(f"M0 {y - 26}L{dx * 0.7:.0f} {y - 14}" for dx, y in spots), pen.c, 3)
    drops += line("".join(f"M{dx} {y}l{dx * 0.2:.0f} 16" for dx, y in spots), mix(pen.a, pen.c, 0.2), 13)
    flakes = capsules(pen, spots_in_heap(pen, 50), 9, 13, (pen.b, mix(pen.a, pen.b, 0.4), pen.a))
    return _stand(pen, line("M0 130V-110", pen.c, 4) + drops, 3) + place(
        dome(pen, pen.a) + flakes + bowl(pen, pen.a), 48, 78, 0.8
    )


def quinoa(pen: Pen) -> str:
    """Quinoa."""

    def plume(colour: str) -> str:
        tufts = [(pen.jitter(7 + (k % 12) * 2), -122 + (k % 12) * 13) for k in range(26)]
        return (
            line("M0 150V-60", "#8a9a52", 6)
            + dots(tufts, 16, colour)
            + dots(tufts[::3], 11, mix(colour, "#ffffff", 0.2))
        )

    back = clones(plume(pen.b), [(150, 190, 1, -16), (276, 184, 1, 8)]) + clones(
        plume(pen.c), [(330, 190, 1, 16), (206, 184, 1, -6)]
    )
    mixed = (
        dots(spots_in_heap(pen, 60), 10, light(pen.a, 0.4))
        + dots(spots_in_heap(pen, 14), 10, pen.b)
        + dots(spots_in_heap(pen, 30), 8, dark(pen.a, 0.14))
    )
    return back + leaf(180, 270, 80, -150, "#8a9a52") + dome(pen, pen.a) + mixed + bowl(pen, pen.a)


def buckwheat(pen: Pen) -> str:
    """Buckwheat."""

    def sprig() -> str:
        flowers = dots([(pen.jitter(34), -90 + pen.jitter(34)) for _ in range(9)], 18, light(pen.c, 0.35)) + dots(
            [(pen.jitter(26), -90 + pen.jitter(26)) for _ in range(5)], 7, pen.c
        )
        return (
            line("M0 130C-4 40 4-20 0-80", "#a8504a", 6)
            + leaf(0, 10, 60, -150, "#7d9a4c")
            + leaf(0, -20, 60, -30, "#7d9a4c")
            + flowers
        )

    back = clones(sprig(), [(150, 196, 1.05, -18), (332, 190, 1.05, 16)])
    seeds = "".join(
        path("".join(f"M{x:.0f} {y - 10:.0f}l11 18h-22Z" for x, y in spots_in_heap(pen, 30)), tone)
        for tone in (pen.b, pen.a)
    )
    return back + dome(pen, mix(pen.a, pen.b, 0.35)) + seeds + bowl(pen, pen.a)


def beanbowl(pen: Pen) -> str:
    """A bowl of beans."""
    tones = (pen.a, mix(pen.a, pen.b, 0.3), mix(pen.a, pen.b, 0.6), dark(pen.a, 0.08))
    spots = spots_in_heap(pen, 56)
    beans = capsules(pen, spots, 8 + pen.rng.randint(0, 3), 20, tones) + dots(
        [(x - 4, y - 5) for x, y in spots[::2]], 4, light(pen.b, 0.5)
    )
    loose = capsules(pen, [(92, 384), (128, 390), (386, 386), (410, 390)], 8, 20, tones)
    return leaf(350, 200, 70, -40, "#7d9a4c") + dome(pen, dark(pen.a, 0.2)) + beans + bowl(pen, pen.a) + loose


def powder(pen: Pen) -> str:
    """A heap of powder or starch."""
    cone = path("M130 276C180 250 214 170 240 160C266 170 300 250 350 276Z", pen.a) + path(
        "M240 160C266 170 300 250 350 276H262C270 240 262 196 240 160Z", dark(pen.a, 0.1)
    )
    specks = dots(scatter(pen, 26, 240, 244, 70, 26), 4, pen.b) + dots(
        scatter(pen, 10, 226, 224, 30, 30), 5, light(pen.a, 0.4)
    )
    spoon = place(rect(-10, -120, 16, 130, pen.c if not pale(pen.c) else "#a8744c", 8), 326, 196, 1, 34 + pen.jitter(8))
    return spoon + cone + specks + bowl(pen, pen.a) + ellipse(112, 388, 36, 8, pen.a)


def noodles(pen: Pen) -> str:
    """Noodles."""
    out = ""
    for k in range(9):
        x = 136 + k * 26
        out += rect(x - 10, 128 + pen.jitter(6), 20, 256, mix(pen.a, pen.b, 0.35 * (k % 3)), 10)
    band = (
        rect(112, 226, 256, 66, pen.c, 8)
        + rect(112, 234, 256, 5, light(pen.c, 0.4))
        + rect(112, 279, 256, 5, light(pen.c, 0.4))
        + circle(240, 259, 24, "#fbf5e9")
    )
    return place(out + band + place(ear(pen.b), 240, 262, 0.26), -4, 4, 1, pen.jitter(2))


def glassnoodles(pen: Pen) -> str:
    """Glass noodles."""
    out = ""
    for k in range(15):
        r = 124 - k * 6
        out += f'<ellipse cx="{240 + pen.jitter(5):.0f}" cy="{272 + pen.jitter(5):.0f}" rx="{r}" ry="{r * 0.72:.0f}" fill="none" stroke="{mix(pen.a, pen.b, (k % 4) / 3)}" stroke-width="9"/>'
    return (
        ellipse(240, 276, 128, 94, dark(pen.a, 0.1))
        + out
        + line("M222 172C214 220 214 320 226 372", pen.c, 16)
        + line("M222 172C214 220 214 320 226 372", light(pen.c, 0.3), 4)
    )


FAMILIES = {
    f.__name__: f
    for f in (
        ricesack, ricebowl, millet, floursack, barley, oats, quinoa, buckwheat, beanbowl, powder, noodles, glassnoodles,
    )
}  # fmt: skip
