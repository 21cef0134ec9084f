"""`bangmai setup` and `bangmai run`: bring the shop up to date, and run all of it on this machine."""

import sys

import click


@click.command()
def setup() -> None:
    """Bring database, catalogues, static files, demo data and index up to date; quick when they are."""
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    from storefront.preparation import NotPrepared, prepare

    now = timezone.now()
    try:
        prepare(now=now, today=now.astimezone(ZoneInfo("Asia/Shanghai")).date())
    except NotPrepared as failure:
        click.echo()
        raise click.ClickException(str(failure)) from None


@click.command()
@click.option("--host", help="Address to listen on; default: HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; default: PORT.")
def run(host: str | None, port: int | None) -> None:
    """Prepare the shop, then run web, relay, worker and payment stand-in until Ctrl-C."""
    from django.conf import settings

    from storefront import supervisor

    sys.exit(supervisor.run(host=host or settings.HOST, port=port or settings.PORT))
