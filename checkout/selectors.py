"""Reading carts, orders and merchants' staff, in a bounded number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from catalog.models import LineKind, Product
from catalog.rules import is_delivered, unit_price
from catalog.selectors.stock import available_by_variant
from catalog.selectors.variants import tiers_of
from checkout.models import (
    BankAccount,
    Checkout,
    CheckoutLine,
    MerchantOrder,
    MerchantStaff,
    Order,
    OrderLine,
    Role,
    StaffInvitation,
    User,
)
from checkout.rules import MAX_QUANTITY, Offer


@dataclass(frozen=True)
class Cart:
    """A checkout, its lines with product and merchant, and what each would be sold as at the moment `at`.

    What is not asked for is not read: the lines are one query, their prices one more and the offers two more, whatever
    the cart holds.
    """

    checkout: Checkout
    at: datetime

    @cached_property
    def lines(self) -> tuple[CheckoutLine, ...]:
        """The lines in the order in which they came, each with the token of its product's first `picture`."""
        related = ("variant__product__merchant", "variant__product__category")
        return tuple(
            self.checkout.lines.select_related(*related)
            .annotate(picture=F("variant__product__card__picture"))
            .order_by("id")
        )

    @cached_property
    def prices_minor(self) -> dict[int, int]:
        """The unit price of each line's variant at the line's quantity (fen)."""
        tiers = tiers_of(line.variant_id for line in self.lines)
        return {
            line.variant_id: unit_price(line.variant.price_minor, tiers.get(line.variant_id, ()), line.quantity)
            for line in self.lines
        }

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What each line would be sold as."""
        products = [line.variant.product_id for line in self.lines]
        sellable = set(Product.objects.filter(pk__in=products).sellable(at=self.at).values_list("pk", flat=True))
        available = available_by_variant(line.variant_id for line in self.lines)
        place = self.checkout.shipping_address.get("division_code", "")
        return tuple(
            _offer(line, self.prices_minor[line.variant_id], sellable, available, place) for line in self.lines
        )

    @property
    def fees_minor(self) -> dict[int, int]:
        """The flat shipping fee of each merchant in the cart (fen)."""
        return {
            line.variant.product.merchant_id: line.variant.product.merchant.shipping_fee_minor for line in self.lines
        }


def cart(*, token: UUID, at: datetime) -> Cart | None:
    """Return the cart with this token, or None."""
    checkout = Checkout.objects.filter(token=token).first()
    return Cart(checkout, at) if checkout else None


def _offer(
    line: CheckoutLine, price_minor: int, sellable: set[int], available: dict[int, int], division_code: str
) -> Offer:
    variant, product = line.variant, line.variant.product
    return Offer(
        variant_id=line.variant_id,
        merchant_id=product.merchant_id,
        quantity=line.quantity,
        price_minor=price_minor,
        seen_price_minor=line.seen_price_minor,
        is_sellable=product.pk in sellable,
        is_service=product.line_kind == LineKind.SERVICE,
        available=available.get(line.variant_id, 0),
        min_quantity=variant.min_quantity,
        max_quantity=min(variant.max_quantity or MAX_QUANTITY, MAX_QUANTITY),
        is_delivered=not division_code or is_delivered(product.sales_provinces, division_code),
    )


def order(*, token: UUID) -> Order | None:
    """Return an order with its parts and lines loaded (three queries), or None. The token is the only key to it."""
    return _with_parts(Order.objects.filter(token=token)).first()


def orders_of(*, user_id: int) -> QuerySet[Order]:
    """Return a buyer's orders, newest first, with their parts and lines loaded."""
    return _with_parts(Order.objects.filter(user_id=user_id)).order_by("-placed_at")


def _with_parts(orders: QuerySet[Order]) -> QuerySet[Order]:
    lines = OrderLine.objects.select_related("region", "merchant_order").order_by("id")
    return orders.prefetch_related(
        Prefetch("merchant_orders", MerchantOrder.objects.select_related("fulfillment").order_by("id")),
        Prefetch("lines", lines),
    )


def waiting_for_office() -> QuerySet[Order]:
    """Return the orders whose money did not reach its buyer and that nobody has seen to yet."""
    return Order.objects.filter(needs_office=True)


@dataclass(frozen=True)
class Person:
    """Somebody who works for a merchant; `since` is the moment (UTC) of their oldest present role."""

    user_id: int
    email: str
    roles: tuple[str, ...]
    since: datetime


def staff_of(merchant_id: int, *, at: datetime) -> list[Person]:
    """Return who works for a merchant at `at`, in the order in which they came (one query)."""
    order = list(Role.values)
    held: dict[int, list[MerchantStaff]] = {}
    for row in MerchantStaff.objects.at(at).filter(merchant=merchant_id).select_related("user").order_by("pk"):
        held.setdefault(row.user_id, []).append(row)
    return [
        Person(
            user_id=user_id,
            email=rows[0].user.email,
            roles=tuple(sorted((row.role for row in rows), key=order.index)),
            since=min(row.since for row in rows),
        )
        for user_id, rows in held.items()
    ]


def known_to(merchant_id: int) -> dict[str, str]:
    """Return the people who work or ever worked for a merchant: how the audit trail names them → their address."""
    rows = MerchantStaff.objects.filter(merchant=merchant_id).values_list("user_id", "user__email").distinct()
    return {actor(user_id): email for user_id, email in rows}


def actor(user_id: int) -> str:
    """Return how the audit trail names a person."""
    return f"user {user_id}"


def open_invitations(merchant_id: int, *, at: datetime) -> QuerySet[StaffInvitation]:
    """Return the invitations of a merchant that may still be accepted at `at`, newest first."""
    return StaffInvitation.objects.filter(merchant=merchant_id, accepted_at=None, withdrawn_at=None, expires_at__gt=at)


def has_invited(merchant_id: int, invitation_id: int) -> bool:
    """Return whether an invitation is this merchant's, over or not (one query)."""
    return StaffInvitation.objects.filter(merchant=merchant_id, pk=invitation_id).exists()


def bank_account(merchant_id: int) -> BankAccount | None:
    """Return the account that a merchant is paid out to; for its owners and its finance people alone (one query)."""
    return BankAccount.objects.filter(merchant=merchant_id, until=None).first()


def has_bank_account(merchant_id: int) -> bool:
    """Return whether a merchant has said where it is paid out to; for everybody who works there (one query)."""
    return BankAccount.objects.filter(merchant=merchant_id, until=None).exists()


def owners_of(merchant_id: int, *, at: datetime) -> list[str]:
    """Return the e-mail addresses of a merchant's owners (one query)."""
    rows = MerchantStaff.objects.at(at).filter(merchant=merchant_id, role=Role.OWNER, user__is_active=True)
    return list(rows.order_by("pk").values_list("user__email", flat=True))


def invitation(invitation_id: int, *, at: datetime) -> StaffInvitation | None:
    """Return an invitation that may still be accepted at `at`, with its merchant (one query)."""
    rows = StaffInvitation.objects.select_related("merchant")
    return rows.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=at).first()


def named(actors: Iterable[str]) -> dict[str, str]:
    """Return people's addresses by how the audit trail names them; for the office, which may know all (one query)."""
    ids = {int(number) for who in actors if (number := who.removeprefix("user ")) != who and number.isdecimal()}
    return {actor(user_id): email for user_id, email in User.objects.filter(pk__in=ids).values_list("pk", "email")}
