"""A demo shop of real processes for all browser tests of a run, and Debian's Chromium."""

import pytest

from tests.browser.places import prepare
from tests.faults.shop import Shop

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
LANGUAGES = {"zh": "", "hant": "/zh-hant", "en": "/en"}


CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium from Debian, and none of its own traffic."""
    return {**browser_type_launch_args, **CHROMIUM}


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """A small demo shop: the zone is open, the campaigns run, everything is started."""
    place = Shop(tmp_path_factory.mktemp("browser"), web_workers=2)
    place.prepare_demo(products=400, orders=200)
    place.start_standin()
    place.start_web()
    place.start_relay()
    place.start_sweep()
    yield place
    place.close()


@pytest.fixture(scope="session")
def places(shop, browser):
    """Every page in every state, with the visitors who see them."""
    return prepare(shop, browser)


@pytest.fixture(params=list(SIZES))
def size(request):
    """Phone and desktop."""
    return SIZES[request.param]


@pytest.fixture(params=list(LANGUAGES))
def language(request):
    """简体, 繁體 and English."""
    return request.param
