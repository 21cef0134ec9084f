"""Placing an order, and ending one that was not paid. Order first, then pay (rule 2)."""

import logging
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from catalog.actions import stock
from catalog.models import Product, Stock
from catalog.selectors.certificates import admitting
from checkout import rules
from checkout.faults import reach
from checkout.models import (
    Allocation,
    ChargeStatus,
    Checkout,
    MerchantOrder,
    Order,
    OrderLine,
    OrderStatus,
    SalesChannel,
)
from checkout.rules import Code, PurchaseError
from checkout.selectors import Cart, cart

log = logging.getLogger(__name__)


def place(
    *,
    token: UUID,
    now: datetime,
    remark: str = "",
    buyer_kind: str = "consumer",
    no_return: Collection[int] = (),
) -> Order:
    """Turn a cart into an unpaid order that holds its stock until `expires_at`; the cart is gone.

    `no_return` are the ids of products of which the buyer was shown, and confirmed, that they cannot be returned
    without a reason; for all others the right stands, whatever their rule is by now.

    Asking again with the same token returns the same order: a client that heard no answer may just repeat itself.
    Raises PurchaseError, and changes nothing, when something cannot be sold as the buyer saw it.
    """
    reach("before_place")
    found = cart(token=token, at=now)
    if found is None:
        return _placed(token)
    _check(found)
    seen = _stock_seen(found) if "stock" in settings.UNGUARDED else None
    try:
        with transaction.atomic(durable=True):
            # `delete` alone reads first and then deletes by key: what changed in between would be lost.
            same = Checkout.objects.filter(pk=found.checkout.pk, updated_at=found.checkout.updated_at)
            if not same.update(updated_at=now):
                raise _Changed
            Checkout(pk=found.checkout.pk).delete()
            order = _write(found, remark=remark, buyer_kind=buyer_kind, no_return=no_return, now=now, seen=seen)
    except (_Changed, IntegrityError):
        return _placed(token)
    reach("after_place_commit")
    return order


class _Changed(Exception):
    """The cart changed, or was placed, between reading and placing."""


def _placed(token: UUID) -> Order:
    order = Order.objects.filter(checkout_token=token).first()
    if order is None:
        if Checkout.objects.filter(token=token).exists():
            raise PurchaseError(Code.INVALID, "The cart has just changed; look at it again.", field="lines")
        raise PurchaseError(Code.NOT_FOUND, "There is no such checkout.", field="id")
    return order


def _check(found: Cart) -> None:
    if not found.lines:
        raise PurchaseError(Code.NO_LINES, "The cart is empty.", field="lines")
    if not found.checkout.email:
        raise PurchaseError(Code.EMAIL_NOT_SET, "An e-mail address is needed.", field="email")
    if not found.checkout.shipping_address:
        raise PurchaseError(Code.SHIPPING_ADDRESS_NOT_SET, "A delivery address is needed.", field="shippingAddress")
    against = rules.problems(list(found.offers))
    if against:
        code, field, _ = against[0]
        variant_ids = tuple(variant for other, where, variant in against if (other, where) == (code, field))
        raise PurchaseError(code, _MESSAGES[code, field], field=field, variant_ids=variant_ids)


_MESSAGES = {
    (Code.PRODUCT_UNAVAILABLE_FOR_PURCHASE, "lines"): "Something in the cart can no longer be bought.",
    (Code.INVALID, "lines.minimum"): "Of something, fewer are in the cart than must be bought at once.",
    (Code.QUANTITY_GREATER_THAN_LIMIT, "lines.quantity"): "Of something, more are in the cart than one order may hold.",
    (Code.INSUFFICIENT_STOCK, "lines.quantity"): "There are not enough units left.",
    (Code.SHIPPING_METHOD_NOT_APPLICABLE, "shippingAddress"): "Something is not delivered to this province.",
    (Code.INVALID, "lines.price"): "A price has changed since it was shown.",
}


def _write(
    found: Cart,
    *,
    remark: str,
    buyer_kind: str,
    no_return: Collection[int],
    now: datetime,
    seen: dict[int, int] | None,
) -> Order:
    parts = rules.sums(list(found.offers), found.fees_minor)
    subtotal = sum(part.subtotal_minor for part in parts)
    shipping = sum(part.shipping_minor for part in parts)
    checkout = found.checkout
    order = Order.objects.create(
        number=f"{now:%y%m%d}{secrets.randbelow(10**9):09d}",
        checkout_token=checkout.token,
        user_id=checkout.user_id,
        email=checkout.email,
        language=checkout.language,
        shipping_address=checkout.shipping_address,
        remark=remark[:200],
        buyer_kind=buyer_kind,
        subtotal_minor=subtotal,
        shipping_minor=shipping,
        total_minor=subtotal + shipping,
        placed_at=now,
        expires_at=now + timedelta(seconds=settings.ORDER_TTL_SECONDS),
    )
    merchants = {line.variant.product.merchant_id: line.variant.product.merchant for line in found.lines}
    merchant_orders = MerchantOrder.objects.bulk_create(
        MerchantOrder(
            order=order,
            merchant_id=part.merchant_id,
            merchant_zh=merchants[part.merchant_id].name_zh,
            merchant_en=merchants[part.merchant_id].name_en,
            subtotal_minor=part.subtotal_minor,
            shipping_minor=part.shipping_minor,
            total_minor=part.total_minor,
        )
        for part in parts
    )
    by_merchant = {part.merchant_id: part for part in merchant_orders}
    certificates = admitting([line.variant.product_id for line in found.lines], at=now)
    lines = OrderLine.objects.bulk_create(_lines(found, order, by_merchant, certificates, no_return))
    _allocate(found, lines, seen)
    return order


def _lines(
    found: Cart,
    order: Order,
    parts: dict[int, MerchantOrder],
    certificates: dict[int, int],
    no_return: Collection[int],
) -> list[OrderLine]:
    rows = []
    for line in found.lines:
        variant, product = line.variant, line.variant.product
        is_excluded = product.return_rule == Product.ReturnRule.EXCLUDED
        days = rules.return_days(is_excluded=is_excluded, is_confirmed=product.pk in no_return)
        rows.append(
            OrderLine(
                order=order,
                merchant_order=parts[product.merchant_id],
                variant=variant,
                product_id=product.pk,
                product_slug=product.slug,
                kind=product.kind,
                art_seed=product.art_seed,
                product_zh=product.name_zh,
                product_en=product.name_en,
                variant_zh=variant.name_zh,
                variant_en=variant.name_en,
                sku=variant.sku,
                line_kind=product.line_kind,
                category_slug=product.category.slug,
                region_id=product.region_id,
                certificate_id=certificates.get(product.pk),
                unit_price_minor=found.prices_minor[variant.pk],
                quantity=line.quantity,
                total_minor=found.prices_minor[variant.pk] * line.quantity,
                tag=line.metadata.get("tag", ""),
                sales_channel=SalesChannel.WEB,
                return_days=days,
                return_confirmed_at=None if days else order.placed_at,
            )
        )
    return rows


def _allocate(found: Cart, lines: list[OrderLine], seen: dict[int, int] | None) -> None:
    """Take the stock of every line, in the order of variants, so that two carts never wait for each other."""
    rows, missing = [], []
    wanted = zip((line.variant_id for line in found.lines), lines, strict=True)
    for variant_id, line in sorted(wanted, key=lambda pair: pair[0]):
        stock_id = stock.allocate(variant_id=variant_id, quantity=line.quantity, seen=seen)
        if stock_id is None:
            missing.append(variant_id)
        else:
            rows.append(Allocation(line=line, stock_id=stock_id, quantity=line.quantity))
    if missing:
        raise PurchaseError(
            Code.INSUFFICIENT_STOCK,
            _MESSAGES[Code.INSUFFICIENT_STOCK, "lines.quantity"],
            field="lines.quantity",
            variant_ids=tuple(missing),
        )
    Allocation.objects.bulk_create(rows)


def _stock_seen(found: Cart) -> dict[int, int]:
    variants = [line.variant_id for line in found.lines]
    return dict(Stock.objects.filter(variant__in=variants).values_list("pk", "allocated"))


def cancel(*, token: UUID, now: datetime) -> Order:
    """End an unpaid order at its buyer's wish; its stock is free again. Raises PurchaseError once money is involved."""
    order = Order.objects.filter(token=token).first()
    if order is None:
        raise PurchaseError(Code.NOT_FOUND, "There is no such order.", field="id")
    if not end(order_id=order.pk, status=OrderStatus.CANCELED) and order.status != OrderStatus.CANCELED:
        raise PurchaseError(Code.CANNOT_CANCEL_ORDER, "A paid order is ended by a refund.", field="id")
    order.refresh_from_db()
    return order


def attended(*, order_id: int) -> None:
    """A person has seen to an order whose refund did not reach the buyer. Safe to repeat."""
    Order.objects.filter(pk=order_id).update(needs_office=False)


def due(*, now: datetime, limit: int = 200) -> list[int]:
    """Return ids of unpaid orders whose time is over."""
    unpaid = Order.objects.filter(
        status=OrderStatus.UNFULFILLED, charge_status=ChargeStatus.NONE, expires_at__lte=now
    ).order_by("expires_at")
    return list(unpaid.values_list("pk", flat=True)[:limit])


def expire_due(*, now: datetime) -> int:
    """Let every unpaid order expire whose time is over; return how many did. One that cannot does not stop others."""
    ended = 0
    for order_id in due(now=now):
        try:
            ended += end(order_id=order_id, status=OrderStatus.EXPIRED)
        except Exception:
            log.exception("order %s could not expire", order_id)
    return ended


def end(*, order_id: int, status: OrderStatus) -> bool:
    """Let an unpaid order expire or be cancelled, and free its stock, once. Return whether this call did it."""
    with transaction.atomic(durable=True):
        ended = Order.objects.filter(
            pk=order_id, status=OrderStatus.UNFULFILLED, charge_status=ChargeStatus.NONE
        ).update(status=status)
        if ended:
            free(order_id=order_id)
    return bool(ended)


def free(*, order_id: int) -> None:
    """Give the stock of an ended order back to sale, inside the caller's transaction."""
    # In the order in which `_allocate` takes them, so that neither waits for the other in a circle.
    for allocation in Allocation.objects.filter(line__order=order_id).order_by("stock__variant_id", "stock_id"):
        stock.release(stock_id=allocation.stock_id, quantity=allocation.quantity)
    Allocation.objects.filter(line__order=order_id).delete()
