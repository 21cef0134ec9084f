"""`bangmai relay`: counts what was paid and given back."""

import signal
import threading

import click


@click.command()
@click.option("--once", is_flag=True, help="Count what waits, then end.")
@click.option("--batch", default=500, show_default=True, type=click.IntRange(1, 10_000), help="Facts a transaction.")
@click.option("--retry", is_flag=True, help="First have the facts tried again that failed, also those set aside.")
def relay(once: bool, batch: int, retry: bool) -> None:
    """Write the aid ledger and the totals from the outbox, until it is stopped."""
    from django.utils import timezone

    from aid_tracking import relay as worker

    if retry:
        click.echo(f"{worker.retry_failures(now=timezone.now())} failed facts are tried again")
    if once:
        handled = 0
        while some := worker.run_once(now=timezone.now(), batch=batch):
            handled += some
        worker.release()
        click.echo(f"{handled} facts counted")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.loop(stop=stop, batch=batch)
