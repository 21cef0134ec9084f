"""Stripe PaymentIntents through the official SDK. The stand-in is reached by the same code at another address."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from checkout.payments.base import ForgedNotice, Notice, ProviderError, ProviderPayment, ProviderRefund, ProviderRefused

# https://docs.stripe.com/payments/paymentintents/lifecycle
_PAYMENT_STATUS = {
    "requires_payment_method": "pending",
    "requires_confirmation": "pending",
    "requires_action": "pending",
    "processing": "pending",
    "requires_capture": "pending",
    "succeeded": "charged",
    "canceled": "canceled",
}
_REFUND_STATUS = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}


class StripeProvider:
    """The `Provider` of `checkout.payments.base`, for Stripe."""

    def __init__(self, *, api_key: str, api_base: str, webhook_secret: str, timeout_seconds: int):
        self._webhook_secret = webhook_secret
        self._client = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_base},
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=timeout_seconds),
        )

    def create_payment(
        self, *, amount_minor: int, currency: str, key: str, transaction_token: str, order_number: str
    ) -> ProviderPayment:
        """Make a PaymentIntent for a card. Raises ProviderError or ProviderRefused."""
        return self._payment(
            lambda: self._client.v1.payment_intents.create(
                {
                    "amount": amount_minor,
                    "currency": currency.lower(),
                    "allowed_payment_method_types": ["card"],
                    "metadata": {"transaction": transaction_token, "order": order_number},
                },
                {"idempotency_key": key},
            )
        )

    def payment(self, psp_reference: str) -> ProviderPayment:
        """Ask for a PaymentIntent as it is now, and when it was paid."""
        return self._payment(
            lambda: self._client.v1.payment_intents.retrieve(psp_reference, {"expand": ["latest_charge"]})
        )

    def cancel_payment(self, psp_reference: str, *, key: str) -> ProviderPayment:
        """Cancel a PaymentIntent. Raises ProviderRefused when it has gone too far to be cancelled."""
        return self._payment(
            lambda: self._client.v1.payment_intents.cancel(psp_reference, None, {"idempotency_key": key})
        )

    def create_refund(self, *, psp_reference: str, amount_minor: int, key: str, refund_token: str) -> ProviderRefund:
        """Give money back. Raises ProviderError or ProviderRefused."""
        return _refund(
            _call(
                lambda: self._client.v1.refunds.create(
                    {"payment_intent": psp_reference, "amount": amount_minor, "metadata": {"refund": refund_token}},
                    {"idempotency_key": key},
                )
            )
        )

    def refund(self, psp_reference: str) -> ProviderRefund:
        """Ask for a refund as it is now."""
        return _refund(_call(lambda: self._client.v1.refunds.retrieve(psp_reference)))

    def refunds_of(self, psp_reference: str) -> list[ProviderRefund]:
        """Ask for all refunds of a payment."""
        found = _call(lambda: self._client.v1.refunds.list({"payment_intent": psp_reference, "limit": 100}))
        return [_refund(refund) for refund in found.auto_paging_iter()]

    def notice(self, body: bytes, signature: str) -> Notice:
        """Verify a webhook (signature, at most 300 s old). Raises ForgedNotice."""
        if not self._webhook_secret:  # anybody can sign with no secret
            raise ForgedNotice("no secret is set")
        try:
            stripe.WebhookSignature.verify_header(body.decode(), signature, self._webhook_secret, tolerance=300)
            event = json.loads(body)
            about = event["data"]["object"]
            return Notice(
                event_id=event["id"],
                kind=event["type"],
                payment_reference=about["id"]
                if about["object"] == "payment_intent"
                else about.get("payment_intent") or "",
                refund_reference=about["id"] if about["object"] == "refund" else "",
                payload=_without_personal_data(event),
            )
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError) as error:
            raise ForgedNotice(type(error).__name__) from None

    def _payment(self, call: Any) -> ProviderPayment:
        intent = _call(call)
        failure = getattr(intent, "last_payment_error", None)
        charge = getattr(intent, "latest_charge", None)  # an id, where it was not asked for
        status = _PAYMENT_STATUS[intent.status]
        if failure and status == "pending":
            status = "failed"
        return ProviderPayment(
            psp_reference=intent.id,
            status=status,
            amount_minor=intent.amount,
            charged_minor=intent.amount_received or 0,
            currency=intent.currency.upper(),
            client_secret=intent.client_secret or "",
            message=(getattr(failure, "decline_code", None) or getattr(failure, "code", None) or "") if failure else "",
            transaction_token=_metadata(intent, "transaction"),
            charged_at=None
            if charge is None or isinstance(charge, str)
            else datetime.fromtimestamp(charge.created, UTC),
        )


def _refund(refund: Any) -> ProviderRefund:
    return ProviderRefund(
        psp_reference=refund.id,
        payment_reference=refund.payment_intent or "",
        status=_REFUND_STATUS.get(refund.status, "pending"),
        amount_minor=refund.amount,
        currency=refund.currency.upper(),
        refund_token=_metadata(refund, "refund"),
    )


def _metadata(thing: Any, key: str) -> str:
    """Return our own row's token, or "": others may use the same account, and write there what they like."""
    try:
        return str(UUID(thing.metadata[key]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ""


def _without_personal_data(event: dict) -> dict:
    """Keep what identifies the event and its objects; a cardholder's details stay with the provider."""
    about = event["data"]["object"]
    kept = {key: about.get(key) for key in ("id", "object", "status", "amount", "currency", "payment_intent")}
    return {"id": event["id"], "type": event["type"], "created": event.get("created"), "object": kept}


def _call(call: Any) -> Any:
    """Run one call of the SDK and translate its errors. What a 402 or 400 says is final; all else may pass."""
    try:
        return call()
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        raise ProviderRefused(error.code or type(error).__name__) from None
    except stripe.StripeError as error:
        raise ProviderError(type(error).__name__) from None


@cache
def provider() -> StripeProvider:
    """Return the shop's provider, one client a process: its connection to Stripe is kept open."""
    return StripeProvider(
        api_key=settings.STRIPE_SECRET_KEY,
        api_base=settings.STRIPE_API_BASE,
        webhook_secret=settings.STRIPE_WEBHOOK_SECRET,
        timeout_seconds=settings.STRIPE_TIMEOUT_SECONDS,
    )
