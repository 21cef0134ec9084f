"""Webhooks: signing, and sending from the durable queue with retries."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import logging
import sqlite3
import threading
import time
from urllib.parse import urlsplit

from checkout.standin.faults import Faults
from checkout.standin.store import Delivery, Store

API_VERSION = "2026-10-28.endive"
FIRST_DELAY = 0.5  # seconds, doubled after each failure
LONGEST_DELAY = 60.0
GIVE_UP_AFTER = 3 * 24 * 3600  # seconds since the event; Stripe's three days
TIMEOUT = 10.0
SENDERS = 4
REORDER_QUIET = 1.0  # a held batch is sent after a second without a new event …
REORDER_LONGEST = 5.0  # … or five seconds after its first
IDLE = 30.0
LAST_MOMENT = 0.5  # seconds to finish in when the process is asked to stop

logger = logging.getLogger("checkout.standin")


def signature(body: bytes, secret: str, now: int) -> str:
    """The value of `Stripe-Signature`: HMAC-SHA256 over "time.body", scheme v1."""
    digest = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={now},v1={digest}"


def retry_delay(attempts: int) -> float:
    """Seconds to wait after the given number of failed attempts: 0.5, 1, 2 … 60."""
    return min(FIRST_DELAY * 2 ** min(attempts - 1, 20), LONGEST_DELAY)


def new_event(event_id: str, kind: str, item: dict, *, request: dict, now: int, previous: dict | None = None) -> dict:
    """An event object of type `kind` about `item`; `previous` holds changed fields' old values."""
    data = {"object": item} | ({"previous_attributes": previous} if previous else {})
    return {
        "id": event_id,
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": request,
        "type": kind,
    }


class Dispatcher:
    """Queues deliveries and sends them from a few threads; a slow receiver holds up one of them only."""

    def __init__(self, store: Store, faults: Faults, url: str | None, secret: str):
        self._store, self._faults, self._secret = store, faults, secret
        self._url = urlsplit(url or "")
        self._wake = threading.Condition()
        self._calls = 0  # of wake(): a call between looking and waiting must not be missed
        self._stopping = False
        self._threads = [threading.Thread(target=self._run, name=f"webhooks-{n}", daemon=True) for n in range(SENDERS)]

    def start(self) -> None:
        """Begin to send; does nothing when no webhook URL was given."""
        if self._url.hostname:
            for thread in self._threads:
                thread.start()

    def stop(self) -> None:
        """Give the threads half a second to finish what they are sending; the rest is sent after the next start."""
        self._stopping = True
        self.wake()
        deadline = time.monotonic() + LAST_MOMENT
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def wake(self) -> None:
        """Look at the queue now: called after a commit that queued something."""
        with self._wake:
            self._calls += 1
            self._wake.notify_all()

    def queue(self, event_id: str) -> None:
        """Queue a new event, inside the caller's transaction, as the fault in force says."""
        fault, now = self._faults.webhooks, time.time()
        if not self._url.hostname:
            return
        if fault.mode == "lost":
            self._store.queue(event_id, "lost", now)
        elif fault.mode == "reorder":
            self._store.queue(event_id, "held", now)
        else:
            for _ in range(2 if fault.mode == "double" else 1):
                self._store.queue(event_id, "pending", now + fault.seconds)

    def resend(self, event_id: str) -> None:
        """Send an event once more, now, whatever fault is in force."""
        self._store.queue(event_id, "pending", time.time())
        self.wake()

    def _run(self) -> None:
        try:
            self._send_until_stopped()
        except sqlite3.ProgrammingError:  # the file was closed while a slow receiver was still answering
            if not self._stopping:
                raise

    def _send_until_stopped(self) -> None:
        while not self._stopping:
            calls = self._calls
            batch = self._next_batch()
            for delivery in batch:
                self._send(delivery)
            if not batch:
                pause = self._pause()
                with self._wake:
                    if self._calls == calls:
                        self._wake.wait(pause)

    def _next_batch(self) -> list[Delivery]:
        """What this thread sends next, one after the other: a reversed batch, or one delivery."""
        held, now = self._store.held_since(), time.time()
        if held and (
            self._faults.webhooks.mode != "reorder"
            or now - held[1] >= REORDER_QUIET
            or now - held[0] >= REORDER_LONGEST
        ):
            return self._store.claim_held()
        due = self._store.claim_due(now)
        return [due] if due else []

    def _pause(self) -> float:
        if self._store.held_since():
            return 0.1
        due = self._store.next_due()
        return IDLE if due is None else min(IDLE, max(0.01, due - time.time()))

    def _send(self, delivery: Delivery) -> None:
        attempts, now = delivery.attempts + 1, time.time()
        status = self._post(delivery.body.encode())
        if 200 <= status < 300:
            self._store.settle(delivery.id, "done", attempts, now)
            return
        given_up = now - delivery.first_at > GIVE_UP_AFTER
        logger.warning("webhook %s: attempt %d answered %s", delivery.event_id, attempts, status or "nothing")
        state = "given_up" if given_up else "pending"
        self._store.settle(delivery.id, state, attempts, time.time() + retry_delay(attempts))

    def _post(self, body: bytes) -> int:
        """The receiver's status, 0 when it could not be reached. Redirects count as failures, as at Stripe."""
        secure = self._url.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(self._url.hostname or "", self._url.port, timeout=TIMEOUT)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (stand-in; no money moves)",
            "Stripe-Signature": signature(body, self._secret, int(time.time())),
        }
        target = (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")
        try:
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            response.read()
            return response.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
