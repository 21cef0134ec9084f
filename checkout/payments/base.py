"""What the shop knows of a payment provider: frozen answers, and one error for every way in which it can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Status = str  # one of "pending", "charged", "failed", "canceled"


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """The provider's truth about one payment (fen, ISO currency). `transaction_token` names our own row of it,
    `charged_at` (UTC) is when the buyer paid, as far as the provider was asked for it."""

    psp_reference: str
    status: Status
    amount_minor: int
    charged_minor: int
    currency: str
    client_secret: str = ""
    message: str = ""
    transaction_token: str = ""
    charged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """The provider's truth about one refund. `refund_token` is our own row's; empty when the refund was made there."""

    psp_reference: str
    payment_reference: str
    status: str  # "pending", "succeeded", "failed"
    amount_minor: int
    currency: str
    refund_token: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified webhook: its id, what it is about, and the ids to ask the provider for the present truth."""

    event_id: str
    kind: str
    payment_reference: str
    refund_reference: str
    payload: dict


# After so many calls in a row without an answer a sweep stops: the provider is away, and others wait for the worker.
PATIENCE = 3


class ProviderError(Exception):
    """The provider could not be reached or did not answer properly: try again later, with the same key."""


class ProviderRefused(Exception):
    """The provider understood and said no; asking again will not help."""


class ForgedNotice(Exception):
    """A webhook without a good, fresh signature."""


class Provider(Protocol):
    """What a payment provider must be able to do. Every call that changes something carries an idempotency key."""

    def create_payment(
        self, *, amount_minor: int, currency: str, key: str, transaction_token: str, order_number: str
    ) -> ProviderPayment: ...
    def payment(self, psp_reference: str) -> ProviderPayment: ...
    def cancel_payment(self, psp_reference: str, *, key: str) -> ProviderPayment: ...
    def create_refund(
        self, *, psp_reference: str, amount_minor: int, key: str, refund_token: str
    ) -> ProviderRefund: ...
    def refund(self, psp_reference: str) -> ProviderRefund: ...
    def refunds_of(self, psp_reference: str) -> list[ProviderRefund]: ...
    def notice(self, body: bytes, signature: str) -> Notice: ...
