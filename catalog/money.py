"""Money: integer minor units (fen) inside, `Decimal` at the edges, never float.

Every amount of the shop's own tables is a whole number of fen in a column that ends in `_minor`; its currency stands
beside it (ISO 4217). This module is the only place where the two forms meet.
"""

from collections.abc import Sequence
from decimal import Decimal

CURRENCY = "CNY"
_CENT = Decimal("0.01")


def to_decimal(minor: int) -> Decimal:
    """Return fen as yuan with two places: 5990 → Decimal("59.90")."""
    return (Decimal(minor) * _CENT).quantize(_CENT)


def to_minor(amount: Decimal) -> int:
    """Return yuan as fen. Raises ValueError for a float, a fraction of a fen, or a number that is not finite."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise ValueError(f"money is a finite Decimal, not {amount!r}")
    minor = amount * 100
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of fen")
    return int(minor)


def from_graphql(amount: float | int) -> int:
    """Return fen from Saleor's `Money.amount`, a GraphQL Float: the one place where a float may enter."""
    return to_minor(Decimal(repr(amount)).quantize(_CENT))


def split(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Share fen by weights so that the parts add up exactly (largest remainder; ties to the earlier part).

    Raises ValueError when a weight is negative, or all are zero while there is something to share.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or (whole == 0 and total_minor):
        raise ValueError("weights are not negative, and one is positive")
    if whole == 0:
        return [0] * len(weights)
    sign = -1 if total_minor < 0 else 1
    shares = [divmod(abs(total_minor) * weight, whole) for weight in weights]
    parts = [quotient for quotient, _ in shares]
    left = abs(total_minor) - sum(parts)
    for index in sorted(range(len(parts)), key=lambda i: -shares[i][1])[:left]:
        parts[index] += 1
    return [sign * part for part in parts]
