"""`bangmai search …` and `bangmai cards …`: the product cards and the index made from them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command()
def rebuild() -> None:
    """Build the whole index anew beside the old one, and swap. Readers notice; nothing stops meanwhile."""
    from catalog.search import directory
    from catalog.search import rebuild as rebuild_index

    with _bar("Indexing") as tell:
        try:
            count = rebuild_index(tell)
        except directory.IndexBusy as error:
            raise click.ClickException(f"{error}: try again when it is done") from None
    click.echo(f"{count} products are in the index.")


@search.command()
def refresh() -> None:
    """Index what changed since the last time."""
    from catalog.search import directory, refresh_changed

    try:
        click.echo(f"{refresh_changed()} products indexed again.")
    except directory.IndexMissing as error:
        raise click.ClickException(f"{error}: run `bangmai search rebuild`") from None


@search.command()
@click.argument("text")
@click.option("--category", default="", help="Category slug.")
@click.option("--province", default="", help="Six-digit code.")
@click.option("--sort", default="relevance", show_default=True, help="relevance, sales, price, -price or newest.")
def query(text: str, category: str, province: str, sort: str) -> None:
    """Search as the shop does, and print what is found."""
    from django.utils import timezone

    from catalog.search import Query
    from catalog.selectors import listing

    page = listing(Query(text=text, category=category, province=province, sort=sort), at=timezone.now())
    if page.degraded:
        click.echo("The index is missing or stale: this is a bounded list, run `bangmai search rebuild`.", err=True)
    if page.relaxed:
        click.echo(f"Searched for: {page.relaxed}")
    click.echo(f"{page.total} products")
    for card in page.cards:
        click.echo(f"{card.product_id}\t{card.name_zh}\t{card.prefecture_zh}{card.county_zh}\t{card.name_en}")


@click.group()
def cards() -> None:
    """Look after the product cards, which lists and the index are made from."""


@cards.command(name="rebuild")
def rebuild_cards() -> None:
    """Compute every card anew; write those that differ."""
    from django.utils import timezone

    from catalog.actions import cards as actions

    with _bar("Cards") as tell:
        changed = actions.rebuild(now=timezone.now(), progress=tell)
    click.echo(f"{changed} cards changed.")


@cards.command()
def due() -> None:
    """Compute the cards of which something moved since they were last known to be true, as the worker does."""
    from django.utils import timezone

    from catalog.actions import cards as actions

    click.echo(f"{actions.rebuild_due(now=timezone.now())} cards changed.")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows `done` of `of`; the length is known with its first call."""
    with click.progressbar(length=1, label=label) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield tell
