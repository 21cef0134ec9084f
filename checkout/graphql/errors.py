"""Typed errors, one enum for each kind of verb, as in Saleor: a refused verb answers with data, not an exception."""

import graphene

from catalog.graphql.base import global_id
from checkout.rules import Code, PurchaseError

_CHECKOUT = [
    "EMAIL_NOT_SET",
    "GRAPHQL_ERROR",
    "INSUFFICIENT_STOCK",
    "INVALID",
    "NOT_FOUND",
    "NO_LINES",
    "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
    "QUANTITY_GREATER_THAN_LIMIT",
    "REQUIRED",
    "SHIPPING_ADDRESS_NOT_SET",
    "SHIPPING_METHOD_NOT_APPLICABLE",
    "ZERO_QUANTITY",
]
_ORDER = ["CANNOT_CANCEL_ORDER", "CANNOT_FULFILL_UNPAID_ORDER", "GRAPHQL_ERROR", "INVALID", "NOT_FOUND", "REQUIRED"]
_GRANT = ["AMOUNT_GREATER_THAN_AVAILABLE", "GRAPHQL_ERROR", "INVALID", "NOT_FOUND", "REQUIRED"]
_TRANSACTION = ["GRAPHQL_ERROR", "INVALID", "NOT_FOUND"]
_REQUEST = ["AMOUNT_GREATER_THAN_AVAILABLE", "GRAPHQL_ERROR", "INVALID", "NOT_FOUND"]


def _enum(name: str, codes: list[str]) -> type[graphene.Enum]:
    return graphene.Enum(name, [(code, code) for code in codes])


class _Error(graphene.ObjectType):
    class Meta:
        abstract = True

    field = graphene.String()
    message = graphene.String()


class CheckoutError(_Error):
    """Why a checkout's verb was refused."""

    code = graphene.Field(_enum("CheckoutErrorCode", _CHECKOUT), required=True)
    variants = graphene.List(graphene.NonNull(graphene.ID))


class OrderError(_Error):
    """Why an order's verb was refused."""

    code = graphene.Field(_enum("OrderErrorCode", _ORDER), required=True)


class OrderGrantRefundCreateError(_Error):
    """Why a refund was not granted."""

    code = graphene.Field(_enum("OrderGrantRefundCreateErrorCode", _GRANT), required=True)


class TransactionInitializeError(_Error):
    """Why no payment was started."""

    code = graphene.Field(_enum("TransactionInitializeErrorCode", _TRANSACTION), required=True)


class TransactionProcessError(_Error):
    """Why a payment could not be looked at."""

    code = graphene.Field(_enum("TransactionProcessErrorCode", _TRANSACTION), required=True)


class TransactionRequestRefundForGrantedRefundError(_Error):
    """Why a granted refund was not sent."""

    code = graphene.Field(_enum("TransactionRequestRefundForGrantedRefundErrorCode", _REQUEST), required=True)


def of(error_type: type[_Error], error: PurchaseError) -> list[_Error]:
    """Return the error in the words of a verb's own enum."""
    code = "AMOUNT_GREATER_THAN_AVAILABLE" if error.code is Code.CANNOT_REFUND else error.code.value
    known = error_type._meta.fields["code"].type.of_type._meta.enum.__members__
    found = error_type(code=code if code in known else "INVALID", message=error.message, field=error.field or None)
    if error_type is CheckoutError:
        found.variants = [global_id("ProductVariant", variant) for variant in error.variant_ids] or None
    return [found]
