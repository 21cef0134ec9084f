"""Deciding on applications. Each decision is one conditional UPDATE: of two reviewers at once one wins."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from catalog.actions import cards, changes
from catalog.models import BenefitReport, Merchant, MerchantApplication, MerchantApproval, Product

State = MerchantApplication.State


class AlreadyDecided(Exception):
    """The application is not in the state, or not of the revision, that the decision was about."""


def recommend(*, application_id: int, revision: int, office: str, actor: str, now: datetime) -> None:
    """Put down that a county's department (`office`) stands for the applicant (县级部门推荐). Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        row = _move(
            application_id,
            revision,
            [State.SUBMITTED],
            State.RECOMMENDED,
            recommended_at=now,
            recommended_by=actor,
            recommending_office=office,
        )
        _record(row, "application.recommended", State.RECOMMENDED, actor, now, recommending_office=office)


def approve(*, application_id: int, revision: int, note: str, actor: str, now: datetime) -> None:
    """Approve what a county has recommended: the merchant is what it stated, and may sell. Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        row = _move(
            application_id,
            revision,
            [State.RECOMMENDED],
            State.APPROVED,
            decided_at=now,
            decided_by=actor,
            note=note,
            reasons={},
        )
        _record(row, "application.approved", State.APPROVED, actor, now, note=note)
        _take_over(row, actor, now)
        _report(row, now)
        # A suspended merchant that changes its papers stays suspended: only a first approval opens the door.
        if not MerchantApproval.objects.filter(merchant=row.merchant_id).exists():
            MerchantApproval.objects.create(merchant_id=row.merchant_id, valid_from=now)
        own = Product.objects.filter(merchant=row.merchant_id)
        own.update(updated_at=now)  # the sweep of cards goes by this moment: it sees to them if this process dies
    cards.rebuild(product_ids=list(own.values_list("pk", flat=True)), now=now)


def give_back(
    *, application_id: int, revision: int, reasons: Mapping[str, str], note: str, actor: str, now: datetime
) -> None:
    """Return an application to its applicant, with what is wrong field by field. Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        row = _move(
            application_id,
            revision,
            MerchantApplication.IN_REVIEW,
            State.RETURNED,
            decided_at=now,
            decided_by=actor,
            note=note,
            reasons=dict(reasons),
        )
        _record(row, "application.returned", State.RETURNED, actor, now, note=note, reasons=dict(reasons))


def reject(*, application_id: int, revision: int, note: str, actor: str, now: datetime) -> None:
    """Refuse an application for good; what was approved before stays so. Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        row = _move(
            application_id,
            revision,
            MerchantApplication.IN_REVIEW,
            State.REJECTED,
            decided_at=now,
            decided_by=actor,
            note=note,
        )
        _record(row, "application.rejected", State.REJECTED, actor, now, note=note)


def _move(application_id: int, revision: int, states, to: str, **values) -> MerchantApplication:
    """Move the row if it is still what the reviewer saw; return it as it was before. Raises AlreadyDecided."""
    row = MerchantApplication.objects.select_related("merchant").get(pk=application_id)
    moved = MerchantApplication.objects.filter(pk=application_id, revision=revision, state__in=states).update(
        state=to, **values
    )
    if not moved:
        raise AlreadyDecided("Somebody has decided on it meanwhile, or the applicant has changed it; look at it again.")
    return row


def _record(row: MerchantApplication, action: str, to: str, actor: str, now: datetime, **told) -> None:
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.legal_name,
        before={"state": row.state},
        after={"state": to, **{name: value for name, value in told.items() if value}},
    )


_TAKEN_OVER = ("name_zh", "name_en", "region_id", "producer_type", "producer_zh")


def _take_over(row: MerchantApplication, actor: str, now: datetime) -> None:
    """Make the merchant what was approved."""
    merchant = Merchant.objects.select_for_update().get(pk=row.merchant_id)
    before = changes.fields_of(merchant, _TAKEN_OVER)
    merchant.name_zh = row.legal_name
    merchant.name_en = row.name_en or merchant.name_en
    merchant.region_id = row.region_id or merchant.region_id
    merchant.producer_type = row.producer_type
    merchant.producer_zh = row.producer_zh if row.producer_type == Merchant.ProducerType.AGENT else ""
    if merchant.producer_zh != before["producer_zh"]:
        merchant.producer_en = ""  # the English name was another producer's
    merchant.save(update_fields=[*_TAKEN_OVER, "producer_en"])
    after = changes.fields_of(merchant, _TAKEN_OVER)
    if before != after:
        changes.record(
            merchant_id=merchant.pk,
            actor=actor,
            now=now,
            action="merchant.changed",
            subject=merchant,
            before=_named(before),
            after=_named(after),
        )


def _named(values: dict) -> dict:
    """Leave the county out: the application's own record names it."""
    return {name: value for name, value in values.items() if name != "region_id"}


def _report(row: MerchantApplication, now: datetime) -> None:
    """Publish what the merchant stated about the households it works with, unless it stated the same before."""
    if row.benefit_households is None or row.benefit_from is None or row.benefit_until is None:
        return
    stated = {
        "merchant_id": row.merchant_id,
        "mode": row.benefit_mode,
        "households": row.benefit_households,
        "period_from": row.benefit_from,
        "period_until": row.benefit_until + timedelta(days=1),
    }
    if not BenefitReport.objects.filter(**stated).exists():
        BenefitReport.objects.create(
            **stated, reporter_zh=row.legal_name, reporter_en=row.name_en, reported_on=now.date()
        )
