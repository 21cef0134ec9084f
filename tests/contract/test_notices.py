"""What the shop says of itself: the privacy page, the lines of the footer, the manifest for a phone's home screen."""

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from storefront.themes import tokens

pytestmark = pytest.mark.django_db
SET = {
    "LEGAL_ICP": "京ICP备00000000号-1",
    "LEGAL_LICENCE": "京B2-00000000",
    "LEGAL_POLICE": "京公网安备00000000000000号",
    "LEGAL_REPORT_PHONE": "010-00000000",
}


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_a_demo_says_so_in_place_of_numbers(client, settings, prefix):
    settings.DEMO = True
    for name, text in SET.items():
        setattr(settings, name, text)
    page = client.get(f"{prefix}/privacy/").content.decode()
    assert ("A demonstration:" if prefix == "/en" else "演示") in page
    assert not [text for text in SET.values() if text in page]


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
@pytest.mark.parametrize("name", sorted(SET))
def test_each_line_is_shown_where_it_is_set_and_only_there(client, settings, prefix, name):
    settings.DEMO = False
    empty = client.get(f"{prefix}/privacy/").content.decode()
    assert "010-" not in empty and "beian." not in empty
    setattr(settings, name, SET[name])
    page = client.get(f"{prefix}/privacy/").content.decode()
    assert SET[name] in page
    assert not [text for other, text in SET.items() if other != name and text in page]
    assert ("beian.miit.gov.cn" in page) == (name == "LEGAL_ICP")


@pytest.mark.parametrize(
    ("prefix", "name", "language"),
    [("", "帮买", "zh-Hans"), ("/zh-hant", "幫買", "zh-Hant"), ("/en", "Bangmai", "en")],
)
def test_the_manifest_puts_the_shop_on_a_home_screen(client, prefix, name, language):
    page = client.get(f"{prefix}/privacy/")
    assert f'<link rel="manifest" href="{prefix}/manifest.webmanifest">' in page.content.decode()
    assert "manifest-src 'self'" in page["Content-Security-Policy"]
    answer = client.get(f"{prefix}/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["lang"], told["start_url"]) == (name, language, f"{prefix}/")
    assert told["theme_color"] == tokens("default")["--header-bg"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        head = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()[:24]
        assert head.startswith(b"\x89PNG") and icon["sizes"] == "{}x{}".format(*struct.unpack(">II", head[16:]))


def test_nothing_is_asked_of_the_database(client, django_assert_num_queries):
    for address in ("/privacy/", "/en/privacy/", "/manifest.webmanifest"):
        with django_assert_num_queries(0):
            assert client.get(address).status_code == 200
