"""The shop that pages are bought from: an open zone, a place to deliver to, and the real stand-in to pay with."""

import pytest

from aid_tracking import shares
from checkout.payments.stripe import provider as the_provider
from storefront import names
from tests import aid
from tests.contract.stripe_process import KEY, WEBHOOK_SECRET, Standin
from tests.division import beijing
from tests.factories import NOW
from tests.shopper import ORIGIN


@pytest.fixture(scope="module")
def standin(tmp_path_factory):
    running = Standin(tmp_path_factory.mktemp("pages") / "stripe.sqlite3", None, "--return-prefix", ORIGIN)
    yield running
    running.stop()


@pytest.fixture
def shop(settings, monkeypatch, standin):
    """An open zone with campaigns, Beijing to deliver to, and the stand-in to pay with; it is `NOW`."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE = settings.STRIPE_STANDIN_URL = standin.url
    the_provider.cache_clear()
    names.forget()
    shares.forget()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    aid.spring()
    beijing()
    yield
    standin.control("/_faults", {"api": "off"})
    the_provider.cache_clear()
