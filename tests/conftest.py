"""What every test stands on: tables that can be emptied although they refuse it."""

import pytest
from django.test import TransactionTestCase

from tests.guards import lifted

_flush = TransactionTestCase._fixture_teardown


def _flush_with_guards_lifted(self) -> None:
    with lifted():
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_with_guards_lifted


@pytest.fixture
def stand_in_payments(monkeypatch):
    """A payment provider in memory, in place of the real client; its contract is tested against the stand-in."""
    from checkout.graphql.mutations import orders
    from tests.fakes.provider import MemoryProvider

    provider = MemoryProvider()
    monkeypatch.setattr(orders, "provider", lambda: provider)
    return provider
