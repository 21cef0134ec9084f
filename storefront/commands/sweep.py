"""`bangmai sweep`: what the worker does by the clock, once, in this process."""

import click


@click.command()
def sweep() -> None:
    """Run each of the worker's jobs once: expired orders, notices, payments, refunds, old carts, cards, index."""
    from storefront.celery import EVERY_SECONDS, app

    app.loader.import_default_modules()
    for name in EVERY_SECONDS:
        done = app.tasks[name]()
        click.echo(f"{name}: {done if done is not None else 'done'}")
