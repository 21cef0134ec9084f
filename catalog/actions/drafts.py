"""What a merchant writes of a certificate before it is sent in, and after it was returned; and its quality papers."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from catalog.actions import changes
from catalog.actions.regions import SHANGHAI
from catalog.certification import Step, normal_number, number_fits
from catalog.models import (
    Certificate,
    CertificateProduct,
    GeographicalIndication,
    MerchantDocument,
    Product,
    QualityPaper,
)

EDITABLE = (Step.DRAFT, Step.RETURNED)
_OWN = ("number", "scheme_id", "region_id", "issuer_zh", "issuer_en", "valid_from", "valid_until", "document_id")


class NotEditable(Exception):
    """It is not this merchant's, or it lies at a desk or is decided."""


@dataclass(frozen=True, slots=True)
class Covers:
    """A product of the merchant, by the name and specification that were certified."""

    product_id: int
    certified_name: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Indication:
    """What a geographical indication says besides (`GeographicalIndication`)."""

    kind: str
    holder: str
    licensed_user: str
    state: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate as it is written down. `valid_until` (UTC) is the first moment at which it no longer holds."""

    number: str
    scheme_id: int
    region_id: int
    issuer_zh: str
    issuer_en: str
    valid_from: datetime
    valid_until: datetime
    covers: tuple[Covers, ...] = ()
    indication: Indication | None = None


def save(
    *,
    merchant_id: int,
    certificate_id: int | None,
    draft: Draft,
    document: MerchantDocument | None,
    actor: str,
    now: datetime,
) -> Certificate:
    """Write a draft down, or what was returned; a document of None keeps the one that is there. Raises NotEditable.

    Products of other merchants are left out, whatever was sent.
    """
    values: dict[str, Any] = {name: getattr(draft, name) for name in _OWN if name != "document_id"}
    values["number"] = normal_number(draft.number)
    if document is not None:
        values["document_id"] = document.pk
    with transaction.atomic(durable=True):
        before: dict[str, Any] = {}
        if certificate_id is None:
            row = Certificate.objects.create(merchant_id=merchant_id, **values)
        else:
            own = Certificate.objects.filter(pk=certificate_id, merchant=merchant_id, step__in=EDITABLE)
            found = own.select_for_update().first()
            if found is None or not own.update(**values):
                raise NotEditable
            before = changes.fields_of(found, _OWN)
            row = Certificate.objects.get(pk=certificate_id)
        _cover(row, draft.covers)
        _indicate(row, draft.indication)
        action = "certificate.drafted" if certificate_id is None else "certificate.changed"
        changes.record(
            merchant_id=merchant_id,
            actor=actor,
            now=now,
            action=action,
            subject=row,
            before=before,
            after=changes.fields_of(row, _OWN),
        )
    return row


def _cover(row: Certificate, covers: Iterable[Covers]) -> None:
    own = set(Product.objects.filter(merchant=row.merchant_id).values_list("pk", flat=True))
    CertificateProduct.objects.filter(certificate=row).delete()
    CertificateProduct.objects.bulk_create(
        CertificateProduct(certificate=row, **asdict(each)) for each in covers if each.product_id in own
    )


def _indicate(row: Certificate, indication: Indication | None) -> None:
    if indication is None:
        GeographicalIndication.objects.filter(certificate=row).delete()
    else:
        GeographicalIndication.objects.update_or_create(certificate=row, defaults=asdict(indication))


def problems(row: Certificate, *, now: datetime) -> dict[str, str]:
    """Return what stands against sending it in, as field → reason; empty when it is whole.

    Reasons: "missing", "pattern" (not the scheme's form), "taken" (approved for somebody else), "over" (it has ended),
    "long" (longer than the scheme allows).
    """
    found = {}
    if not number_fits(row.number, row.scheme.number_pattern):
        found["number"] = "pattern"
    elif Certificate.objects.filter(number=row.number, step=Step.APPROVED).exists():
        found["number"] = "taken"
    if row.valid_until <= now:
        found["valid_until"] = "over"
    elif row.scheme.validity_months and _months(row) > (row.scheme.validity_months, 0):
        found["valid_until"] = "long"
    if not row.coverage.exists():
        found["products"] = "missing"
    if row.document_id is None:
        found["document"] = "missing"
    if row.scheme.is_geographical and not GeographicalIndication.objects.filter(certificate=row).exists():
        found["kind"] = "missing"
    return found


def _months(row: Certificate) -> tuple[int, int]:
    """Return the term of a certificate in whole months and the days beyond, from its first to its last day in China."""
    first = row.valid_from.astimezone(SHANGHAI)
    last = (row.valid_until - timedelta(microseconds=1)).astimezone(SHANGHAI)
    months = (last.year - first.year) * 12 + last.month - first.month
    return (months, last.day - first.day) if last.day >= first.day else (months - 1, last.day)


def record_paper(
    *,
    merchant_id: int,
    product_id: int,
    lot: str,
    producer: str,
    weight_grams: int,
    issued_on: date,
    actor: str,
    now: datetime,
) -> bool:
    """Record the 承诺达标合格证 of a lot of one's own product. Return whether it is new; a lot is recorded once."""
    if not Product.objects.filter(pk=product_id, merchant=merchant_id).exists():
        raise NotEditable
    try:
        with transaction.atomic(durable=True):
            row = QualityPaper.objects.create(
                product_id=product_id,
                lot=lot,
                producer=producer,
                weight_grams=weight_grams,
                issued_on=issued_on,
                recorded_at=now,
                recorded_by=actor,
            )
            changes.record(merchant_id=merchant_id, actor=actor, now=now, action="paper.recorded", subject=row)
    except IntegrityError:
        return False
    return True
