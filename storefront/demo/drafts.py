"""Listings of the demo's merchant that are on their way: drafts, some in review, one returned, a service with days."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog import listings as rules
from catalog.actions import listing_reviews, listings, service_dates
from catalog.actions.listings import Size
from catalog.kinds import Kind, kinds
from catalog.models import Category, ListingRevision, Merchant, Product
from storefront import figures

_DRAFTS, _IN_REVIEW = 2, 3
_RETURNED = {"description_zh": "请写明采收时间和果径", "label_ingredients_zh": "与包装上的标签不一致"}
_NOTE = "请按包装标签核对后重新提交。"


def write_drafts(merchant: Merchant, *, actor: str, reviewer: str, now: datetime) -> None:
    """Make them, where the merchant has none yet: of kinds that stand on its own shelves. Twice changes nothing."""
    if Product.objects.filter(merchant=merchant, status__in=Product.UNPUBLISHED).exists():
        return
    begun = now - timedelta(days=4)
    primary = [kind for kind in kinds().values() if kind.processing == "primary"]
    edible = primary[::7][: _DRAFTS + _IN_REVIEW + 1]  # of several shelves
    for number, kind in enumerate(edible):
        at = begun + timedelta(hours=7 * number)
        row = _draft(merchant, kind, actor=actor, now=at)
        if number < _DRAFTS:
            continue
        listing_reviews.submit(product_id=row.pk, merchant_id=merchant.pk, actor=actor, now=at + timedelta(hours=1))
        if number == len(edible) - 1:
            asked = ListingRevision.objects.get(product=row)
            listing_reviews.give_back(
                revision_id=asked.pk,
                revision=asked.revision,
                reasons=_RETURNED,
                note=_NOTE,
                actor=reviewer,
                now=at + timedelta(days=1),
            )
    _service(merchant, actor=actor, now=begun)


def _draft(merchant: Merchant, kind: Kind, *, actor: str, now: datetime) -> Product:
    content: dict[str, Any] = {
        "name_zh": f"{merchant.region.name_zh}{kind.name_zh}（新季）",
        "name_en": f"{kind.name_en}, new season",
        "category": Category.objects.get(slug=kind.category).pk,
        "region": merchant.region_id,
        "kind": kind.slug,
        "description_zh": f"## 新季{kind.name_zh}\n\n产自**{merchant.region.name_zh}**。\n\n- 当季采收\n- 分级装箱",
        "description_en": f"## New-season {kind.name_en}\n\nPicked this season and packed by grade.",
        "storage": kind.storage,
        "shelf_life_days": kind.shelf_life_days or 30,
        "processing": kind.processing,
        "label_ingredients_zh": kind.name_zh,
        "label_ingredients_en": kind.name_en,
        "label_storage_zh": "置于阴凉通风处",
        "label_storage_en": "Keep cool and aired",
    }
    sizes = [
        Size(None, f"{kind.slug[:20]}-{grams}", f"{grams}g", f"{grams} g", grams * 2, grams) for grams in (1500, 2500)
    ]
    return _write(merchant, "goods", content, sizes, actor=actor, now=now)


def _service(merchant: Merchant, *, actor: str, now: datetime) -> None:
    """Write a farm visit that waits for review, with its weekends of the next two months."""
    shelf = Category.objects.filter(slug="tourism").first()
    kind = next((each for each in kinds().values() if each.category == "tourism"), None)
    if shelf is None or kind is None:
        return
    county, county_en = merchant.region.name_zh, merchant.region.name_en
    content = {
        "name_zh": f"{county}采摘一日",
        "name_en": f"A day of picking in {county_en}",
        "category": shelf.pk,
        "region": merchant.region_id,
        "kind": kind.slug,
        "description_zh": "跟合作社的农户一起采摘，中午吃农家饭。",
        "description_en": "Pick with the households of the co-op, and share their lunch.",
        "service_meeting_place_zh": "合作社门口",
        "service_meeting_place_en": "At the gate of the co-op",
        "service_duration_zh": "一天（9:00–16:00）",
        "service_duration_en": "One day (9:00–16:00)",
        "service_included_zh": "采摘工具、午餐、2.5kg 果实",
        "service_included_en": "Tools, lunch, 2.5 kg of fruit",
        "service_cancellation_zh": "前一天 18:00 前可免费取消；之后收取一半费用。",
        "service_cancellation_en": "Free until 18:00 the day before; half the price after that.",
    }
    size = Size(None, "picking-day", "成人", "Adult", 12_800, 0)
    row = _write(merchant, "service", content, [size], actor=actor, now=now)
    today = timezone.localdate(now, figures.BEIJING)
    service_dates.add(
        variant_id=row.variants.get().pk,
        merchant_id=merchant.pk,
        first=today,
        last=today + timedelta(days=60),
        weekdays={5, 6},
        capacity=20,
        actor=actor,
        now=now,
    )
    listing_reviews.submit(product_id=row.pk, merchant_id=merchant.pk, actor=actor, now=now + timedelta(hours=2))


def _write(
    merchant, line_kind: str, content: dict[str, Any], sizes: list[Size], *, actor: str, now: datetime
) -> Product:
    row = listings.begin(merchant_id=merchant.pk, line_kind=line_kind, content=content, actor=actor, now=now)
    hours = 24 if rules.proposed_return_rule(content, line_kind=line_kind) == "excluded" else 48
    listings.save(
        product_id=row.pk,
        merchant_id=merchant.pk,
        content={},
        dispatch_hours=hours,
        sizes=sizes,
        actor=actor,
        now=now,
    )
    return row
