"""What happened to the demo's certificates before the demo began: sent in, recommended, approved, some revoked."""

from collections.abc import Iterable
from datetime import timedelta

from catalog.certification import Desk, Move, Step
from catalog.models import Certificate, CertificateEvent, CertificateScheme, GeographicalIndication
from storefront.demo.certificates import GI, RECOMMENDED

BATCH = 2000
SPOKE = timedelta(days=1)  # after it was sent in
HOLDER, USER = "演示登记持有人（非真实）", "演示用标人（非真实）"


def write(certificates: Iterable[Certificate]) -> None:
    """Write the log of certificates that were just made, and what a geographical indication says besides."""
    slugs = dict(CertificateScheme.objects.values_list("pk", "slug"))
    rows = list(certificates)
    events = [event for row in rows for event in _events(row, slugs[row.scheme_id])]
    CertificateEvent.objects.bulk_create(events, batch_size=BATCH)
    GeographicalIndication.objects.bulk_create(
        [
            GeographicalIndication(certificate=row, kind="pgi", holder=HOLDER, licensed_user=USER)
            for row in rows
            if slugs[row.scheme_id] == GI
        ],
        batch_size=BATCH,
    )


def _events(row: Certificate, slug: str) -> list[CertificateEvent]:
    def event(move: Move, desk: Desk, at) -> CertificateEvent:
        return CertificateEvent(certificate=row, move=move, desk=desk, at=at, actor="demo")

    assert row.submitted_at is not None  # noqa: S101  # the plan says when each was sent in
    told = [event(Move.SUBMIT, Desk.MERCHANT, row.submitted_at)]
    if row.step == Step.RECOMMENDED or (row.approved_at and slug in RECOMMENDED):
        told.append(event(Move.RECOMMEND, Desk.COUNTY, row.submitted_at + SPOKE))
    if row.approved_at is not None:
        told.append(event(Move.APPROVE, Desk.PLATFORM, row.approved_at))
    if row.revoked_at is not None:
        told.append(event(Move.REVOKE, Desk.PLATFORM, row.revoked_at))
    return told
