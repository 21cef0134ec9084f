"""Progress bars for commands that take a while; one line a step where nobody watches."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from tqdm import tqdm


@contextmanager
def bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far a step is; yields the function that is told how many more are done."""
    if not sys.stderr.isatty():
        with _line(title, total) as silent:
            yield silent
        return
    with tqdm(
        total=total, desc=f"{title:<14}", ncols=88, bar_format="{desc}{percentage:3.0f}%|{bar}| {n_fmt} [{elapsed}]"
    ) as shown:

        def tell(count: int) -> None:
            shown.update(count)

        yield tell


@contextmanager
def _line(title: str, total: int) -> Iterator[Callable[[int], None]]:
    started = time.monotonic()
    yield lambda count: None
    click.echo(f"{title:<14}{total} in {time.monotonic() - started:.1f} s", err=True)
