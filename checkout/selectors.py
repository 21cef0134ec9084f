"""Reading carts and orders, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from catalog.models import LineKind, Product
from catalog.selectors.stock import available_by_variant
from checkout.models import Checkout, CheckoutLine, MerchantOrder, Order, OrderLine
from checkout.rules import Offer


@dataclass(frozen=True)
class Cart:
    """A checkout, its lines with product and merchant, and what each would be sold as at the moment `at`.

    What is not asked for is not read: the lines are one query, the offers two more, whatever the cart holds.
    """

    checkout: Checkout
    at: datetime

    @cached_property
    def lines(self) -> tuple[CheckoutLine, ...]:
        """The lines in the order in which they came."""
        related = ("variant__product__merchant", "variant__product__category")
        return tuple(self.checkout.lines.select_related(*related).order_by("id"))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What each line would be sold as."""
        products = [line.variant.product_id for line in self.lines]
        sellable = set(Product.objects.filter(pk__in=products).sellable(at=self.at).values_list("pk", flat=True))
        available = available_by_variant(line.variant_id for line in self.lines)
        return tuple(_offer(line, sellable, available) for line in self.lines)

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


def _offer(line: CheckoutLine, sellable: set[int], available: dict[int, int]) -> Offer:
    product = line.variant.product
    return Offer(
        variant_id=line.variant_id,
        merchant_id=product.merchant_id,
        quantity=line.quantity,
        price_minor=line.variant.price_minor,
        seen_price_minor=line.seen_price_minor,
        is_sellable=product.pk in sellable,
        is_service=product.line_kind == LineKind.SERVICE,
        available=available.get(line.variant_id, 0),
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
