"""A payment provider in memory: what `checkout.payments.base.Provider` promises, without a network.

It is a verified fake: `tests/contract/test_provider.py` asks the same of it and of the real client.
"""

from dataclasses import replace
from datetime import datetime
from itertools import count

from checkout.payments.base import ForgedNotice, Notice, ProviderError, ProviderPayment, ProviderRefund, ProviderRefused


class MemoryProvider:
    """Payments and refunds by idempotency key. `down` makes every call fail; `calls` names the calls made."""

    def __init__(self) -> None:
        self.payments: dict[str, ProviderPayment] = {}
        self.refunds: dict[str, ProviderRefund] = {}
        self._by_key: dict[str, str] = {}
        self._number = count(1)
        self.down = False
        self.calls: list[str] = []

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.down:
            raise ProviderError("down")

    def create_payment(self, *, amount_minor, currency, key, transaction_token, order_number) -> ProviderPayment:
        """Make a payment once for each key."""
        self._called("create_payment")
        if key not in self._by_key:
            reference = f"pi_{next(self._number)}"
            self._by_key[key] = reference
            self.payments[reference] = ProviderPayment(
                reference, "pending", amount_minor, 0, currency, f"{reference}_secret", "", transaction_token
            )
        return self.payments[self._by_key[key]]

    def payment(self, psp_reference: str) -> ProviderPayment:
        """Return a payment as it is now."""
        self._called("payment")
        return self.payments[psp_reference]

    def cancel_payment(self, psp_reference: str, *, key: str) -> ProviderPayment:
        """Cancel a payment that has not been charged."""
        self._called("cancel_payment")
        if self.payments[psp_reference].status == "charged":
            raise ProviderRefused("payment_intent_unexpected_state")
        self.payments[psp_reference] = replace(self.payments[psp_reference], status="canceled")
        return self.payments[psp_reference]

    def create_refund(self, *, psp_reference, amount_minor, key, refund_token) -> ProviderRefund:
        """Give money back once for each key, and never more than was charged."""
        self._called("create_refund")
        if key not in self._by_key:
            given = sum(r.amount_minor for r in self.refunds_of(psp_reference) if r.status != "failed")
            if given + amount_minor > self.payments[psp_reference].charged_minor:
                raise ProviderRefused("charge_already_refunded")
            self._by_key[key] = self._refund(psp_reference, amount_minor, refund_token).psp_reference
        return self.refunds[self._by_key[key]]

    def _refund(self, psp_reference: str, amount_minor: int, refund_token: str) -> ProviderRefund:
        made = ProviderRefund(f"re_{next(self._number)}", psp_reference, "succeeded", amount_minor, "CNY", refund_token)
        self.refunds[made.psp_reference] = made
        return made

    def refund(self, psp_reference: str) -> ProviderRefund:
        """Return a refund as it is now."""
        self._called("refund")
        return self.refunds[psp_reference]

    def refunds_of(self, psp_reference: str) -> list[ProviderRefund]:
        """Return all refunds of a payment."""
        return [refund for refund in self.refunds.values() if refund.payment_reference == psp_reference]

    def notice(self, body: bytes, signature: str) -> Notice:
        """Believe the one signature that is good."""
        if signature != "good":
            raise ForgedNotice("signature")
        event_id, kind, payment, refund = body.decode().split(" ")
        return Notice(event_id, kind, payment, refund, {"id": event_id, "type": kind})

    # What a buyer or somebody at the provider's desk does.

    def approve(self, psp_reference: str, *, at: datetime | None = None) -> ProviderPayment:
        """The buyer pays, at `at` by the provider's clock."""
        asked = self.payments[psp_reference]
        self.payments[psp_reference] = replace(asked, status="charged", charged_minor=asked.amount_minor, charged_at=at)
        return self.payments[psp_reference]

    def refund_at_desk(self, psp_reference: str, amount_minor: int) -> ProviderRefund:
        """Somebody gives money back at the provider, without the shop."""
        return self._refund(psp_reference, amount_minor, "")
