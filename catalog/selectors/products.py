"""One product with everything that its page shows."""

from datetime import datetime

from django.db.models import Q

from catalog.models import Certificate, CertificateProduct, MerchantApproval, Product, ProductTag
from catalog.rules import (
    Window,
    certificate_state,
    certificate_window,
    intersect,
    merge,
    next_window,
)
from catalog.selectors.places import region_view
from catalog.selectors.variants import variant_views
from catalog.selectors.views import (
    CategoryView,
    CertificateView,
    MerchantView,
    ProductDetail,
)


def product_detail(slug: str, *, at: datetime) -> ProductDetail | None:
    """Return a published product as it stands at `at`, or None for a draft or an unknown slug (six queries)."""
    product = (
        Product.objects.select_related("merchant", "category", "region", "card")
        .exclude(status=Product.Status.DRAFT)
        .filter(slug=slug)
        .first()
    )
    if product is None:
        return None
    covers = _covers(product)
    window = _window(product, covers, at)
    sellable = window is not None and window.start <= at
    card = getattr(product, "card", None)
    merchant, category = product.merchant, product.category
    return ProductDetail(
        id=product.pk,
        slug=product.slug,
        kind=product.kind,
        art_seed=product.art_seed,
        line_kind=product.line_kind,
        name_zh=product.name_zh,
        name_en=product.name_en,
        description_zh=product.description_zh,
        description_en=product.description_en,
        storage=product.storage,
        shelf_life_days=product.shelf_life_days,
        status=product.status,
        published_at=product.published_at,
        category=CategoryView(category.slug, category.name_zh, category.name_en, category.position),
        merchant=MerchantView(
            merchant.pk,
            merchant.slug,
            merchant.name_zh,
            merchant.name_en,
            merchant.producer_type,
            merchant.shipping_fee_minor,
        ),
        region=region_view(product.region),
        variants=tuple(view for _, view in variant_views(Q(product=product.pk))),
        certificates=tuple(certificate_view(cover, at) for cover in covers),
        tags=tuple(ProductTag.objects.at(at).filter(product=product).order_by("tag").values_list("tag", flat=True)),
        sold_quantity=card.sold_quantity if card else 0,
        sellable=sellable,
        reason="" if sellable else _reason(product, covers, at),
        sellable_until=window.end if window and sellable else None,
    )


def _covers(product: Product) -> list[CertificateProduct]:
    """Return the product's certificates, those that admit to sale first, the longest valid first."""
    rows = CertificateProduct.objects.filter(product=product).select_related(
        "certificate", "certificate__scheme", "certificate__region"
    )
    return list(rows.order_by("-certificate__scheme__admits_sale", "-certificate__valid_until", "certificate__number"))


def _window(product: Product, covers: list[CertificateProduct], at: datetime) -> Window | None:
    if product.status != Product.Status.ON_SALE:
        return None
    approvals = MerchantApproval.objects.filter(merchant=product.merchant_id).values_list("valid_from", "valid_until")
    admitting = (cover.certificate for cover in covers if cover.certificate.scheme.admits_sale)
    certified = (certificate_window(*_dates(certificate)) for certificate in admitting)
    both = intersect(merge(Window(*row) for row in approvals), merge(filter(None, certified)))
    return next_window(both, at)


def _dates(certificate: Certificate) -> tuple[datetime, datetime, datetime | None, datetime | None]:
    return certificate.valid_from, certificate.valid_until, certificate.approved_at, certificate.revoked_at


def _reason(product: Product, covers: list[CertificateProduct], at: datetime) -> str:
    """Return why a product may not be bought at `at`, the first cause that a reader can do something with."""
    if product.status != Product.Status.ON_SALE:
        return "not_on_sale"
    states = {
        certificate_state(*_dates(cover.certificate), at) for cover in covers if cover.certificate.scheme.admits_sale
    }
    if states & {"valid", "expiring"}:
        return "merchant_not_approved"
    if "revoked" in states:
        return "certificate_revoked"
    return "certificate_expired" if "expired" in states else "not_certified"


def certificate_view(cover: CertificateProduct, at: datetime) -> CertificateView:
    """Return a certificate as it covers a product, with its state at `at`; scheme and region are loaded."""
    certificate = cover.certificate
    scheme, place = certificate.scheme, certificate.region
    return CertificateView(
        certificate.pk,
        certificate.number,
        scheme.slug,
        scheme.name_zh,
        scheme.name_en,
        scheme.admits_sale,
        certificate.issuer_zh,
        certificate.issuer_en,
        cover.certified_name,
        cover.scope,
        certificate.valid_from,
        certificate.valid_until,
        certificate.approved_at,
        certificate.revoked_at,
        place.slug,
        place.name_zh,
        place.name_en,
        place.code,
        certificate_state(*_dates(certificate), at),
    )
