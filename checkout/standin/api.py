"""From a request to its answer: routes, the secret key's gate, idempotency and faults."""

from __future__ import annotations

import hmac
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from checkout.standin import errors, params
from checkout.standin.endpoints import Call, Endpoints
from checkout.standin.faults import ApiFault, Faults
from checkout.standin.store import Answer, Store
from checkout.standin.webhooks import Dispatcher

LONGEST_KEY = 255
_ID = r"([A-Za-z0-9_]+)"


class Reply(NamedTuple):
    """What goes back: `body` is JSON text; `original` the id of the request that a replayed answer belongs to."""

    status: int
    body: str
    original: str | None = None


class Api:
    """The /v1 part of the stand-in."""

    def __init__(self, store: Store, dispatcher: Dispatcher, faults: Faults, secret_key: str):
        self._store, self._dispatcher, self._faults = store, dispatcher, faults
        self._secret_key = secret_key
        self._working: set[str] = set()
        self._working_lock = threading.Lock()
        self.endpoints = Endpoints(store, dispatcher)
        self._routes = _routes(self.endpoints)

    def authorized(self, key: str | None) -> bool:
        """Whether this is the secret key."""
        return hmac.compare_digest((key or "").encode(), self._secret_key.encode())

    def handle(self, call: Call) -> Reply:
        """Answer one authorized request; errors are answers too."""
        try:
            endpoint, arguments = self._route(call)
            if call.key:
                return self._once(call, lambda: endpoint(call, *arguments))
            fault = self._meet_fault(call)
            return self._run(call, lambda: endpoint(call, *arguments), fault)
        except errors.StripeError as error:
            return Reply(error.status, params.as_json(error.body()))

    def _route(self, call: Call) -> tuple[Callable, tuple[str, ...]]:
        for method, pattern, endpoint in self._routes:
            if method == call.method and (match := pattern.fullmatch(call.path)):
                return endpoint, match.groups()
        raise errors.invalid(f"Unrecognized request URL ({call.method}: {call.path}).", status=404)

    def _once(self, call: Call, work: Callable) -> Reply:
        """Run a POST under its idempotency key: one effect and one answer for each key."""
        if len(call.key) > LONGEST_KEY:
            raise errors.invalid(f"Idempotency keys may be at most {LONGEST_KEY} characters long.")
        with self._key_in_use(call.key):
            return self._run(call, work, self._meet_fault(call))

    @contextmanager
    def _key_in_use(self, key: str) -> Iterator[None]:
        with self._working_lock:
            if key in self._working:
                raise errors.key_in_use(key)
            self._working.add(key)
        try:
            yield
        finally:
            with self._working_lock:
                self._working.discard(key)

    def _meet_fault(self, call: Call) -> ApiFault:
        fault = self._faults.take(call.method, call.path)
        if fault.mode == "hang":
            time.sleep(fault.seconds)
        if fault.mode == "500":
            raise errors.server_error()
        return fault

    def _run(self, call: Call, work: Callable, fault: ApiFault) -> Reply:
        with self._store.transaction():
            reply = self._kept(call) or self._work(call, work, fault)
        if call.method == "POST":
            self._dispatcher.wake()
        if fault.mode == "500-after":
            raise errors.server_error()
        return reply

    def _kept(self, call: Call) -> Reply | None:
        """The answer that this key was given before; an error when it came with another request."""
        kept = self._store.answer(call.key) if call.key else None
        if kept is None:
            return None
        if kept.path != call.path:
            raise errors.other_endpoint(call.key, kept.path)
        if kept.fingerprint != params.fingerprint(call.params):
            raise errors.other_parameters(call.key)
        return Reply(kept.status, kept.body, kept.request_id)

    def _work(self, call: Call, work: Callable, fault: ApiFault) -> Reply:
        try:
            status, body = work()
        except errors.StripeError as error:
            if not error.stored:
                raise
            status, body = error.status, error.body()
        if fault.mode == "500-stored":
            status, body = 500, errors.server_error().body()
        reply = Reply(status, params.as_json(body))
        if call.key:
            fingerprint = params.fingerprint(call.params)
            self._store.keep_answer(call.key, Answer(call.path, fingerprint, status, reply.body, call.request_id))
        return reply


def _routes(do: Endpoints) -> list[tuple[str, re.Pattern, Callable]]:
    """Method, path and endpoint; an endpoint takes the call and the ids from the path."""
    table: list[tuple[str, str, Callable]] = [
        ("POST", "/v1/payment_intents", do.create_intent),
        ("POST", f"/v1/payment_intents/{_ID}/confirm", do.confirm_intent),
        ("POST", f"/v1/payment_intents/{_ID}/cancel", do.cancel_intent),
        ("POST", "/v1/refunds", do.create_refund),
    ]
    for kind in ("payment_intent", "refund", "charge", "event"):
        table.append(("GET", f"/v1/{kind}s", lambda call, kind=kind: do.list_objects(call, kind)))
        table.append(("GET", f"/v1/{kind}s/{_ID}", lambda call, item, kind=kind: do.read(call, kind, item)))
    return [(method, re.compile(path), endpoint) for method, path, endpoint in table]
