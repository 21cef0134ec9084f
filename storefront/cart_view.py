"""A cart as its pages show it: groups by merchant, what cannot be bought, what has another price now. Pure."""

from dataclasses import dataclass
from uuid import UUID

from catalog.models import Merchant, Product, ProductVariant
from checkout.models import CheckoutLine
from checkout.rules import MAX_QUANTITY, Offer, sums
from checkout.selectors import Cart


@dataclass(frozen=True)
class Row:
    """A line of the cart (fen).

    `state`: "ok", "price" (another price than the buyer saw), "short" (fewer left than wanted), "sold_out",
    "unavailable" (not on sale today) or "service" (cannot be booked yet).
    """

    line_id: int
    product: Product
    variant: ProductVariant
    quantity: int
    available: int
    price_minor: int
    seen_price_minor: int
    state: str
    tag: str

    @property
    def total_minor(self) -> int:
        """What the line costs at today's price."""
        return self.price_minor * self.quantity

    @property
    def tint(self) -> int:
        """Which of the four tints stands behind the picture."""
        return self.product.art_seed % 4

    @property
    def most(self) -> int:
        """The largest quantity that can be asked for."""
        return max(1, min(self.available, MAX_QUANTITY))


@dataclass(frozen=True)
class Group:
    """What one merchant sends (fen)."""

    merchant: Merchant
    rows: tuple[Row, ...]
    subtotal_minor: int
    shipping_minor: int


@dataclass(frozen=True)
class CartView:
    """The whole cart. Sums (fen) are of what can be bought; `quantity` also counts what cannot."""

    token: UUID
    groups: tuple[Group, ...]
    invalid: tuple[Row, ...]
    quantity: int

    @property
    def changed(self) -> tuple[Row, ...]:
        """The lines whose price differs from the one that the buyer was shown."""
        return tuple(row for group in self.groups for row in group.rows if row.state == "price")

    @property
    def no_return(self) -> tuple[Product, ...]:
        """The products, each once, that cannot be returned without a reason, if the buyer confirms it."""
        rows = (row for group in self.groups for row in group.rows)
        found = {row.product.pk: row.product for row in rows if row.product.return_rule == Product.ReturnRule.EXCLUDED}
        return tuple(found.values())

    @property
    def subtotal_minor(self) -> int:
        """All goods."""
        return sum(group.subtotal_minor for group in self.groups)

    @property
    def shipping_minor(self) -> int:
        """All shipping fees."""
        return sum(group.shipping_minor for group in self.groups)

    @property
    def total_minor(self) -> int:
        """Goods and shipping."""
        return self.subtotal_minor + self.shipping_minor

    @property
    def is_ready(self) -> bool:
        """Whether it can be ordered as it is."""
        return bool(self.groups) and not self.invalid and not self.changed


def build(cart: Cart) -> CartView:
    """Arrange a cart for display: merchants and lines in the order in which they were put in."""
    pairs = list(zip(cart.lines, cart.offers, strict=True))
    rows = {line.pk: _row(line, offer) for line, offer in pairs}
    valid = [(line, offer) for line, offer in pairs if rows[line.pk].state in ("ok", "price")]
    merchants = {offer.merchant_id: line.variant.product.merchant for line, offer in valid}
    groups = tuple(
        Group(
            merchants[part.merchant_id],
            tuple(rows[line.pk] for line, offer in valid if offer.merchant_id == part.merchant_id),
            part.subtotal_minor,
            part.shipping_minor,
        )
        for part in sums([offer for _, offer in valid], cart.fees_minor)
    )
    invalid = tuple(row for row in rows.values() if row.state not in ("ok", "price"))
    return CartView(cart.checkout.token, groups, invalid, sum(line.quantity for line in cart.lines))


def valid_lines(cart: Cart) -> list[CheckoutLine]:
    """Return the lines that can be bought, whatever their price did."""
    return [line for line, offer in zip(cart.lines, cart.offers, strict=True) if _state(offer) in ("ok", "price")]


def _row(line: CheckoutLine, offer: Offer) -> Row:
    return Row(
        line_id=line.pk,
        product=line.variant.product,
        variant=line.variant,
        quantity=line.quantity,
        available=max(0, offer.available),
        price_minor=offer.price_minor,
        seen_price_minor=offer.seen_price_minor,
        state=_state(offer),
        tag=line.metadata.get("tag", ""),
    )


def _state(offer: Offer) -> str:
    if offer.is_service:
        return "service"
    if not offer.is_sellable:
        return "unavailable"
    if offer.available <= 0:
        return "sold_out"
    if offer.available < offer.quantity:
        return "short"
    return "ok" if offer.price_minor == offer.seen_price_minor else "price"
