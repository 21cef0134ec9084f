"""`bangmai check`: do all invariants hold?"""

import sys

import click


@click.command()
def check() -> None:
    """Check every invariant of stock, money and totals; exit 1 and name the first rows of each that is broken."""
    from storefront.invariants import broken

    found = broken()
    for name, rows in found.items():
        click.echo(f"BROKEN  {name}: {', '.join(str(row[0]) for row in rows)}", err=True)
    if found:
        sys.exit(1)
    click.echo("All invariants hold.")
