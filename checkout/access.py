"""Who may do what with carts, orders and merchants. The token in a link is the key to one order; staff needs a
permission; a merchant's own people need a role.

The site and the API fetch carts, orders, and the merchant that somebody works for, through the functions here, and
nowhere else: each takes what entitles to it. A test holds them to that.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from graphql import GraphQLError

from catalog.models import Merchant
from checkout import selectors
from checkout.models import MerchantStaff, Order, Role
from checkout.selectors import Cart


@dataclass(frozen=True)
class Caller:
    """Who executes a document: the shop itself (`is_app`), staff (`permissions`), a buyer, or nobody in particular."""

    user_id: int | None = None
    is_app: bool = False
    permissions: frozenset[str] = frozenset()  # of a member of staff, e.g. "checkout.add_refund"
    actor: str = "anonymous"  # for the record of money moves, e.g. "user 3"
    idempotency_key: str = ""


class PermissionDenied(GraphQLError):
    """The caller may not do this."""

    def __init__(self, permission: str) -> None:
        super().__init__(f"This needs the permission {permission}.", extensions={"code": "PERMISSION_DENIED"})


def require(caller: Any, permission: str) -> None:
    """Let the shop itself pass, and staff with this permission. Raises PermissionDenied for everybody else."""
    if not caller.is_app and permission not in caller.permissions:
        raise PermissionDenied(permission)


def cart_by_token(token: UUID, *, at: datetime) -> Cart | None:
    """Return the cart that this token is the key to, as it is at `at`."""
    return selectors.cart(token=token, at=at)


def order_by_token(token: UUID) -> Order | None:
    """Return the order that this token is the key to, with its parts and lines."""
    return selectors.order(token=token)


def orders_of_account(user_id: int) -> QuerySet[Order]:
    """Return the orders of a signed-in person, newest first; the id comes from the session, never from an address."""
    return selectors.orders_of(user_id=user_id)


def order_for_office(order_id: int) -> Order | None:
    """Return an order by its number in the table; the caller has asked for the right of the office."""
    token = Order.objects.filter(pk=order_id).values_list("token", flat=True).first()
    return selectors.order(token=token) if token else None


def orders_waiting_for_office() -> QuerySet[Order]:
    """Return the orders whose money needs a person; the caller has asked for the right of the office."""
    return selectors.waiting_for_office()


@dataclass(frozen=True)
class Seat:
    """A person's place at a merchant: what the console works with. Only the functions of this module make one."""

    merchant: Merchant
    user_id: int
    roles: frozenset[str]  # values of Role; never empty

    def may(self, role: str | None) -> bool:
        """Say whether this person may do what `role` does; an owner may do everything, None is open to every role."""
        return role is None or role in self.roles or Role.OWNER in self.roles

    @property
    def actor(self) -> str:
        """The person as the audit trail names them."""
        return selectors.actor(self.user_id)


class NotOfTheStaff(LookupError):
    """This person does not work for such a merchant; whether there is one is not told."""


class WrongRole(PermissionError):
    """This person works for the merchant, but not in the role that this needs."""


def merchant_of(*, user_id: int | None, slug: str, role: str | None, at: datetime) -> Seat:
    """Return a person's seat at the merchant of that slug, for what needs `role` (None: any). One query.

    The only way for the console to get at a merchant. Raises NotOfTheStaff and WrongRole.
    """
    rows = MerchantStaff.objects.at(at).filter(user=user_id, merchant__slug=slug).select_related("merchant")
    held = list(rows) if user_id is not None else []
    if not held:
        raise NotOfTheStaff(slug)
    seat = Seat(held[0].merchant, held[0].user_id, frozenset(row.role for row in held))
    if not seat.may(role):
        raise WrongRole(role)
    return seat


def merchants_of(user_id: int, *, at: datetime) -> list[Seat]:
    """Return all the seats of a signed-in person, in the order in which they came; the id comes from the session."""
    rows = MerchantStaff.objects.at(at).filter(user=user_id).select_related("merchant").order_by("pk")
    roles: dict[int, set[str]] = {}
    merchants: dict[int, Merchant] = {}
    for row in rows:
        merchants.setdefault(row.merchant_id, row.merchant)
        roles.setdefault(row.merchant_id, set()).add(row.role)
    return [Seat(merchant, user_id, frozenset(roles[pk])) for pk, merchant in merchants.items()]


# Every field at the top of this room's part of the API, and every type, states who may have it (storefront.access).
API_RULES = {
    "Query.checkout": "token",
    "Query.order": "token",
    "Mutation.checkoutCreate": "session",
    "Mutation.checkoutLinesAdd": "token",
    "Mutation.checkoutLinesUpdate": "token",
    "Mutation.checkoutEmailUpdate": "token",
    "Mutation.checkoutShippingAddressUpdate": "token",
    "Mutation.checkoutComplete": "token",
    "Mutation.transactionInitialize": "token",
    "Mutation.transactionProcess": "token",
    "Mutation.orderCancel": "staff",
    "Mutation.orderFulfill": "staff",
    "Mutation.orderGrantRefundCreate": "staff",
    "Mutation.transactionRequestRefundForGrantedRefund": "staff",
}
API_TYPES = {
    "Address": "token",
    "Checkout": "token",
    "CheckoutComplete": "token",
    "CheckoutCreate": "session",
    "CheckoutEmailUpdate": "token",
    "CheckoutError": "public",
    "CheckoutLine": "token",
    "CheckoutLinesAdd": "token",
    "CheckoutLinesUpdate": "token",
    "CheckoutShippingAddressUpdate": "token",
    "CountryDisplay": "public",
    "Fulfillment": "token",
    "Order": "token",
    "OrderCancel": "staff",
    "OrderError": "public",
    "OrderFulfill": "staff",
    "OrderGrantRefundCreate": "staff",
    "OrderGrantRefundCreateError": "staff",
    "OrderGrantedRefund": "staff",
    "OrderLine": "token",
    "TransactionInitialize": "token",
    "TransactionInitializeError": "public",
    "TransactionItem": "token",
    "TransactionProcess": "token",
    "TransactionProcessError": "public",
    "TransactionRequestRefundForGrantedRefund": "staff",
    "TransactionRequestRefundForGrantedRefundError": "staff",
}
