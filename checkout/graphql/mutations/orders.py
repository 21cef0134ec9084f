"""The verbs of an order, under Saleor's names. Those that only staff may use ask for it first."""

from hashlib import sha256
from uuid import UUID, uuid4

import graphene
from django.utils import timezone

from catalog.graphql.base import JSON, PositiveDecimal, integer_key_of, key_of
from catalog.money import to_minor
from checkout.access import order_by_token, require
from checkout.actions import fulfillments, orders, payments, refunds
from checkout.actions.refund_parts import Parts
from checkout.graphql import errors, types
from checkout.models import MerchantOrder, OrderLine, Refund, TransactionItem
from checkout.payments.base import ProviderError, ProviderRefused
from checkout.payments.stripe import provider
from checkout.rules import Code, PurchaseError


def _short(key: str) -> str:
    """Return a key in 40 characters; a longer one by its digest, never cut: two that begin alike stay two."""
    return key if len(key) <= 40 else sha256(key.encode()).hexdigest()[:40]


def _token(type_name: str, opaque: str | None) -> UUID:
    try:
        return UUID(key_of(type_name, opaque))
    except ValueError:
        raise PurchaseError(Code.NOT_FOUND, "There is no such thing.", field="id") from None


def _granted(token: UUID) -> Refund:
    refund = Refund.objects.filter(token=token).select_related("transaction").first()
    if refund is None:
        raise PurchaseError(Code.NOT_FOUND, "There is no such refund.", field="grantedRefundId")
    return refund


class PaymentGatewayToInitialize(graphene.InputObjectType):
    """Which provider to pay with; the shop has one, `stripe`."""

    id = graphene.String(required=True)


class TransactionInitialize(graphene.Mutation):
    """Start paying an order. `data.clientSecret` is for the provider's pay page."""

    class Arguments:
        id = graphene.ID(required=True)
        payment_gateway = PaymentGatewayToInitialize(required=True)
        amount = PositiveDecimal()

    transaction = graphene.Field(types.TransactionItem)
    data = JSON()
    errors = graphene.List(graphene.NonNull(errors.TransactionInitializeError), required=True)

    @classmethod
    def mutate(cls, root, info, id, payment_gateway, amount=None):
        """Start it, or say why not. The amount is the order's; another one is refused."""
        try:
            token = _token("Order", id)
            found = order_by_token(token) if amount is not None else None
            if found is not None and to_minor(amount) != found.total_minor:
                raise PurchaseError(Code.INVALID, "The amount is not the order's total.", field="amount")
            item = payments.initialize(order_token=token, provider=provider(), now=timezone.now())
        except PurchaseError as error:
            return cls(errors=errors.of(errors.TransactionInitializeError, error))
        except (ProviderError, ProviderRefused, ValueError):
            refused = PurchaseError(Code.INVALID, "The payment service does not answer; try again.", field="provider")
            return cls(errors=errors.of(errors.TransactionInitializeError, refused))
        return cls(
            transaction=item,
            data={"clientSecret": item.client_secret, "paymentIntent": item.psp_reference},
            errors=[],
        )


class TransactionProcess(graphene.Mutation):
    """Look how a payment stands, e.g. when the buyer comes back from the provider's page."""

    class Arguments:
        id = graphene.ID()

    transaction = graphene.Field(types.TransactionItem)
    errors = graphene.List(graphene.NonNull(errors.TransactionProcessError), required=True)

    @classmethod
    def mutate(cls, root, info, id=None):
        """Ask the provider and write down what it says."""
        try:
            token = _token("TransactionItem", id)
            item = TransactionItem.objects.filter(token=token).first()
            if item is None:
                raise PurchaseError(Code.NOT_FOUND, "There is no such payment.", field="id")
            item = payments.check(item=item, provider=provider(), now=timezone.now())
        except PurchaseError as error:
            return cls(errors=errors.of(errors.TransactionProcessError, error))
        except (ProviderError, ProviderRefused):
            refused = PurchaseError(Code.INVALID, "The payment service does not answer; try again.", field="provider")
            return cls(errors=errors.of(errors.TransactionProcessError, refused))
        return cls(transaction=item, errors=[])


class OrderCancel(graphene.Mutation):
    """End an unpaid order (staff, or the shop itself for the order's buyer)."""

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(types.Order)
    errors = graphene.List(graphene.NonNull(errors.OrderError), required=True)

    @classmethod
    def mutate(cls, root, info, id):
        """End it, or say why not."""
        require(info.context, "checkout.change_order")
        try:
            ended = orders.cancel(token=_token("Order", id), now=timezone.now())
        except PurchaseError as error:
            return cls(errors=errors.of(errors.OrderError, error))
        return cls(order=ended, errors=[])


class OrderFulfillStockInput(graphene.InputObjectType):
    """Units from a warehouse."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """A line that leaves."""

    order_line_id = graphene.ID()
    stocks = graphene.List(graphene.NonNull(OrderFulfillStockInput), required=True)


class OrderFulfillInput(graphene.InputObjectType):
    """What leaves: name a line of each merchant's part; a part leaves whole."""

    lines = graphene.List(graphene.NonNull(OrderFulfillLineInput), required=True)
    tracking_number = graphene.String()


class OrderFulfill(graphene.Mutation):
    """Send off merchants' parts of an order (staff)."""

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    fulfillments = graphene.List(graphene.NonNull(types.Fulfillment))
    order = graphene.Field(types.Order)
    errors = graphene.List(graphene.NonNull(errors.OrderError), required=True)

    @classmethod
    def mutate(cls, root, info, input, order=None):
        """Send them off, or say why not."""
        require(info.context, "checkout.add_fulfillment")
        try:
            token = _token("Order", order)
            lines = [integer_key_of("OrderLine", line.order_line_id) for line in input.lines]
            parts = MerchantOrder.objects.filter(order__token=token, lines__in=lines).distinct().order_by("id")
            sent = [
                fulfillments.fulfill(
                    order_token=token,
                    merchant_order_id=part.pk,
                    carrier="",
                    tracking_number=input.tracking_number or "",
                    by=info.context.actor,
                    now=timezone.now(),
                )
                for part in parts
            ]
        except PurchaseError as error:
            return cls(errors=errors.of(errors.OrderError, error))
        return cls(fulfillments=sent, order=order_by_token(token), errors=[])


class OrderGrantRefundCreateLineInput(graphene.InputObjectType):
    """Units of a line that are given back."""

    id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    reason = graphene.String()


class OrderGrantRefundCreateInput(graphene.InputObjectType):
    """What is given back: units of lines, the shipping fees, or, with one line named, an amount of it."""

    amount = graphene.Decimal()
    reason = graphene.String()
    lines = graphene.List(graphene.NonNull(OrderGrantRefundCreateLineInput))
    grant_refund_for_shipping = graphene.Boolean()
    transaction_id = graphene.ID(required=True)


class OrderGrantRefundCreate(graphene.Mutation):
    """Decide a refund (staff). The transaction's id is the order's payment; sending it is the next verb."""

    class Arguments:
        id = graphene.ID(required=True)
        input = OrderGrantRefundCreateInput(required=True)

    granted_refund = graphene.Field(types.OrderGrantedRefund)
    errors = graphene.List(graphene.NonNull(errors.OrderGrantRefundCreateError), required=True)

    @classmethod
    def mutate(cls, root, info, id, input):
        """Take the amounts from their parts, or say why not."""
        require(info.context, "checkout.add_refund")
        try:
            token = _token("Order", id)
            refund = refunds.request(
                order_token=token,
                parts=_parts(token, input),
                reason=input.reason or "",
                by=info.context.actor,
                key=f"{token}:{_short(info.context.idempotency_key or str(uuid4()))}",  # of this order alone
                now=timezone.now(),
            )
        except PurchaseError as error:
            return cls(errors=errors.of(errors.OrderGrantRefundCreateError, error))
        return cls(granted_refund=refund, errors=[])


def _parts(token: UUID, given: OrderGrantRefundCreateInput) -> Parts:
    wanted = {integer_key_of("OrderLine", line.id): line.quantity for line in given.lines or ()}
    rows = OrderLine.objects.filter(order__token=token, pk__in=wanted)
    if len(rows) != len(wanted) or any(not 1 <= wanted[row.pk] <= row.quantity for row in rows):
        raise PurchaseError(Code.INVALID, "The lines are not the order's, or more than was bought.", field="lines")
    lines = {row.pk: row.unit_price_minor * wanted[row.pk] for row in rows}
    if given.amount is not None:
        if len(lines) != 1:
            raise PurchaseError(Code.INVALID, "An amount is of one line.", field="amount")
        try:
            lines = dict.fromkeys(lines, to_minor(given.amount))
        except ValueError:
            raise PurchaseError(Code.INVALID, "An amount is yuan with two places.", field="amount") from None
    shipping = {}
    if given.grant_refund_for_shipping:
        fees = MerchantOrder.objects.filter(order__token=token, shipping_minor__gt=0)
        shipping = {part.pk: part.shipping_minor - part.shipping_refunded_minor for part in fees}
    return Parts(lines=lines, shipping={part: minor for part, minor in shipping.items() if minor})


class TransactionRequestRefundForGrantedRefund(graphene.Mutation):
    """Send a granted refund to the provider (staff); safe to repeat."""

    class Arguments:
        id = graphene.ID()
        granted_refund_id = graphene.ID(required=True)

    transaction = graphene.Field(types.TransactionItem)
    errors = graphene.List(graphene.NonNull(errors.TransactionRequestRefundForGrantedRefundError), required=True)

    @classmethod
    def mutate(cls, root, info, granted_refund_id, id=None):
        """Send it; when the provider does not answer, the sweep will."""
        require(info.context, "checkout.add_refund")
        try:
            refund = _granted(_token("OrderGrantedRefund", granted_refund_id))
            refunds.send(refund=refund, provider=provider(), now=timezone.now())
        except PurchaseError as error:
            return cls(errors=errors.of(errors.TransactionRequestRefundForGrantedRefundError, error))
        except (ProviderError, ProviderRefused):
            pass  # it stays requested, and is sent again until the provider confirms
        return cls(transaction=refund.transaction, errors=[])
