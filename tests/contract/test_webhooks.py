"""The provider's notices at their address: forged ones are refused, the others stored once and acted on."""

import json
import time
from datetime import timedelta

import pytest
import stripe
from django.test import Client

from checkout.actions import notices, payments
from checkout.models import Order, OutboxRow, TransactionItem, WebhookEvent
from checkout.payments.stripe import provider as the_provider
from tests.buying import placed
from tests.contract.stripe_process import KEY, VISA, WEBHOOK_SECRET, Standin
from tests.factories import NOW, product

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standin(tmp_path_factory):
    running = Standin(tmp_path_factory.mktemp("hooks") / "stripe.sqlite3", None)
    yield running
    running.stop()


@pytest.fixture
def paid_there(settings, monkeypatch, standin):
    """An order whose payment the provider has, charged, and of which the shop knows nothing yet."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE = standin.url
    the_provider.cache_clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    order = placed((product().variants.get(), 1))
    item = payments.initialize(order_token=order.token, provider=the_provider(), now=NOW)
    standin.client().v1.payment_intents.confirm(item.psp_reference, {"payment_method": VISA})
    yield item
    standin.control("/_faults", {"api": "off"})
    the_provider.cache_clear()


def event(item: TransactionItem, event_id: str = "evt_1") -> bytes:
    about = {"object": "payment_intent", "id": item.psp_reference, "status": "succeeded", "receipt_email": "who@x.cn"}
    return json.dumps({"id": event_id, "type": "payment_intent.succeeded", "data": {"object": about}}).encode()


def post(body: bytes, *, secret: str = WEBHOOK_SECRET, at: float | None = None):
    moment = int(at or time.time())
    signed = stripe.WebhookSignature._compute_signature(f"{moment}.{body.decode()}", secret)
    return Client(enforce_csrf_checks=True).post(
        "/webhooks/stripe/",
        body,
        content_type="application/json",
        headers={"stripe-signature": f"t={moment},v1={signed}"},
    )


def test_a_notice_pays_the_order_though_the_browser_never_comes_back(paid_there):
    assert post(event(paid_there)).status_code == 200
    assert Order.objects.get().charge_status == "full"
    assert WebhookEvent.objects.get().handled_at == NOW
    assert OutboxRow.objects.count() == 1


def test_the_same_notice_and_another_about_the_same_change_nothing(paid_there):
    for event_id in ("evt_1", "evt_1", "evt_2"):
        assert post(event(paid_there, event_id)).status_code == 200
    assert WebhookEvent.objects.count() == 2 and OutboxRow.objects.count() == 1


@pytest.mark.parametrize("how", [{"secret": "whsec_other"}, {"at": time.time() - 3600}])
def test_forged_and_stale_notices_are_refused(paid_there, how):
    assert post(event(paid_there), **how).status_code == 400
    assert not WebhookEvent.objects.exists() and Order.objects.get().charge_status == "none"


def test_a_notice_without_a_signature_or_by_get_is_refused(paid_there):
    assert Client().post("/webhooks/stripe/", event(paid_there), content_type="application/json").status_code == 400
    assert Client().get("/webhooks/stripe/").status_code == 405


def test_what_a_notice_says_is_not_believed(paid_there, standin):
    other = placed((product().variants.get(), 1))
    waiting = payments.initialize(order_token=other.token, provider=the_provider(), now=NOW)
    assert post(event(waiting)).status_code == 200
    other.refresh_from_db()
    assert other.charge_status == "none"


def test_a_stored_notice_waits_for_a_silent_provider(paid_there, standin, caplog):
    standin.control("/_faults", {"api": "500:3"})
    assert post(event(paid_there)).status_code == 200
    assert WebhookEvent.objects.get().handled_at is None and Order.objects.get().charge_status == "none"
    later = NOW + timedelta(seconds=5)
    assert notices.handle_open(provider=the_provider(), now=later) == 1
    assert Order.objects.get().charge_status == "full"
    assert "who@x.cn" not in caplog.text + json.dumps(WebhookEvent.objects.get().payload)


def test_a_notice_about_somebody_elses_payment_is_stored_and_left_alone(paid_there, standin):
    foreign = standin.client().v1.payment_intents.create({"amount": 100, "currency": "cny"})
    paid_there.psp_reference = foreign.id
    assert post(event(paid_there)).status_code == 200
    assert WebhookEvent.objects.get().handled_at == NOW and Order.objects.get().charge_status == "none"


def test_without_a_secret_no_notice_is_believed(paid_there, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    the_provider.cache_clear()
    assert post(event(paid_there), secret="").status_code == 400
    assert not WebhookEvent.objects.exists()
