"""Checkouts and orders as the API shows them: a subset of Saleor's types, same names and nullability."""

from dataclasses import dataclass

import graphene

from catalog.graphql.base import MetadataItem, Money, TaxedMoney, global_id, metadata, money, taxed
from checkout import rules
from checkout.models import (
    ChargeStatus,
    OrderStatus,
    RefundStatus,
)
from checkout.models import CheckoutLine as CheckoutLineModel
from checkout.models import Fulfillment as FulfillmentModel
from checkout.models import (
    Order as OrderModel,
)
from checkout.models import (
    OrderLine as OrderLineModel,
)
from checkout.models import (
    TransactionItem as Item,
)
from checkout.selectors import Cart

OrderStatusEnum = graphene.Enum("OrderStatus", [(value.name, value.value) for value in OrderStatus])
OrderChargeStatusEnum = graphene.Enum("OrderChargeStatusEnum", [(value.name, value.value) for value in ChargeStatus])
GrantedRefundStatusEnum = graphene.Enum(
    "OrderGrantedRefundStatusEnum", [("PENDING", "pending"), ("SUCCESS", "succeeded"), ("FAILURE", "failed")]
)


class CountryDisplay(graphene.ObjectType):
    """A country."""

    code = graphene.String(required=True)
    country = graphene.String(required=True)


class Address(graphene.ObjectType):
    """A delivery address: `countryArea` is the province, `city` the city, `cityArea` the county."""

    first_name = graphene.String(required=True)
    street_address1 = graphene.String(required=True)
    city = graphene.String(required=True)
    city_area = graphene.String(required=True)
    country_area = graphene.String(required=True)
    country = graphene.Field(CountryDisplay, required=True)
    phone = graphene.String()


def address(stored: dict) -> Address | None:
    """Return a stored address as Saleor's type, or None where there is none."""
    if not stored:
        return None
    return Address(
        first_name=stored["name"],
        street_address1=stored["street"],
        city=stored["city"],
        city_area=stored["county"],
        country_area=stored["province"],
        country=CountryDisplay(code="CN", country="China"),
        phone=stored["phone"],
    )


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a cart and its unit price at its quantity (fen)."""

    line: CheckoutLineModel
    price_minor: int


class CheckoutLine(graphene.ObjectType):
    """Some units of a variant in a cart. `unitPrice` is that of the line's quantity (`ProductVariant.priceTiers`)."""

    id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    variant = graphene.Field("catalog.graphql.types.ProductVariant", required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)

    @staticmethod
    def resolve_id(priced: PricedLine, info):
        return global_id("CheckoutLine", priced.line.pk)

    @staticmethod
    def resolve_quantity(priced: PricedLine, info):
        return priced.line.quantity

    @staticmethod
    def resolve_variant(priced: PricedLine, info):
        return info.context.loaders.variant(priced.line.variant_id)

    @staticmethod
    def resolve_unit_price(priced: PricedLine, info):
        return taxed(priced.price_minor)

    @staticmethod
    def resolve_total_price(priced: PricedLine, info):
        return taxed(priced.price_minor * priced.line.quantity)

    @staticmethod
    def resolve_metadata(priced: PricedLine, info):
        product = priced.line.variant.product
        return metadata({**priced.line.metadata, "returnRule": product.return_rule.upper()})


class Checkout(graphene.ObjectType):
    """A cart. Its id is the only key to it."""

    id = graphene.ID(required=True)
    token = graphene.UUID(required=True)
    email = graphene.String()
    quantity = graphene.Int(required=True)
    lines = graphene.List(graphene.NonNull(CheckoutLine), required=True)
    shipping_address = graphene.Field(Address)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    subtotal_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)

    @staticmethod
    def resolve_id(cart: Cart, info):
        return global_id("Checkout", cart.checkout.token)

    @staticmethod
    def resolve_token(cart: Cart, info):
        return cart.checkout.token

    @staticmethod
    def resolve_email(cart: Cart, info):
        return cart.checkout.email or None

    @staticmethod
    def resolve_lines(cart: Cart, info):
        if loaders := getattr(info.context, "loaders", None):  # the shop's own documents ask for no variants
            loaders.expect_variants(line.variant_id for line in cart.lines)
        return [PricedLine(line, cart.prices_minor[line.variant_id]) for line in cart.lines]

    @staticmethod
    def resolve_quantity(cart: Cart, info):
        return sum(line.quantity for line in cart.lines)

    @staticmethod
    def resolve_shipping_address(cart: Cart, info):
        return address(cart.checkout.shipping_address)

    @staticmethod
    def resolve_shipping_price(cart: Cart, info):
        return taxed(sum(cart.fees_minor.values()))

    @staticmethod
    def resolve_subtotal_price(cart: Cart, info):
        return taxed(sum(part.subtotal_minor for part in rules.sums(list(cart.offers), cart.fees_minor)))

    @staticmethod
    def resolve_total_price(cart: Cart, info):
        return taxed(sum(part.total_minor for part in rules.sums(list(cart.offers), cart.fees_minor)))


class OrderLine(graphene.ObjectType):
    """Some units of a variant as they were sold."""

    id = graphene.ID(required=True)
    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    quantity = graphene.Int(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)

    @staticmethod
    def resolve_id(line: OrderLineModel, info):
        return global_id("OrderLine", line.pk)

    @staticmethod
    def resolve_product_name(line: OrderLineModel, info):
        return line.product_zh

    @staticmethod
    def resolve_variant_name(line: OrderLineModel, info):
        return line.variant_zh

    @staticmethod
    def resolve_product_sku(line: OrderLineModel, info):
        return line.sku

    @staticmethod
    def resolve_unit_price(line: OrderLineModel, info):
        return taxed(line.unit_price_minor)

    @staticmethod
    def resolve_total_price(line: OrderLineModel, info):
        return taxed(line.total_minor)

    @staticmethod
    def resolve_metadata(line: OrderLineModel, info):
        confirmed = {"returnConfirmedAt": line.return_confirmed_at.isoformat()} if line.return_confirmed_at else {}
        claimed = {"tag": line.tag} if line.tag else {}
        return metadata({**claimed, "returnDays": str(line.return_days), **confirmed})


class Fulfillment(graphene.ObjectType):
    """A parcel that left."""

    id = graphene.ID(required=True)
    tracking_number = graphene.String(required=True)
    created = graphene.DateTime(required=True)

    @staticmethod
    def resolve_id(parcel: FulfillmentModel, info):
        return global_id("Fulfillment", parcel.pk)

    @staticmethod
    def resolve_created(parcel: FulfillmentModel, info):
        return parcel.created_at


class Order(graphene.ObjectType):
    """An order. Its id is the only key to it."""

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    created = graphene.DateTime(required=True)
    status = graphene.Field(OrderStatusEnum, required=True)
    charge_status = graphene.Field(OrderChargeStatusEnum, required=True)
    is_paid = graphene.Boolean(required=True)
    lines = graphene.List(graphene.NonNull(OrderLine), required=True)
    subtotal = graphene.Field(TaxedMoney, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    total = graphene.Field(TaxedMoney, required=True)
    total_refunded = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_id(order: OrderModel, info):
        return global_id("Order", order.token)

    @staticmethod
    def resolve_created(order: OrderModel, info):
        return order.placed_at

    @staticmethod
    def resolve_status(order: OrderModel, info):
        return OrderStatus(
            order.status
        ).value  # an order that was just made holds the member, one that was read the text

    @staticmethod
    def resolve_charge_status(order: OrderModel, info):
        return ChargeStatus(order.charge_status).value

    @staticmethod
    def resolve_is_paid(order: OrderModel, info):
        return order.charge_status == ChargeStatus.FULL

    @staticmethod
    def resolve_lines(order: OrderModel, info):
        return order.lines.all()

    @staticmethod
    def resolve_subtotal(order: OrderModel, info):
        return taxed(order.subtotal_minor, order.currency)

    @staticmethod
    def resolve_shipping_price(order: OrderModel, info):
        return taxed(order.shipping_minor, order.currency)

    @staticmethod
    def resolve_total(order: OrderModel, info):
        return taxed(order.total_minor, order.currency)

    @staticmethod
    def resolve_total_refunded(order: OrderModel, info):
        return money(
            sum(refund.amount_minor for refund in order.refunds.filter(status=RefundStatus.SUCCEEDED)), order.currency
        )


class TransactionItem(graphene.ObjectType):
    """One payment of an order."""

    id = graphene.ID(required=True)
    token = graphene.UUID(required=True)
    psp_reference = graphene.String(required=True)
    message = graphene.String(required=True)
    charged_amount = graphene.Field(Money, required=True)
    order = graphene.Field(Order)

    @staticmethod
    def resolve_id(item: Item, info):
        return global_id("TransactionItem", item.token)

    @staticmethod
    def resolve_psp_reference(item: Item, info):
        return item.psp_reference or ""

    @staticmethod
    def resolve_charged_amount(item: Item, info):
        return money(item.charged_minor, item.currency)


class OrderGrantedRefund(graphene.ObjectType):
    """A refund that was decided."""

    id = graphene.ID(required=True)
    amount = graphene.Field(Money, required=True)
    reason = graphene.String()
    status = graphene.Field(GrantedRefundStatusEnum, required=True)
    shipping_costs_included = graphene.Boolean(required=True)

    @staticmethod
    def resolve_id(refund, info):
        return global_id("OrderGrantedRefund", refund.token)

    @staticmethod
    def resolve_amount(refund, info):
        return money(refund.amount_minor, refund.currency)

    @staticmethod
    def resolve_status(refund, info):
        status = RefundStatus(refund.status)
        return (RefundStatus.PENDING if status is RefundStatus.REQUESTED else status).value

    @staticmethod
    def resolve_shipping_costs_included(refund, info):
        return any(part.merchant_order_id for part in refund.parts.all())
