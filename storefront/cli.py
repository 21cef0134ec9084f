"""The console script `bangmai`: one command for each thing that an operator does."""

import os

import click

from storefront.commands.audit import audit
from storefront.commands.check import check
from storefront.commands.demo import demo
from storefront.commands.map import load_map
from storefront.commands.relay import relay
from storefront.commands.schema import schema
from storefront.commands.search import cards, search
from storefront.commands.shop import run, setup
from storefront.commands.sweep import sweep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")


class DjangoGroup(click.Group):
    """Sets Django up before a command runs, and not merely to print help."""

    def invoke(self, ctx: click.Context):
        """Run the chosen command with Django ready; bad environment variables end in one line."""
        import django

        from storefront.env import BadEnvironment

        try:
            django.setup()
        except BadEnvironment as error:
            raise click.ClickException(str(error)) from None
        return super().invoke(ctx)


@click.group(cls=DjangoGroup)
def main() -> None:
    """Bangmai (帮买): run the shop and look after it."""


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def django(args: tuple[str, ...]) -> None:
    """Run one of Django's own commands, e.g. `bangmai django shell`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bangmai django", *args])


main.add_command(audit)
main.add_command(cards)
main.add_command(check)
main.add_command(relay)
main.add_command(demo)
main.add_command(load_map)
main.add_command(setup)
main.add_command(run)
main.add_command(schema)
main.add_command(search)
main.add_command(sweep)
