"""Sending off what was paid."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.actions import stock
from checkout.models import Allocation, ChargeStatus, Fulfillment, MerchantOrder, Order, OrderStatus
from checkout.rules import Code, PurchaseError


def fulfill(
    *, order_token: UUID, merchant_order_id: int, carrier: str, tracking_number: str, by: str, now: datetime
) -> Fulfillment:
    """One merchant's part leaves the warehouse, once; `by` goes into the history of its stock.

    Raises PurchaseError when the order is not paid.
    """
    order = Order.objects.filter(token=order_token).first()
    part = MerchantOrder.objects.filter(pk=merchant_order_id, order=order).first() if order else None
    if order is None or part is None:
        raise PurchaseError(Code.NOT_FOUND, "There is no such order.", field="id")
    if order.charge_status != ChargeStatus.FULL or order.status in (OrderStatus.CANCELED, OrderStatus.EXPIRED):
        raise PurchaseError(Code.CANNOT_FULFILL_UNPAID_ORDER, "Only a paid order can be sent off.", field="id")
    try:
        with transaction.atomic(durable=True):
            return _write(order, part, carrier=carrier, tracking_number=tracking_number, by=by, now=now)
    except IntegrityError:
        return Fulfillment.objects.get(merchant_order=part)


def _write(
    order: Order, part: MerchantOrder, *, carrier: str, tracking_number: str, by: str, now: datetime
) -> Fulfillment:
    done = Fulfillment.objects.create(
        merchant_order=part, carrier=carrier[:60], tracking_number=tracking_number[:60], created_at=now
    )
    moved = Order.objects.filter(
        pk=order.pk,
        status__in=[OrderStatus.UNFULFILLED, OrderStatus.PARTIALLY_FULFILLED],
        refunded_minor__lt=F("total_minor"),  # nothing is sent of what goes back whole
    ).update(status=OrderStatus.PARTIALLY_FULFILLED)
    if not moved:
        raise PurchaseError(Code.INVALID, "The order has just changed; look at it again.", field="id")
    for allocation in Allocation.objects.filter(line__merchant_order=part).order_by("stock__variant_id", "stock_id"):
        stock.dispatch(stock_id=allocation.stock_id, quantity=allocation.quantity, actor=by, now=now)
    Allocation.objects.filter(line__merchant_order=part).delete()
    if not MerchantOrder.objects.filter(order=order, fulfillment=None).exists():
        Order.objects.filter(pk=order.pk).update(status=OrderStatus.FULFILLED)
    return done
