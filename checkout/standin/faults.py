"""Faults on demand: what the stand-in shall do wrong, and for how many requests."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass

WEBHOOK_MODES = ("off", "late", "double", "lost", "reorder")
API_MODES = ("off", "500", "500-after", "500-stored", "hang")


class BadFault(ValueError):
    """The words of a fault cannot be read."""


@dataclass(frozen=True, slots=True)
class WebhookFault:
    """`off`, `double`, `lost`, `reorder`, or `late` by some seconds."""

    mode: str = "off"
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ApiFault:
    """What the next `count` matching requests meet.

    500        answered before the endpoint: no effect, nothing kept; the same key works later.
    500-after  the effect and its true answer are kept, the caller sees 500; the same key gets the true answer.
    500-stored the effect is kept, and 500 is kept under the key: only a read (or a webhook) tells the truth.
    hang       the request waits `seconds` before the endpoint begins; its key is in use meanwhile.
    """

    mode: str = "off"
    count: int = 0
    seconds: float = 0.0


def parse_webhooks(text: str) -> WebhookFault:
    """Read `off`, `late:SECONDS`, `double`, `lost` or `reorder`."""
    mode, _, rest = text.partition(":")
    if mode not in WEBHOOK_MODES or bool(rest) != (mode == "late"):
        raise BadFault(f"webhooks must be one of late:SECONDS, double, lost, reorder, off; not {text!r}")
    return WebhookFault(mode, _seconds(rest) if rest else 0.0)


def parse_api(text: str) -> ApiFault:
    """Read `off`, `500:COUNT`, `500-after:COUNT`, `500-stored:COUNT` or `hang:SECONDS:COUNT`."""
    mode, *rest = text.split(":")
    if mode not in API_MODES or len(rest) != {"off": 0, "hang": 2}.get(mode, 1):
        raise BadFault(
            f"api must be one of 500:COUNT, 500-after:COUNT, 500-stored:COUNT, hang:SECONDS:COUNT, off; not {text!r}"
        )
    if mode == "off":
        return ApiFault()
    if not rest[-1].isdecimal():
        raise BadFault(f"not a count: {rest[-1]!r}")
    return ApiFault(mode, int(rest[-1]), _seconds(rest[0]) if mode == "hang" else 0.0)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise BadFault(f"not a number of seconds: {text!r}") from None
    if not 0 <= seconds <= 3600:
        raise BadFault("seconds must be between 0 and 3600")
    return seconds


class Faults:
    """The faults in force. They live in memory: a restart clears them."""

    def __init__(self):
        self._lock = threading.Lock()
        self._webhooks = WebhookFault()
        self._api = ApiFault()
        self._path = ""
        self._method = ""

    def change(self, wanted: dict) -> None:
        """Set what `wanted` names: `webhooks`, `api`, and with `api` its `path` prefix and `method`."""
        unknown = set(wanted) - {"webhooks", "api", "path", "method"}
        if unknown or not all(isinstance(value, str) for value in wanted.values()):
            raise BadFault(f"expected strings webhooks, api, path, method; got {sorted(wanted)}")
        webhooks = parse_webhooks(wanted["webhooks"]) if "webhooks" in wanted else None
        api = parse_api(wanted["api"]) if "api" in wanted else None
        with self._lock:
            if webhooks is not None:
                self._webhooks = webhooks
            if api is not None:
                self._api, self._path, self._method = api, wanted.get("path", ""), wanted.get("method", "").upper()

    @property
    def webhooks(self) -> WebhookFault:
        """The fault that new events meet."""
        return self._webhooks

    def take(self, method: str, path: str) -> ApiFault:
        """The fault that this request meets, counted down; mode `off` when none."""
        with self._lock:
            fault = self._api
            if fault.mode == "off" or not path.startswith(self._path) or self._method not in ("", method):
                return ApiFault()
            left = fault.count - 1
            self._api = ApiFault(fault.mode, left, fault.seconds) if left > 0 else ApiFault()
            return fault if fault.count > 0 else ApiFault()

    def describe(self) -> dict:
        """What is in force, for GET /_faults."""
        with self._lock:
            webhooks, api = asdict(self._webhooks), asdict(self._api)
            return {"webhooks": webhooks, "api": {**api, "path": self._path, "method": self._method}}
