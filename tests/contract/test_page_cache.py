"""The anonymous cache: what it keeps, for whom, and until when; never anything personal, never past a certificate."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from catalog import search
from catalog.actions import cards
from catalog.graphql.labels import forget_labels
from catalog.models import Certificate
from checkout.models import User
from storefront import page_cache, rate_limits
from storefront.page_cache import AnonymousCacheMiddleware, cached_for_anonymous
from tests.factories import DAY, NOW, product
from tests.graphql_client import post

pytestmark = pytest.mark.django_db

LIST = "{ listing(first: 5) { products { slug isAvailable } } }"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture(autouse=True)
def cache(settings):
    settings.PAGE_CACHE = True
    settings.RATE_LIMIT_FACTOR = 1000
    _forget()
    yield
    _forget()


def _forget() -> None:
    caches["pages"].clear()
    page_cache.changes.forget()
    rate_limits.reads.forget()
    forget_labels()


@pytest.fixture
def apple(settings, tmp_path, clock):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    row = product("延长苹果", slug="apple")
    cards.rebuild(now=NOW)
    search.rebuild()
    return row


def test_a_page_is_kept_for_the_next_reader(apple):
    first, second = Client().get("/products/apple/"), Client().get("/products/apple/")
    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content
    assert second["Content-Type"] == "text/html; charset=utf-8"
    assert second["Cache-Control"] == "no-cache"
    assert "default-src" in second["Content-Security-Policy"]
    assert second["X-Content-Type-Options"] == "nosniff"
    assert "延长苹果" in second.content.decode()


def test_a_page_that_did_not_change_is_not_sent_again(apple, client):
    etag = client.get("/products/apple/")["ETag"]
    again = client.get("/products/apple/", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["X-Cache"]) == (304, b"", "hit")
    assert client.get("/products/apple/", headers={"if-none-match": '"other"'}).status_code == 200


def test_languages_and_queries_are_kept_apart(apple, client):
    pages = [client.get(f"{prefix}/products/apple/") for prefix in ("", "/zh-hant", "/en")]
    assert [page["X-Cache"] for page in pages] == ["miss"] * 3
    assert len({page.content for page in pages}) == 3
    assert client.get("/search/?q=苹果")["X-Cache"] == "miss"
    assert client.get("/search/?q=木耳")["X-Cache"] == "miss"
    assert client.get("/search/?q=苹果")["X-Cache"] == "hit"


def test_a_certificate_that_ends_between_two_readers_is_seen_by_the_second(apple, clock, client):
    """The page was kept two seconds before the end; at the end it is made anew, although its minute is not over."""
    end = NOW + 30 * DAY
    Certificate.objects.update(valid_until=end)
    cards.rebuild(now=NOW)
    clock.now = end - timedelta(seconds=2)
    page_cache.changes.forget()
    buyable = client.get("/products/apple/")
    assert client.get("/products/apple/")["X-Cache"] == "hit"
    assert post(LIST).json()["data"]["listing"]["products"] == [{"slug": "apple", "isAvailable": True}]
    assert post(LIST)["X-Cache"] == "hit"

    clock.now = end
    fresh = client.get("/products/apple/")
    assert fresh["X-Cache"] == "miss"
    assert fresh.content != buyable.content
    assert b'name="next" value="checkout"' in buyable.content
    assert b'name="next" value="checkout"' not in fresh.content
    answer = post(LIST)
    assert answer["X-Cache"] == "miss"
    assert answer.json()["data"]["listing"]["products"] == []


def test_nothing_is_kept_for_longer_than_a_minute(apple, clock, client):
    client.get("/products/apple/")
    clock.now = NOW + timedelta(seconds=59)
    assert client.get("/products/apple/")["X-Cache"] == "hit"
    clock.now = NOW + timedelta(seconds=60)
    assert client.get("/products/apple/")["X-Cache"] == "miss"


def test_a_change_of_the_catalogue_is_seen_at_once(apple, client):
    client.get("/products/apple/")
    apple.name_zh = "延长新苹果"
    apple.save()
    cards.rebuild(now=NOW)
    page_cache.changes.forget()  # a quarter of a second later
    answer = client.get("/products/apple/")
    assert answer["X-Cache"] == "miss"
    assert "延长新苹果" in answer.content.decode()


def test_a_change_of_another_product_ends_only_the_pages_that_show_it(apple, client):
    pear = product("金川雪梨", slug="pear", kind="pear")
    cards.rebuild(now=NOW)
    page_cache.changes.forget()
    for address in ("/products/apple/", "/products/pear/", "/search/?q=苹果"):
        client.get(address)
    pear.name_zh = "金川新雪梨"
    pear.save()
    cards.rebuild(now=NOW)
    page_cache.changes.forget()
    assert client.get("/products/apple/")["X-Cache"] == "hit"
    assert client.get("/search/?q=苹果")["X-Cache"] == "hit"
    assert "金川新雪梨" in client.get("/products/pear/").content.decode()


def test_a_new_index_ends_every_page(apple, client):
    client.get("/products/apple/")
    search.rebuild()
    page_cache.changes.forget()
    assert client.get("/products/apple/")["X-Cache"] == "miss"


def test_a_list_is_kept_for_ten_seconds_as_others_may_come_to_belong_on_it(apple, clock, client):
    client.get("/search/?q=苹果")
    clock.now = NOW + timedelta(seconds=9)
    assert client.get("/search/?q=苹果")["X-Cache"] == "hit"
    clock.now = NOW + timedelta(seconds=10)
    assert client.get("/search/?q=苹果")["X-Cache"] == "miss"


def test_more_changes_than_are_remembered_end_every_page(apple, client, monkeypatch):
    monkeypatch.setattr(page_cache, "CHANGES_MAX", 0)
    client.get("/products/apple/")
    product("金川雪梨", slug="pear")
    cards.rebuild(now=NOW)
    page_cache.changes.forget()
    assert client.get("/products/apple/")["X-Cache"] == "miss"


def test_the_version_is_asked_of_the_database_four_times_a_second(
    apple, client, monkeypatch, django_assert_num_queries
):
    page_cache.changes.look()
    seconds = iter([10.0, 10.1, 10.24, 10.26])
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    page_cache.changes.forget()
    with django_assert_num_queries(2):
        for _ in range(4):
            page_cache.changes.look()


def test_who_is_signed_in_is_neither_given_nor_leaves_a_kept_page(apple, client):
    client.force_login(User.objects.create_user(email="reader@example.com", password="x" * 12))
    assert "X-Cache" not in client.get("/products/apple/")
    assert Client().get("/products/apple/")["X-Cache"] == "miss"
    assert "X-Cache" not in client.get("/products/apple/")


@pytest.mark.parametrize("address", ["/cart/", "/accounts/login/", "/health/status", "/products/apple/?utm_source=x"])
def test_other_addresses_are_not_kept(apple, client, address):
    client.get(address)
    assert "X-Cache" not in client.get(address)


def test_what_is_not_there_is_not_kept(apple, client):
    assert client.get("/products/nothing/").status_code == 404
    assert "X-Cache" not in client.get("/products/nothing/")


def test_documents_are_kept_by_text_variables_and_language(apple):
    document = "query($slug: String) { product(slug: $slug) { name } }"
    assert post(document, {"slug": "apple"})["X-Cache"] == "miss"
    assert post(document, {"slug": "apple"})["X-Cache"] == "hit"
    assert post(document, {"slug": "pear"})["X-Cache"] == "miss"
    assert post(document, {"slug": "apple"}, accept_language="en").json()["data"]["product"]["name"] == "Yanchang apple"
    assert post(document, {"slug": "apple"}).json()["data"]["product"]["name"] == "延长苹果"


@pytest.mark.parametrize(
    "document",
    [
        '{ order(id: "x") { id } }',
        '{ product(slug: "apple") { slug } checkout { id } }',
        'query { ...Q } fragment Q on Query { product(slug: "apple") { slug } }',
        'mutation { checkoutLinesAdd(id: "x", lines: []) { errors { code } } }',
        "{ products { totalCount } }",
        "{ nothing }",
    ],
)
def test_carts_orders_changes_and_errors_are_not_kept(apple, document):
    post(document)
    assert "X-Cache" not in post(document)


@cached_for_anonymous
def plain(request):
    return HttpResponse("a page")


@cached_for_anonymous
def with_token(request):
    return HttpResponse(get_token(request))


@cached_for_anonymous
def with_cookie(request):
    response = HttpResponse("a page")
    response.set_cookie("seen", "1")
    return response


@cached_for_anonymous
def told_private(request):
    return HttpResponse("a page", headers={"Cache-Control": "private, no-store"})


@cached_for_anonymous
def failing(request):
    return HttpResponse("a page", status=503)


def undeclared(request):
    return HttpResponse("a page")


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        (plain, True),
        (with_token, False),
        (with_cookie, False),
        (told_private, False),
        (failing, False),
        (undeclared, False),
    ],
)
def test_only_what_is_the_same_for_everybody_is_kept(view, kept):
    assert _second(view).get("X-Cache") == ("hit" if kept else None)


def test_a_message_waiting_for_the_reader_goes_past_the_cache():
    _second(plain)
    assert "X-Cache" not in _ask(plain, cookies={"messages": "something"})


def test_without_a_database_the_views_answer_themselves(monkeypatch):
    def gone():
        raise DatabaseError

    monkeypatch.setattr(page_cache.changes, "look", gone)
    assert _second(plain).content == b"a page"


def test_the_cache_can_be_switched_off(settings):
    settings.PAGE_CACHE = False
    assert "X-Cache" not in _second(plain)


def _ask(view, cookies=None):
    request = RequestFactory().get("/somewhere/")
    request.COOKIES.update(cookies or {})
    middleware = AnonymousCacheMiddleware(view)
    middleware.process_view(request, view, (), {})
    return middleware(request)


def _second(view):
    _ask(view)
    return _ask(view)
