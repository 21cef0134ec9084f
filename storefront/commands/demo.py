"""`bangmai demo`: fill a shop with demo data, and move the demo's dates on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from storefront.demo.sizes import ORDERS, PRODUCTS

DAY = click.DateTime(["%Y-%m-%d"])


def _day(given: datetime | None) -> date:
    return given.date() if given else datetime.now(ZoneInfo("Asia/Shanghai")).date()


@click.group()
def demo() -> None:
    """Demo data: real counties and typical goods; merchants, certificates and orders are made up."""


@demo.command("seed")
@click.option("--products", type=click.IntRange(40, 2_000_000), default=PRODUCTS, show_default=True)
@click.option("--orders", type=click.IntRange(0, 2_000_000), default=ORDERS, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed and day give the same demo.")
@click.option("--as-of", type=DAY, help="Day around which all dates are laid. Default: today in China.")
def seed_command(products: int, orders: int, seed: int, as_of: datetime | None) -> None:
    """Fill the shop. A seeding that was stopped goes on; a finished one is left alone."""
    from django.utils import timezone

    from storefront.commands.bars import bar
    from storefront.demo.errors import DemoError
    from storefront.demo.seed import seed as fill

    sizes = {"products": products, "orders": orders, "seed": seed}
    try:
        done = fill(as_of=_day(as_of), now=timezone.now(), progress=bar, **sizes)
    except DemoError as error:
        raise click.ClickException(str(error)) from None
    plan = done.plan
    what = f"seed {plan.seed}, {plan.products} products, {plan.orders} orders, as of {plan.as_of}"
    click.echo(f"demo ready: {what}" if done.is_new else f"demo already there: {what}")


@demo.command("accounts")
def accounts_command() -> None:
    """Make the demo's accounts if they are missing, and tell their passwords: merchant, applicant, county, reviewer."""
    from django.conf import settings
    from django.utils import timezone

    from storefront.demo.people import accounts, write_people
    from storefront.models import DemoSeed

    if not settings.DEMO or not DemoSeed.objects.exclude(finished_at=None).exists():
        raise click.ClickException("there is no finished demo; `bangmai demo seed` makes one")
    write_people(now=timezone.now())
    for account in accounts():
        click.echo(f"{account.email}  {account.password}  {account.purpose}")


@demo.command("refresh")
@click.option("--as-of", type=DAY, help="The new day. Default: today in China.")
def refresh_command(as_of: datetime | None) -> None:
    """Move the demo's zones, campaigns and certificates on, so that they are open, running and in date."""
    from django.utils import timezone

    from storefront.commands.bars import bar
    from storefront.demo.errors import DemoError
    from storefront.demo.refresh import refresh

    try:
        moved = refresh(as_of=_day(as_of), now=timezone.now(), progress=bar)
    except DemoError as error:
        raise click.ClickException(str(error)) from None
    click.echo("demo moved on" if moved else "nothing to move")
