"""A cart as its pages show it: groups by merchant, what cannot be bought, what has another price now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aid_tracking import shares
from aid_tracking.shares import Share
from catalog.models import Merchant, Product, ProductVariant
from catalog.rules import is_delivered
from checkout.models import CheckoutLine
from checkout.rules import Offer, sums
from checkout.selectors import Cart


@dataclass(frozen=True)
class Row:
    """A line of the cart (fen).

    `state`: "ok", "price" (another price than the buyer saw), "short" (fewer left than wanted), "sold_out", "few" or
    "many" (than one order may hold), "unavailable" (not on sale today) or "service" (cannot be booked yet).
    """

    line_id: int
    product: Product
    variant: ProductVariant
    quantity: int
    available: int
    least: int
    limit: int
    price_minor: int
    seen_price_minor: int
    state: str
    tag: str
    picture: str  # the product's first picture's token; empty: its drawing is shown

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
        return max(1, min(self.available, self.limit))

    @property
    def allowed(self) -> int:
        """The nearest quantity that can be ordered of a line that cannot as it is; 0 where none can."""
        if self.state not in {"short", "few", "many"}:
            return 0
        return max(self.least, min(self.quantity, self.most))

    @property
    def is_tiered(self) -> bool:
        """Whether the quantity makes it cheaper than a single unit."""
        return self.price_minor < self.variant.price_minor


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
    def rows(self) -> tuple[Row, ...]:
        """All lines, those that can be bought first."""
        return (*(row for group in self.groups for row in group.rows), *self.invalid)

    @property
    def changed(self) -> tuple[Row, ...]:
        """The lines whose price differs from the one that the buyer was shown."""
        return tuple(row for row in self.rows if row.state == "price")

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


def foreseen(cart: Cart, *, at: datetime) -> tuple[Share, ...]:
    """Return what the lines that can be bought, whatever their price did, would count toward."""
    lines = [line for line, offer in zip(cart.lines, cart.offers, strict=True) if _state(offer) in ("ok", "price")]
    return shares.foreseen(lines=lines, prices_minor=cart.prices_minor, at=at)


def undelivered(view: CartView, division_code: str) -> tuple[Row, ...]:
    """Return the rows that are not delivered to a place (GB/T 2260); none while no place is known."""
    rows = (row for group in view.groups for row in group.rows)
    return tuple(row for row in rows if division_code and not is_delivered(row.product.sales_provinces, division_code))


def _row(line: CheckoutLine, offer: Offer) -> Row:
    return Row(
        line_id=line.pk,
        product=line.variant.product,
        variant=line.variant,
        quantity=line.quantity,
        available=max(0, offer.available),
        least=offer.min_quantity,
        limit=offer.max_quantity,
        price_minor=offer.price_minor,
        seen_price_minor=offer.seen_price_minor,
        state=_state(offer),
        tag=line.metadata.get("tag", ""),
        picture=line.picture or "",  # type: ignore[attr-defined]  # read with the cart's lines
    )


def _state(offer: Offer) -> str:
    if offer.is_service:
        return "service"
    if not offer.is_sellable:
        return "unavailable"
    if offer.available <= 0:
        return "sold_out"
    if offer.available < max(offer.quantity, offer.min_quantity):
        return "short" if offer.available >= offer.min_quantity else "sold_out"
    if not offer.min_quantity <= offer.quantity <= offer.max_quantity:
        return "few" if offer.quantity < offer.min_quantity else "many"
    return "ok" if offer.price_minor == offer.seen_price_minor else "price"
