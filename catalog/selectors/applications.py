"""Reading merchants' applications, documents and contacts; each for one merchant, whom the caller has access to."""

from dataclasses import dataclass
from datetime import datetime

from catalog.models import (
    AidedRegion,
    Certificate,
    MerchantApplication,
    MerchantApproval,
    MerchantContact,
    MerchantDocument,
)

_RELATED = ("region", "production_region", "licence", "food_permit", "benefit_evidence", "merchant")


def latest_application(merchant_id: int) -> MerchantApplication | None:
    """Return the application that counts for a merchant now: the open one, or else the newest (one query)."""
    return MerchantApplication.objects.filter(merchant=merchant_id).select_related(*_RELATED).order_by("-pk").first()


def application_for_review(application_id: int) -> MerchantApplication | None:
    """Return an application with all that it states; the caller has asked for the right of the office (one query)."""
    return MerchantApplication.objects.select_related(*_RELATED).filter(pk=application_id).first()


def document(merchant_id: int, token: str) -> MerchantDocument | None:
    """Return a merchant's document by its token (one query)."""
    return MerchantDocument.objects.filter(merchant=merchant_id, token=token).first()


def contact(merchant_id: int) -> MerchantContact | None:
    """Return whom to call at a merchant, and where returned goods go (one query)."""
    return MerchantContact.objects.filter(pk=merchant_id).first()


@dataclass(frozen=True)
class Standing:
    """How far a merchant has come: whether it may sell now, or could until it was suspended, and what it has."""

    may_sell: bool
    was_approved: bool
    suspended_for: str  # the reason; empty while it may sell
    has_contact: bool
    certificates: int  # approved, not revoked and in date


def standing(merchant_id: int, *, at: datetime) -> Standing:
    """Return a merchant's standing at `at` (three queries)."""
    approvals = list(MerchantApproval.objects.filter(merchant=merchant_id).order_by("valid_from", "pk"))
    may_sell = any(each.valid_from <= at and (each.valid_until is None or at < each.valid_until) for each in approvals)
    valid = Certificate.objects.filter(
        merchant=merchant_id, approved_at__lte=at, revoked_at=None, valid_from__lte=at, valid_until__gt=at
    )
    return Standing(
        may_sell=may_sell,
        was_approved=bool(approvals),
        suspended_for=approvals[-1].reason if approvals and not may_sell else "",
        has_contact=MerchantContact.objects.filter(pk=merchant_id).exists(),
        certificates=valid.count(),
    )


def region_labels(*, english: bool) -> list[tuple[int, str, str]]:
    """Return (id, label, name) of every aided region by code, for a choice by name; each label once (one query)."""
    found: list[tuple[int, str, str]] = []
    seen: set[str] = set()
    for row in AidedRegion.objects.order_by("code", "slug"):
        label = region_label(row, english=english)
        if label in seen:  # two units of the list that are one county today
            label = f"{label} {row.name_in_list}"
        seen.add(label)
        found.append((row.pk, label, row.name_en if english else row.name_zh))
    return found


def region_label(row: AidedRegion, *, english: bool) -> str:
    """Return a region with what it lies in: 延长县（陕西省延安市）, or Yanchang County, Yan'an City, Shaanxi."""
    if english:
        return ", ".join(dict.fromkeys((row.name_en, row.prefecture_en, row.province_en)))
    return f"{row.name_zh}（{''.join(dict.fromkeys((row.province_zh, row.prefecture_zh)))}）"
