"""A merchant's application on its way: written, submitted, and written again when something changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from catalog import onboarding
from catalog.actions import changes
from catalog.companies import tidy_code
from catalog.models import Merchant, MerchantApplication

State = MerchantApplication.State


class NotEditable(Exception):
    """The application is being reviewed, or decided: it cannot be written now."""


class Incomplete(Exception):
    """The application cannot be submitted yet; `problems` as `onboarding.problems` returns them."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def begin(*, merchant_id: int, values: Mapping[str, Any], language: str, actor: str, now: datetime):
    """Open an application, inside the caller's transaction; return it."""
    row = MerchantApplication.objects.create(
        merchant_id=merchant_id, language=language, created_at=now, **{**values, "state": State.DRAFT}
    )
    changes.record(
        merchant_id=merchant_id, actor=actor, now=now, action="application.begun", subject=row, label=_label(row)
    )
    return row


def begin_again(*, merchant_id: int, language: str, actor: str, now: datetime) -> MerchantApplication:
    """Open a request to change what was approved, or to apply anew: a draft that is filled in with the latest.

    A merchant from before there were applications begins with its name. What is approved stays so meanwhile. Where
    one is open already, that one is returned.
    """
    with transaction.atomic(durable=True):
        merchant = Merchant.objects.select_for_update().get(pk=merchant_id)
        latest = MerchantApplication.objects.filter(merchant=merchant_id).order_by("-pk").first()
        if latest is not None and latest.state in MerchantApplication.OPEN:
            return latest
        values = _stated(latest) if latest else _known(merchant)
        return begin(merchant_id=merchant_id, values=values, language=language, actor=actor, now=now)


def save(*, application_id: int, merchant_id: int, values: Mapping[str, Any], actor: str, now: datetime) -> None:
    """Write what is given of an application, half filled in or not. Raises NotEditable."""
    with transaction.atomic(durable=True):
        row = _editable(application_id, merchant_id)
        before = _told(row)
        for name, value in values.items():
            if name.removesuffix("_id") not in onboarding.FIELDS:
                raise ValueError(f"{name} is not for the applicant to say")
            setattr(row, name, tidy_code(value) if name == "credit_code" else value)
        row.save(update_fields=list(values))
        changes.record(
            merchant_id=merchant_id,
            actor=actor,
            now=now,
            action="application.changed",
            subject=row,
            label=_label(row),
            before=before,
            after=_told(row),
        )


def submit(*, application_id: int, merchant_id: int, language: str, actor: str, now: datetime) -> None:
    """Hand an application in for review, if it is whole. Raises NotEditable and Incomplete."""
    with transaction.atomic(durable=True):
        row = _editable(application_id, merchant_id)
        found = onboarding.problems({name: getattr(row, name) for name in onboarding.FIELDS})
        if found:
            raise Incomplete(found)
        before = row.state
        MerchantApplication.objects.filter(pk=row.pk).update(
            state=State.SUBMITTED,
            revision=F("revision") + 1,
            submitted_at=now,
            submitted_by=actor,
            language=language,
            reasons={},
            note="",
            recommended_at=None,
            recommended_by="",
            recommending_office="",
            decided_at=None,
            decided_by="",
        )
        _record_state(row, "application.submitted", before, State.SUBMITTED, actor=actor, now=now)


def take_back(*, application_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Make an application that nobody has decided on a draft again. Raises NotEditable when somebody has."""
    with transaction.atomic(durable=True):
        row = MerchantApplication.objects.select_for_update().get(pk=application_id, merchant=merchant_id)
        if row.state not in MerchantApplication.IN_REVIEW:
            raise NotEditable
        MerchantApplication.objects.filter(pk=row.pk).update(state=State.DRAFT)
        _record_state(row, "application.taken_back", row.state, State.DRAFT, actor=actor, now=now)


def _editable(application_id: int, merchant_id: int) -> MerchantApplication:
    """Return the row, locked. The merchant is named again, so that an id of another's finds nothing."""
    row = MerchantApplication.objects.select_for_update().filter(pk=application_id, merchant=merchant_id).first()
    if row is None or row.state not in MerchantApplication.EDITABLE:
        raise NotEditable
    return row


def _stated(row: MerchantApplication) -> dict[str, Any]:
    """Return what an application states, by column, without how it went."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name in onboarding.FIELDS}


def _known(merchant: Merchant) -> dict[str, Any]:
    """Return what the shop knows of a merchant, as an application states it."""
    same = ("name_en", "region_id", "producer_type", "producer_zh")
    return {"legal_name": merchant.name_zh, **{name: getattr(merchant, name) for name in same}}


def _label(row: MerchantApplication) -> str:
    return row.legal_name or row.merchant.name_zh


def _told(row: MerchantApplication) -> dict[str, Any]:
    """Return what the row states as the audit trail tells it: counties and documents by name."""
    return {
        name: str(value) if (value := getattr(row, name)) and row._meta.get_field(name).is_relation else value
        for name in onboarding.FIELDS
    }


def _record_state(row, action: str, before: str, after: str, *, actor: str, now: datetime) -> None:
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=_label(row),
        before={"state": before},
        after={"state": after},
    )
