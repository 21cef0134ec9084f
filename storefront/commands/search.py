"""`bangmai search …` and `bangmai cards …`: the product cards and the index made from them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command()
@click.option("--anew", is_flag=True, help="Begin from nothing, also where a stopped build could go on.")
def rebuild(*, anew: bool) -> None:
    """Build the whole index anew beside the old one, and swap. Readers notice; nothing stops meanwhile.

    Ctrl-C stops it; the same command goes on where it was.
    """
    from catalog.search import directory
    from catalog.search import rebuild as rebuild_index

    with _bar("Indexing") as tell:
        try:
            count = rebuild_index(tell, anew=anew)
        except directory.IndexBusy as error:
            raise click.ClickException(f"{error}: try again when it is done") from None
        except KeyboardInterrupt:
            raise click.ClickException(
                "stopped: the shop goes on with the index it has; run this again to go on"
            ) from None
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


@search.command()
def synonyms() -> None:
    """Check the synonym files; name each line with an error. A change is at work at once."""
    from django.conf import settings

    from catalog.search.synonyms import SHIPPED, rules

    found = rules()
    for path, line, message in found.problems:
        click.echo(f"{path}:{line}: {message}", err=True)
    click.echo(
        f"{len(found.also) + len(found.never)} words have rules in {SHIPPED} and {settings.SEARCH_SYNONYMS_FILE}."
    )
    if found.problems:
        raise click.ClickException(f"{len(found.problems)} lines are left out until they are mended")


@search.command()
@click.argument("judged", type=click.Path(exists=True, dir_okay=False), default="tests/judged/queries.tsv")
@click.option(
    "--url", default="", help="Judge this Elasticsearch server; its indices bangmai-judge-* are removed after."
)
@click.option("--worst", default=0, help="Print so many of the queries that did worst.")
def judge(judged: str, url: str, worst: int) -> None:
    """Put judged queries to the search of this shop (seeded with the demo), and print nDCG@10 and recall@20 by kind."""
    from pathlib import Path

    from elasticsearch import ApiError, TransportError

    from catalog.search.judging import by_kind
    from storefront.judging import judge_here, judge_server

    try:
        shown = judge_server(url, Path(judged)) if url else judge_here(Path(judged))
    except (ApiError, TransportError) as error:
        raise click.ClickException(f"the server at {url} cannot be judged: {error}") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for score in sorted(shown.scores, key=lambda score: score.ndcg + score.recall)[:worst]:
        click.echo(f"{score.judged.kind}\t{score.judged.text}\tnDCG {score.ndcg:.2f}\trecall {score.recall:.2f}")
    for text in shown.unanswerable:
        click.echo(f"no product of this shop answers “{text}”", err=True)
    for kind, (count, ndcg, recall) in by_kind(shown.scores).items():
        click.echo(f"{kind:12} {count:4} queries   nDCG@10 {ndcg:.3f}   recall@20 {recall:.3f}")


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
