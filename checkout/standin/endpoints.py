"""What each endpoint of the API does. Every function here runs inside one transaction of the store."""

from __future__ import annotations

import secrets
import string
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from checkout.standin import intents, params
from checkout.standin.errors import invalid, no_such, refused
from checkout.standin.store import Store
from checkout.standin.webhooks import Dispatcher, new_event

_INTENT_FIELDS = ("description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix")
_CREATE = (
    "allowed_payment_method_types", "amount", "automatic_payment_methods", "capture_method", "confirm",
    "confirmation_method", "currency", "expand", "metadata", "payment_method", "return_url", *_INTENT_FIELDS,
)  # fmt: skip
_ALPHABET = string.ascii_letters + string.digits
CREATED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `base` is the stand-in's own URL as the caller sees it; `key` a POST's idempotency key."""

    method: str
    path: str
    params: dict
    base: str
    request_id: str
    key: str = ""


def new_id(prefix: str) -> str:
    """An id as Stripe makes them: prefix and 24 letters or digits."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(24))


def pay_url(base: str, intent: dict, return_url: str | None) -> str:
    """The address of an intent's pay page."""
    query = {"client_secret": intent["client_secret"]} | ({"return_url": return_url} if return_url else {})
    return f"{base}/pay/{intent['id']}?{urlencode(query)}"


class Endpoints:
    """The verbs, each from a Call (and ids from its path) to a status and a body."""

    def __init__(self, store: Store, dispatcher: Dispatcher):
        self._store = store
        self._dispatcher = dispatcher

    def create_intent(self, call: Call) -> tuple[int, dict]:
        """POST /v1/payment_intents"""
        asked = call.params
        params.not_removed(asked, "payment_method_types")
        params.only(asked, _CREATE)
        now = int(time.time())
        intent = intents.new_intent(
            new_id("pi"),
            new_id("s")[2:],
            now,
            amount=params.amount(asked, required=True),
            currency=params.currency(asked),
            metadata=params.metadata(asked),
            **self._method_fields(asked),
            **{name: asked[name] for name in _INTENT_FIELDS if name in asked},
        )
        if not params.flag(asked, "confirm"):
            if "return_url" in asked:
                raise invalid("return_url may only be sent with confirm=true.", "return_url")
            self._store.put(intent)
            return 200, self._expanded(intent, call)
        intents.check_confirm(intent, asked.get("payment_method"))
        return self._confirm(intent, call, now)

    @staticmethod
    def _method_fields(asked: dict) -> dict:
        """The fields of a new intent that say how it may be paid."""
        params.choice(asked, "capture_method", ("automatic", "automatic_async"))
        params.choice(asked, "confirmation_method", ("automatic",))
        allowed = asked.get("allowed_payment_method_types")
        if allowed is not None and not isinstance(allowed, list):
            raise invalid("Invalid array", "allowed_payment_method_types")
        for kind in allowed or ():
            if kind not in intents.METHOD_TYPES:
                raise invalid(f"The payment method type provided: {kind} is invalid.", "allowed_payment_method_types")
        if asked.get("payment_method"):
            intents.method(asked["payment_method"])
        automatic = asked.get("automatic_payment_methods")
        if automatic is not None and allowed is not None:
            raise invalid(
                "You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods."
            )
        return {
            "payment_method": asked.get("payment_method"),
            "allowed_payment_method_types": allowed,
            "payment_method_types": allowed or ["card"],
            "automatic_payment_methods": {"enabled": automatic.get("enabled") == "true"} if automatic else None,
        }

    def confirm_intent(self, call: Call, intent_id: str) -> tuple[int, dict]:
        """POST /v1/payment_intents/{id}/confirm"""
        params.only(call.params, ("payment_method", "return_url", "expand"))
        intent = self._intent(intent_id)
        intents.check_confirm(intent, call.params.get("payment_method") or intent["payment_method"])
        return self._confirm(intent, call, int(time.time()))

    def _confirm(self, intent: dict, call: Call, now: int) -> tuple[int, dict]:
        token = call.params.get("payment_method") or intent["payment_method"]
        outcome, return_url = intents.method(token)["outcome"], call.params.get("return_url")
        if outcome == "authenticate":
            intent = intents.requires_action(intent, token, return_url, pay_url(call.base, intent, return_url))
            self._keep(intent, "payment_intent.requires_action", call)
            return 200, self._expanded(intent, call)
        intent = self._charge(intent, token, outcome, call, now)
        if outcome == "decline":
            error = intents.card_error(intent)
            return error.status, error.body()
        return 200, self._expanded(intent, call)

    def _charge(self, intent: dict, token: str, outcome: str, call: Call, now: int) -> dict:
        """Try to take the money; the intent afterwards. Keeps the charge, the intent and their event."""
        if outcome == "succeed":
            intent, charge = intents.succeed(intent, token, new_id("ch"), now)
        else:
            intent, charge = intents.decline(intent, token, new_id("ch"), now)
        self._store.put(charge)
        kind = "payment_intent.succeeded" if outcome == "succeed" else "payment_intent.payment_failed"
        return self._keep(intent, kind, call)

    def cancel_intent(self, call: Call, intent_id: str) -> tuple[int, dict]:
        """POST /v1/payment_intents/{id}/cancel"""
        params.only(call.params, ("cancellation_reason", "expand"))
        reason = params.choice(call.params, "cancellation_reason", intents.CANCELLATION_REASONS)
        intent = intents.cancel(self._intent(intent_id), reason, int(time.time()))
        return 200, self._expanded(self._keep(intent, "payment_intent.canceled", call), call)

    def create_refund(self, call: Call) -> tuple[int, dict]:
        """POST /v1/refunds"""
        asked = call.params
        params.only(asked, ("payment_intent", "charge", "amount", "reason", "metadata", "expand"))
        amount = params.amount(asked, required=False)
        reason = params.choice(asked, "reason", intents.REFUND_REASONS)
        charge = self._charge_to_refund(asked)
        fields = {"reason": reason, "metadata": params.metadata(asked)}
        after, refund = intents.refund(charge, new_id("re"), amount, int(time.time()), **fields)
        self._store.put(refund)
        self._store.put(after)
        self._emit("refund.created", refund, call)
        previous = {name: charge[name] for name in ("amount_refunded", "refunded") if charge[name] != after[name]}
        self._emit("charge.refunded", after, call, previous)
        self._emit("refund.updated", refund, call)
        return 200, refund

    def _charge_to_refund(self, asked: dict) -> dict:
        if asked.get("charge"):
            charge = self._store.get("charge", asked["charge"])
            if charge is None:
                raise no_such("charge", asked["charge"], "charge", status=400)
        elif asked.get("payment_intent"):
            intent = self._store.get("payment_intent", asked["payment_intent"])
            if intent is None:
                raise no_such("payment_intent", asked["payment_intent"], "payment_intent", status=400)
            charge = intent["latest_charge"] and self._store.get("charge", intent["latest_charge"])
        else:
            raise invalid("One of the following params should be provided for this request: payment_intent or charge.")
        if not charge or not charge["paid"]:
            raise refused("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
        return charge

    def read(self, call: Call, kind: str, object_id: str) -> tuple[int, dict]:
        """GET of one object"""
        item = self._store.get(kind, object_id)
        if item is None:
            raise no_such(kind, object_id)
        return 200, self._expanded(item, call)

    def list_objects(self, call: Call, kind: str) -> tuple[int, dict]:
        """GET of a list, newest first: limit, starting_after, ending_before, created, and what the kind adds"""
        asked = call.params
        extra = {"event": ("type", "types"), "refund": ("payment_intent",), "charge": ("payment_intent",)}
        params.only(asked, ("limit", "starting_after", "ending_before", "created", "expand", *extra.get(kind, ())))
        limit = params.integer(asked, "limit", least=1, most=params.LARGEST_PAGE) or 10
        cursors = [asked.get(name) for name in ("ending_before", "starting_after")]
        for name, cursor in zip(("ending_before", "starting_after"), cursors, strict=True):
            if cursor and self._store.get(kind, cursor) is None:
                raise no_such(kind, cursor, name, status=400)
        items, more = self._store.page(kind, _conditions(asked), limit, *cursors)
        return 200, {
            "object": "list",
            "data": [self._expanded(item, call, "data.") for item in items],
            "has_more": more,
            "url": call.path,
        }

    def pay(self, call: Call, intent: dict, approved: bool) -> dict:
        """The buyer's choice on the pay page, for an intent that can still be paid; the intent afterwards."""
        if intent["status"] == "requires_action" and not approved:
            return self._keep(intents.fail_authentication(intent), "payment_intent.payment_failed", call)
        token = "pm_card_visa" if approved else "pm_card_chargeDeclined"
        return self._charge(intent, token, "succeed" if approved else "decline", call, int(time.time()))

    def _intent(self, intent_id: str) -> dict:
        intent = self._store.get("payment_intent", intent_id)
        if intent is None:
            raise no_such("payment_intent", intent_id, "intent")
        return intent

    def _keep(self, intent: dict, kind: str, call: Call) -> dict:
        self._store.put(intent)
        self._emit(kind, intent, call)
        return intent

    def _emit(self, kind: str, item: dict, call: Call, previous: dict | None = None) -> None:
        request = {"id": call.request_id, "idempotency_key": call.key or None}
        event = new_event(new_id("evt"), kind, item, request=request, now=int(time.time()), previous=previous)
        self._store.put(event, kind)
        self._dispatcher.queue(event["id"])

    def _expanded(self, item: dict, call: Call, prefix: str = "") -> dict:
        """The object with `latest_charge` as an object, when the caller asked for that."""
        for name in call.params.get("expand") or []:
            if name != f"{prefix}latest_charge" or item["object"] != "payment_intent":
                raise invalid(f"This property cannot be expanded ({name}).", "expand")
            if item["latest_charge"]:
                item = {**item, "latest_charge": self._store.get("charge", item["latest_charge"])}
        return item


def _conditions(asked: dict) -> list[tuple[str, object]]:
    """The filters of a list as SQL comparisons."""
    found: list[tuple[str, object]] = []
    created = asked.get("created") or {}
    if isinstance(created, str):
        created = {"gte": created, "lte": created}
    for name in created:
        if name not in CREATED:
            raise invalid(f"Received unknown parameter: created[{name}]", f"created[{name}]", "parameter_unknown")
        found.append((f"created {CREATED[name]} ?", params.integer(created, name, least=0)))
    if asked.get("payment_intent"):
        found.append(("payment_intent = ?", asked["payment_intent"]))
    types = asked.get("types") or ([asked["type"]] if asked.get("type") else [])
    if types:
        found.append(("label IN (SELECT value FROM json_each(?))", params.as_json(types)))
    return found
