"""The schema served at /graphql/: the rooms' types, joined."""

import graphene

from aid_tracking.graphql.queries import AidQueries
from catalog.graphql.queries import CatalogQueries
from checkout.graphql.schema import CheckoutMutations, CheckoutQueries


class Query(AidQueries, CheckoutQueries, CatalogQueries, graphene.ObjectType):
    """What can be read."""


class Mutation(CheckoutMutations, graphene.ObjectType):
    """What can be done."""


schema = graphene.Schema(query=Query, mutation=Mutation)
