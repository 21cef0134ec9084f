"""Writes past orders as the purchase path would have left them, by batches, and what they tell to the outbox.

A batch is one transaction: orders, parts, lines, stock, payment, journal, refunds and outbox rows.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import starmap
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import F

from catalog.models import Division, Merchant, Stock
from checkout import outbox
from checkout.address import Address
from checkout.models import (
    Allocation,
    ChargeStatus,
    Fulfillment,
    MerchantOrder,
    Order,
    OrderLine,
    OrderStatus,
    OutboxRow,
)
from storefront.demo import payments
from storefront.demo.dice import stream
from storefront.demo.offers import read_offers
from storefront.demo.payments import Made
from storefront.demo.plan import Plan
from storefront.demo.progress import Advance
from storefront.demo.sales import LinePlan, SalePlan, Shelf, plan_moments, plan_sale

BATCH = 1000
PAY_WITHIN = timedelta(minutes=30)
CARRIER = "演示快递 / demo courier"


class Place(NamedTuple):
    """A county that a parcel went to."""

    code: str
    name: str
    city: str
    province: str


def write_orders(plan: Plan, advance: Advance) -> None:
    """Make the past orders. A batch whose first order is there was written whole, and is passed over."""
    if not plan.orders:
        return
    shelf = Shelf(read_offers(plan), stream(plan.seed, "shelf"))
    merchants = Merchant.objects.in_bulk()
    places = _places()
    moments = plan_moments(plan)
    for start in range(0, plan.orders, BATCH):
        numbers = range(start + 1, min(start + BATCH, plan.orders) + 1)
        if not Order.objects.filter(number=order_number(numbers[0])).exists():
            sales = [plan_sale(plan, number, moments[number - 1], shelf) for number in numbers]
            with transaction.atomic(durable=True):
                _write_batch(plan, sales, merchants, places)
        advance(len(numbers))


def order_number(number: int) -> str:
    """Return the number that is printed on the demo's order."""
    return f"DEMO{number:08d}"


def _places() -> list[Place]:
    """Return the counties that parcels went to: some of the mainland's, in every province."""
    counties = Division.objects.filter(level=3, code__lt="710000").order_by("code")
    return list(starmap(Place, counties.values_list("code", "name", "parent__name", "parent__parent__name")[::7]))


def _write_batch(plan: Plan, sales: list[SalePlan], merchants: dict[int, Merchant], places: list[Place]) -> None:
    made = _orders(plan, sales, merchants, places)
    _send(made)
    _hold(made)
    items = payments.write_payments(made)
    rows = [outbox.order_paid_row(one.order, one.lines, now=one.sale.paid_at) for one in made]
    rows += payments.write_refunds(made, items)
    OutboxRow.objects.bulk_create(sorted(rows, key=lambda row: row.created_at))


def _orders(plan: Plan, sales: list[SalePlan], merchants: dict[int, Merchant], places: list[Place]) -> list[Made]:
    grouped = [_by_merchant(sale) for sale in sales]
    orders = Order.objects.bulk_create(
        [_order(plan, sale, groups, merchants, places) for sale, groups in zip(sales, grouped, strict=True)]
    )
    made = [
        Made(sale, order, [_part(sale, order, merchants[key], lines) for key, lines in groups.items()], [])
        for sale, order, groups in zip(sales, orders, grouped, strict=True)
    ]
    MerchantOrder.objects.bulk_create([part for one in made for part in one.parts])
    for one, groups in zip(made, grouped, strict=True):
        by_merchant = {part.merchant_id: part for part in one.parts}
        planned = [(line, by_merchant[key]) for key, lines in groups.items() for line in lines]
        one.lines.extend(_line(one, line, part, index == 0) for index, (line, part) in enumerate(planned))
    OrderLine.objects.bulk_create([line for one in made for line in one.lines])
    return made


def _by_merchant(sale: SalePlan) -> dict[int, list[LinePlan]]:
    groups: dict[int, list[LinePlan]] = defaultdict(list)
    for line in sale.lines:
        groups[line.offer.merchant_id].append(line)
    return groups


def _order(
    plan: Plan,
    sale: SalePlan,
    groups: dict[int, list[LinePlan]],
    merchants: dict[int, Merchant],
    places: list[Place],
) -> Order:
    subtotal = sum(line.total_minor for line in sale.lines)
    shipping = sum(merchants[key].shipping_fee_minor for key in groups)
    first = next(iter(groups.values()))[0]
    refunded = {None: 0, "line": first.total_minor, "whole": subtotal + shipping}[sale.refund]
    number = order_number(sale.number)
    return Order(
        number=number,
        checkout_token=uuid5(NAMESPACE_URL, f"bangmai-demo:{plan.seed}:{number}"),
        email=f"demo-{sale.number:04d}@example.com",
        language=sale.language,
        shipping_address=_address(plan, sale, places).as_dict(),
        buyer_kind=sale.buyer_kind,
        status=OrderStatus.FULFILLED if sale.sent_at else OrderStatus.UNFULFILLED,
        charge_status=ChargeStatus.FULL,
        subtotal_minor=subtotal,
        shipping_minor=shipping,
        total_minor=subtotal + shipping,
        refunded_minor=refunded,
        placed_at=sale.placed_at,
        expires_at=sale.placed_at + PAY_WITHIN,
        paid_at=sale.paid_at,
    )


def _address(plan: Plan, sale: SalePlan, places: list[Place]) -> Address:
    county = stream(plan.seed, "address", sale.number).choice(places)
    return Address(
        name=f"收货人{sale.number:04d}",
        phone="13800000000",
        province=county.province,
        city=county.city,
        county=county.name,
        street="演示路1号",
        division_code=county.code,
    )


def _part(sale: SalePlan, order: Order, merchant: Merchant, lines: list[LinePlan]) -> MerchantOrder:
    subtotal, fee = sum(line.total_minor for line in lines), merchant.shipping_fee_minor
    return MerchantOrder(
        order=order,
        merchant=merchant,
        merchant_zh=merchant.name_zh,
        merchant_en=merchant.name_en,
        subtotal_minor=subtotal,
        shipping_minor=fee,
        total_minor=subtotal + fee,
        shipping_refunded_minor=fee if sale.refund == "whole" else 0,
    )


_COPIED = (
    "variant_id",
    "product_id",
    "product_slug",
    "kind",
    "art_seed",
    "product_zh",
    "product_en",
    "variant_zh",
    "variant_en",
    "sku",
    "line_kind",
    "category_slug",
    "region_id",
    "certificate_id",
)


def _line(one: Made, line: LinePlan, part: MerchantOrder, is_first: bool) -> OrderLine:
    given_back = one.sale.refund == "whole" or (one.sale.refund == "line" and is_first)
    return OrderLine(
        order=one.order,
        merchant_order=part,
        unit_price_minor=line.offer.price_minor,
        quantity=line.quantity,
        total_minor=line.total_minor,
        refunded_minor=line.total_minor if given_back else 0,
        tag=line.tag,
        sales_channel=one.sale.sales_channel,
        **{name: getattr(line.offer, name) for name in _COPIED},
    )


def _send(made: list[Made]) -> None:
    """What was sent has a parcel for each merchant's part; its units have left the stock that is counted today."""
    Fulfillment.objects.bulk_create(
        [
            Fulfillment(
                merchant_order=part,
                carrier=CARRIER,
                tracking_number=f"{one.order.number}-{index}",
                created_at=one.sale.sent_at,
            )
            for one in made
            if one.sale.sent_at
            for index, part in enumerate(one.parts, start=1)
        ]
    )


def _hold(made: list[Made]) -> None:
    """What waits to be sent still lies in the warehouse and belongs to its order: on hand and allocated alike."""
    stocks = {line.offer.sku: line.offer.stock_id for one in made for line in one.sale.lines}
    waiting = [(line, stocks[line.sku]) for one in made if not one.sale.sent_at for line in one.lines]
    Allocation.objects.bulk_create(
        [Allocation(line=line, stock_id=stock, quantity=line.quantity) for line, stock in waiting]
    )
    units: dict[int, int] = defaultdict(int)
    for line, stock in waiting:
        units[stock] += line.quantity
    for stock, quantity in sorted(units.items()):
        Stock.objects.filter(pk=stock).update(on_hand=F("on_hand") + quantity, allocated=F("allocated") + quantity)
