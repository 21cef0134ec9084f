"""Kill points: places at which a test may let this very process die, to see that nothing is lost.

`BANGMAI_TEST_KILL=point:/path/of/a/flag` kills the process with SIGKILL the first time that `point` is reached; the
flag file makes it the first time only, also across restarts. Without the variable a kill point costs one comparison.
"""

import os
import signal
from pathlib import Path

from django.conf import settings


def reach(point: str) -> None:
    """Die here when the test says so."""
    if settings.KILL_POINT and settings.KILL_POINT.startswith(f"{point}:"):
        flag = Path(settings.KILL_POINT.split(":", 1)[1])
        try:
            flag.touch(exist_ok=False)
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)
