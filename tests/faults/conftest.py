"""A shop of real processes, ended whatever happens."""

import pytest

from tests.faults.shop import shops


@pytest.fixture
def shop(tmp_path):
    """Return a maker of shops; each is closed when the test ends."""
    with shops(tmp_path) as make:
        yield make
