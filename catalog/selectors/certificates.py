"""The certificates of products, with what each says at a moment. What is not approved is a claim, and not told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from catalog.certification import Step
from catalog.models import CertificateProduct, Product
from catalog.prepared import Prepared
from catalog.rules import certificate_state
from catalog.selectors.views import CertificateView

# In the order of CertificateView's fields, after the product.
_COLUMNS = (
    "product_id",
    "certificate__pk",
    "certificate__number",
    "certificate__scheme__slug",
    "certificate__scheme__name_zh",
    "certificate__scheme__name_en",
    "certificate__scheme__admits_sale",
    "certificate__issuer_zh",
    "certificate__issuer_en",
    "certified_name",
    "scope",
    "certificate__valid_from",
    "certificate__valid_until",
    "certificate__approved_at",
    "certificate__revoked_at",
    "certificate__region__slug",
    "certificate__region__name_zh",
    "certificate__region__name_en",
    "certificate__region__code",
)
_DATES = slice(11, 15)
_COVERS = Prepared(
    lambda ids: (
        CertificateProduct.objects.filter(product_id__in=ids, certificate__step=Step.APPROVED.value)
        .order_by("-certificate__scheme__admits_sale", "-certificate__valid_until", "certificate__number")
        .values_list(*_COLUMNS)
    )
)


def certificates_of(product_ids: Sequence[int], *, at: datetime) -> dict[int, tuple[CertificateView, ...]]:
    """Return each product's certificates: those that admit to sale first, the longest valid first (one query)."""
    grouped: dict[int, list[CertificateView]] = defaultdict(list)
    for row in _COVERS.rows(list(product_ids)):
        grouped[row[0]].append(CertificateView(*(*row[1:], certificate_state(*(*row[_DATES], at)))))
    return {key: tuple(views) for key, views in grouped.items()}


def admitting(product_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """Return product → the certificate under which it may be sold at `at`: of several, the one that lasts longest."""
    covered = CertificateProduct.objects.filter(
        Q(certificate__revoked_at=None) | Q(certificate__revoked_at__gt=at),
        product__in=list(product_ids),
        certificate__scheme__admits_sale=True,
        certificate__approved_at__lte=at,
        certificate__valid_from__lte=at,
        certificate__valid_until__gt=at,
    )
    return dict(covered.order_by("certificate__valid_until", "certificate_id").values_list("product", "certificate"))


def unadmitted(product_ids: Iterable[int], *, at: datetime) -> frozenset[int]:
    """Return those of the products that rule 9 does not admit at `at`: no certificate, or no approved merchant.

    Whether their merchant offers them any more is another question: an order that was placed goes on.
    """
    ids = set(product_ids)
    return frozenset(ids.difference(Product.objects.filter(pk__in=ids).admitted(at=at).values_list("pk", flat=True)))
