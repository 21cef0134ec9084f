"""A purchase in a few words, for tests that are about something else."""

from datetime import datetime

from catalog.models import ProductVariant
from checkout.actions import carts, orders, payments, refunds
from checkout.address import Address
from checkout.models import Order, Refund
from tests import factories

ADDRESS = Address("收货人", "13800000000", "北京市", "北京市", "东城区", "一号院", "110101")


def cart(*lines: tuple[ProductVariant, int], tag: str = "", now: datetime = factories.NOW):
    """Return a cart that is ready to be placed."""
    changes = [carts.LineChange(variant.pk, quantity, {"tag": tag} if tag else {}) for variant, quantity in lines]
    return carts.create(
        lines=changes, email="buyer@example.com", language="zh-hans", address=ADDRESS, user_id=None, now=now
    )


def placed(*lines: tuple[ProductVariant, int], tag: str = "", now: datetime = factories.NOW) -> Order:
    """Return an order that waits for its money."""
    return orders.place(token=cart(*lines, tag=tag, now=now).token, now=now)


def paid(provider, *lines: tuple[ProductVariant, int], tag: str = "", now: datetime = factories.NOW) -> Order:
    """Return an order that was paid."""
    order = placed(*lines, tag=tag, now=now)
    item = payments.initialize(order_token=order.token, provider=provider, now=now)
    payments.settle(payment=provider.approve(item.psp_reference), now=now)
    order.refresh_from_db()
    return order


def refunded(provider, order: Order, amount_minor: int, *, key: str, now: datetime = factories.NOW) -> Refund:
    """Return a refund of part of the order's first line."""
    parts = refunds.Parts(lines={order.lines.first().pk: amount_minor})
    wanted = refunds.request(order_token=order.token, parts=parts, reason="", by="user 1", key=key, now=now)
    return refunds.send(refund=wanted, provider=provider, now=now)
