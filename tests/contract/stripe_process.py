"""The stand-in for Stripe as a process, a receiver for its webhooks, and fixtures for both.

A test module imports the fixtures that it uses, and those that they use.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stripe

ROOT = Path(__file__).resolve().parents[2]
KEY, WEBHOOK_SECRET = "sk_test_standin", "whsec_standin"
CREATE = {"amount": 12_800, "currency": "cny", "allowed_payment_method_types": ["card"], "metadata": {"order": "B7"}}
VISA, DECLINED = "pm_card_visa", "pm_card_chargeDeclined"


@dataclass
class Receiver:
    """A webhook receiver: what arrived, verified by the SDK, and how it answers."""

    url: str
    events: list
    refuse: list  # statuses to answer before 200s

    def wait(self, count: int, seconds: float = 5) -> list:
        """The events so far, once there are `count`; fails after `seconds`."""
        deadline = time.monotonic() + seconds
        while len(self.events) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(self.events) >= count, f"{len(self.events)} of {count} webhooks after {seconds} s"
        return list(self.events)


@contextmanager
def running_receiver():
    events, refuse = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            event = stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], WEBHOOK_SECRET)
            events.append(event)
            self.send_response(refuse.pop(0) if refuse else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Receiver(f"http://127.0.0.1:{server.server_port}/hooks?from=stripe", events, refuse)
    server.shutdown()
    server.server_close()


class Standin:
    """A stand-in process on a free port."""

    def __init__(self, data: Path, webhook_url: str | None, *options: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", "checkout.standin", "--port", str(self.port), "--data", str(data)]
        self._command += [*options, *(["--webhook-url", webhook_url] if webhook_url else [])]
        self.start()

    def start(self):
        secrets = {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET}
        self.process = subprocess.Popen(self._command, cwd=ROOT, env=os.environ | secrets, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=1) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert self.process.poll() is None, "the stand-in did not start"
                time.sleep(0.025)
        raise AssertionError("the stand-in did not answer")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(15)

    def client(self, key: str = KEY, retries: int = 0) -> stripe.StripeClient:
        return stripe.StripeClient(key, base_addresses={"api": self.url}, max_network_retries=retries)

    def control(self, path: str, body: dict | None = None, key: str = KEY) -> dict:
        """Call one of the stand-in's own switches."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Authorization": f"Bearer {key}"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def receiver():
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def standin_process(tmp_path_factory, receiver):
    standin = Standin(tmp_path_factory.mktemp("standin") / "stripe.sqlite3", receiver.url)
    yield standin
    standin.stop()


@pytest.fixture
def standin(standin_process, receiver):
    """The running stand-in, without faults and with no webhook on the way."""
    yield standin_process
    standin_process.control("/_faults", {"webhooks": "off", "api": "off"})
    receiver.refuse.clear()
    deadline = time.monotonic() + 5
    while standin_process.control("/_faults")["deliveries"].keys() & {"pending", "held", "sending"}:
        assert time.monotonic() < deadline, "webhooks are still queued"
        time.sleep(0.02)
    receiver.events.clear()


@pytest.fixture(params=["standin", "stripe"])
def stripe_target(request):
    """A client of the stand-in; and of Stripe's test mode, when a key is given."""
    if request.param == "standin":
        return request.getfixturevalue("standin").client()
    key = os.environ.get("STRIPE_TEST_SECRET_KEY", "")
    if not key.startswith("sk_test_"):
        pytest.skip("STRIPE_TEST_SECRET_KEY (sk_test_…) is not set: Stripe itself is not asked")
    return stripe.StripeClient(key, max_network_retries=0)


def paid(client, **changes):
    return client.v1.payment_intents.create({**CREATE, "payment_method": VISA, "confirm": True, **changes})


def fresh() -> dict:
    """Request options with a new idempotency key."""
    return {"idempotency_key": f"test-{uuid.uuid4()}"}


def paid_with(client, options):
    return client.v1.payment_intents.create({**CREATE, "payment_method": VISA, "confirm": True}, options)


def kinds(events) -> list[str]:
    return sorted(event.type for event in events)
