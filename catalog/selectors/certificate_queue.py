"""What waits for a decision: the reviewers' queue, the longest waiting first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from catalog.certification import Desk, Step
from catalog.models import (
    AidedRegion,
    Certificate,
    CertificateEvent,
    CertificateProduct,
    CertificateScheme,
)
from catalog.selectors.quality import latest_papers, needs_quality_paper

PAGE = 50
COUNTED = 1000  # beyond, "more than"
AGES = (3, 7, 14)  # days
# What can be looked at: the two desks, and what was decided.
STATES: dict[str, Q] = {
    Desk.COUNTY: Q(step=Step.SUBMITTED, scheme__needs_county=True),
    Desk.PLATFORM: Q(step=Step.RECOMMENDED) | Q(step=Step.SUBMITTED, scheme__needs_county=False),
    Step.RETURNED: Q(step=Step.RETURNED),
    Step.REJECTED: Q(step=Step.REJECTED),
    Step.APPROVED: Q(step=Step.APPROVED),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reviewer looks at. Empty texts and 0 filter nothing."""

    state: str = Desk.PLATFORM.value
    scheme: str = ""
    county: str = ""
    days: int = 0  # sent in at least so many days ago


@dataclass(frozen=True, slots=True)
class Covered:
    """A product of a case, and what its quality paper is to the rule: "", "missing", or the day of the newest one."""

    row: CertificateProduct
    paper: str


@dataclass(frozen=True, slots=True)
class Case:
    """A certificate with all that a reviewer needs to decide."""

    certificate: Certificate
    covered: tuple[Covered, ...]
    log: tuple[CertificateEvent, ...]


def waiting(filters: Filters, *, at: datetime) -> list[Certificate]:
    """Return the first page of cases (one query), newest first where they are decided."""
    order = ("submitted_at", "pk") if filters.state in (Desk.COUNTY, Desk.PLATFORM) else ("-submitted_at", "-pk")
    return list(_matching(filters, at).select_related("scheme", "merchant", "region").order_by(*order)[:PAGE])


def count(filters: Filters, *, at: datetime) -> int:
    """Return how many match, at most COUNTED (one query)."""
    return _matching(filters, at)[:COUNTED].count()


def choices(filters: Filters, *, at: datetime) -> tuple[list[CertificateScheme], list[AidedRegion]]:
    """Return the schemes, and the counties that have a case in this state (two queries)."""
    counties = _matching(replace(filters, county=""), at).values("region")
    regions = AidedRegion.objects.filter(pk__in=counties).order_by("province_code", "code")
    return list(CertificateScheme.objects.all()), list(regions[: PAGE * 20])


def case(certificate_id: int) -> Case | None:
    """Return one case, or None (five queries)."""
    related = ("scheme", "merchant", "region", "geographical_indication", "document")
    found = Certificate.objects.filter(pk=certificate_id).select_related(*related).first()
    if found is None:
        return None
    rows = found.coverage.select_related("product__category").order_by("pk")
    return Case(found, _papers(list(rows)), tuple(found.events.all()))


def _papers(rows: Iterable[CertificateProduct]) -> tuple[Covered, ...]:
    rows = list(rows)
    newest = latest_papers(row.product_id for row in rows)
    told = []
    for row in rows:
        needed = needs_quality_paper(row.product.category.slug, row.product.processing)
        paper = newest.get(row.product_id)
        told.append(Covered(row, paper.issued_on.isoformat() if paper else "missing" if needed else ""))
    return tuple(told)


def _matching(filters: Filters, at: datetime) -> QuerySet[Certificate]:
    found = Certificate.objects.filter(STATES[filters.state])
    if filters.scheme:
        found = found.filter(scheme__slug=filters.scheme)
    if filters.county:
        found = found.filter(region__slug=filters.county)
    if filters.days:
        found = found.filter(submitted_at__lte=at - timedelta(days=filters.days))
    return found
