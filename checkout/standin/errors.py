"""The error answers of the Stripe API that the stand-in gives, in Stripe's own words."""

from __future__ import annotations

from typing import Any

_DOCS = "https://stripe.com/docs/error-codes"


class StripeError(Exception):
    """One error answer: an HTTP status and the members of the `error` object.

    `stored` says whether the answer is kept under the request's idempotency key. As at Stripe, errors found
    before the endpoint began its work (a bad parameter, a conflict) are not kept; later ones are.
    """

    def __init__(self, status: int, kind: str, message: str, *, stored: bool = False, **members: object):
        super().__init__(message)
        self.status = status
        self.stored = stored
        self.members: dict[str, object] = {"message": message, "type": kind, **members}
        if "code" in members:
            self.members["doc_url"] = f"{_DOCS}/{str(members['code']).replace('_', '-')}"

    def body(self) -> dict:
        """The JSON body of the answer."""
        return {"error": self.members}


def invalid(message: str, param: str | None = None, code: str | None = None, *, status: int = 400) -> StripeError:
    """A request refused because of one of its parameters; nothing was done."""
    members: dict[str, Any] = {name: value for name, value in (("param", param), ("code", code)) if value}
    return StripeError(status, "invalid_request_error", message, **members)


def missing(param: str) -> StripeError:
    """A required parameter was not sent."""
    return invalid(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(kind: str, object_id: str, param: str = "id", *, status: int = 404) -> StripeError:
    """The named object does not exist: 404 in the path, 400 in a parameter."""
    return invalid(f"No such {kind}: '{object_id}'", param, "resource_missing", status=status)


def unexpected_state(message: str, intent: dict) -> StripeError:
    """The intent's status does not allow the verb."""
    return StripeError(
        400,
        "invalid_request_error",
        message,
        stored=True,
        code="payment_intent_unexpected_state",
        payment_intent=intent,
    )


def refused(message: str, *, code: str | None = None, param: str | None = None) -> StripeError:
    """The endpoint did begin its work and refused: kept under the idempotency key."""
    error = invalid(message, param, code)
    error.stored = True
    return error


def unauthorized(key: str | None) -> StripeError:
    """No key, or a wrong one; of a wrong key only the last four characters are repeated."""
    if not key:
        message = "You did not provide an API key. Provide it in the Authorization header, as Bearer or Basic auth."
    else:
        message = f"Invalid API Key provided: {'*' * 12}{key[-4:]}"
    return StripeError(401, "invalid_request_error", message)


def other_parameters(key: str) -> StripeError:
    """The idempotency key was used before, with another body."""
    return StripeError(
        400,
        "idempotency_error",
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        f"Try using a key other than '{key}' if you meant to execute a different request.",
    )


def other_endpoint(key: str, path: str) -> StripeError:
    """The idempotency key was used before, at another path."""
    return StripeError(
        400,
        "idempotency_error",
        f"Keys for idempotent requests can only be used for the same endpoint they were first used for ('{path}'). "
        f"Try using a key other than '{key}' if you meant to execute a different request.",
    )


def key_in_use(key: str) -> StripeError:
    """A request with this idempotency key is being worked on right now."""
    return StripeError(
        409,
        "invalid_request_error",
        f"There is currently another in-progress request using this Idempotent Key: {key}. Please try again later.",
        code="idempotency_key_in_use",
    )


def server_error() -> StripeError:
    """Stripe's own failure; says nothing about whether the request took effect."""
    return StripeError(500, "api_error", "An unknown error occurred")
