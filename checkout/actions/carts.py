"""Filling a cart. Nothing here holds stock; each verb names the cart by its token."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from catalog.models import ProductVariant
from catalog.rules import unit_price
from catalog.selectors.variants import tiers_of
from checkout.address import Address
from checkout.models import Checkout, CheckoutLine
from checkout.rules import MAX_LINES, MAX_QUANTITY, Code, PurchaseError

KEPT = timedelta(days=90)  # how long an abandoned cart, with its address, is of use to its buyer
CLAIMS = frozenset({"tag"})  # what a buyer may claim of a line; where it was sold is for the shop to say


@dataclass(frozen=True)
class LineChange:
    """Some units of a variant, with the claims that travel with it (`tag`: the zone the buyer came from)."""

    variant_id: int
    quantity: int
    metadata: dict[str, str] = field(default_factory=dict)


def create(
    *,
    lines: list[LineChange],
    email: str,
    language: str,
    address: Address | None,
    user_id: int | None,
    now: datetime,
    in_browser: bool = True,
) -> Checkout:
    """Make a cart with lines; `in_browser`: on our pages, so that it is put together with the person's others.

    Raises PurchaseError, and makes none, when a line cannot be had.
    """
    if email:
        _check_email(email)
    with transaction.atomic(durable=True):
        checkout = Checkout.objects.create(
            email=email,
            language=language,
            shipping_address=address.as_dict() if address else {},
            user_id=user_id,
            in_browser=in_browser,
            created_at=now,
            updated_at=now,
        )
        _write_first_lines(checkout, lines)
    return checkout


def add_lines(*, token: UUID, lines: list[LineChange], now: datetime) -> Checkout:
    """Add units to a cart; a variant that is there already gets more. Raises PurchaseError."""
    return _change_lines(token, lines, add=True, now=now)


def set_lines(*, token: UUID, lines: list[LineChange], now: datetime) -> Checkout:
    """Set the quantity of variants (0 takes one out) and accept their present prices. Raises PurchaseError."""
    return _change_lines(token, lines, add=False, now=now)


def set_contact(*, token: UUID, email: str | None, address: Address | None, now: datetime) -> Checkout:
    """Set the e-mail address or the delivery address, whichever is given. Raises PurchaseError."""
    values: dict[str, Any] = {"updated_at": now}
    if email is not None:
        _check_email(email)
        values["email"] = email
    if address is not None:
        values["shipping_address"] = address.as_dict()
    with transaction.atomic(durable=True):
        return _touched(token, **values)


def prune(*, now: datetime, limit: int = 500) -> int:
    """Delete carts that nobody has touched for `KEPT`, at most `limit` at once; return how many. Orders stay."""
    with transaction.atomic(durable=True):
        old = Checkout.objects.filter(updated_at__lt=now - KEPT).order_by("updated_at")
        # Locked: one that is touched or placed meanwhile is not old any more.
        keys = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        Checkout.objects.filter(pk__in=keys).delete()
    return len(keys)


def _check_email(email: str) -> None:
    try:
        Checkout._meta.get_field("email").run_validators(email)
    except ValidationError:
        raise PurchaseError(Code.INVALID, "This is no e-mail address.", field="email") from None


def _change_lines(token: UUID, lines: list[LineChange], *, add: bool, now: datetime) -> Checkout:
    with transaction.atomic(durable=True):
        checkout = _touched(token, updated_at=now)
        _write_lines(checkout, lines, add=add)
    return checkout


def _touched(token: UUID, **values: Any) -> Checkout:
    """Change the cart and return it. The change comes first: from then on nobody else can place or change it."""
    if not Checkout.objects.filter(token=token).update(**values):
        raise PurchaseError(Code.NOT_FOUND, "There is no such checkout.", field="id")
    return Checkout.objects.get(token=token)


def _write_first_lines(checkout: Checkout, lines: list[LineChange]) -> None:
    """Fill an empty cart, in one statement; a variant that is named twice becomes one line."""
    _check_length(len(lines))
    offered = _offered(lines)
    rows: dict[int, CheckoutLine] = {}
    for line in lines:
        _check(line, offered, lowest=1)
        row = rows.setdefault(line.variant_id, CheckoutLine(checkout=checkout, variant_id=line.variant_id, quantity=0))
        row.quantity += line.quantity
        row.metadata = _claims(line) or row.metadata
    for row in rows.values():
        row.seen_price_minor = offered[row.variant_id].price_of(row.quantity)
    CheckoutLine.objects.bulk_create(rows.values())


def _write_lines(checkout: Checkout, lines: list[LineChange], *, add: bool) -> None:
    """Change the lines of a cart that `_touched` has locked: what is read here stays as it is."""
    _check_length(len(lines))  # before each costs its statements, under SQLite's one write lock
    offered = _offered(lines)
    present = dict(checkout.lines.values_list("variant_id", "quantity"))
    for line in lines:
        _check(line, offered, lowest=1 if add else 0)
        existing = CheckoutLine.objects.filter(checkout=checkout, variant_id=line.variant_id)
        if line.quantity == 0:
            existing.delete()
            present.pop(line.variant_id, None)
            continue
        quantity = line.quantity + (present.get(line.variant_id, 0) if add else 0)
        change: dict[str, Any] = {
            "quantity": quantity,
            "seen_price_minor": offered[line.variant_id].price_of(quantity),
        }
        if claims := _claims(line):
            change["metadata"] = claims  # what the buyer did last wins
        if line.variant_id in present:
            existing.update(**change)
        else:
            CheckoutLine.objects.create(checkout=checkout, variant_id=line.variant_id, **change)
        present[line.variant_id] = quantity
    _check_length(len(present))


@dataclass(frozen=True)
class _Offered:
    """What a variant costs by quantity (fen), and how many units one order may hold."""

    variant_id: int
    base_minor: int
    least: int
    most: int
    tiers: tuple[tuple[int, int], ...]

    def price_of(self, quantity: int) -> int:
        """Return the unit price at a line's whole quantity. Raises PurchaseError where it may not be ordered."""
        if quantity > self.most:
            raise PurchaseError(
                Code.QUANTITY_GREATER_THAN_LIMIT,
                f"At most {self.most} of this product can be bought at once.",
                field="quantity",
                variant_ids=(self.variant_id,),
            )
        if quantity < self.least:
            raise PurchaseError(
                Code.INVALID,
                f"At least {self.least} of this product must be bought at once.",
                field="quantity",
                variant_ids=(self.variant_id,),
            )
        return unit_price(self.base_minor, self.tiers, quantity)


def _offered(lines: list[LineChange]) -> dict[int, _Offered]:
    """Return the variants that are named, as far as there are such (two queries)."""
    keys = [line.variant_id for line in lines]
    tiers = tiers_of(keys)
    rows = ProductVariant.objects.filter(pk__in=keys).order_by()
    return {
        key: _Offered(key, price, least, min(most or MAX_QUANTITY, MAX_QUANTITY), tiers.get(key, ()))
        for key, price, least, most in rows.values_list("pk", "price_minor", "min_quantity", "max_quantity")
    }


def _claims(line: LineChange) -> dict[str, str]:
    return {key: value[:60] for key, value in line.metadata.items() if key in CLAIMS}


def _check_length(count: int) -> None:
    if count > MAX_LINES:
        raise PurchaseError(Code.QUANTITY_GREATER_THAN_LIMIT, f"A cart holds {MAX_LINES} products.", field="lines")


def _check(line: LineChange, offered: dict[int, _Offered], *, lowest: int) -> None:
    if line.variant_id not in offered:
        raise PurchaseError(
            Code.NOT_FOUND, "There is no such product.", field="variantId", variant_ids=(line.variant_id,)
        )
    if line.quantity < lowest:
        raise PurchaseError(
            Code.ZERO_QUANTITY, "The quantity is too small.", field="quantity", variant_ids=(line.variant_id,)
        )
