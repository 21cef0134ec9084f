"""A merchant's listings and the office's queue of them: what stands where, and what a listing lacks to be sold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from catalog.models import ChangeRecord, ListingRevision, MerchantApproval, Product, ProductVariant
from catalog.selectors.certificates import certificates_of

Status = Product.Status
State = ListingRevision.State
TABS = (Status.DRAFT, Status.IN_REVIEW, Status.ON_SALE, Status.PAUSED, Status.WITHDRAWN)
_OPEN = ListingRevision.objects.filter(state__in=ListingRevision.OPEN)


def obstacles(product_id: int, *, merchant_id: int, at: datetime) -> tuple[str, ...]:
    """Return what keeps a listing from being sold at `at` (rule 9); empty: nothing (two queries).

    "merchant": its merchant is not approved. "certificate": none that admits to sale; "certificate_pending",
    "certificate_expired", "certificate_revoked": there is one, but it does not hold.
    """
    found = []
    if not MerchantApproval.objects.at(at).filter(merchant=merchant_id).exists():
        found.append("merchant")
    states = {one.state for one in certificates_of([product_id], at=at).get(product_id, ()) if one.admits_sale}
    if not states & {"valid", "expiring"}:
        kinds = ("pending", "expired", "revoked")
        found.append(next((f"certificate_{kind}" for kind in kinds if kind in states), "certificate"))
    return tuple(found)


def paused_by(row: Product) -> str:
    """Return who paused a listing last, as the audit trail names them; empty where it does not tell (one query)."""
    about = {"subject_type": "product", "subject_id": str(row.pk), "action": "listing.paused"}
    return ChangeRecord.objects.filter(merchant=row.merchant_id, **about).values_list("actor", flat=True).first() or ""


def counts(merchant_id: int) -> dict[str, int]:
    """Return how many listings a merchant has in each state (one query)."""
    rows = Product.objects.filter(merchant=merchant_id).order_by().values_list("status").annotate(Count("pk"))
    return {str(status): 0 for status in TABS} | dict(rows)


def listings_of(merchant_id: int, *, status: str = "", words: str = "") -> QuerySet[Product]:
    """Return a merchant's listings, the newest first, always in the same order: no edit moves a row.

    Each with its sizes, their units, and what is asked about it (`asked`: a list of none or one).
    """
    found = Product.objects.filter(merchant=merchant_id).order_by("-pk")
    if status:
        found = found.filter(status=status)
    for word in words.split():
        sizes = ProductVariant.objects.filter(sku__icontains=word, product__merchant=merchant_id).values("product")
        found = found.filter(Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(pk__in=sizes))
    return found.select_related("region").prefetch_related(Prefetch("variants", _sized()), _asked())


def listing_of(merchant_id: int, product_id: int) -> Product | None:
    """Return one listing of a merchant's, with its sizes and what is asked about it (three queries)."""
    found = Product.objects.filter(pk=product_id, merchant=merchant_id).select_related("merchant")
    return found.prefetch_related(Prefetch("variants", _sized()), _asked()).first()


def _sized() -> QuerySet[ProductVariant]:
    units = Sum(F("stocks__on_hand") - F("stocks__allocated"))
    return ProductVariant.objects.order_by("position", "id").annotate(units=units)


def _asked() -> Prefetch:
    return Prefetch("revisions", _OPEN, to_attr="asked")


@dataclass(frozen=True)
class Filters:
    """What of the queue is shown: a state, a category (slug), a province (code), and a least age in days."""

    state: str = State.SUBMITTED
    category: str = ""
    province: str = ""
    days: int = 0


def waiting(filters: Filters, *, at: datetime) -> QuerySet[ListingRevision]:
    """Return the queue as it is filtered, oldest first, always in the same order."""
    found = ListingRevision.objects.filter(state=filters.state)
    if filters.category:
        found = found.filter(product__category__slug=filters.category)
    if filters.province:
        found = found.filter(product__region__province_code=filters.province)
    if filters.days:
        found = found.filter(submitted_at__lte=at - timedelta(days=filters.days))
    return found.select_related("product__merchant", "product__region", "product__category").order_by(
        "submitted_at", "pk"
    )


def case(revision_id: int) -> ListingRevision | None:
    """Return what is asked with its product (two queries); what was never handed in is its writer's business."""
    found = ListingRevision.objects.filter(pk=revision_id, revision__gt=0)
    related = ("product__merchant", "product__region", "product__category")
    return found.select_related(*related).prefetch_related(Prefetch("product__variants", _sized())).first()


def revisions(ids: Iterable[int]) -> dict[int, ListingRevision]:
    """Return what is asked by id, with products (one query)."""
    return ListingRevision.objects.select_related("product").in_bulk(list(ids))
