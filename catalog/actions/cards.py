"""Product cards: one prepared row for each product, computed anew from everything that a list shows of it.

Only cards that really differ are written, so that a full rebuild at night leaves the index and cached pages alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet

from catalog.models import (
    CatalogState,
    Certificate,
    CertificateProduct,
    MerchantApproval,
    Product,
    ProductCard,
    ProductMedia,
    ProductTag,
    ProductVariant,
)
from catalog.rules import Window, certificate_window, intersect, merge, next_window, price_per_500g

BATCH = 1000
# An action takes its moment before it commits: a sweep looks at what committed late once more.
MARGIN = timedelta(minutes=15)
# Not computed here: what was sold, and the bookkeeping of versions.
_KEPT = {"sold_quantity", "indexed_version", "version", "changed_in"}
_COMPUTED = tuple(
    field.attname for field in ProductCard._meta.concrete_fields if field.name not in _KEPT and not field.primary_key
)
_FROM_PRODUCT = {
    "slug": "slug",
    "name_zh": "name_zh",
    "name_en": "name_en",
    "kind": "kind",
    "art_seed": "art_seed",
    "line_kind": "line_kind",
    "published_at": "published_at",
    "category_slug": "category__slug",
    "category_zh": "category__name_zh",
    "category_en": "category__name_en",
    "merchant_zh": "merchant__name_zh",
    "merchant_en": "merchant__name_en",
    "region_slug": "region__slug",
    "county_zh": "region__name_zh",
    "county_en": "region__name_en",
    "prefecture_zh": "region__prefecture_zh",
    "prefecture_en": "region__prefecture_en",
    "province_code": "region__province_code",
    "province_zh": "region__province_zh",
    "province_en": "region__province_en",
    "is_key_county": "region__is_key_county",
}

_SPAN = ("valid_from", "valid_until")
_VARIANT = ("product", "pk", "price_minor", "weight_grams", "name_zh", "name_en", "position")
_COVER = (
    "product",
    "certificate__scheme__slug",
    "certificate__scheme__admits_sale",
    "certificate__valid_from",
    "certificate__valid_until",
    "certificate__approved_at",
    "certificate__revoked_at",
)
# Where the truth of a card moves: the model, the way to its products, the moments at which it does.
_MOMENTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Product, "pk", ("updated_at",)),
    (ProductTag, "product", _SPAN),
    (MerchantApproval, "merchant__products", _SPAN),
    (Certificate, "coverage__product", (*_SPAN, "approved_at", "revoked_at")),
)


def rebuild(
    *,
    product_ids: Iterable[int] | None = None,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Compute the cards of these products (None: of all) as known at `now`; return how many changed.

    Each batch is a transaction of its own. `progress(done, of)` is called after each.
    """
    whole = product_ids is None
    ids = sorted(set(Product.objects.values_list("pk", flat=True) if product_ids is None else product_ids))
    changed = 0
    for start in range(0, len(ids), BATCH):
        changed += _rebuild_batch(ids[start : start + BATCH], now)
        if progress:
            progress(min(start + BATCH, len(ids)), len(ids))
    if whole:
        _remember(now)
    return changed


def close(products: QuerySet[Product]) -> None:
    """Take these off every list, within the caller's transaction: what is stopped is not shown for a moment longer.

    A `rebuild` must follow, which opens what may be sold all the same; the sweep sees to it if this process dies.
    """
    changed_in = bump_catalog(whole=False)
    shown = ProductCard.objects.filter(product__in=products, sellable_until__isnull=False)
    shown.update(sellable_from=None, sellable_until=None, version=F("version") + 1, changed_in=changed_in)


def rebuild_due(*, now: datetime) -> int:
    """Rebuild the cards whose truth has moved since all of them were known to be true; return how many changed.

    Something moved when a product was changed, or one of its windows began or ended. The last moment is a row's, so
    a worker that was away for days misses nothing, nor does a process that died before it could rebuild.
    """
    since = CatalogState.objects.values_list("cards_true_at", flat=True).filter(pk=1).first()
    if since is None:
        return rebuild(now=now)
    changed = rebuild(product_ids=_moved(min(since, now) - MARGIN, now), now=now)
    _remember(now)
    return changed


def _moved(since: datetime, now: datetime) -> set[int]:
    """Return the products of which something was changed, began or ended in (since, now]: one indexed query each."""
    found = set(ProductCard.objects.filter(sellable_until__lte=now).values_list("pk", flat=True))
    for model, product, moments in _MOMENTS:
        for moment in moments:
            rows = model._default_manager.filter(**{f"{moment}__gt": since, f"{moment}__lte": now})
            found.update(rows.order_by().values_list(product, flat=True))
    found.discard(None)
    return found


def _remember(now: datetime) -> None:
    """Note that every card is true as of `now`; an earlier moment than the noted one changes nothing."""
    CatalogState.objects.get_or_create(pk=1)
    CatalogState.objects.filter(Q(cards_true_at=None) | Q(cards_true_at__lt=now), pk=1).update(cards_true_at=now)


def bump_catalog(*, whole: bool = True) -> int:
    """Let the catalogue's version grow and return it. Belongs into the changing transaction.

    `whole=False` is for a change of which each card tells (`changed_in`): only pages that show one are made anew.
    """
    change = {"version": F("version") + 1}
    if whole:
        change["whole_version"] = F("version") + 1
    if not CatalogState.objects.filter(pk=1).update(**change):
        CatalogState.objects.get_or_create(pk=1)
    return CatalogState.objects.values_list("version", flat=True).get(pk=1)


def touch(*, product_ids: Iterable[int]) -> None:
    """Have pages that show these products made anew although their cards stay as they are, inside the caller's
    transaction: a card tells only which seals hold, a page what each of them says."""
    ProductCard.objects.filter(pk__in=list(product_ids)).update(changed_in=bump_catalog(whole=False))


def _rebuild_batch(ids: list[int], now: datetime) -> int:
    # Looked at before the transaction, so that a batch without changes never takes SQLite's one writer lock.
    changed = [values["product_id"] for values in _differing(ids, now)]
    return _write(changed, now) if changed else 0


def _differing(ids: list[int], now: datetime) -> list[dict]:
    known = {row["product_id"]: row for row in ProductCard.objects.filter(pk__in=ids).values("product_id", *_COMPUTED)}
    return [values for values in _compute(ids, known, now) if known.get(values["product_id"]) != values]


@transaction.atomic(durable=True)
def _write(ids: list[int], now: datetime) -> int:
    changed_in = bump_catalog(whole=False)  # first: others wait at this row, so nobody writes what he read before them
    differing = _differing(ids, now)
    if not differing:
        return 0
    ProductCard.objects.bulk_create(
        [ProductCard(version=0, **values) for values in differing],
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=_COMPUTED,
    )
    changed = ProductCard.objects.filter(pk__in=[values["product_id"] for values in differing])
    changed.update(version=F("version") + 1, changed_in=changed_in)
    return len(differing)


def _compute(ids: list[int], known: dict[int, dict], now: datetime) -> list[dict]:
    """Return each product's card as a dictionary. One without variants keeps its old card, closed, or gets none."""
    variants = _grouped(ProductVariant.objects.filter(product__in=ids).values_list(*_VARIANT), 0)
    covers = _grouped(
        CertificateProduct.objects.filter(product__in=ids).order_by("pk").values_list(*_COVER),
        0,
    )
    tags = _grouped(ProductTag.objects.filter(product__in=ids).values_list("product", "tag", *_SPAN), 0)
    pictures = _grouped(ProductMedia.objects.filter(product__in=ids).values_list("product", "token"), 0)
    products = list(Product.objects.filter(pk__in=ids).values("pk", "merchant", "status", *_FROM_PRODUCT.values()))
    merchants = {product["merchant"] for product in products}
    approvals = _grouped(MerchantApproval.objects.filter(merchant__in=merchants).values_list("merchant", *_SPAN), 0)
    cards = []
    for product in products:
        key = product["pk"]
        if key not in variants:
            if key in known:
                cards.append({**known[key], "sellable_from": None, "sellable_until": None})
            continue
        card = {name: product[path] for name, path in _FROM_PRODUCT.items()}
        card["is_key_county"] = bool(card["is_key_county"])
        card |= {"product_id": key, "picture": pictures[key][0][0] if key in pictures else "", **_offer(variants[key])}
        card |= _standing(product, approvals[product["merchant"]], covers[key], tags[key], now)
        cards.append(card)
    return cards


def _grouped(rows: Iterable[tuple], key: int) -> dict[int, list[tuple]]:
    groups: dict[int, list[tuple]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row[1:])
    return groups


def _offer(variants: list[tuple]) -> dict:
    """Return the price part: the cheapest variant is what the card offers (ties: the first in the shop's order)."""
    pk, price, grams, spec_zh, spec_en, _ = min(variants, key=lambda row: (row[1], row[5], row[0]))
    return {
        "variant_id": pk,
        "spec_zh": spec_zh,
        "spec_en": spec_en,
        "price_minor": price,
        "price_max_minor": max(row[1] for row in variants),
        "price_per_500g_minor": price_per_500g(price, grams),
    }


def _standing(product: dict, approvals: list[tuple], covers: list[tuple], tags: list[tuple], now: datetime) -> dict:
    """Return window, badges and tags: the next window from `now` on, and what holds in it."""
    spans = [(slug, admits, certificate_window(*dates)) for slug, admits, *dates in covers]
    window = None
    if product["status"] == Product.Status.ON_SALE:
        admitting = (span for _, admits, span in spans if admits and span)
        window = next_window(intersect(merge(Window(*row) for row in approvals), merge(admitting)), now)
    start = max(now, window.start) if window else now
    end = window.end if window else None
    return {
        "sellable_from": window.start if window else None,
        "sellable_until": end,
        "badges": sorted({slug for slug, _, span in spans if span and span.holds(start)}),
        "tags": sorted({tag for tag, since, until in tags if _overlaps(since, until, start, end)}) if window else [],
    }


def _overlaps(since: datetime, until: datetime | None, start: datetime, end: datetime | None) -> bool:
    return (until is None or until > start) and (end is None or since < end)
