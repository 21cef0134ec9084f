"""A shop of real processes, ended whatever happens."""

import pytest

from tests.faults.shop import Shop


@pytest.fixture
def shop(tmp_path):
    """Return a maker of shops; each is closed when the test ends."""
    made: list[Shop] = []

    def make(name: str = "shop", **options) -> Shop:
        made.append(Shop(tmp_path / name, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()
