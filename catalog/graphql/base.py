"""What all types of the API share: Saleor's ids, money, metadata. Names and nullability are Saleor's."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

import graphene
from graphene.types.generic import GenericScalar
from graphql import GraphQLError
from graphql_relay import from_global_id, to_global_id

from catalog.money import CURRENCY, to_decimal


def global_id(type_name: str, key: object) -> str:
    """Return Saleor's opaque id, e.g. global_id("Order", token)."""
    return to_global_id(type_name, str(key))


def key_of(type_name: str, opaque: str | None) -> str:
    """Return the key inside an opaque id. Raises GraphQLError when it is not an id of that type."""
    try:
        found, key = from_global_id(opaque or "")
    except (ValueError, UnicodeDecodeError):
        found, key = "", ""
    if found != type_name or not key:
        raise GraphQLError(f"Couldn't resolve id: {opaque}.")
    return key


def uuid_key_of(type_name: str, opaque: str | None) -> UUID:
    """Return a token inside an opaque id. Raises GraphQLError."""
    try:
        return UUID(key_of(type_name, opaque))
    except ValueError:
        raise GraphQLError(f"Couldn't resolve id: {opaque}.") from None


def integer_key_of(type_name: str, opaque: str | None) -> int:
    """Return a whole-number key inside an opaque id. Raises GraphQLError."""
    key = key_of(type_name, opaque)
    if not key.isdecimal() or len(key) > 18:
        raise GraphQLError(f"Couldn't resolve id: {opaque}.")
    return int(key)


class Money(graphene.ObjectType):
    """An amount. `amount` is a Float because it is one in Saleor; exact sums have types of their own."""

    currency = graphene.String(required=True)
    amount = graphene.Float(required=True)


class TaxedMoney(graphene.ObjectType):
    """A gross price; prices in the shop include tax."""

    currency = graphene.String(required=True)
    gross = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)


def money(minor: int, currency: str = CURRENCY) -> Money:
    """Return fen as Saleor's Money."""
    return Money(currency=currency, amount=float(to_decimal(minor)))


def taxed(minor: int, currency: str = CURRENCY) -> TaxedMoney:
    """Return fen as Saleor's TaxedMoney; no tax is worked out yet, so net is gross."""
    amount = money(minor, currency)
    return TaxedMoney(currency=currency, gross=amount, net=amount, tax=money(0, currency))


class MetadataItem(graphene.ObjectType):
    """A key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class MetadataInput(graphene.InputObjectType):
    """A key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


def metadata(values: dict[str, str]) -> list[MetadataItem]:
    """Return a dict as Saleor's list of items."""
    return [MetadataItem(key=key, value=str(value)) for key, value in values.items()]


def from_metadata(items: Iterable[MetadataInput] | None) -> dict[str, str]:
    """Return Saleor's list of items as a dict; the last of equal keys wins."""
    return {item["key"]: item["value"] for item in items or ()}


class JSON(GenericScalar):
    """Any JSON value."""


class PositiveDecimal(graphene.Decimal):
    """A Decimal that is not negative."""

    @staticmethod
    def parse_value(value):
        """Refuse what is negative or no number."""
        parsed = graphene.Decimal.parse_value(value)
        if not isinstance(parsed, Decimal) or parsed < 0:
            raise GraphQLError(f"Value cannot be lower than 0, and must be a number: {value!r}")
        return parsed
