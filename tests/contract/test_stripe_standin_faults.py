"""The stand-in for Stripe under load, killed, and with each of its faults."""

# ruff: noqa: F811 - fixtures are imported, and named again as arguments

import base64
import http.client
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.contract.stripe_process import (  # noqa: F401 - fixtures
    CREATE,
    DECLINED,
    KEY,
    ROOT,
    Standin,
    fresh,
    kinds,
    paid,
    paid_with,
    receiver,
    standin,
    standin_process,
)


def test_only_the_secret_key_opens(standin):
    with pytest.raises(stripe.AuthenticationError) as refused:
        standin.client("sk_test_wrong").v1.payment_intents.create(CREATE)
    assert refused.value.http_status == 401
    assert "sk_test_wrong" not in str(refused.value)
    for key, status in (("sk_test_wrong", 401), (KEY, 200)):
        basic = base64.b64encode(f"{key}:".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", standin.port, timeout=5)
        connection.request("GET", "/v1/events", headers={"Authorization": f"Basic {basic}"})
        assert connection.getresponse().status == status
        connection.close()


def test_fifty_keys_five_times_at_once_are_fifty_effects(standin):
    client, run = standin.client(retries=6), uuid.uuid4().hex
    started = int(time.time())

    def create(number: int) -> tuple[int, str]:
        body = {**CREATE, "amount": 100 + number, "metadata": {"run": run}}
        return number, client.v1.payment_intents.create(body, {"idempotency_key": f"{run}-{number}"}).id

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(create, [number for number in range(50) for _ in range(5)]))
    assert len(set(answers)) == 50
    listed = client.v1.payment_intents.list({"limit": 20, "created": {"gte": started}}).auto_paging_iter()
    effects = sorted(intent.amount for intent in listed if getattr(intent.metadata, "run", "") == run)
    assert effects == list(range(100, 150))


def test_parallel_refunds_never_exceed_the_payment(standin):
    client = standin.client()
    intent = paid(client)

    def refund(_):
        try:
            return client.v1.refunds.create({"payment_intent": intent.id, "amount": 3_000}).amount
        except stripe.InvalidRequestError:
            return 0

    with ThreadPoolExecutor(10) as pool:
        given = list(pool.map(refund, range(10)))
    assert sum(given) == 12_000
    assert client.v1.charges.retrieve(intent.latest_charge).amount_refunded == 12_000


def test_a_key_in_use_is_a_conflict(standin):
    client, options = standin.client(), fresh()
    standin.control("/_faults", {"api": "hang:0.8:1"})
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.v1.payment_intents.create, CREATE, options)
        time.sleep(0.3)
        with pytest.raises(stripe.APIError) as conflict:
            client.v1.payment_intents.create(CREATE, options)
        assert (conflict.value.http_status, conflict.value.error.code) == (409, "idempotency_key_in_use")
        assert first.result().id == client.v1.payment_intents.create(CREATE, options).id


def test_state_and_keys_survive_a_kill(tmp_path, receiver, standin):
    other = Standin(tmp_path / "stripe.sqlite3", None)
    try:
        options = fresh()
        intent = other.client().v1.payment_intents.create(CREATE, options)
        other.stop(signal.SIGKILL)
        other.start()
        assert other.client().v1.payment_intents.create(CREATE, options).id == intent.id
        assert len(other.client().v1.payment_intents.list().data) == 1
    finally:
        other.stop()


def test_two_hundred_clients_at_once(standin):
    gate = threading.Barrier(200)

    def ask(_):
        connection = http.client.HTTPConnection("127.0.0.1", standin.port, timeout=10)
        gate.wait(20)
        statuses = []
        for _ in range(2):
            connection.request("GET", "/v1/events?limit=1", headers={"Authorization": f"Bearer {KEY}"})
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        return statuses

    with ThreadPoolExecutor(200) as pool:
        assert list(pool.map(ask, range(200))) == [[200, 200]] * 200


def test_lists_page_both_ways(standin):
    client, run = standin.client(), uuid.uuid4().hex
    ids = [client.v1.payment_intents.create({**CREATE, "metadata": {"run": run}}).id for _ in range(5)]
    newest = client.v1.payment_intents.list({"limit": 2})
    assert ([one.id for one in newest.data], newest.has_more) == ([ids[4], ids[3]], True)
    older = client.v1.payment_intents.list({"limit": 2, "starting_after": ids[3]})
    assert [one.id for one in older.data] == [ids[2], ids[1]]
    newer = client.v1.payment_intents.list({"limit": 2, "ending_before": ids[1]})
    assert [one.id for one in newer.data] == [ids[3], ids[2]]
    assert client.v1.payment_intents.list({"created": {"gte": int(time.time()) + 60}}).data == []
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.list({"limit": 101})


def test_webhooks_are_signed_and_complete(standin, receiver):
    client = standin.client()
    intent = paid(client)
    client.v1.refunds.create({"payment_intent": intent.id})
    client.v1.payment_intents.cancel(client.v1.payment_intents.create(CREATE).id)
    with pytest.raises(stripe.CardError):
        paid(client, payment_method=DECLINED)
    events = receiver.wait(6)
    assert kinds(events) == [
        "charge.refunded", "payment_intent.canceled", "payment_intent.payment_failed", "payment_intent.succeeded",
        "refund.created", "refund.updated",
    ]  # fmt: skip
    assert len({event.id for event in events}) == 6
    assert {event.api_version for event in events} == {stripe.api_version}


def test_a_refused_webhook_is_sent_again_with_the_same_id(standin, receiver):
    receiver.refuse[:] = [500, 503]
    started = time.monotonic()
    intent = paid(standin.client())
    events = receiver.wait(3)
    assert {(event.id, event.data.object.id) for event in events} == {(events[0].id, intent.id)}
    assert time.monotonic() - started >= 1.4  # 0.5 s, then 1 s


def test_queued_webhooks_survive_a_kill(tmp_path, receiver, standin):
    other = Standin(tmp_path / "stripe.sqlite3", receiver.url, "--fault", "webhooks=late:1")
    try:
        intent = paid(other.client())
        other.stop(signal.SIGKILL)
        assert receiver.events == []
        other.start()
        assert receiver.wait(1)[0].data.object.id == intent.id
    finally:
        other.stop()


def test_fault_late(standin, receiver):
    standin.control("/_faults", {"webhooks": "late:0.6"})
    started = time.monotonic()
    paid(standin.client())
    assert kinds(receiver.wait(1)) == ["payment_intent.succeeded"]
    assert time.monotonic() - started >= 0.6


def test_fault_double(standin, receiver):
    standin.control("/_faults", {"webhooks": "double"})
    paid(standin.client())
    first, second = receiver.wait(2)
    assert first.id == second.id


def test_fault_lost_can_be_read_and_sent_again(standin, receiver):
    standin.control("/_faults", {"webhooks": "lost"})
    client = standin.client()
    intent = paid(client)
    time.sleep(0.3)
    assert receiver.events == []
    event = client.v1.events.list({"limit": 1}).data[0]
    assert event.data.object.id == intent.id
    standin.control(f"/_events/{event.id}/resend", {})
    assert receiver.wait(1)[0].id == event.id


def test_fault_reorder(standin, receiver):
    standin.control("/_faults", {"webhooks": "reorder"})
    client = standin.client()
    ids = [paid(client).id for _ in range(4)]
    assert receiver.events == []
    assert [event.data.object.id for event in receiver.wait(4)] == ids[::-1]


def test_fault_500_has_no_effect(standin):
    client, options = standin.client(), fresh()
    standin.control("/_faults", {"api": "500:1", "path": "/v1/payment_intents", "method": "POST"})
    newest = client.v1.payment_intents.list({"limit": 1}).data
    with pytest.raises(stripe.APIError) as broken:
        client.v1.payment_intents.create(CREATE, options)
    assert broken.value.http_status == 500
    assert client.v1.payment_intents.list({"limit": 1}).data == newest
    assert client.v1.payment_intents.create(CREATE, options).status == "requires_payment_method"


def test_fault_500_after_the_effect_is_what_keys_are_for(standin, receiver):
    client, options = standin.client(), fresh()
    standin.control("/_faults", {"api": "500-after:1"})
    with pytest.raises(stripe.APIError):
        paid_with(client, options)
    event = receiver.wait(1)[0]
    assert paid_with(client, options).id == event.data.object.id
    assert len(receiver.events) == 1


def test_fault_500_stored_is_repeated_and_only_a_read_tells(standin, receiver):
    client, options = standin.client(), fresh()
    standin.control("/_faults", {"api": "500-stored:1"})
    for _ in range(2):
        with pytest.raises(stripe.APIError) as broken:
            paid_with(client, options)
        assert broken.value.http_status == 500
    assert broken.value.headers["Idempotent-Replayed"] == "true"
    event = receiver.wait(1)[0]
    assert client.v1.payment_intents.retrieve(event.data.object.id).status == "succeeded"


def test_the_sdk_gets_over_a_500_by_itself(standin, receiver):
    standin.control("/_faults", {"api": "500-after:1"})
    intent = paid_with(standin.client(retries=2), fresh())
    assert [event.data.object.id for event in receiver.wait(1)] == [intent.id]


def test_fault_hang_times_out_but_takes_effect(standin, receiver):
    standin.control("/_faults", {"api": "hang:0.6:1"})
    hasty = stripe.StripeClient(
        KEY, base_addresses={"api": standin.url}, http_client=stripe.RequestsClient(timeout=0.2), max_network_retries=0
    )
    options = fresh()
    with pytest.raises(stripe.APIConnectionError):
        paid_with(hasty, options)
    event = receiver.wait(1)[0]
    assert paid_with(standin.client(), options).id == event.data.object.id


@pytest.mark.parametrize(
    "wanted", [{"webhooks": "late"}, {"api": "500"}, {"api": "hang:1"}, {"colour": "red"}, {"api": 5}]
)
def test_unreadable_faults_are_refused(standin, wanted):
    before = standin.control("/_faults")
    with pytest.raises(urllib.error.HTTPError) as refused:
        standin.control("/_faults", wanted)
    assert refused.value.code == 400
    refused.value.close()
    assert standin.control("/_faults") == before


def test_the_switches_need_the_secret_key(standin):
    for path, body in (("/_faults", None), ("/_faults", {"api": "off"}), ("/_events/evt_1/resend", {})):
        with pytest.raises(urllib.error.HTTPError) as refused:
            standin.control(path, body, key="sk_test_wrong")
        assert refused.value.code == 401
        refused.value.close()


def test_it_imports_nothing_of_the_shop():
    script = (
        "import sys, checkout.standin.__main__\n"
        "rooms = ('catalog', 'aid_tracking', 'storefront', 'django', 'stripe')\n"
        "own = {name for name in sys.modules if name.startswith('checkout.')}\n"
        "assert not set(rooms) & set(sys.modules), set(rooms) & set(sys.modules)\n"
        "assert all(name.startswith('checkout.standin') for name in own), own\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=20)
