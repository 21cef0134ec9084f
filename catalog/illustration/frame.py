"""The sheet that every drawing stands on: paper, a quiet motif behind, a soft shadow below."""

from __future__ import annotations

from catalog.illustration.canvas import CREAM, Pen, circle, ellipse, mix, pale, path, rect


def _sun(pen: Pen, tone: str) -> str:
    return circle(240 + pen.jitter(30), 226 + pen.jitter(16), 168 + pen.jitter(14), tone)


def _arch(pen: Pen, tone: str) -> str:
    r = 150 + pen.jitter(12)
    return path(f"M{240 - r:.0f} 392V{226:.0f}A{r:.0f} {r:.0f} 0 0 1 {240 + r:.0f} 226V392Z", tone)


def _hills(pen: Pen, tone: str) -> str:
    y = 250 + pen.jitter(20)
    far = path(
        f"M0 {y:.0f}C80 {y - 90:.0f} 150 {y - 80:.0f} 220 {y:.0f}C300 {y - 120:.0f} 400 {y - 70:.0f} 480 {y - 10:.0f}V480H0Z",
        tone,
    )
    return far + circle(360 + pen.jitter(30), 96, 40, tone)


def _halo(pen: Pen, tone: str) -> str:
    x, y = 240 + pen.jitter(20), 232 + pen.jitter(12)
    return circle(x, y, 196, mix(tone, CREAM, 0.6)) + circle(x, y, 150, tone)


def _blob(pen: Pen, tone: str) -> str:
    return (
        f'<g transform="rotate({pen.rng.randint(0, 359)} 240 236)">'
        + path(
            "M240 60C330 50 420 120 414 220C410 320 360 396 250 404C140 410 66 340 70 236C74 130 140 70 240 60Z", tone
        )
        + "</g>"
    )


def _table(pen: Pen, tone: str) -> str:
    y = 318 + pen.jitter(14)
    return rect(0, y, 480, 480 - y, tone) + circle(112 + pen.jitter(20), 112, 54, tone)


def _window(pen: Pen, tone: str) -> str:
    return rect(92, 78, 296, 316, tone, 26 + abs(pen.jitter(20)))


DEEP = ("#7f9a86", "#7f9bb0", "#bf8a6b", "#a58a9a", "#9a9468")
MOTIFS = (_sun, _arch, _hills, _halo, _blob, _table, _window)


def sheet(pen: Pen) -> str:
    """Paper tinted by the palette, deeper under pale things, with one motif chosen by the seed."""
    if pale(pen.a):
        tint, weight = pen.rng.choice(DEEP), 2.1
    else:
        tint, weight = pen.rng.choice((pen.a, pen.b, pen.c)), 1.0
    paper = mix(CREAM, tint, 0.09 * weight)
    motif = pen.rng.choice(MOTIFS)(pen, mix(CREAM, tint, 0.2 * weight))
    return rect(0, 0, 480, 480, paper) + motif


def shadow(pen: Pen) -> str:
    """The soft ellipse under the things on the sheet."""
    return ellipse(240, 392, 168, 19, mix(mix(CREAM, pen.a, 0.2), "#4a3a30", 0.2))
