"""Deciding about certificates. Each move is one conditional UPDATE: of two who decide at once, one does it.

The condition names columns of the certificate's own row only: PostgreSQL looks at that row again after waiting for the
other's commit, but not at what a subquery had read before.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from catalog import certification
from catalog.actions import cards, changes
from catalog.certification import RULES, WITHDRAWABLE, Desk, Move, Step
from catalog.models import Certificate, CertificateEvent, CertificateProduct, Product

CHANGED = "changed"
OWN_CASE = "own_case"
NO_REASON = "no_reason"
NUMBER_TAKEN = "number_taken"


class Refused(Exception):
    """A move was not made, and nothing changed.

    `code`: "changed" (somebody else was first, or it was sent in anew), "own_case" (submitted or recommended by the
    same person), "no_reason" (one is needed), "number_taken" (another certificate of this number is approved).
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def stamp(certificate: Certificate) -> str:
    """Return a mark of what somebody who decides has before them; it differs once the certificate moved or was sent
    in anew."""
    sent = certificate.submitted_at.isoformat() if certificate.submitted_at else ""
    return f"{certificate.step} {sent}"


def decide(
    *,
    certificate_id: int,
    move: Move,
    desk: Desk,
    actor: str,
    seen: str,
    now: datetime,
    reason: str = "",
    field: str = "",
) -> Certificate:
    """Recommend, return, reject or approve what lies at the county's or the platform's desk. Raises Refused.

    `desk` is the one that `actor` ("user 3") may sit at, `seen` the `stamp` of what was looked at, `field` what the
    reason is about. Whoever sent it in or recommended it decides no further step.
    """
    found = Certificate.objects.select_related("scheme").filter(pk=certificate_id).first()
    rule = RULES.get(move)
    if found is None or rule is None or desk not in rule.desks or stamp(found) != seen or _desk(found) != desk:
        raise Refused(CHANGED)
    if actor in (found.submitted_by, found.recommended_by):
        raise Refused(OWN_CASE)
    if rule.needs_reason and not reason.strip():
        raise Refused(NO_REASON)
    same = (
        Certificate.objects.filter(pk=found.pk, step=found.step, submitted_at=found.submitted_at)
        .exclude(submitted_by=actor)
        .exclude(recommended_by=actor)
    )
    extra: dict[Move, dict[str, Any]] = {
        Move.RECOMMEND: {"recommended_by": actor},
        Move.APPROVE: {"approved_at": now},
        Move.RETURN: {"reasons": {field: reason.strip()}},
        Move.REJECT: {"reasons": {field: reason.strip()}},
    }
    try:
        with transaction.atomic(durable=True):
            if not same.update(step=rule.after, **extra.get(move, {})):
                raise Refused(CHANGED)
            _note(found.pk, move=move, desk=desk, actor=actor, now=now, reason=reason)
            if move == Move.APPROVE:
                cards.touch(product_ids=_covered(found.pk))
    except IntegrityError as error:
        raise Refused(NUMBER_TAKEN) from error
    if move == Move.APPROVE:
        cards.rebuild(product_ids=_covered(found.pk), now=now)
    found.refresh_from_db()
    return found


def submit(*, certificate_id: int, actor: str, now: datetime) -> bool:
    """Send a draft, or what was returned, to the desk that comes first. Return whether this call did it.

    Whether it is complete is asked before (`catalog.actions.drafts.problems`).
    """
    with transaction.atomic(durable=True):
        done = Certificate.objects.filter(pk=certificate_id, step__in=[Step.DRAFT, Step.RETURNED]).update(
            step=Step.SUBMITTED, submitted_at=now, submitted_by=actor, recommended_by="", reasons={}
        )
        if done:
            _note(certificate_id, move=Move.SUBMIT, desk=Desk.MERCHANT, actor=actor, now=now)
    return bool(done)


def withdraw(*, certificate_id: int, actor: str, now: datetime) -> bool:
    """Take back what is not decided yet. Return whether this call did it."""
    with transaction.atomic(durable=True):
        done = Certificate.objects.filter(pk=certificate_id, step__in=WITHDRAWABLE).update(
            step=Step.DRAFT, recommended_by=""
        )
        if done:
            _note(certificate_id, move=Move.WITHDRAW, desk=Desk.MERCHANT, actor=actor, now=now)
    return bool(done)


def revoke(
    *, certificate_id: int, now: datetime, at: datetime | None = None, actor: str = "system", reason: str = ""
) -> bool:
    """End a certificate at `at` (now, when None or past); what it alone admitted leaves the shop then, by itself.

    A moment that was set before can be moved forward, never back. Return whether this call did it. What was sold
    before stays sold.
    """
    moment = max(at or now, now)
    earlier = Q(revoked_at=None) | Q(revoked_at__gt=moment)
    with transaction.atomic(durable=True):
        done = Certificate.objects.filter(earlier, pk=certificate_id, step=Step.APPROVED).update(revoked_at=moment)
        if done:
            _note(certificate_id, move=Move.REVOKE, desk=Desk.PLATFORM, actor=actor, now=now, reason=reason)
            cards.touch(product_ids=_covered(certificate_id))
            if moment == now:
                cards.close(Product.objects.filter(coverage__certificate=certificate_id))
    if done:
        cards.rebuild(product_ids=_covered(certificate_id), now=now)
    return bool(done)


def _desk(certificate: Certificate) -> Desk | None:
    return certification.desk(certificate.step, needs_county=certificate.scheme.needs_county)


def _covered(certificate_id: int) -> list[int]:
    return list(CertificateProduct.objects.filter(certificate=certificate_id).values_list("product", flat=True))


_TRAIL = {
    Move.SUBMIT: "certificate.submitted",
    Move.WITHDRAW: "certificate.withdrawn",
    Move.RECOMMEND: "certificate.recommended",
    Move.RETURN: "certificate.returned",
    Move.REJECT: "certificate.rejected",
    Move.APPROVE: "certificate.approved",
    Move.REVOKE: "certificate.revoked",
}


def _note(certificate_id: int, *, move: Move, desk: Desk, actor: str, now: datetime, reason: str = "") -> None:
    """Write a move into the certificate's own log, and into its merchant's audit trail."""
    CertificateEvent.objects.create(
        certificate_id=certificate_id, move=move, desk=desk, actor=actor, at=now, reason=reason.strip()[:400]
    )
    row = Certificate.objects.get(pk=certificate_id)
    told = {"reason": reason.strip()} if reason.strip() else {}
    changes.record(merchant_id=row.merchant_id, actor=actor, now=now, action=_TRAIL[move], subject=row, after=told)
