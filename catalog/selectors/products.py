"""One product with everything that its page shows, in seven queries whose SQL is made once."""

from datetime import datetime

from catalog.models import MerchantApproval, Product, ProductTag
from catalog.prepared import Prepared
from catalog.rules import Window, certificate_window, intersect, merge, next_window
from catalog.selectors.certificates import certificates_of
from catalog.selectors.labels import LABEL_COLUMNS, label_view
from catalog.selectors.media import media_of
from catalog.selectors.merchants import MERCHANT_COLUMNS, merchant_view, with_newest_report
from catalog.selectors.variants import tiers_of, variants_of
from catalog.selectors.views import CategoryView, CertificateView, ProductDetail, RegionView

_OWN = (
    "pk",
    "slug",
    "kind",
    "art_seed",
    "line_kind",
    "name_zh",
    "name_en",
    "description_zh",
    "description_en",
    "storage",
    "shelf_life_days",
    "processing",
    "dispatch_hours",
    "return_rule",
    "sales_provinces",
    "status",
    "published_at",
)
_OWN_FIELDS = ("id", *_OWN[1:])
_CATEGORY = ("category__slug", "category__name_zh", "category__name_en", "category__position")
_REGION = (
    "region__pk",
    *(f"region__{name}" for name in RegionView.__dataclass_fields__ if name not in {"id", "products"}),
)
_COLUMNS = ("card__sold_quantity", *_OWN, *_CATEGORY, *MERCHANT_COLUMNS, *_REGION, *LABEL_COLUMNS)
_PRODUCT = Prepared(
    lambda slugs: with_newest_report(
        Product.objects.exclude(status__in=Product.UNPUBLISHED).filter(slug=slugs[0])
    ).values_list(*_COLUMNS)
)
_APPROVALS = Prepared(
    lambda ids: MerchantApproval.objects.filter(merchant_id=ids[0]).values_list("valid_from", "valid_until")
)
_TAGS = Prepared(
    lambda ids: (
        ProductTag.objects.filter(product_id=ids[0]).order_by("tag").values_list("tag", "valid_from", "valid_until")
    )
)


def product_detail(slug: str, *, at: datetime) -> ProductDetail | None:
    """Return a published product as it stands at `at`, or None for a draft or an unknown slug (seven queries)."""
    rows = _PRODUCT.rows([slug])
    return _detail(rows[0], at) if rows else None


def unpublished_detail(product_id: int, *, at: datetime) -> ProductDetail:
    """Return a product in whatever state as it stands at `at`, for those who may preview it (five queries)."""
    found = with_newest_report(Product.objects.filter(pk=product_id))
    return _detail(found.values_list(*_COLUMNS).get(), at)


def _detail(row: tuple, at: datetime) -> ProductDetail:
    sold, *values = row
    own, category, merchant, place, label = _cut(
        values, len(_OWN), len(_CATEGORY), len(MERCHANT_COLUMNS), len(_REGION), len(LABEL_COLUMNS)
    )
    pk, status = own[0], own[_OWN.index("status")]
    certificates = certificates_of([pk], at=at).get(pk, ())
    window = _window(status, merchant[0], certificates, at)
    variants = variants_of([pk]).get(pk, ())
    sellable = window is not None and window.holds(at)
    return ProductDetail(
        **dict(zip(_OWN_FIELDS, own, strict=True)),
        category=CategoryView(*category),
        merchant=merchant_view(merchant),
        region=RegionView(*place),
        food_label=label_view(label),
        variants=variants,
        tiers=tiers_of(variant.id for variant in variants),
        media=media_of([pk]).get(pk, ()),
        certificates=certificates,
        tags=tuple(tag for tag, start, end in _TAGS.rows([pk]) if start <= at and (end is None or at < end)),
        sold_quantity=sold or 0,
        sellable=sellable,
        reason="" if sellable else _reason(status, certificates),
        sellable_until=window.end if window and sellable else None,
    )


def _cut(values: list, *lengths: int) -> list[list]:
    parts, start = [], 0
    for length in lengths:
        parts.append(values[start : start + length])
        start += length
    return parts


def _window(status: str, merchant_id: int, certificates: tuple[CertificateView, ...], at: datetime) -> Window | None:
    if status != Product.Status.ON_SALE:
        return None
    approvals = merge(Window(*row) for row in _APPROVALS.rows([merchant_id]))
    certified = (
        certificate_window(one.valid_from, one.valid_until, one.approved_at, one.revoked_at)
        for one in certificates
        if one.admits_sale
    )
    return next_window(intersect(approvals, merge(filter(None, certified))), at)


def _reason(status: str, certificates: tuple[CertificateView, ...]) -> str:
    """Return why a product may not be bought, the first cause that a reader can do something with."""
    if status != Product.Status.ON_SALE:
        return "not_on_sale"
    states = {one.state for one in certificates if one.admits_sale}
    if states & {"valid", "expiring"}:
        return "merchant_not_approved"
    if "revoked" in states:
        return "certificate_revoked"
    return "certificate_expired" if "expired" in states else "not_certified"
