"""The HTTP side: one thread for each connection, HTTP/1.1 with keep-alive."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import socket
import socketserver
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote, urlsplit

from checkout.standin import errors, params, paypage
from checkout.standin.api import Api, Reply
from checkout.standin.endpoints import Call, new_id
from checkout.standin.faults import BadFault, Faults
from checkout.standin.store import Store
from checkout.standin.webhooks import API_VERSION, Dispatcher

LARGEST_BODY = 1 << 20
logger = logging.getLogger("checkout.standin")


class Server(socketserver.ThreadingTCPServer):
    """The whole stand-in in one process: API, pay page, webhooks, faults."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(
        self,
        address: tuple[str, int],
        database_path: str | Path,
        *,
        secret_key: str,
        webhook_secret: str,
        webhook_url: str | None = None,
        return_prefixes: tuple[str, ...] = paypage.DEFAULT_PREFIXES,
    ):
        self.return_prefixes = return_prefixes
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.faults = Faults()
        self.store = Store(database_path)
        self.dispatcher = Dispatcher(self.store, self.faults, webhook_url, webhook_secret)
        self.api = Api(self.store, self.dispatcher, self.faults, secret_key)
        super().__init__(address, Handler)
        self.dispatcher.start()

    def handle_error(self, request, client_address) -> None:
        """A client that went away is no news; anything else is."""
        logger.debug("connection of %s ended with an error", client_address, exc_info=True)

    def server_close(self) -> None:
        """Stop listening, finish the webhooks being sent, close the file."""
        super().server_close()
        self.dispatcher.stop()
        self.store.close()


class Handler(BaseHTTPRequestHandler):
    """Reads a request, finds who answers it, writes the answer."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "StripeStandIn/1"
    sys_version = ""
    timeout = 75
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args) -> None:
        """No access log: addresses carry client secrets."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        self.request_id = new_id("req")
        parts = urlsplit(self.path)
        try:
            body = self._body() if method == "POST" else ""
            self._route(method, unquote(parts.path), parts.query, body)
        except errors.StripeError as error:
            self._json(error.status, error.body())
        except BadFault as error:
            self._json(400, errors.invalid(str(error)).body())
        except Exception:
            logger.exception("%s %s failed", method, parts.path)
            self._json(500, errors.server_error().body())

    def _body(self) -> str:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            self.close_connection = True
            raise errors.invalid("The request body is too large, or its length is not given.")
        try:
            return self.rfile.read(int(length)).decode()
        except UnicodeDecodeError:
            raise errors.invalid("The request body is not UTF-8.") from None

    def _route(self, method: str, path: str, query: str, body: str) -> None:
        if path.startswith("/v1/"):
            self._api(method, path, query if method == "GET" else body)
        elif path.startswith("/pay/"):
            self._pay(method, path.removeprefix("/pay/"), query if method == "GET" else body)
        elif (method, path) == ("GET", "/pay.css"):
            self._send(200, paypage.STYLE, "text/css; charset=utf-8", {"Cache-Control": "max-age=300"})
        elif (method, path) == ("GET", "/health"):
            self._json(200, {"status": "ok", "api_version": API_VERSION})
        elif path.startswith("/_"):
            self._control(method, path, body)
        else:
            raise errors.invalid(f"Unrecognized request URL ({method}: {path}).", status=404)

    def _call(self, method: str, path: str, form: str) -> Call:
        host, port = self.server.server_address[:2]
        base = f"http://{self.headers.get('Host') or f'{host!s}:{port}'}"
        key = (self.headers.get("Idempotency-Key") or "") if method == "POST" else ""
        return Call(method, path, params.decode_form(form), base, self.request_id, key)

    def _require_key(self) -> None:
        key = _presented_key(self.headers.get("Authorization") or "")
        if not self.server.api.authorized(key):
            raise errors.unauthorized(key)

    def _api(self, method: str, path: str, form: str) -> None:
        self._require_key()
        call = self._call(method, path, form)
        reply: Reply = self.server.api.handle(call)
        headers = {"Stripe-Version": self.headers.get("Stripe-Version") or API_VERSION}
        if call.key:
            headers["Idempotency-Key"] = call.key
        if reply.original:
            headers |= {"Idempotent-Replayed": "true", "Original-Request": reply.original}
        self._send(reply.status, reply.body.encode(), "application/json", headers)

    def _control(self, method: str, path: str, body: str) -> None:
        """The stand-in's own switches: faults, and sending an event again."""
        self._require_key()
        event_id = path.removeprefix("/_events/").removesuffix("/resend")
        if path == "/_faults":
            if method == "POST":
                self.server.faults.change(_json_object(body))
                self.server.dispatcher.wake()
            self._json(200, self.server.faults.describe() | {"deliveries": self.server.store.delivery_counts()})
        elif method == "POST" and path == f"/_events/{event_id}/resend":
            if self.server.store.get("event", event_id) is None:
                raise errors.no_such("event", event_id)
            self.server.dispatcher.resend(event_id)
            self._json(200, {"id": event_id, "queued": True})
        else:
            raise errors.invalid(f"Unrecognized request URL ({method}: {path}).", status=404)

    def _pay(self, method: str, intent_id: str, form: str) -> None:
        call = self._call(method, self.path, form)
        asked = {name: value for name, value in call.params.items() if isinstance(value, str)}
        locale = asked.get("locale", "")
        locale = locale if locale in paypage.LOCALES else paypage.LOCALES[0]
        intent = self.server.store.get("payment_intent", intent_id)
        if intent is None or intent["client_secret"] != asked.get("client_secret"):
            self._html(404, paypage.problem_page("not_found", locale))
            return
        return_url = asked.get("return_url", "")
        if not paypage.allowed_return(return_url, self.server.return_prefixes):
            self._html(400, paypage.problem_page("bad_return", locale))
        elif method == "GET":
            self._html(200, paypage.choice_page(intent, return_url, locale), return_url)
        elif asked.get("choice") not in ("approve", "decline"):
            self._html(200, paypage.left_page(intent, return_url, locale), return_url)
        else:
            intent = self._decide(call, intent, asked["choice"] == "approve")
            self._send(303, b"", "text/plain", {"Location": paypage.redirect_target(return_url, intent)})

    def _decide(self, call: Call, intent: dict, approved: bool) -> dict:
        """Carry out the buyer's choice once; an intent that is settled already stays as it is."""
        with self.server.store.transaction():
            intent = self.server.store.get("payment_intent", intent["id"]) or intent
            if intent["status"] in paypage.PAYABLE:
                intent = self.server.api.endpoints.pay(call, intent, approved)
        self.server.dispatcher.wake()
        return intent

    def _html(self, status: int, page: str, return_url: str | None = None) -> None:
        headers = {
            "Content-Security-Policy": paypage.content_security_policy(return_url),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        self._send(status, page.encode(), "text/html; charset=utf-8", headers)

    def _json(self, status: int, body: dict) -> None:
        self._send(status, params.as_json(body).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "Request-Id": self.request_id}
        for name, value in (fixed | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _presented_key(header: str) -> str | None:
    """The API key of an Authorization header: Bearer, or the user name of Basic."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[0] or None
    except (binascii.Error, UnicodeDecodeError):
        return None


def _json_object(body: str) -> dict:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise BadFault("the body must be a JSON object")
    return value
