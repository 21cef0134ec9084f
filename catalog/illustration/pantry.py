"""Grain, pulses, noodles, nuts, dried fruit, spices and roots: heaps, bowls and sacks."""

from __future__ import annotations

from catalog.illustration.canvas import (
    Pen,
    arrange,
    ball,
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
    ring,
    scatter,
)

DOME = "M120 276C128 214 176 176 240 172C304 176 352 214 360 276Z"


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


def _heap(pen: Pen, colour: str) -> str:
    return path(DOME, colour) + path("M292 186C330 206 354 236 360 276H250C300 262 312 226 292 186Z", dark(colour, 0.1))


def _spots(pen: Pen, count: int) -> list[tuple[float, float]]:
    return [(x, y) for x, y in scatter(pen, count, 240, 244, 104, 60) if y < 266]


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


def _ear(colour: str) -> str:
    kernels = "".join(f"M-8 {y}l-5-11M8 {y}l5-11" for y in range(-50, 51, 20))
    return (
        line("M0 120V40", dark(colour, 0.12), 5)
        + line("M-13-66L-24-112M13-66L24-112M0-90V-122", colour, 2.5)
        + line(kernels + "M0-70v-12", colour, 14)
    )


def ricesack(pen: Pen) -> str:
    cloth = mix(pen.b, "#e9dcc0", 0.35)
    heap = ellipse(240, 184, 92, 24, pen.a) + ellipse(240, 172, 66, 18, pen.a)
    rice = grains(pen, scatter(pen, 30, 240, 180, 84, 22), 9, 5, dark(pen.a, 0.13))
    ears = clones(_ear(pen.c), [(232, 308, 0.5, -14), (252, 308, 0.5, 14), (366, 300, 0.8, 22 + pen.jitter(8))])
    return sack(pen, cloth, light(cloth, 0.55), dark(pen.a, 0.1)) + heap + rice + ears


def ricebowl(pen: Pen) -> str:
    heap = _heap(pen, pen.a)
    rice = grains(pen, _spots(pen, 70), 11, 7, pen.b) + grains(pen, _spots(pen, 26), 11, 6, light(pen.a, 0.35))
    ears = clones(_ear(pen.c), [(376, 250, 0.95, 24 + pen.jitter(6)), (344, 236, 0.85, 8)])
    return ears + heap + rice + bowl(pen, pen.a)


def millet(pen: Pen) -> str:
    def ear() -> str:
        d = dots([(pen.jitter(15) + 8, -100 + k * 9) for k in range(20)], 21, mix(pen.a, pen.c, 0.3))
        return (
            line("M0 150C-4 60 2 0 8-90", pen.c, 6)
            + d
            + dots([(pen.jitter(14) + 8, -96 + k * 14) for k in range(12)], 10, light(pen.a, 0.3))
        )

    back = clones(ear(), [(150, 200, 1, -24 + pen.jitter(6)), (336, 194, 1, 20 + pen.jitter(6))]) + leaf(
        330, 260, 110, -60, pen.c
    )
    return (
        back
        + _heap(pen, pen.a)
        + dots(_spots(pen, 80), 9, pen.b)
        + dots(_spots(pen, 40), 7, dark(pen.a, 0.16))
        + bowl(pen, pen.a)
    )


def floursack(pen: Pen) -> str:
    mark = clones(_ear(pen.c), [(240 + dx, 306, 0.46, t) for dx, t in ((-16, -22), (16, 22), (0, 0))])
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
    kernels = capsules(pen, _spots(pen, 56), 8, 10, (pen.a, pen.b))
    return _stand(pen, _ear(mix(pen.a, pen.c, 0.25))) + place(
        _heap(pen, pen.a) + kernels + bowl(pen, pen.a), 48, 78, 0.8
    )


def oats(pen: Pen) -> str:
    spots = ((-26, -20), (26, -34), (-22, -60), (22, -76), (-14, -100), (10, -116), (-30, 20), (30, 8))
    drops = line("".join(f"M0 {y - 26}L{dx * 0.7:.0f} {y - 14}" for dx, y in spots), pen.c, 3)
    drops += line("".join(f"M{dx} {y}l{dx * 0.2:.0f} 16" for dx, y in spots), mix(pen.a, pen.c, 0.2), 13)
    flakes = capsules(pen, _spots(pen, 50), 9, 13, (pen.b, mix(pen.a, pen.b, 0.4), pen.a))
    return _stand(pen, line("M0 130V-110", pen.c, 4) + drops, 3) + place(
        _heap(pen, pen.a) + flakes + bowl(pen, pen.a), 48, 78, 0.8
    )


def quinoa(pen: Pen) -> str:
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
        dots(_spots(pen, 60), 10, light(pen.a, 0.4))
        + dots(_spots(pen, 14), 10, pen.b)
        + dots(_spots(pen, 30), 8, dark(pen.a, 0.14))
    )
    return back + leaf(180, 270, 80, -150, "#8a9a52") + _heap(pen, pen.a) + mixed + bowl(pen, pen.a)


def buckwheat(pen: Pen) -> str:
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
        path("".join(f"M{x:.0f} {y - 10:.0f}l11 18h-22Z" for x, y in _spots(pen, 30)), tone) for tone in (pen.b, pen.a)
    )
    return back + _heap(pen, mix(pen.a, pen.b, 0.35)) + seeds + bowl(pen, pen.a)


def beanbowl(pen: Pen) -> str:
    tones = (pen.a, mix(pen.a, pen.b, 0.3), mix(pen.a, pen.b, 0.6), dark(pen.a, 0.08))
    spots = _spots(pen, 56)
    beans = capsules(pen, spots, 8 + pen.rng.randint(0, 3), 20, tones) + dots(
        [(x - 4, y - 5) for x, y in spots[::2]], 4, light(pen.b, 0.5)
    )
    loose = capsules(pen, [(92, 384), (128, 390), (386, 386), (410, 390)], 8, 20, tones)
    return leaf(350, 200, 70, -40, "#7d9a4c") + _heap(pen, dark(pen.a, 0.2)) + beans + bowl(pen, pen.a) + loose


def powder(pen: Pen) -> str:
    cone = path("M130 276C180 250 214 170 240 160C266 170 300 250 350 276Z", pen.a) + path(
        "M240 160C266 170 300 250 350 276H262C270 240 262 196 240 160Z", dark(pen.a, 0.1)
    )
    specks = dots(scatter(pen, 26, 240, 244, 70, 26), 4, pen.b) + dots(
        scatter(pen, 10, 226, 224, 30, 30), 5, light(pen.a, 0.4)
    )
    spoon = place(rect(-10, -120, 16, 130, pen.c if not pale(pen.c) else "#a8744c", 8), 326, 196, 1, 34 + pen.jitter(8))
    return spoon + cone + specks + bowl(pen, pen.a) + ellipse(112, 388, 36, 8, pen.a)


def noodles(pen: Pen) -> str:
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
    return place(out + band + place(_ear(pen.b), 240, 262, 0.26), -4, 4, 1, pen.jitter(2))


def glassnoodles(pen: Pen) -> str:
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


def goji(pen: Pen) -> str:
    tones = (pen.a, mix(pen.a, pen.b, 0.3), mix(pen.a, pen.b, 0.55))
    heap = capsules(pen, _spots(pen, 58), 20, 17, tones) + grains(pen, _spots(pen, 24), 7, 4, light(pen.b, 0.5))
    twig = (
        line("M330 120C344 160 350 190 344 226M336 142L372 150M346 178L384 196", "#7a6a45", 5)
        + leaf(340, 150, 60, -60, pen.c)
        + leaf(346, 190, 60, 200, pen.c)
        + line("M376 156l4 20M388 204l4 20M352 236l2 16", pen.a, 20)
    )
    return twig + _heap(pen, dark(pen.a, 0.2)) + heap + bowl(pen, pen.a)


def raisins(pen: Pen) -> str:
    fruit = capsules(pen, _spots(pen, 60), 13, 21, (pen.a, mix(pen.a, pen.b, 0.4), mix(pen.a, pen.b, 0.8)))
    folds = grains(pen, _spots(pen, 26), 9, 3, pen.c)
    return leaf(130, 220, 90, 220, "#7d9a4c") + _heap(pen, dark(pen.a, 0.18)) + fruit + folds + bowl(pen, pen.a)


def pollen(pen: Pen) -> str:
    grainy = "".join(dots(_spots(pen, 40), 14, mix(pen.a, tone, 0.6)) for tone in (pen.a, pen.b, pen.c))
    flower = "".join(circle(x, y, 18, "#f2c73f") for x, y, _ in ring(5, 352, 186, 22)) + circle(352, 186, 12, "#b5822c")
    return (
        line("M352 190L330 262", "#7d9a4c", 6)
        + leaf(344, 230, 50, -20, "#7d9a4c")
        + flower
        + _heap(pen, pen.a)
        + grainy
        + bowl(pen, pen.a)
    )


def lotusseed(pen: Pen) -> str:
    pod = (
        path("M-70-20C-60-46 60-46 70-20L16 84H-16Z", pen.c)
        + ellipse(0, -22, 70, 26, light(pen.c, 0.3))
        + "".join(
            ellipse(x, y, 9, 6, dark(pen.c, 0.3))
            for x, y in ((-40, -24), (-14, -34), (14, -34), (40, -24), (-18, -14), (18, -14))
        )
    )
    seeds = capsules(pen, _spots(pen, 46), 7, 29, (pen.a, pen.b, mix(pen.a, pen.b, 0.5))) + dots(
        _spots(pen, 16), 6, dark(pen.a, 0.14)
    )
    return (
        place(pod + line("M0 84C6 120 20 150 40 170", dark(pen.c, 0.1), 10), 342, 190, 0.95, 24 + pen.jitter(8))
        + _heap(pen, dark(pen.a, 0.12))
        + seeds
        + bowl(pen, pen.a)
    )


def seedbowl(pen: Pen) -> str:
    seeds = capsules(pen, _spots(pen, 56), 18, 20, (pen.a, pen.b, mix(pen.a, pen.b, 0.5)))
    rims = grains(pen, _spots(pen, 22), 10, 3, pen.c)
    return (
        _heap(pen, dark(pen.a, 0.16))
        + seeds
        + rims
        + bowl(pen, pen.a)
        + ellipse(96, 386, 19, 11, pen.a, 20)
        + ellipse(392, 384, 19, 11, pen.b, -24)
    )


def peppercorn(pen: Pen) -> str:
    spots = _spots(pen, 56)
    corns = capsules(pen, spots, 2, 25, (pen.a, mix(pen.a, pen.b, 0.35), mix(pen.a, pen.b, 0.7), dark(pen.a, 0.1)))
    slits = grains(pen, spots[::2], 8, 4, dark(pen.a, 0.5)) + dots(
        [(x - 5, y - 6) for x, y in spots[1::2]], 5, light(pen.b, 0.4)
    )
    twig = (
        line("M120 130C136 170 150 200 160 236", "#7a6a45", 6)
        + leaf(124, 150, 66, -150, pen.c)
        + leaf(136, 180, 66, -10, pen.c)
        + leaf(120, 134, 60, -80, pen.c)
    )
    return twig + _heap(pen, dark(pen.a, 0.22)) + corns + slits + bowl(pen, pen.a)


def staranise(pen: Pen) -> str:
    def item() -> str:
        boat = (
            path("M-44 0C-30-24 20-24 52 0C20 24-30 24-44 0Z", pen.a)
            + path("M-44 0C-30 10 20 10 52 0C20 24-30 24-44 0Z", pen.b)
            + ellipse(12, 0, 13, 7, pen.c)
            + ellipse(12, 0, 6, 4, dark(pen.a, 0.3))
        )
        return clones(boat, [(x, y, 0.95, t) for x, y, t in ring(8, 0, 0, 46, pen.jitter(20))]) + circle(
            0, 0, 14, dark(pen.a, 0.25)
        )

    return arrange(pen, item)


def cassia(pen: Pen) -> str:
    def roll() -> str:
        return (
            rect(-140, -30, 280, 60, pen.a, 14)
            + rect(-140, 4, 280, 26, dark(pen.a, 0.14), 12)
            + line("M-110-14H40M-60 0H110M-90 14H10", dark(pen.a, 0.25), 3)
            + ellipse(140, 0, 17, 30, pen.b)
            + line("M140-16C152-8 150 14 140 12C132 8 134-4 140-4", pen.c, 5)
        )

    out = clones(roll(), [(x, y, 1, t + pen.jitter(4)) for x, y, t in ((232, 336, 2), (242, 276, -5), (236, 212, 5))])
    return out + line("M196 176C186 230 186 320 194 368", "#c9a86a", 12) + leaf(300, 168, 90, -30, "#7d9a4c")


def sunflower(pen: Pen) -> str:
    spokes = ring(16, 210, 210, 62, pen.jitter(11))
    petals = "".join(
        clones(path("M0-14C40-34 84-20 104 0C84 20 40 34 0 14Z", tone), [(x, y, 0.8, t) for x, y, t in spokes[k::2]])
        for k, tone in enumerate((mix(pen.a, "#e08a24", 0.3), pen.a))
    )
    seed = path("M0-24C16-8 14 18 0 26C-14 18-16-8 0-24Z", pen.b) + line("M-5-8V14M5-8V14", "#e9dfcb", 3)
    seeds = clones(seed, [(x, y, 1, pen.rng.randint(-60, 60)) for x, y in scatter(pen, 14, 300, 354, 96, 34)])
    return (
        line("M210 210C214 280 190 330 196 384", pen.c, 14)
        + leaf(200, 320, 90, 200, pen.c)
        + petals
        + circle(210, 210, 74, dark(pen.b, 0.1))
        + dots(scatter(pen, 46, 210, 210, 66, 66), 9, "#8a6a3c")
        + seeds
    )


def peanut(pen: Pen) -> str:
    def item() -> str:
        shell = path(
            "M-90 0C-96-44-40-56-14-36C8-24 20-44 46-44C90-44 104 30 56 46C24 54 10 32-14 38C-44 52-88 40-90 0Z", pen.a
        )
        net = line(
            "M-70-20C-30-6 10-6 84-22M-80 8C-30 16 20 12 88 4M-60 32C-30 26 10 24 70 30M-44-40L-50 38M40-42L46 44M70-34L76 26M-10-30V32",
            dark(pen.a, 0.2),
            3.5,
        )
        return shell + path("M60-40C100-24 100 32 56 46C24 54 10 32-14 38C30 24 70 20 60-40Z", dark(pen.a, 0.13)) + net

    opened = (
        path(
            "M-90 0C-96-44-40-56-14-36C8-24 20-44 46-44C90-44 104 30 56 46C24 54 10 32-14 38C-44 52-88 40-90 0Z", pen.b
        )
        + ball(-44, 0, 30, pen.c)
        + ball(44, 0, 32, pen.c)
    )
    spots = ((160, 220, 0.9, -24), (316, 226, 0.9, 20), (240, 280, 0.95, -6), (340, 318, 0.86, 40))
    return clones(item(), [(x, y, s, t + pen.jitter(10)) for x, y, s, t in spots]) + place(
        opened, 168, 338, 1, 10 + pen.jitter(8)
    )


def walnut(pen: Pen) -> str:
    def item() -> str:
        ruts = line(
            "M0-80C-10-40 10 0 0 82M-44-56C-20-40-56-20-34 0C-60 16-30 34-44 56M44-56C20-40 56-20 34 0C60 16 30 34 44 56M-20-50C-30-30-8-20-20 0C-8 16-26 30-16 52M20-50C30-30 8-20 20 0C8 16 26 30 16 52",
            dark(pen.a, 0.28),
            5,
        )
        return (
            ellipse(0, 0, 76, 84, pen.a)
            + path("M40-72C92-40 88 50 20 82C64 36 66-26 40-72Z", dark(pen.a, 0.15))
            + ruts
            + ellipse(-36, -46, 14, 8, light(pen.b, 0.3), -38)
        )

    brain = line(
        "M-30-44C-56-30-20-14-44 4C-56 24-16 26-30 48M30-44C56-30 20-14 44 4C56 24 16 26 30 48M-8-52C-20-20 0 0-8 54M8-52C20-20 0 0 8 54",
        mix(pen.b, "#8a5a2f", 0.35),
        9,
    )
    cracked = (
        ellipse(0, 0, 80, 84, pen.c)
        + ellipse(0, 0, 70, 74, dark(pen.a, 0.35))
        + ellipse(0, 0, 60, 64, light(pen.b, 0.4))
        + brain
    )
    return arrange(pen, item) + place(cracked, 328, 334, 0.86, pen.jitter(30))


def chestnut(pen: Pen) -> str:
    def item() -> str:
        body = path("M0-80C20-56 84-40 86 14C86 62 44 76 0 76C-44 76-86 62-86 14C-84-40-20-56 0-80Z", pen.a)
        foot = path("M-80 40C-40 22 40 22 80 40C68 68 40 76 0 76C-40 76-68 68-80 40Z", pen.c)
        return (
            body
            + path("M40-46C76-30 94 20 74 46C66 62 50 70 34 74C66 30 60-10 40-46Z", dark(pen.a, 0.25))
            + foot
            + line("M-50-20C-40-36-24-46-12-54", light(pen.b, 0.4), 7)
        )

    return leaf(120, 220, 120, -150, "#7d9a4c") + leaf(340, 210, 110, -40, "#7d9a4c") + arrange(pen, item)


def almond(pen: Pen) -> str:
    def item() -> str:
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.5)
        return (
            path("M0-74C44-40 56 30 0 68C-56 30-44-40 0-74Z", tone)
            + path("M10-66C44-40 56 30 4 66C30 20 30-20 10-66Z", dark(tone, 0.14))
            + line("M-16-30C-22 0-18 24-10 44M0-50C-4 0-2 30 2 54M16-28C20 0 16 20 12 40", dark(tone, 0.22), 3)
        )

    spots = [(150, 250, -40), (226, 222, 10), (306, 246, 50), (184, 324, 80), (264, 312, -14), (340, 330, 24)]
    cut = path("M0-74C44-40 56 30 0 68C-56 30-44-40 0-74Z", pen.c) + path(
        "M0-64C34-34 44 26 0 56C-44 26-34-34 0-64Z", "#f8efdc"
    )
    return (
        leaf(250, 180, 96, -50, "#7d9a4c")
        + clones(item(), [(x, y, 1.02, t + pen.jitter(14)) for x, y, t in spots])
        + place(cut, 118, 346, 0.8, -60)
    )


def pinenut(pen: Pen) -> str:
    rows = ((140, 1), (172, 2), (206, 3), (242, 4), (278, 3), (308, 2))
    scales = [(190 + (k - (n - 1) / 2) * 44, y, 1, (k - (n - 1) / 2) * 8) for y, n in rows for k in range(n)]
    scale = (
        path("M-36 10C-30-26 30-26 36 10C14 28-14 28-36 10Z", pen.a)
        + path("M-36 10C-14 20 14 20 36 10C14 28-14 28-36 10Z", pen.c)
        + line("M-14-4q14-8 28 0", light(pen.b, 0.1), 4)
    )
    nut = path("M0-20C14-8 14 14 0 22C-14 14-14-8 0-20Z", pen.b) + path(
        "M4-15C14-4 12 14 0 22C6 8 8-4 4-15Z", dark(pen.b, 0.2)
    )
    nuts = clones(nut, [(x, y, 1.15, pen.rng.randint(-70, 70)) for x, y in scatter(pen, 17, 296, 346, 98, 36)])
    needles = line("M330 140L270 200M360 160L280 210M376 196L290 222M300 120L262 190M384 230L300 236", "#6f9450", 6)
    return needles + clones(scale, scales) + nuts


def hazelnut(pen: Pen) -> str:
    def item() -> str:
        body = path("M0-78C50-60 76-10 66 30C56 70 30 80 0 80C-30 80-56 70-66 30C-76-10-50-60 0-78Z", pen.a)
        cap = path("M-68 22C-40 6 40 6 68 22C64 66 34 80 0 80C-34 80-64 66-68 22Z", pen.b)
        return (
            body
            + path("M24-66C60-40 76-6 66 30C60 50 50 62 38 70C52 30 50-20 24-66Z", dark(pen.a, 0.2))
            + cap
            + line("M-40-20C-34-40-22-52-10-60", light(pen.b, 0.5), 6)
        )

    return leaf(120, 230, 120, -140, "#7d9a4c") + arrange(pen, item)


def driedfruit(pen: Pen) -> str:
    def item() -> str:
        tone = mix(pen.a, pen.b, pen.rng.random() * 0.6)
        return (
            path("M-62-6C-66-46-26-52 0-48C30-52 66-40 62 0C58 40 28 46 0 42C-30 46-60 36-62-6Z", tone)
            + line("M-30-16C-10-30 14-10 36-22M-34 10C-10 0 10 22 32 8", pen.c, 4)
            + ellipse(-30, -30, 14, 6, light(pen.b, 0.5), -20)
        )

    spots = scatter(pen, 9, 240, 276, 116, 74)
    turned = [(x, y, 1, pen.rng.randint(-60, 60)) for x, y in sorted(spots, key=lambda p: p[1])]
    return leaf(330, 200, 90, -40, "#7d9a4c") + clones(item(), turned[::2]) + clones(item(), turned[1::2])


def persimmoncake(pen: Pen) -> str:
    def item() -> str:
        frost = dots(scatter(pen, 20, 0, -4, 56, 30), 11, mix(pen.a, pen.b, 0.7))
        return (
            ellipse(0, 12, 82, 50, dark(pen.a, 0.2))
            + ellipse(0, 0, 82, 50, pen.a)
            + ellipse(0, -4, 62, 34, mix(pen.a, pen.b, 0.35))
            + frost
            + "".join(leaf(0, -6, 30, t, pen.c) for t in (0, 90, 180, 270))
        )

    return arrange(
        pen,
        item,
        (
            ((170, 250, 1, -8), (312, 256, 1, 8), (240, 320, 1.08, 0)),
            ((240, 330, 1.1, 0), (236, 270, 1.05, -3), (244, 212, 1, 4)),
        ),
    )


def crisps(pen: Pen) -> str:
    out = ""
    spots = [(x, y, 0.95, pen.rng.randint(-50, 50)) for x, y in scatter(pen, 11, 240, 280, 112, 78)]
    for k in range(3):
        tone = mix(pen.a, pen.b, 0.3 * k)
        chip = (
            path("M-62 0C-56-44 50-50 64-4C54 10 20-6 0 8C-24 20-50 20-62 0Z", tone)
            + path("M-62 0C-40 16-20 10 0 2C24-8 50 4 64-4C54 30 30 34 0 38C-36 40-58 24-62 0Z", dark(tone, 0.1))
            + dots(scatter(pen, 5, 0, -10, 40, 18), 6, pen.c)
        )
        out += clones(chip, spots[k::3])
    return out


def herbroot(pen: Pen) -> str:
    def item() -> str:
        body = path("M-14-110C20-118 40-90 34-50C30 0 22 50 8 140C-6 60-30 10-36-46C-40-80-30-104-14-110Z", pen.a)
        side = line("M16-10C40 30 44 70 62 110M-18 0C-40 40-44 70-66 96M4 60C16 90 18 110 30 134", pen.a, 13)
        return (
            side
            + body
            + path("M14-106C36-90 38-70 34-50C30 0 22 50 10 130C8 50 26-30 14-106Z", dark(pen.a, 0.18))
            + line("M-22-70h34M-28-40h30M-22-10h24M-14 20h18M-8 50h12", dark(pen.a, 0.25), 4)
        )

    slices = "".join(
        ellipse(x, y, 34, 22, dark(pen.a, 0.15), t)
        + ellipse(x, y, 28, 17, pen.b, t)
        + ellipse(x, y, 12, 7, mix(pen.a, pen.b, 0.4), t)
        for x, y, t in ((318, 356, -10), (368, 338, 20), (262, 370, 6))
    )
    pair = clones(item(), [(180, 246, 1.05, -16 + pen.jitter(6)), (292, 236, 0.95, 14 + pen.jitter(6))])
    return leaf(170, 140, 70, -110, pen.c) + leaf(280, 140, 60, -70, pen.c) + pair + slices


FAMILIES = {
    f.__name__: f
    for f in (
        ricesack, ricebowl, millet, floursack, barley, oats, quinoa, buckwheat, beanbowl, powder, noodles, glassnoodles, goji, raisins,
        pollen, lotusseed, seedbowl, peppercorn, staranise, cassia, sunflower, peanut, walnut, chestnut, almond, pinenut, hazelnut,
        driedfruit, persimmoncake, crisps, herbroot,
    )
}  # fmt: skip
