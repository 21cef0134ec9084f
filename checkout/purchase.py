"""The verbs of buying, as pages and commands use them.

Each is a Saleor document (`operations/*.graphql`), executed by the transport; what comes back are frozen answers in
fen. A refusal raises `PurchaseError`; anything else that goes wrong is a `TransportError`.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql_relay import from_global_id, to_global_id

from catalog.money import from_graphql
from checkout.access import Caller
from checkout.address import Address
from checkout.rules import Code, PurchaseError
from checkout.transport import embedded


@dataclass(frozen=True, slots=True)
class LineInput:
    """Some units of a variant; `tag` is the zone that the buyer came from, a claim (rule 8)."""

    variant_id: int
    quantity: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class CheckoutData:
    """A cart after a verb. `total_minor`: goods and shipping, CNY."""

    token: UUID
    quantity: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class OrderData:
    """An order after a verb. `status` and `charge_status` are Saleor's names, e.g. "UNFULFILLED", "FULL"."""

    token: UUID
    number: str
    status: str
    charge_status: str
    total_minor: int


@dataclass(frozen=True, slots=True)
class PaymentData:
    """An open payment. `client_secret` is for the provider's pay page, `psp_reference` its id there."""

    transaction_id: str
    psp_reference: str
    client_secret: str


def start(
    *,
    lines: list[LineInput],
    email: str = "",
    language: str = "zh-hans",
    address: Address | None = None,
    user_id: int | None = None,
) -> CheckoutData:
    """Make a cart (`checkoutCreate`)."""
    code = language.upper().replace("-", "_")
    given: dict[str, Any] = {"lines": [_line(line) for line in lines], "email": email, "languageCode": code}
    if address is not None:
        given["shippingAddress"] = _address(address)
    return _cart(_do("checkoutCreate", {"input": given}, Caller(user_id=user_id, is_app=True)))


def add(token: UUID, *, lines: list[LineInput]) -> CheckoutData:
    """Put more into a cart (`checkoutLinesAdd`)."""
    return _cart(_do("checkoutLinesAdd", {"id": _id("Checkout", token), "lines": [_line(line) for line in lines]}))


def update(token: UUID, *, quantities: dict[int, int]) -> CheckoutData:
    """Set quantities by checkout line id, 0 takes a line out; also accepts present prices (`checkoutLinesUpdate`)."""
    lines = [{"lineId": _id("CheckoutLine", line), "quantity": quantity} for line, quantity in quantities.items()]
    return _cart(_do("checkoutLinesUpdate", {"id": _id("Checkout", token), "lines": lines}))


def set_contact(token: UUID, *, email: str, address: Address) -> CheckoutData:
    """Say whom to write to and where it goes (`checkoutEmailUpdate`, `checkoutShippingAddressUpdate`)."""
    variables = {"id": _id("Checkout", token), "email": email, "address": _address(address)}
    return _cart(_do("checkoutContactUpdate", variables))


def read_checkout(token: UUID) -> CheckoutData | None:
    """Return a cart, or None."""
    found = embedded.run("checkout", {"id": _id("Checkout", token)}, caller=_APP)["checkout"]
    return _cart({"checkout": found}) if found else None


def place(token: UUID, *, remark: str = "", no_return: Collection[int] = ()) -> OrderData:
    """Turn a cart into an unpaid order (`checkoutComplete`). Safe to repeat: the same cart gives the same order.

    `no_return`: ids of the products that the buyer was shown as outside no-reason return, and confirmed.
    """
    metadata = [{"key": "remark", "value": remark}] if remark else []
    if no_return:
        ids = " ".join(_id("Product", product) for product in sorted(no_return))
        metadata.append({"key": "noReturn", "value": ids})
    return _order(_do("checkoutComplete", {"id": _id("Checkout", token), "metadata": metadata})["order"])


def pay(order_token: UUID) -> PaymentData:
    """Start, or go on with, the payment of an order (`transactionInitialize`)."""
    answer = _do("transactionInitialize", {"id": _id("Order", order_token), "gateway": {"id": "stripe"}})
    item = answer["transaction"]
    return PaymentData(item["id"], item["pspReference"], _json(answer["data"])["clientSecret"])


def confirm(transaction_id: str) -> OrderData:
    """Ask the provider how a payment stands, e.g. when the browser comes back (`transactionProcess`)."""
    return _order(_do("transactionProcess", {"id": transaction_id})["transaction"]["order"])


def transaction_id(token: UUID) -> str:
    """Return the id under which `confirm` knows a payment, from our own row's token."""
    return _id("TransactionItem", token)


def cancel(order_token: UUID) -> OrderData:
    """End an unpaid order (`orderCancel`)."""
    return _order(_do("orderCancel", {"id": _id("Order", order_token)})["order"])


def fulfil(order_token: UUID, *, line_ids: list[int], tracking_number: str = "") -> OrderData:
    """Send off the merchants' parts that these lines belong to (`orderFulfill`)."""
    lines = [{"orderLineId": _id("OrderLine", line), "stocks": []} for line in line_ids]
    given = {"lines": lines, "trackingNumber": tracking_number}
    return _order(_do("orderFulfill", {"order": _id("Order", order_token), "input": given})["order"])


def refund(
    order_token: UUID,
    *,
    by: str,
    key: str,
    quantities: dict[int, int],
    amount: str | None = None,
    shipping: bool = False,
    reason: str = "",
) -> str:
    """Give back units by order line id, or `amount` (yuan, two places) of the one line named, and the shipping fees.

    `key` makes it happen once. Return the refund's id (`orderGrantRefundCreate`, then the request to the provider).
    """
    caller = Caller(is_app=True, actor=by, idempotency_key=key)
    given: dict[str, Any] = {
        "transactionId": _id("Order", order_token),
        "lines": [{"id": _id("OrderLine", line), "quantity": quantity} for line, quantity in quantities.items()],
        "grantRefundForShipping": shipping,
        "reason": reason,
    }
    if amount is not None:
        given["amount"] = amount
    granted = _do("orderGrantRefundCreate", {"id": _id("Order", order_token), "input": given}, caller)["grantedRefund"]
    _do("transactionRequestRefund", {"grantedRefundId": granted["id"]}, caller)
    return granted["id"]


def read_order(token: UUID) -> OrderData | None:
    """Return an order, or None."""
    found = embedded.run("order", {"id": _id("Order", token)}, caller=_APP)["order"]
    return _order(found) if found else None


_APP = Caller(is_app=True, actor="shop")


def _do(name: str, variables: dict[str, Any], caller: Caller = _APP) -> dict[str, Any]:
    """Run a verb's document and return its last payload. Raises PurchaseError when any of its payloads has errors."""
    payload: dict[str, Any] = {}
    for payload in embedded.run(name, variables, caller=caller).values():
        for error in payload["errors"]:
            variants = tuple(_key(variant) for variant in error.get("variants") or ())
            raise PurchaseError(
                Code(error["code"]) if error["code"] in Code.__members__ else Code.INVALID,
                error["message"] or "",
                field=error["field"] or "",
                variant_ids=variants,
            )
    return payload


def _line(line: LineInput) -> dict[str, Any]:
    metadata = [{"key": "tag", "value": line.tag}] if line.tag else []
    return {"variantId": _id("ProductVariant", line.variant_id), "quantity": line.quantity, "metadata": metadata}


def _address(address: Address) -> dict[str, Any]:
    return {
        "firstName": address.name,
        "phone": address.phone,
        "countryArea": address.province,
        "city": address.city,
        "cityArea": address.county,
        "streetAddress1": address.street,
        "metadata": [{"key": "divisionCode", "value": address.division_code}],
    }


def _cart(payload: dict[str, Any]) -> CheckoutData:
    found = payload["checkout"]
    return CheckoutData(UUID(found["token"]), found["quantity"], from_graphql(found["totalPrice"]["gross"]["amount"]))


def _order(found: dict[str, Any]) -> OrderData:
    return OrderData(
        token=UUID(from_global_id(found["id"])[1]),
        number=found["number"],
        status=found["status"],
        charge_status=found["chargeStatus"],
        total_minor=from_graphql(found["total"]["gross"]["amount"]),
    )


def _id(type_name: str, key: object) -> str:
    return to_global_id(type_name, str(key))


def _key(opaque: str) -> int:
    return int(from_global_id(opaque)[1])


def _json(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value
