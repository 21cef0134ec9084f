"""`bangmai map`: load the real counties, pairings and divisions."""

import click


@click.command("map")
def load_map() -> None:
    """Load counties, area sets, pairings, address divisions and certificate schemes; safe to repeat."""
    from django.utils import timezone

    from storefront.commands.bars import bar
    from storefront.demo.seed import load_map as load

    loaded = load(now=timezone.now(), progress=bar)
    click.echo(f"map: {loaded.created} rows made, {loaded.updated} changed")
