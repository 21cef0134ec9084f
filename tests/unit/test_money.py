"""Money: exact conversions, and shares that add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import money


@given(st.integers(-(10**15), 10**15))
def test_fen_and_yuan_are_the_same_amount(minor: int):
    assert money.to_minor(money.to_decimal(minor)) == minor


@given(st.integers(0, 10**11))
def test_saleors_float_brings_the_amount_back(minor: int):
    assert money.from_graphql(float(money.to_decimal(minor))) == minor


@pytest.mark.parametrize("wrong", [0.1, 1, Decimal("0.001"), Decimal("NaN"), "1.00"])
def test_what_is_not_an_exact_amount_is_refused(wrong):
    with pytest.raises(ValueError, match=r"money is|whole number"):
        money.to_minor(wrong)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_shares_add_up_and_are_off_by_less_than_a_fen(total: int, weights: list[int]):
    if not sum(weights):
        weights = [*weights, 1]
    parts = money.split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_nothing_is_shared_among_nobody():
    assert money.split(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="weights"):
        money.split(1, [0, 0])
