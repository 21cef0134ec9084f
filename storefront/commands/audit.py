"""`bangmai audit`: proves the ledger and the totals, or names the first difference."""

import sys

import click


@click.command()
@click.option(
    "--level", "levels", multiple=True, type=click.IntRange(1, 2), help="Only this level; may be given twice."
)
def audit(levels: tuple[int, ...]) -> None:
    """Check the chain of the aid ledger (level 1) and that totals are the sums of its entries (level 2).

    Ends with exit code 1 at the first difference. The shop may go on selling meanwhile.
    """
    from aid_tracking import audit as auditor

    checks = {
        1: ("chain and triggers", auditor.chain_size, auditor.chain),
        2: ("totals and entries", auditor.totals_size, auditor.totals),
    }
    with auditor.snapshot():
        for level in sorted(set(levels)) or checks:
            label, size, check = checks[level]
            with click.progressbar(length=size(), label=f"level {level}: {label}", file=sys.stderr) as bar:
                difference = check(progress=bar.update)
            if difference:
                click.echo(f"level {level}: DIFFERENCE: {difference}")
                sys.exit(1)
            click.echo(f"level {level}: {label} agree")
