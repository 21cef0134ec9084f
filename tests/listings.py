"""Listings for tests: whole drafts, and what is handed in."""

from catalog.actions import listing_reviews, listings
from catalog.actions.listings import Size
from catalog.listing_content import content_of
from catalog.models import ListingRevision, Merchant, Product
from tests.factories import NOW, category, certificate, merchant

ACTOR = "user 1"
WHOLE = {
    "description_zh": "黄土高原的苹果",
    "description_en": "Apples",
    "storage": "ambient",
    "shelf_life_days": 60,
    "processing": "primary",
    "label_ingredients_zh": "苹果",
    "label_storage_zh": "阴凉通风处",
}


def draft(shop: Merchant | None = None, *, name_zh: str = "延长红富士", line_kind: str = "goods", **content) -> Product:
    """Return a draft that is whole: one size at ¥59.90."""
    shop = shop or merchant()
    first = {"name_zh": name_zh, "name_en": "Fuji apple", "kind": "apple-fuji", "region": shop.region_id}
    row = listings.begin(
        merchant_id=shop.pk,
        line_kind=line_kind,
        content={**first, "category": category().pk, **(WHOLE if line_kind == "goods" else {}), **content},
        actor=ACTOR,
        now=NOW,
    )
    save(row, sizes=[Size(None, f"A-{row.pk}", "5kg", "5 kg", 5990, 5000)])
    return row


def save(row: Product, *, sizes=None, removed=(), dispatch_hours: int = 48, now=NOW, **content) -> None:
    """Save a listing with some of its content changed; its sizes stay unless they are given."""
    kept = [
        Size(
            each.pk,
            each.sku.removeprefix(f"{row.merchant_id}-"),
            each.name_zh,
            each.name_en,
            each.price_minor,
            each.weight_grams,
        )
        for each in row.variants.all()
    ]
    listings.save(
        product_id=row.pk,
        merchant_id=row.merchant_id,
        content={**content_of(Product.objects.get(pk=row.pk)), **content} if content else {},
        dispatch_hours=dispatch_hours,
        sizes=kept if sizes is None else sizes,
        removed=removed,
        actor=ACTOR,
        now=now,
    )


def submit(row: Product, *, now=NOW) -> ListingRevision:
    """Hand a listing in; return what is asked."""
    listing_reviews.submit(product_id=row.pk, merchant_id=row.merchant_id, actor=ACTOR, now=now)
    return asked(row)


def asked(row: Product) -> ListingRevision:
    """Return what was asked last about a listing."""
    return ListingRevision.objects.filter(product=row).order_by("-pk")[0]


def approve(row: Product, *, now=NOW) -> None:
    """Approve what was asked last."""
    found = asked(row)
    listing_reviews.approve(revision_id=found.pk, revision=found.revision, actor="user 2", now=now)


def on_sale(shop: Merchant | None = None, **content) -> Product:
    """Return a certified listing that went through review and is on sale."""
    row = draft(shop, **content)
    certificate(row)
    submit(row)
    approve(row)
    row.refresh_from_db()
    return row
