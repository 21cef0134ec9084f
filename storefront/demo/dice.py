"""Randomness that can be repeated: an own stream for each part, so that parts do not depend on one another's order."""

import random


def stream(seed: int, *path: object) -> random.Random:
    """Return the random numbers of one part of the demo, such as `stream(1, "merchant", 17)`."""
    return random.Random(":".join(map(str, (seed, *path))))  # noqa: S311  a demo, no secret
