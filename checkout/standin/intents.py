"""The rules of PaymentIntents, charges and refunds: pure functions from objects to objects.

Source of the rules: Stripe's "PaymentIntents lifecycle", "Testing" and "Refunds" pages. An object is the JSON dict
that the API answers. No clock, no storage, no randomness: the caller passes ids and the time (Unix seconds).
"""

from __future__ import annotations

from checkout.standin.errors import StripeError, invalid, no_such, refused, unexpected_state
from checkout.standin.params import CURRENCIES

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELABLE = ("requires_payment_method", "requires_capture", "requires_confirmation", "requires_action", "processing")
CANCELLATION_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")
REFUND_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
METHOD_TYPES = ("card", "alipay", "wechat_pay")

_VISA = {"outcome": "succeed", "brand": "visa", "last4": "4242"}
_DECLINED = {"outcome": "decline", "code": "card_declined", "decline_code": "generic_decline", "last4": "0002"}
_NO_FUNDS = {"outcome": "decline", "code": "card_declined", "decline_code": "insufficient_funds", "last4": "9995"}
_EXPIRED = {"outcome": "decline", "code": "expired_card", "decline_code": "expired_card", "last4": "0069"}
_THREE_D_SECURE = {"outcome": "authenticate", "brand": "visa", "last4": "3220"}
# Stripe's test payment methods that the stand-in knows, and what confirming with each of them does.
TEST_METHODS = {
    "pm_card_visa": _VISA,
    "pm_card_mastercard": {**_VISA, "brand": "mastercard", "last4": "4444"},
    "pm_card_unionpay": {**_VISA, "brand": "unionpay", "last4": "0005"},
    "pm_card_chargeDeclined": _DECLINED,
    "pm_card_visa_chargeDeclined": _DECLINED,
    "pm_card_chargeDeclinedInsufficientFunds": _NO_FUNDS,
    "pm_card_visa_chargeDeclinedInsufficientFunds": _NO_FUNDS,
    "pm_card_chargeDeclinedExpiredCard": _EXPIRED,
    "pm_card_threeDSecure2Required": _THREE_D_SECURE,
    "pm_card_authenticationRequired": _THREE_D_SECURE,
}
_MESSAGES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
}
_AUTHENTICATION_FAILED = (
    "We are unable to authenticate your payment method. Please choose a different payment method and try again."
)


def method(token: str) -> dict:
    """What a test payment method does; 400 resource_missing when the stand-in does not know it."""
    if token not in TEST_METHODS:
        raise no_such("PaymentMethod", token, "payment_method", status=400)
    return TEST_METHODS[token]


def new_intent(intent_id: str, secret: str, now: int, **fields) -> dict:
    """A fresh intent; `fields` are its amount, currency, metadata, allowed_payment_method_types and so on."""
    intent: dict = {
        "id": intent_id,
        "object": "payment_intent",
        "allowed_payment_method_types": None,
        "amount": 0,
        "amount_capturable": 0,
        "amount_received": 0,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic",
        "client_secret": f"{intent_id}_secret_{secret}",
        "confirmation_method": "automatic",
        "created": now,
        "currency": "",
        "customer": None,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "payment_method": None,
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "statement_descriptor": None,
        "status": "requires_payment_method",
    }
    return {**intent, **fields, "status": "requires_confirmation" if fields.get("payment_method") else intent["status"]}


def check_confirm(intent: dict, token: str | None) -> None:
    """Raise the error that Stripe answers when this intent cannot be confirmed with this payment method."""
    if intent["status"] == "succeeded":
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
            intent,
        )
    if intent["status"] not in CONFIRMABLE:
        raise unexpected_state(
            f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}. Only a PaymentIntent"
            f" with one of the following statuses may be confirmed: {', '.join(CONFIRMABLE)}.",
            intent,
        )
    if token is None:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent"
            " with a payment method and then confirm it again.",
            intent,
        )
    method(token)
    if "card" not in intent["payment_method_types"]:
        raise invalid(
            "The PaymentMethod provided (card) is not allowed for this PaymentIntent.",
            "payment_method",
            "payment_intent_incompatible_payment_method",
        )


def requires_action(intent: dict, token: str, return_url: str | None, page: str) -> dict:
    """The intent waits for the buyer to authenticate at `page`."""
    if return_url:
        action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": page}}
    else:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "source": page}}
    return {
        **intent,
        "status": "requires_action",
        "next_action": action,
        "payment_method": token,
        "last_payment_error": None,
    }


def succeed(intent: dict, token: str, charge_id: str, now: int) -> tuple[dict, dict]:
    """The money came in: the intent, succeeded, and its charge."""
    charge = _charge(intent, token, charge_id, now)
    charge |= {"amount_captured": intent["amount"], "captured": True, "paid": True, "status": "succeeded"}
    charge["outcome"] = {"type": "authorized", "network_status": "approved_by_network", "risk_level": "normal"}
    return {
        **intent,
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge_id,
        "payment_method": token,
        "next_action": None,
        "last_payment_error": None,
    }, charge


def decline(intent: dict, token: str, charge_id: str, now: int) -> tuple[dict, dict]:
    """The card was declined: the intent, open for another card, and the failed charge."""
    outcome = method(token) if method(token)["outcome"] == "decline" else _DECLINED
    message = _MESSAGES[outcome["decline_code"]]
    charge = _charge(intent, token, charge_id, now)
    charge |= {"status": "failed", "failure_code": outcome["code"], "failure_message": message}
    charge["outcome"] = {"type": "issuer_declined", "network_status": "declined_by_network", "risk_level": "normal"}
    problem = {
        "charge": charge_id,
        "code": outcome["code"],
        "decline_code": outcome["decline_code"],
        "message": message,
        "payment_method": {"id": token, "object": "payment_method", "type": "card"},
        "type": "card_error",
    }
    return _reopened(intent, problem) | {"latest_charge": charge_id}, charge


def fail_authentication(intent: dict) -> dict:
    """The buyer did not authenticate: the intent, open for another card; no charge was made."""
    problem = {
        "code": "payment_intent_authentication_failure",
        "message": _AUTHENTICATION_FAILED,
        "payment_method": {"id": intent["payment_method"], "object": "payment_method", "type": "card"},
        "type": "invalid_request_error",
    }
    return _reopened(intent, problem)


def card_error(intent: dict) -> StripeError:
    """The 402 answer for an intent that was just declined."""
    members = dict(intent["last_payment_error"])
    message, kind = members.pop("message"), members.pop("type")
    return StripeError(402, kind, message, stored=True, payment_intent=intent, **members)


def cancel(intent: dict, reason: str | None, now: int) -> dict:
    """The canceled intent; 400 payment_intent_unexpected_state when it is too late."""
    if intent["status"] not in CANCELABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a PaymentIntent"
            f" with one of the following statuses may be canceled: {', '.join(CANCELABLE)}.",
            intent,
        )
    return {**intent, "status": "canceled", "canceled_at": now, "cancellation_reason": reason, "next_action": None}


def refund(charge: dict, refund_id: str, amount: int | None, now: int, **fields) -> tuple[dict, dict]:
    """Refund `amount` (all that is left when None): the charge, and the new refund.

    Raises 400 charge_already_refunded when nothing is left, 400 on `amount` when it is more than what is left.
    """
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        raise refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount is not None and amount > left:
        asked, rest = display(amount, charge["currency"]), display(left, charge["currency"])
        raise refused(f"Refund amount ({asked}) is greater than unrefunded amount on charge ({rest})", param="amount")
    part = left if amount is None else amount
    refunded = charge["amount_refunded"] + part
    return {**charge, "amount_refunded": refunded, "refunded": refunded == charge["amount_captured"]}, {
        "id": refund_id,
        "object": "refund",
        "amount": part,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": None,
        "receipt_number": None,
        "status": "succeeded",
        **fields,
    }


def display(amount: int, currency: str) -> str:
    """An amount in the smallest unit as a person reads it: 1234, "cny" → "¥12.34"."""
    digits = CURRENCIES[currency]
    whole, rest = divmod(amount, 10**digits)
    number = f"{whole:,}.{rest:0{digits}d}" if digits else f"{whole:,}"
    return f"¥{number}" if currency in ("cny", "jpy") else f"{number} {currency.upper()}"


def _reopened(intent: dict, problem: dict) -> dict:
    return {
        **intent,
        "status": "requires_payment_method",
        "payment_method": None,
        "next_action": None,
        "last_payment_error": problem,
    }


def _charge(intent: dict, token: str, charge_id: str, now: int) -> dict:
    card = {"brand": "visa", **method(token)}
    return {
        "id": charge_id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "captured": False,
        "created": now,
        "currency": intent["currency"],
        "description": intent["description"],
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": intent["metadata"],
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": token,
        "payment_method_details": {"type": "card", "card": {"brand": card["brand"], "last4": card["last4"]}},
        "refunded": False,
    }
