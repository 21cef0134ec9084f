"""docs/operations.md names what exists: every variable of the settings, and no command that is not there."""

import re
from pathlib import Path

from storefront import cli, env

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operations.md").read_text()
# Their defaults follow from other variables, which a test run may set, or differ in tests.
DERIVED = {"DATABASE_URL", "PUBLIC_URL", "PAGE_CACHE"}


def row(variable: env.EnvVar) -> str:
    """The variable's line in the table; a path of this checkout would be true here only."""
    default = "must be set" if variable.default is None else variable.default.replace(f"{ROOT}/", "")
    return f"| `{variable.name}` | {f'`{default}`' if variable.default else default or 'empty'} | {variable.doc} |"


def test_the_table_says_what_the_settings_read():
    [table] = re.findall(r"<!-- environment: begin -->\n(.*?)<!-- environment: end -->", TEXT, re.DOTALL)
    lines = {re.findall(r"[A-Z_]+", line)[0]: line for line in table.splitlines()[2:]}
    wanted = {variable.name: row(variable) for variable in env.REGISTRY.values()}
    assert list(lines) == sorted(wanted)
    assert not [line for name, line in wanted.items() if name not in DERIVED and lines[name] != line]


def test_every_command_named_exists():
    named = set(re.findall(r"`(?:\S+/)?bangmai ([a-z]+)", TEXT))
    assert named
    assert named <= set(cli.main.commands)
