"""Uploaded pictures: in the console, on pages, over the API, and as files of their own address."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import cards, media
from catalog.models import ProductMedia
from checkout.models import Role
from storefront import page_cache
from tests.factories import NOW, product
from tests.graphql_client import data
from tests.merchants import member
from tests.unit.test_pictures import folder, photo

__all__ = ["folder"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def row():
    made = product(name_en="Yanchang apple")
    cards.rebuild(now=NOW)
    return made


def add(row, width: int = 700) -> ProductMedia:
    return media.add(product_id=row.pk, content=photo((width, 650)), actor="user 1", now=NOW)


def console(row, *rest) -> str:
    return "/".join(("/en/console", row.merchant.slug, "listings", str(row.pk), "pictures", *map(str, rest), ""))


def upload(name: str, content: bytes, kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def page_of(row, prefix: str = "/en", **extra) -> str:
    return Client().get(f"{prefix}/products/{row.slug}/", **extra).content.decode()


def test_several_are_uploaded_at_once_and_the_bad_ones_are_named(row):
    client = member(row.merchant, Role.LISTINGS)
    files = [
        upload("一.jpg", photo((700, 650))),
        upload("二.png", b"<svg/>"),
        upload("三.webp", photo((720, 650), "WEBP")),
    ]
    page = client.post(console(row), {"files": files}, follow=True).content.decode()
    assert "2 pictures are added." in page
    assert "二.png: this is no JPEG, PNG or WebP picture, whatever its name says." in page
    assert ProductMedia.objects.filter(product=row).count() == 2


def test_no_file_and_too_large_a_file_are_said(row):
    client = member(row.merchant, Role.LISTINGS)
    assert "Please choose pictures" in client.post(console(row), follow=True).content.decode()
    page = client.post(console(row), {"files": [upload("x.jpg", bytes(10 * 1024 * 1024 + 1))]}, follow=True)
    assert "the file is too large" in page.content.decode()


def test_pictures_are_described_moved_and_deleted(row):
    client = member(row.merchant, Role.LISTINGS)
    first, second = add(row, 700), add(row, 710)
    words = {"action": "describe", "alt_zh": "枝头的红苹果", "alt_en": "Red apples on a branch"}
    assert "The description is saved." in client.post(console(row, first.pk), words, follow=True).content.decode()
    assert 'alt="Red apples on a branch"' in page_of(row) and 'alt="枝头的红苹果"' in page_of(row, "")
    client.post(console(row, second.pk), {"action": "forward"})
    assert [each.pk for each in row.media.all()] == [second.pk, first.pk]
    client.post(console(row, second.pk), {"action": "back"})
    assert [each.pk for each in row.media.all()] == [first.pk, second.pk]
    client.post(console(row, first.pk), {"action": "delete"})
    assert [each.pk for each in row.media.all()] == [second.pk]
    gone = client.post(console(row, first.pk), {"action": "delete"}, follow=True).content.decode()
    assert "This picture is not there any more." in gone


def test_another_merchants_product_is_not_there(row):
    picture, stranger = add(row), product()
    client = member(stranger.merchant, Role.LISTINGS)
    path = console(row).replace(row.merchant.slug, stranger.merchant.slug)
    assert client.get(path).status_code == 404
    assert client.post(path, {"files": [upload("a.jpg", photo())]}).status_code == 404
    own = "/".join(
        ("/en/console", stranger.merchant.slug, "listings", str(stranger.pk), "pictures", str(picture.pk), "")
    )
    client.post(own, {"action": "delete"})
    assert ProductMedia.objects.filter(pk=picture.pk).exists()


def test_the_page_shows_all_the_card_the_first_and_nothing_jumps(row):
    first, second = add(row, 700), add(row, 1400)
    page = page_of(row)
    assert f"/pictures/{second.token}-1280.webp 1280w" in page and f"/pictures/{first.token}-700.jpg 700w" in page
    images = re.findall(r"<img [^>]*pictures/[^>]*>", page)
    assert all(re.search(r'width="\d+" height="\d+"', image) for image in images)
    assert "fetchpriority" in images[0] and all('loading="lazy"' in image for image in images[1:])
    assert 'alt="Yanchang apple, picture 2"' in page
    home = Client().get("/en/search/?q=").content.decode()
    assert f"/pictures/{first.token}-320.webp 320w" in home and second.token not in home


def test_without_pictures_the_drawing_is_shown(row):
    assert f"/art/apple/{row.art_seed}.svg" in page_of(row) and "/pictures/" not in page_of(row)


def test_a_changed_picture_shows_at_once_though_pages_are_kept(row, settings):
    settings.PAGE_CACHE = True
    page_cache.changes.forget()
    assert "/pictures/" not in page_of(row)
    picture = add(row)
    page_cache.changes.forget()  # in a shop: a quarter of a second later
    assert picture.token in page_of(row)
    media.describe(product_id=row.pk, media_id=picture.pk, alt_zh="苹果", alt_en="Apples", actor="user 1", now=NOW)
    page_cache.changes.forget()
    assert 'alt="Apples"' in page_of(row)


def test_pictures_cost_a_list_no_query_and_a_page_none_more(row):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(path).status_code == 200
        return len(seen)

    paths = ("/search/?q=", f"/products/{row.slug}/")
    before = [(queries(path), queries(path))[1] for path in paths]
    add(row, 700), add(row, 710)
    assert [queries(path) for path in paths] == before


def test_a_file_is_sent_as_what_it_is_to_be_kept_for_ever(row):
    picture = add(row)
    answer = Client().get(f"/pictures/{picture.token}-320.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/pictures/{picture.token}-320.jpg")["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "path", ["../secret_key", "..%2fsecret_key", "%2e%2e/secret_key", "x-320.jpg", "0" * 32 + "-320.svg", "%00-320.jpg"]
)
def test_no_other_file_can_be_asked_for(row, path):
    assert Client().get(f"/pictures/{path}").status_code == 404


def test_the_api_gives_real_addresses(row):
    document = """query($slug: String) { product(slug: $slug) { thumbnail(size: 256) { url alt }
      small: media { alt type sortOrder url(size: 300, format: WEBP) } media { url } } }"""
    drawn = data(document, {"slug": row.slug})["product"]
    assert drawn["thumbnail"]["url"].endswith(f"/art/apple/{row.art_seed}.svg") and drawn["media"] == []
    first, second = add(row, 700), add(row, 1400)
    found = data(document, {"slug": row.slug})["product"]
    assert found["thumbnail"]["url"].endswith(f"/pictures/{first.token}-320.jpg")
    assert [each["url"].rpartition("/")[2] for each in found["media"]] == [
        f"{first.token}-700.jpg",
        f"{second.token}-1280.jpg",
    ]
    assert found["small"][1]["url"].endswith(f"{second.token}-320.webp")
    assert (found["small"][1]["type"], found["small"][1]["sortOrder"]) == ("IMAGE", 1)
    address = found["thumbnail"]["url"].partition("/pictures/")[2]
    assert Client().get(f"/pictures/{address}").status_code == 200
