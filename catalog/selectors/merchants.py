"""The merchant of a product, with the newest report on what it does for farming households."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from catalog.models import BenefitReport, Product
from catalog.selectors.views import BenefitView, MerchantView

_MERCHANT = tuple(f"merchant__{name}" for name in MerchantView.__dataclass_fields__ if name != "benefit")
_BENEFIT = tuple(f"merchant__benefit_reports__{name}" for name in BenefitView.__dataclass_fields__)
MERCHANT_COLUMNS = (*_MERCHANT, *_BENEFIT)  # of a query `with_newest_report`


def with_newest_report(products: QuerySet[Product]) -> QuerySet[Product]:
    """Return the products, each once: joined to its merchant's newest report, or to none."""
    newest = (
        BenefitReport.objects.filter(merchant=OuterRef("merchant")).order_by("-reported_on", "-pk").values("pk")[:1]
    )
    return products.filter(Q(merchant__benefit_reports=None) | Q(merchant__benefit_reports=Subquery(newest)))


def merchant_view(row: Sequence[Any]) -> MerchantView:
    """Return a merchant from `MERCHANT_COLUMNS`."""
    own, reported = row[: len(_MERCHANT)], row[len(_MERCHANT) :]
    benefit = None if reported[0] is None else BenefitView(*reported)
    return MerchantView(*(*own, benefit))
