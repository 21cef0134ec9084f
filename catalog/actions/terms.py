"""The terms of an offer: prices by quantity, how much one order may hold, where it is delivered."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog import rules
from catalog.actions import cards, changes
from catalog.actions.products import note
from catalog.models import Division, PriceTier, Product, ProductVariant
from catalog.money import to_decimal

MOST_TIERS = 5
MOST_QUANTITY = 999  # as a line of a cart


class TermsError(Exception):
    """Terms were refused; `reason` is one of `rules.bad_tiers`, or "many", "range", "place", "gone"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def set_quantities(
    *,
    product_id: int,
    variant_id: int,
    min_quantity: int,
    max_quantity: int | None,
    tiers: Sequence[tuple[int, int]],
    actor: str,
    now: datetime,
) -> None:
    """Say how many units one order may hold, and from which quantity (units, price in fen) they are cheaper.

    Prices must fall strictly, and each tier begins above the minimum, at the maximum at the latest: the variant's own
    price is always that of the smallest order. Raises TermsError.
    """
    if not 1 <= min_quantity <= (max_quantity or MOST_QUANTITY) <= MOST_QUANTITY:
        raise TermsError("range")
    if len(tiers) > MOST_TIERS:
        raise TermsError("many")
    if any(not min_quantity < quantity <= (max_quantity or MOST_QUANTITY) for quantity, _ in tiers):
        raise TermsError("range")
    with transaction.atomic(durable=True):
        variant = ProductVariant.objects.select_for_update().filter(pk=variant_id, product=product_id).first()
        if variant is None:
            raise TermsError("gone")
        if wrong := rules.bad_tiers(variant.price_minor, tiers):
            raise TermsError(wrong)
        before = _terms(variant)
        variant.min_quantity, variant.max_quantity = min_quantity, max_quantity
        variant.save(update_fields=["min_quantity", "max_quantity"])
        variant.tiers.all().delete()
        PriceTier.objects.bulk_create(
            PriceTier(variant=variant, minimum_quantity=quantity, price_minor=price)
            for quantity, price in sorted(tiers)
        )
        note(
            variant.product,
            variant,
            action="terms.quantities",
            actor=actor,
            now=now,
            before=before,
            after=_terms(variant),
        )
    cards.rebuild(product_ids=[product_id], now=now)


def set_provinces(*, product_id: int, provinces: Sequence[str], actor: str, now: datetime) -> None:
    """Say which provinces (codes of GB/T 2260) a product is delivered to; none: to all. Raises TermsError."""
    wanted = sorted(set(provinces))
    with transaction.atomic(durable=True):
        product = Product.objects.select_for_update().get(pk=product_id)
        if Division.objects.filter(pk__in=wanted, parent=None).count() != len(wanted):
            raise TermsError("place")
        before = changes.fields_of(product, ("sales_provinces",))
        product.sales_provinces = wanted
        product.save(update_fields=["sales_provinces"])
        after = changes.fields_of(product, ("sales_provinces",))
        note(product, product, action="terms.provinces", actor=actor, now=now, before=before, after=after)
    cards.rebuild(product_ids=[product_id], now=now)


def _terms(variant: ProductVariant) -> dict:
    """Return what the trail keeps of a variant's terms; a tier as it is read in any language."""
    tiers = [f"≥ {row.minimum_quantity}: ¥{to_decimal(row.price_minor)}" for row in variant.tiers.all()]
    return {**changes.fields_of(variant, ("min_quantity", "max_quantity")), "tiers": tiers}
