"""Certificates in force."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from catalog.models import CertificateProduct


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
