"""`bangmai schema`: the API's schema as a file that clients and reviews can read."""

from pathlib import Path

import click

FILE = Path(__file__).resolve().parents[2] / "schema.graphql"


def printed() -> str:
    """Return the schema in GraphQL's own language."""
    from storefront.schema import schema as served

    return f"{served}\n"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when the committed file differs.")
def schema(check: bool) -> None:
    """Write schema.graphql from the code."""
    if check and (not FILE.exists() or FILE.read_text() != printed()):
        raise click.ClickException("schema.graphql is not what the code says; run `bangmai schema` and commit it.")
    if not check:
        FILE.write_text(printed())
        click.echo(f"wrote {FILE.name}")
