"""Accounts: signing up, in and out, a new password by e-mail, and the limit on failed attempts."""

import re
import uuid

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from checkout.models import User
from tests import scripts

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-1"


def post(client: Client, page: str, **data):
    return client.post(f"/accounts/{page}/", data, follow=True)


def test_sign_up_out_and_in(settings):
    client = Client()
    answer = post(client, "signup", email="New@Example.com", password1=PASSWORD)
    assert "您已登录" in answer.content.decode()
    assert User.objects.get().email == "new@example.com"
    assert "您已退出登录" in post(client, "logout").content.decode()
    assert client.get("/accounts/").status_code == 302
    post(client, "login", login="NEW@example.com", password=PASSWORD)
    assert client.get("/accounts/").status_code == 200


def test_wrong_passwords_and_weak_ones_are_said():
    User.objects.create_user("one@example.com", PASSWORD)
    assert 'role="alert"' in post(Client(), "login", login="one@example.com", password="wrong").content.decode()
    page = post(Client(), "signup", email="two@example.com", password1="short").content.decode()
    assert 'aria-invalid="true"' in page and "10" in page


def test_an_address_that_is_taken_is_not_told(settings):
    User.objects.create_user("one@example.com", PASSWORD)
    answers = [
        post(Client(), "password/reset", email=address).content.decode()
        for address in ("one@example.com", "two@example.com")
    ]
    assert all("请查收邮件" in answer for answer in answers)


def test_a_new_password_by_e_mail():
    User.objects.create_user("one@example.com", PASSWORD)
    client = Client()
    post(client, "password/reset", email="one@example.com")
    link = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another-password-2", "password2": "another-password-2"})
    assert Client().login(email="one@example.com", password="another-password-2") or post(
        Client(), "login", login="one@example.com", password="another-password-2"
    )
    assert client.get(link, follow=True).content.decode().count("链接已失效") == 1


@pytest.mark.parametrize(("form", "known"), [("signup", False), ("password/reset", True), ("password/reset", False)])
@pytest.mark.parametrize(
    ("prefix", "foreign"),
    [("", r"[A-Za-z]{2,}"), ("/zh-hant", r"[A-Za-z]{2,}"), ("/en", r"[\u3400-\u9fff]")],
)
def test_mail_is_in_the_language_of_the_page(form, known, prefix, foreign):
    address = f"{uuid.uuid4().hex}@example.com"  # how much mail one address gets is limited, and Redis remembers
    if known:
        User.objects.create_user(address, PASSWORD)
    Client().post(f"{prefix}/accounts/{form}/", {"email": address, "password1": PASSWORD})
    [sent] = mail.outbox
    assert sent.subject.startswith({"": "【帮买】", "/zh-hant": "【幫買】", "/en": "[Bangmai] "}[prefix])
    known = r"http\S+|\S+@\S+|testserver"
    if prefix == "/zh-hant":
        known += "|Email"  # as allauth’s own translation has it
    words = re.sub(known, "", f"{sent.subject} {sent.body}")
    assert not re.findall(foreign, words), words
    assert prefix != "/zh-hant" or not scripts.simplified(words), words


def test_failed_attempts_are_limited_for_all_processes(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    cache.clear()
    User.objects.create_user("one@example.com", PASSWORD)
    for _ in range(3):
        post(Client(), "login", login="one@example.com", password="wrong")
    client = Client()  # another browser, another connection: the count is shared
    post(client, "login", login="one@example.com", password=PASSWORD)
    assert client.get("/accounts/").status_code == 302
    assert settings.CACHES["default"]["BACKEND"].endswith(("DatabaseCache", "RedisCache"))


def test_sign_in_leads_back_to_where_it_was_asked():
    User.objects.create_user("one@example.com", PASSWORD)
    client = Client()
    answer = client.post("/en/accounts/login/?next=/en/cart/", {"login": "one@example.com", "password": PASSWORD})
    assert answer["Location"] == "/en/cart/"
    answer = Client().post(
        "/accounts/login/?next=https://x.example/", {"login": "one@example.com", "password": PASSWORD}
    )
    assert not answer["Location"].startswith("https://x")
