"""Prints, for each line of the acceptance list: the line, its figure, and whether it passed."""

import os
from pathlib import Path

import pytest

from tests.browser.conftest import browser_type_launch_args, shop  # noqa: F401 (fixtures that are used here as well)
from tests.faults.shop import shops

FULL = os.environ.get("ACCEPT_FULL") == "1"  # the sizes of the list, not those for every change
ROOT = Path(__file__).resolve().parents[2]
_report: list[tuple[str, str, str]] = []


@pytest.fixture
def figure(request):
    """Take a figure for the report: `figure("p95 0.3 s")`."""
    request.node.figures = []
    return request.node.figures.append


@pytest.fixture
def race_shop(tmp_path):
    """Return a maker of shops for races and crashes; each is closed when the test ends."""
    with shops(tmp_path) as make:
        yield make


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember how each line came out."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" or (report.when == "setup" and not report.passed):
        line = " ".join((item.function.__doc__ or item.name).split())
        _report.append((line, "; ".join(getattr(item, "figures", [])), report.outcome))


def pytest_terminal_summary(terminalreporter):
    """Print the list."""
    terminalreporter.section(f"acceptance ({'full' if FULL else 'small'} sizes)")
    for line, figures, outcome in _report:
        terminalreporter.write_line(f"“{line}”\n    → {figures or '–'} → {'pass' if outcome == 'passed' else outcome}")
