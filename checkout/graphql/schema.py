"""The Saleor subset: the verbs of `checkout.purchase`, and reading one cart or order. The transport executes it."""

import graphene
from django.utils import timezone

from catalog.graphql.base import uuid_key_of
from catalog.graphql.queries import CatalogQueries
from checkout import access
from checkout.graphql import types
from checkout.graphql.mutations import checkouts, orders


class CheckoutQueries(graphene.ObjectType):
    """A cart or an order by its id, which nobody can guess."""

    checkout = graphene.Field(types.Checkout, id=graphene.ID())
    order = graphene.Field(types.Order, id=graphene.ID())

    @staticmethod
    def resolve_checkout(root, info, id=None):
        return access.cart_by_token(uuid_key_of("Checkout", id), at=timezone.now())

    @staticmethod
    def resolve_order(root, info, id=None):
        return access.order_by_token(uuid_key_of("Order", id))


class CheckoutMutations(graphene.ObjectType):
    """The verbs."""

    checkout_create = checkouts.CheckoutCreate.Field()
    checkout_lines_add = checkouts.CheckoutLinesAdd.Field()
    checkout_lines_update = checkouts.CheckoutLinesUpdate.Field()
    checkout_email_update = checkouts.CheckoutEmailUpdate.Field()
    checkout_shipping_address_update = checkouts.CheckoutShippingAddressUpdate.Field()
    checkout_complete = checkouts.CheckoutComplete.Field()
    transaction_initialize = orders.TransactionInitialize.Field()
    transaction_process = orders.TransactionProcess.Field()
    order_cancel = orders.OrderCancel.Field()
    order_fulfill = orders.OrderFulfill.Field()
    order_grant_refund_create = orders.OrderGrantRefundCreate.Field()
    transaction_request_refund_for_granted_refund = orders.TransactionRequestRefundForGrantedRefund.Field()


class Query(CheckoutQueries, CatalogQueries, graphene.ObjectType):
    """What can be read."""


class Mutation(CheckoutMutations, graphene.ObjectType):
    """What can be done."""


schema = graphene.Schema(query=Query, mutation=Mutation)
