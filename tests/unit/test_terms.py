"""Prices by quantity, the bounds of an order, provinces of delivery: the rules, the rows, what the database refuses."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog import rules
from catalog.actions import cards, terms
from catalog.models import ChangeRecord, Division, PriceTier, Product, ProductCard
from checkout.rules import Code, Offer, problems, sums
from tests import factories
from tests.factories import NOW

prices = st.integers(1, 10**7)
tiers = st.lists(st.tuples(st.integers(2, 999), prices), max_size=6)
quantities = st.integers(1, 999)


@given(prices, tiers, quantities, quantities)
def test_the_unit_price_never_rises_with_the_quantity(price, some, one, other):
    less, more = sorted((one, other))
    assert rules.unit_price(price, some, more) <= rules.unit_price(price, some, less) <= price


@given(prices, tiers, quantities)
def test_a_line_costs_its_unit_price_times_its_quantity_to_the_fen(price, some, quantity):
    unit = rules.unit_price(price, some, quantity)
    offer = Offer(1, 1, quantity, unit, unit, True, False, 999)
    assert sums([offer], {1: 0})[0].total_minor == unit * quantity
    assert unit in {price, *(each for least, each in some if least <= quantity)}


@given(prices, tiers, quantities)
def test_the_steps_that_a_buyer_is_shown_are_the_prices_that_are_paid(price, some, quantity):
    found = rules.steps(price, some)
    assert found[0] == (1, price)
    assert all(before[1] > after[1] and before[0] < after[0] for before, after in pairwise(found))
    assert [each for least, each in found if least <= quantity][-1] == rules.unit_price(price, some, quantity)


@given(prices, tiers)
def test_tiers_are_good_when_and_only_when_each_changes_the_price(price, some):
    assert (rules.bad_tiers(price, some) == "") == (len(rules.steps(price, some)) == len(some) + 1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"quantity": 4, "min_quantity": 5}, (Code.INVALID, "lines.minimum", 7)),
        ({"quantity": 9, "max_quantity": 8}, (Code.QUANTITY_GREATER_THAN_LIMIT, "lines.quantity", 7)),
        ({"is_delivered": False}, (Code.SHIPPING_METHOD_NOT_APPLICABLE, "shippingAddress", 7)),
    ],
)
def test_what_an_offer_does_not_allow_stands_against_buying(wanted, expected):
    plain = {"variant_id": 7, "merchant_id": 1, "quantity": 1, "price_minor": 5, "seen_price_minor": 5}
    rest = {"is_sellable": True, "is_service": False, "available": 99}
    assert problems([Offer(**{**plain, **rest, **wanted})]) == [expected]


@pytest.mark.parametrize(
    ("provinces", "code", "expected"),
    [([], "110101", True), (["610000"], "610621", True), (["610000"], "110101", False), (["110000"], "110000", True)],
)
def test_a_product_reaches_the_divisions_of_its_provinces(provinces, code, expected):
    assert rules.is_delivered(provinces, code) is expected


pytestmark = pytest.mark.django_db(transaction=True)


def change(variant, **values):
    given = {"min_quantity": 1, "max_quantity": None, "tiers": [], **values}
    terms.set_quantities(product_id=variant.product_id, variant_id=variant.pk, actor="user 1", now=NOW, **given)


def test_terms_are_kept_with_their_record_and_every_page_is_told():
    row = factories.product()
    variant = row.variants.get()
    cards.rebuild(now=NOW)
    before = ProductCard.objects.get().changed_in
    change(variant, min_quantity=2, max_quantity=60, tiers=[(50, 5000), (10, 5500)])
    variant.refresh_from_db()
    assert (variant.min_quantity, variant.max_quantity) == (2, 60)
    assert list(variant.tiers.values_list("minimum_quantity", "price_minor")) == [(10, 5500), (50, 5000)]
    assert ProductCard.objects.get().changed_in > before
    record = ChangeRecord.objects.get()
    assert record.action == "terms.quantities" and record.after["tiers"] == ["≥ 10: ¥55.00", "≥ 50: ¥50.00"]
    change(variant)
    assert not PriceTier.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"min_quantity": 0}, "range"),
        ({"min_quantity": 9, "max_quantity": 8}, "range"),
        ({"max_quantity": 1000}, "range"),
        ({"min_quantity": 10, "tiers": [(10, 5000)]}, "range"),
        ({"max_quantity": 9, "tiers": [(10, 5000)]}, "range"),
        ({"tiers": [(10, 5990)]}, "rising"),
        ({"tiers": [(10, 5000), (20, 5000)]}, "rising"),
        ({"tiers": [(10, 5000), (10, 4000)]}, "twice"),
        ({"tiers": [(10, 0)]}, "free"),
        ({"tiers": [(each, 5000 - each) for each in range(2, 9)]}, "many"),
    ],
)
def test_terms_that_contradict_themselves_are_refused_and_nothing_changes(values, reason):
    variant = factories.product().variants.get()
    with pytest.raises(terms.TermsError) as refused:
        change(variant, **values)
    assert refused.value.reason == reason
    assert not PriceTier.objects.exists() and not ChangeRecord.objects.exists()


def test_a_variant_of_another_product_is_not_found():
    variant, other = factories.product().variants.get(), factories.product()
    with pytest.raises(terms.TermsError):
        terms.set_quantities(
            product_id=other.pk, variant_id=variant.pk, min_quantity=2, max_quantity=None, tiers=[], actor="", now=NOW
        )


@pytest.mark.parametrize(("quantity", "price"), [(20, 5500), (20, 5600), (5, 5500), (5, 5400), (10, 1)])
def test_the_database_itself_refuses_a_price_that_does_not_fall(quantity, price):
    variant = factories.product().variants.get()
    PriceTier.objects.create(variant=variant, minimum_quantity=10, price_minor=5500)
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceTier.objects.create(variant=variant, minimum_quantity=quantity, price_minor=price)
    falling = PriceTier.objects.create(variant=variant, minimum_quantity=20, price_minor=5000)
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceTier.objects.filter(pk=falling.pk).update(price_minor=5500)


@pytest.mark.parametrize("values", [{"min_quantity": 0}, {"min_quantity": 3, "max_quantity": 2}])
def test_the_database_itself_refuses_impossible_bounds(values):
    variant = factories.product().variants.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(variant).objects.filter(pk=variant.pk).update(**values)


def test_provinces_of_delivery_are_provinces():
    row = factories.product()
    Division.objects.create(code="610000", name="陕西省", level=1)
    terms.set_provinces(product_id=row.pk, provinces=["610000", "610000"], actor="user 1", now=NOW)
    assert Product.objects.get().sales_provinces == ["610000"]
    with pytest.raises(terms.TermsError):
        terms.set_provinces(product_id=row.pk, provinces=["999999"], actor="user 1", now=NOW)
