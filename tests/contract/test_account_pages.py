"""Every page of the account library, in our design and in the reader's language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from checkout.models import User
from tests.page_text import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-1"
ADDRESS = "one@example.com"
MOST_QUERIES = 10
LATIN = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u3400-\u9fff]")
# What a Chinese page may show in Latin letters: the other language's name, and what somebody typed.
ALLOWED = re.compile(r"English|\S+@\S+")
# Pages that only lead on: to signing in, or back, until somebody is in the middle of what they are for.
LEADING_ON = {"account_confirm_login_code"}
ARGUMENTS = {
    "account_confirm_email": {"key": "nobody-has-it"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "nobody-has-it"},
}


def _names(resolver) -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        found |= {pattern.name} if isinstance(pattern, URLPattern) else _names(pattern)
    return found


NAMES = sorted(name for name in _names(get_resolver("allauth.urls")) if name)


@pytest.fixture
def someone() -> Client:
    """Return a person's browser: signed in, with a confirmed address and one that is not."""
    user = User.objects.create_user(ADDRESS, PASSWORD)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    EmailAddress.objects.create(user=user, email="two@example.com")
    client = Client()
    client.force_login(user)
    return client


def foreign(html: str, language: str) -> list[str]:
    """Return the pieces of a page that are in the wrong language."""
    page = Page.of(html)
    assert not page.inline and page.headings.count(1) == 1, page.headings
    texts = [ALLOWED.sub("", text) for tongue, text in page.texts if tongue == page.language]
    return [text for text in texts if (HAN if language == "en" else LATIN).search(text)]


def page_of(name: str, language: str, client: Client) -> HttpResponse:
    """Return a page of the library, as a visitor or, where that one is sent to sign in, as somebody."""
    with translation.override(language):
        address = reverse(name, kwargs=ARGUMENTS.get(name))
    answer = Client().get(address)
    if answer.status_code == 302:
        answer = client.get(address)
    return answer


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_ours_and_in_one_language(name, language, someone):
    if name == "account_set_password":
        user = User.objects.get()
        user.set_unusable_password()
        user.save()
        someone.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        answer = page_of(name, language, someone)
    if name in LEADING_ON:
        assert answer.status_code == 302
        return
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'class="entrance"' in html
    assert foreign(html, language) == []
    assert len(queries) <= 2 * MOST_QUERIES  # two visits


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("account_email", {"action_add": "1", "email": "no address"}),
        ("account_email", {"action_add": "1", "email": ADDRESS}),
        ("account_email", {"action_add": "1", "email": "three@example.com"}),
        ("account_email", {"action_primary": "1", "email": "two@example.com"}),
        ("account_email", {"action_primary": "1", "email": ADDRESS}),
        ("account_email", {"action_remove": "1", "email": "two@example.com"}),
        ("account_email", {"action_remove": "1", "email": ADDRESS}),
        ("account_email", {"action_send": "1", "email": "two@example.com"}),
        ("account_reauthenticate", {"password": "wrong"}),
        ("account_change_password", {"oldpassword": "wrong", "password1": "short", "password2": "other"}),
        ("account_change_password", {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}),
        (
            "account_change_password",
            {"oldpassword": PASSWORD, "password1": PASSWORD[::-1], "password2": PASSWORD[::-1]},
        ),
    ],
)
def test_what_forms_answer_is_in_one_language(name, given, language, someone):
    cache.clear()  # how often one may ask for mail is limited
    with translation.override(language):
        address = reverse(name)
    answer = someone.post(address, given, follow=True)
    html = answer.content.decode()
    assert 'class="notice' in html or 'class="error"' in html
    assert foreign(html, language) == []


def test_another_address_becomes_the_main_one_once_it_is_confirmed(someone):
    EmailAddress.objects.filter(email="two@example.com").update(verified=True)
    page = someone.post("/accounts/email/", {"action_primary": "1", "email": "two@example.com"}, follow=True)
    assert "主邮箱已更改" in page.content.decode()
    assert User.objects.get().email == "two@example.com"
    assert not isinstance(page.wsgi_request.user, AnonymousUser)
