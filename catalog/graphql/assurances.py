"""What stands behind a product: its merchant, what the merchant does for households, its label."""

import graphene

from catalog.graphql.base import Money, money
from catalog.graphql.enums import BenefitMode


def _said(view, field: str, info) -> str:
    """Return a text in the reader's language, or in the other one where that is empty."""
    first, second = ("en", "zh") if info.context.english else ("zh", "en")
    return getattr(view, f"{field}_{first}") or getattr(view, f"{field}_{second}")


class BenefitReport(graphene.ObjectType):
    """What a merchant does for farming households, as somebody reported it."""

    mode = BenefitMode(required=True)
    households = graphene.Int(required=True)
    period_from = graphene.Date(required=True)
    period_until = graphene.Date(required=True, description="The first day after the period.")
    reporter = graphene.String(required=True)
    reported_on = graphene.Date(required=True)

    @staticmethod
    def resolve_reporter(view, info):
        """Say it in the reader's language."""
        return _said(view, "reporter", info)


class FoodLabel(graphene.ObjectType):
    """What the label of a food says; an empty text: the label says nothing of it."""

    ingredients = graphene.String(required=True)
    allergens = graphene.String(required=True)
    storage = graphene.String(required=True, description="How to keep it, in words.")
    licence_number = graphene.String(required=True, description="Empty for primary farm produce, which needs none.")
    standard = graphene.String(required=True, description="The product standard.")

    @staticmethod
    def resolve_ingredients(view, info):
        """Say it in the reader's language."""
        return _said(view, "ingredients", info)

    @staticmethod
    def resolve_allergens(view, info):
        """Say it in the reader's language."""
        return _said(view, "allergens", info)

    @staticmethod
    def resolve_storage(view, info):
        """Say it in the reader's language."""
        return _said(view, "storage", info)


class Merchant(graphene.ObjectType):
    """Who sells."""

    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    producer_type = graphene.String(required=True)
    producer = graphene.String(description="Whom an agent sells for; null for a merchant that produces itself.")
    shipping_fee = graphene.Field(Money, required=True, description="One flat fee an order.")
    benefit = graphene.Field(BenefitReport, description="The newest report; null while nothing was reported.")

    @staticmethod
    def resolve_name(view, info):
        """Say it in the reader's language."""
        return view.name_en if info.context.english else view.name_zh

    @staticmethod
    def resolve_producer(view, info):
        """Say it in the reader's language."""
        return _said(view, "producer", info) or None

    @staticmethod
    def resolve_shipping_fee(view, info):
        """Turn fen into Money."""
        return money(view.shipping_fee_minor)
