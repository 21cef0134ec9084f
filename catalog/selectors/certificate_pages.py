"""A certificate as everybody may look it up by its number: what it covers, what it says now, what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from catalog.certification import Move, Step, normal_number
from catalog.models import (
    Certificate,
    CertificateEvent,
    CertificateProduct,
    GeographicalIndication,
    Product,
    QualityPaper,
)
from catalog.rules import certificate_change, certificate_state
from catalog.selectors.quality import latest_papers

_SHOWN = (Product.Status.ON_SALE, Product.Status.PAUSED, Product.Status.WITHDRAWN)  # those that have a page
# What the log tells to everybody; why something was returned stays between the desk and the merchant.
_TOLD = (Move.SUBMIT, Move.RECOMMEND, Move.RETURN, Move.APPROVE, Move.REVOKE)


@dataclass(frozen=True, slots=True)
class Covered:
    """A product under a certificate. `paper`: its newest 承诺达标合格证, where there is one."""

    product_id: int
    slug: str
    name_zh: str
    name_en: str
    is_published: bool
    certified_name: str
    scope: str
    paper: QualityPaper | None


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the log. `reason` is told of a revocation alone."""

    move: str
    desk: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """All that is public of a certificate. `state` is that of `catalog.rules.certificate_state`, true until `until`."""

    certificate: Certificate
    state: str
    until: datetime | None
    covered: tuple[Covered, ...]
    log: tuple[Told, ...]
    indication: GeographicalIndication | None

    @property
    def is_valid(self) -> bool:
        """Say whether it holds now."""
        return self.state in ("valid", "expiring")


def certificate_page(number: str, *, at: datetime) -> CertificatePage | None:
    """Return the approved certificate of that number, or None: a claim that nobody approved is no certificate.

    Five queries at most. The number is taken as people write it.
    """
    certificate = _approved(number)
    if certificate is None:
        return None
    dates = (certificate.valid_from, certificate.valid_until, certificate.approved_at, certificate.revoked_at)
    return CertificatePage(
        certificate=certificate,
        state=certificate_state(*dates, at),
        until=certificate_change(*dates, at),
        covered=_covered(certificate),
        log=log_of([certificate.pk]).get(certificate.pk, ()),
        indication=getattr(certificate, "geographical_indication", None),
    )


def certificate_exists(number: str) -> bool:
    """Return whether there is an approved certificate of that number."""
    return Certificate.objects.filter(number=normal_number(number), step=Step.APPROVED).exists()


def _approved(number: str) -> Certificate | None:
    related = ("scheme", "merchant", "region", "geographical_indication")
    return Certificate.objects.filter(number=normal_number(number), step=Step.APPROVED).select_related(*related).first()


def _covered(certificate: Certificate) -> tuple[Covered, ...]:
    rows = list(CertificateProduct.objects.filter(certificate=certificate).select_related("product").order_by("pk"))
    papers = latest_papers([row.product_id for row in rows])
    return tuple(
        Covered(
            product_id=row.product_id,
            slug=row.product.slug,
            name_zh=row.product.name_zh,
            name_en=row.product.name_en,
            is_published=row.product.status in _SHOWN,
            certified_name=row.certified_name,
            scope=row.scope,
            paper=papers.get(row.product_id),
        )
        for row in rows
    )


def log_of(certificate_ids: list[int]) -> dict[int, tuple[Told, ...]]:
    """Return the public log of each certificate, the oldest line first (one query)."""
    told: dict[int, list[Told]] = {}
    rows = CertificateEvent.objects.filter(certificate__in=certificate_ids, move__in=_TOLD).order_by("at", "pk")
    for row in rows:
        reason = row.reason if row.move == Move.REVOKE else ""
        told.setdefault(row.certificate_id, []).append(Told(row.move, row.desk, row.at, reason))
    return {key: tuple(lines) for key, lines in told.items()}


def coverage_of(certificate_ids: list[int]) -> dict[int, tuple[tuple[int, str, str], ...]]:
    """Return of each certificate what it covers: product, name as certified, scope (one query)."""
    rows = CertificateProduct.objects.filter(certificate__in=certificate_ids).order_by("pk")
    found: dict[int, list[tuple[int, str, str]]] = {}
    for certificate, product, name, scope in rows.values_list("certificate", "product", "certified_name", "scope"):
        found.setdefault(certificate, []).append((product, name, scope))
    return {key: tuple(each) for key, each in found.items()}
