"""Writing listings: begun, saved, copied, thrown away. What the office looks at waits for it (`listing_reviews`)."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.text import slugify

from catalog import listings
from catalog.actions import cards, changes
from catalog.listing_content import content_of, told, write_content
from catalog.models import ListingRevision, Product, ProductVariant, Stock
from catalog.sheets.skus import candidates, own_sku, shop_sku

Status = Product.Status
State = ListingRevision.State
SIZES_MAX = 30


class Refused(Exception):
    """Nothing was written. `code`: "gone", "closed" (withdrawn, or being reviewed), "sku_taken", "size_in_use",
    "last_size", "many_sizes"; `size`: the index of the size that it is about."""

    def __init__(self, code: str, size: int | None = None) -> None:
        super().__init__(code)
        self.code, self.size = code, size


@dataclass(frozen=True)
class Size:
    """A size as it shall be; the order of sizes is the shop's. `variant_id` None: a new one. Price in fen."""

    variant_id: int | None
    sku: str  # the merchant's own
    name_zh: str
    name_en: str
    price_minor: int
    weight_grams: int


def begin(*, merchant_id: int, line_kind: str, content: Mapping[str, Any], actor: str, now: datetime) -> Product:
    """Begin a listing: a draft that nobody but its merchant sees. `content` has the names, category, county, kind."""
    with transaction.atomic(durable=True):
        return _begin(merchant_id, line_kind, content, "listing.begun", actor=actor, now=now)


def copy(*, product_id: int, merchant_id: int, suffix: str, actor: str, now: datetime) -> Product:
    """Begin a listing as a copy of another, with its sizes but not their numbers, stock, dates and certificates."""
    with transaction.atomic(durable=True):
        old = locked(product_id, merchant_id)
        content = content_of(old)
        content["name_zh"] = f"{content['name_zh']}{suffix}"[:120]
        new = _begin(merchant_id, old.line_kind, content, "listing.copied", actor=actor, now=now)
        Product.objects.filter(pk=new.pk).update(dispatch_hours=old.dispatch_hours)
        for each in old.variants.all():
            own = f"{own_sku(merchant_id, each.sku)[:20]}-{secrets.token_hex(3)}"
            each.pk, each.product, each.sku = None, new, shop_sku(merchant_id, own)
            each.save(force_insert=True)
    return new


def _begin(merchant_id, line_kind, content, action, *, actor: str, now: datetime) -> Product:
    base = slugify(content.get("name_en", ""))[:60] or content["kind"]
    row = Product(
        merchant_id=merchant_id,
        slug=f"{base}-{secrets.token_hex(4)}",
        art_seed=secrets.randbelow(2**31),
        line_kind=line_kind,
        storage=Product.Storage.NONE if line_kind == "service" else Product.Storage.AMBIENT,
        published_at=now,
        updated_at=now,
    )
    row.return_rule = listings.proposed_return_rule(content, line_kind=line_kind)
    write_content(row, content)
    changes.record(merchant_id=merchant_id, actor=actor, now=now, action=action, subject=row)
    return row


def save(
    *,
    product_id: int,
    merchant_id: int,
    content: Mapping[str, Any],
    dispatch_hours: int,
    sizes: Sequence[Size],
    removed: Iterable[int] = (),
    actor: str,
    now: datetime,
) -> None:
    """Write a listing. Raises Refused.

    A draft says the new content at once. What has been on sale goes on saying the old until the office approves the
    difference, which is kept in its open revision. While a revision is being reviewed its content is left as it is.
    Sizes, prices and hours change at once, always.
    """
    try:
        with transaction.atomic(durable=True):
            row = locked(product_id, merchant_id)
            if row.status == Status.WITHDRAWN:
                raise Refused("closed")
            asked = open_revision(row)
            if asked is None or asked.state != State.SUBMITTED:
                _write(row, asked, content, actor, now)
            _hours(row, dispatch_hours, actor, now)
            _sizes(row, sizes, set(removed), actor, now)
            Product.objects.filter(pk=row.pk).update(updated_at=now)
            cards.touch(product_ids=[row.pk])
    except IntegrityError:
        raise Refused("sku_taken") from None
    cards.rebuild(product_ids=[product_id], now=now)


def reprice(*, product_id: int, merchant_id: int, prices: Mapping[int, int], actor: str, now: datetime) -> None:
    """Change prices (variant → fen) at once. Raises Refused for a listing or a size that is not the merchant's."""
    with transaction.atomic(durable=True):
        row = locked(product_id, merchant_id)
        if row.status == Status.WITHDRAWN:
            raise Refused("closed")
        own = {each.pk: each for each in row.variants.all()}
        if not own.keys() >= prices.keys():
            raise Refused("gone")
        for variant_id, price_minor in prices.items():
            before = changes.fields_of(own[variant_id], ("price_minor",))
            if before["price_minor"] == price_minor:
                continue
            ProductVariant.objects.filter(pk=variant_id).update(price_minor=price_minor)
            _record_size(
                row, own[variant_id], before, {"price_minor": price_minor}, action="size.changed", actor=actor, now=now
            )
        Product.objects.filter(pk=row.pk).update(updated_at=now)
        cards.touch(product_ids=[row.pk])
    cards.rebuild(product_ids=[product_id], now=now)


def discard(*, product_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Throw a draft away that was never on sale. Raises Refused where something holds on to it."""
    try:
        with transaction.atomic(durable=True):
            row = locked(product_id, merchant_id)
            if row.status != Status.DRAFT:
                raise Refused("closed")
            changes.record(merchant_id=merchant_id, actor=actor, now=now, action="listing.discarded", subject=row)
            row.delete()
    except ProtectedError:
        raise Refused("size_in_use") from None


def locked(product_id: int, merchant_id: int) -> Product:
    """Return a merchant's product, locked. Raises Refused where it is not this merchant's."""
    row = Product.objects.select_for_update().filter(pk=product_id, merchant=merchant_id).first()
    if row is None:
        raise Refused("gone")
    return row


def open_revision(row: Product) -> ListingRevision | None:
    """Return what is asked of the office about a product, or being written to ask."""
    return row.revisions.filter(state__in=ListingRevision.OPEN).first()


def _write(row: Product, asked: ListingRevision | None, content: Mapping[str, Any], actor: str, now: datetime) -> None:
    current = content_of(row)
    unknown = content.keys() - set(listings.FIELDS)
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not said by a listing")
    before = {**current, **(asked.fields if asked else {})}
    if row.status == Status.DRAFT:
        write_content(row, {**current, **content})
    else:
        wanted = listings.changed(current, {**before, **content})
        if asked is not None and not wanted:
            asked.delete()
        elif asked is not None:
            ListingRevision.objects.filter(pk=asked.pk).update(fields=wanted)
        elif wanted:
            ListingRevision.objects.create(product=row, fields=wanted, created_at=now)
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action="listing.changed" if row.status == Status.DRAFT else "listing.change_written",
        subject=row,
        before=told(before),
        after=told({**before, **content}),
    )


def _hours(row: Product, dispatch_hours: int, actor: str, now: datetime) -> None:
    Product.objects.filter(pk=row.pk).update(dispatch_hours=dispatch_hours)
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action="listing.promise_changed",
        subject=row,
        before={"dispatch_hours": row.dispatch_hours},
        after={"dispatch_hours": dispatch_hours},
    )


_SIZE = ("sku", "name_zh", "name_en", "price_minor", "weight_grams", "position")


def _sizes(row: Product, sizes: Sequence[Size], removed: set[int], actor: str, now: datetime) -> None:
    own = {each.pk: each for each in row.variants.all()}
    wanted_ids = {size.variant_id for size in sizes if size.variant_id is not None}
    if not own.keys() >= (wanted_ids | removed):
        raise Refused("gone")
    if len(own.keys() - removed) + sum(size.variant_id is None for size in sizes) > SIZES_MAX:
        raise Refused("many_sizes")
    kept = [size for size in sizes if size.variant_id not in removed]
    if not kept and not own.keys() - removed and row.status != Status.DRAFT:
        raise Refused("last_size")
    for variant_id in sorted(removed):
        _remove_size(row, own[variant_id], actor, now)
    for position, size in enumerate(kept):
        variant = own.get(size.variant_id or 0) or ProductVariant(product=row)
        before = changes.fields_of(variant, _SIZE) if variant.pk else {}
        variant.sku = _sku(row, variant, size.sku, index=position)
        variant.name_zh, variant.name_en, variant.position = size.name_zh, size.name_en, position
        variant.price_minor, variant.weight_grams = size.price_minor, size.weight_grams
        after = changes.fields_of(variant, _SIZE)
        if before != after:
            variant.save()
            verb = "size.changed" if before else "size.added"
            _record_size(row, variant, before, after, action=verb, actor=actor, now=now)


def _sku(row: Product, variant: ProductVariant, own: str, *, index: int) -> str:
    if variant.pk and own_sku(row.merchant_id, variant.sku) == own:
        return variant.sku
    taken = ProductVariant.objects.filter(sku__in=candidates(row.merchant_id, own), product__merchant=row.merchant_id)
    if taken.exclude(pk=variant.pk).exists():
        raise Refused("sku_taken", index)
    return shop_sku(row.merchant_id, own)


def _remove_size(row: Product, variant: ProductVariant, actor: str, now: datetime) -> None:
    """Delete a size that nothing depends on: no unit on a shelf, none on order, no booked day."""
    in_use = Stock.objects.filter(Q(on_hand__gt=0) | Q(allocated__gt=0), variant=variant)
    if in_use.exists() or variant.dates.filter(booked__gt=0).exists():
        raise Refused("size_in_use")
    before = changes.fields_of(variant, _SIZE)
    _record_size(row, variant, before, {}, action="size.removed", actor=actor, now=now)
    try:
        variant.delete()
    except ProtectedError:
        raise Refused("size_in_use") from None


def _record_size(row, variant, before, after, *, action: str, actor: str, now: datetime) -> None:
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=variant,
        label=f"{row.name_zh} · {variant.name_zh}",
        before=before,
        after=after,
    )
