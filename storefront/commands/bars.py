"""Progress bars for commands that take a while; one line a step where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far a step is; yields the function that is told how many more are done."""
    watched = sys.stderr.isatty()
    with tqdm(
        total=total,
        desc=f"{title:<14}",
        unit="",
        ncols=88 if watched else 64,
        mininterval=0.2 if watched else 3600,
        maxinterval=3600,
        bar_format="{desc}{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}]",
    ) as shown:
        yield shown.update
