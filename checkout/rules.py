"""What may be bought, and for how much: pure decisions over frozen data. No database, no settings, no clock."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.money import split

MAX_LINES = 50
MAX_QUANTITY = 999
RETURN_DAYS = 7  # Consumer Protection Law of the PRC, article 25


class Code(StrEnum):
    """Why a purchase cannot go on: Saleor's `CheckoutErrorCode` and `OrderErrorCode`, as far as they are used here."""

    NOT_FOUND = "NOT_FOUND"
    NO_LINES = "NO_LINES"
    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    SHIPPING_METHOD_NOT_APPLICABLE = "SHIPPING_METHOD_NOT_APPLICABLE"
    ZERO_QUANTITY = "ZERO_QUANTITY"
    QUANTITY_GREATER_THAN_LIMIT = "QUANTITY_GREATER_THAN_LIMIT"
    EMAIL_NOT_SET = "EMAIL_NOT_SET"
    SHIPPING_ADDRESS_NOT_SET = "SHIPPING_ADDRESS_NOT_SET"
    INSUFFICIENT_STOCK = "INSUFFICIENT_STOCK"
    PRODUCT_UNAVAILABLE_FOR_PURCHASE = "PRODUCT_UNAVAILABLE_FOR_PURCHASE"
    PAYMENT_ERROR = "PAYMENT_ERROR"
    CANNOT_CANCEL_ORDER = "CANNOT_CANCEL_ORDER"
    CANNOT_REFUND = "CANNOT_REFUND"
    CANNOT_FULFILL_UNPAID_ORDER = "CANNOT_FULFILL_UNPAID_ORDER"


class PurchaseError(Exception):
    """A verb was refused; nothing changed. `field` and `variant_ids` say what it is about."""

    def __init__(self, code: Code, message: str, *, field: str = "", variant_ids: tuple[int, ...] = ()):
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.variant_ids = variant_ids


@dataclass(frozen=True, slots=True)
class Offer:
    """What a line of a cart would be sold as, read at one moment.

    `price_minor` is the unit price at this quantity. An order holds `min_quantity` to `max_quantity` units of it.
    `is_delivered`: the product goes to the cart's address, or no address is known yet.
    """

    variant_id: int
    merchant_id: int
    quantity: int
    price_minor: int
    seen_price_minor: int
    is_sellable: bool
    is_service: bool
    available: int
    min_quantity: int = 1
    max_quantity: int = MAX_QUANTITY
    is_delivered: bool = True


@dataclass(frozen=True, slots=True)
class MerchantSum:
    """One merchant's part of a cart (fen)."""

    merchant_id: int
    subtotal_minor: int
    shipping_minor: int

    @property
    def total_minor(self) -> int:
        """Goods and shipping together."""
        return self.subtotal_minor + self.shipping_minor


def problems(offers: list[Offer]) -> list[tuple[Code, str, int]]:
    """Return what stands against buying, as (code, field, variant id), worst first in each line."""
    found = []
    for offer in offers:
        if not offer.is_sellable or offer.is_service:
            found.append((Code.PRODUCT_UNAVAILABLE_FOR_PURCHASE, "lines", offer.variant_id))
        elif offer.quantity < offer.min_quantity:
            found.append((Code.INVALID, "lines.minimum", offer.variant_id))
        elif offer.quantity > offer.max_quantity:
            found.append((Code.QUANTITY_GREATER_THAN_LIMIT, "lines.quantity", offer.variant_id))
        elif offer.available < offer.quantity:
            found.append((Code.INSUFFICIENT_STOCK, "lines.quantity", offer.variant_id))
        elif not offer.is_delivered:
            found.append((Code.SHIPPING_METHOD_NOT_APPLICABLE, "shippingAddress", offer.variant_id))
        elif offer.price_minor != offer.seen_price_minor:
            found.append((Code.INVALID, "lines.price", offer.variant_id))
    return found


def sums(offers: list[Offer], fees_minor: dict[int, int]) -> list[MerchantSum]:
    """Return each merchant's part, in the order in which the merchants appear; one flat fee a merchant (fen)."""
    subtotals: dict[int, int] = {}
    for offer in offers:
        subtotals[offer.merchant_id] = subtotals.get(offer.merchant_id, 0) + offer.price_minor * offer.quantity
    return [MerchantSum(merchant, subtotal, fees_minor[merchant]) for merchant, subtotal in subtotals.items()]


def return_days(*, is_excluded: bool, is_confirmed: bool) -> int:
    """Return for how many days a line may be returned without a reason, 0 for not at all.

    The right is lost only where the goods are outside it when the order is placed and the buyer, who was shown them,
    confirmed that (interim measures on seven-day no-reason return, articles 6, 7 and 20).
    """
    return 0 if is_excluded and is_confirmed else RETURN_DAYS


def spread(amount_minor: int, remaining_minor: list[int]) -> list[int]:
    """Share a refund of which the provider only tells the sum, by what is left of each part (largest remainder).

    Raises ValueError when more is given back than is left.
    """
    if amount_minor > sum(remaining_minor):
        raise ValueError(f"{amount_minor} fen is more than what is left of {remaining_minor}")
    return split(amount_minor, remaining_minor)
