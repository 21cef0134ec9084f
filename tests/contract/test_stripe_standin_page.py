"""The stand-in's pay page: what the buyer sees, and what each button does."""

# ruff: noqa: F811 - fixtures are imported, and named again as arguments

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.contract.stripe_process import CREATE, kinds, paid, receiver, standin, standin_process  # noqa: F401 - fixtures

BACK = "http://127.0.0.1:8000/orders/7?from=pay"


def browse(standin, intent, choice: str | None = None, **changes) -> tuple[int, dict, str]:
    """Open the pay page, or press one of its buttons: status, headers, text."""
    fields = {"client_secret": intent.client_secret, "return_url": BACK, **changes}
    connection = http.client.HTTPConnection("127.0.0.1", standin.port, timeout=5)
    if choice is None:
        connection.request("GET", f"/pay/{intent.id}?{urlencode(fields)}")
    else:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/pay/{intent.id}", urlencode({**fields, "choice": choice}), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def test_the_page_says_that_it_is_a_demo_in_both_languages(standin):
    intent = standin.client().v1.payment_intents.create(CREATE)
    for locale, first, second in (
        ("zh-Hans", "演示", "No money moves"),
        ("zh-Hant", "不會扣款", "No money moves"),
        ("en", "No money moves", "不会扣款"),
    ):
        status, headers, text = browse(standin, intent, locale=locale)
        assert status == 200
        assert f'<html lang="{locale}">' in text
        assert 0 < text.index(first) < text.index(second)
        assert "¥128.00" in text
        assert re.findall(r'name="choice" value="(\w+)"', text) == ["approve", "decline", "leave"]
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "form-action 'self' http://127.0.0.1:8000" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize(
    ("choice", "redirect_status", "outcome"),
    [
        ("approve", "succeeded", ("succeeded", "payment_intent.succeeded")),
        ("decline", "failed", ("requires_payment_method", "payment_intent.payment_failed")),
    ],
)
def test_a_choice_leads_back_to_the_shop(standin, receiver, choice, redirect_status, outcome):
    client = standin.client()
    intent = client.v1.payment_intents.create(CREATE)
    code, headers, _ = browse(standin, intent, choice)
    assert code == 303
    assert headers["Location"].startswith("http://127.0.0.1:8000/orders/7?from=pay&")
    assert parse_qs(urlsplit(headers["Location"]).query) == {
        "from": ["pay"],
        "payment_intent": [intent.id],
        "payment_intent_client_secret": [intent.client_secret],
        "redirect_status": [redirect_status],
    }
    assert (client.v1.payment_intents.retrieve(intent.id).status, *kinds(receiver.wait(1))) == outcome


def test_approving_twice_takes_the_money_once(standin, receiver):
    intent = standin.client().v1.payment_intents.create(CREATE)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: browse(standin, intent, "approve"), range(8)))
    assert {(code, "redirect_status=succeeded" in headers["Location"]) for code, headers, _ in answers} == {(303, True)}
    receiver.wait(1)
    time.sleep(0.1)
    assert len(receiver.events) == 1
    assert "已经支付" in browse(standin, intent)[2]


def test_walking_away_leaves_the_order_waiting(standin, receiver):
    client = standin.client()
    intent = client.v1.payment_intents.create(CREATE)
    status, headers, text = browse(standin, intent, "leave")
    assert (status, "Location" in headers) == (200, False)
    assert "订单仍在等待支付" in text and "You left; the order waits" in text
    assert client.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"
    time.sleep(0.1)
    assert receiver.events == []


@pytest.mark.parametrize(("choice", "status"), [("approve", "succeeded"), ("decline", "requires_payment_method")])
def test_authentication_happens_on_the_page(standin, choice, status):
    client = standin.client()
    intent = paid(client, payment_method="pm_card_threeDSecure2Required", return_url=BACK)
    page = urlsplit(intent.next_action.redirect_to_url.url)
    assert (page.netloc, page.path) == (f"127.0.0.1:{standin.port}", f"/pay/{intent.id}")
    assert parse_qs(page.query) == {"client_secret": [intent.client_secret], "return_url": [BACK]}
    browse(standin, intent, choice)
    intent = client.v1.payment_intents.retrieve(intent.id)
    assert intent.status == status
    if choice == "decline":
        assert intent.last_payment_error.code == "payment_intent_authentication_failure"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://127.0.0.1:8000/",
        "http://127.0.0.1.evil.example/",
        "http://localhost@evil.example/",
        "http://evil.example/?http://localhost",
        "//localhost/",
        "javascript:alert(1)",
        "http://localhost\\@evil.example/",
        "http://localhost:x/",
    ],
)
def test_the_page_leads_nowhere_else(standin, url):
    intent = standin.client().v1.payment_intents.create(CREATE)
    for choice in (None, "approve", "leave"):
        assert browse(standin, intent, choice, return_url=url)[0] == 400
    assert standin.client().v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"


def test_the_page_needs_the_client_secret(standin):
    intent = standin.client().v1.payment_intents.create(CREATE)
    for choice in (None, "approve"):
        assert browse(standin, intent, choice, client_secret=f"{intent.id}_secret_guess")[0] == 404
    assert standin.client().v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"
