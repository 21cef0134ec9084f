"""The audit trail in words. A module adds the words of its actions, fields and values by a line each.

A test walks the code for actions that are recorded and fails on one without words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.actions.changes import SYSTEM
from catalog.models import ChangeRecord, ListingRevision, MerchantApplication
from catalog.sheets.columns import SHEETS
from checkout.models import Role
from storefront import figures
from storefront.console.labels import APPLICATION, BENEFIT_MODES, PRODUCER_TYPES
from storefront.console.listing_labels import LISTING, PROCESSING, RETURN_RULES, STATUS
from storefront.console.listing_labels import STORAGE as STORAGE_CLASSES
from storefront.console.warehouse_forms import KINDS, STORAGE
from storefront.provinces import PROVINCES
from storefront.templatetags.shop import plain

ACTIONS: dict[str, Any] = {
    "sheet.row_added": _("Added by a spreadsheet"),
    "sheet.row_changed": _("Changed by a spreadsheet"),
    "application.begun": _("Application begun"),
    "application.changed": _("Application changed"),
    "application.submitted": _("Application handed in"),
    "application.taken_back": _("Application taken back"),
    "application.recommended": _("Application recommended"),
    "application.approved": _("Application approved"),
    "application.returned": _("Application returned"),
    "application.rejected": _("Application rejected"),
    "bank.changed": _("Bank account changed"),
    "certificate.drafted": _("Certificate drafted"),
    "certificate.changed": _("Certificate changed"),
    "certificate.submitted": _("Certificate sent in"),
    "certificate.withdrawn": _("Certificate withdrawn"),
    "certificate.recommended": _("Certificate recommended"),
    "certificate.returned": _("Certificate returned"),
    "certificate.rejected": _("Certificate rejected"),
    "certificate.approved": _("Certificate approved"),
    "certificate.revoked": _("Certificate revoked"),
    "paper.recorded": _("Quality paper recorded"),
    "contact.changed": _("Contact changed"),
    "media.added": _("Picture added"),
    "media.deleted": _("Picture deleted"),
    "media.described": _("Picture described"),
    "media.moved": _("Picture moved"),
    "dates.added": _("Days added"),
    "dates.removed": _("Day taken off"),
    "dates.resized": _("Places of a day changed"),
    "listing.begun": _("Listing begun"),
    "listing.copied": _("Listing copied"),
    "listing.changed": _("Listing changed"),
    "listing.change_written": _("Change of a listing written"),
    "listing.change_dropped": _("Change of a listing dropped"),
    "listing.promise_changed": _("Time to dispatch changed"),
    "listing.submitted": _("Listing handed in"),
    "listing.taken_back": _("Listing taken back"),
    "listing.approved": _("Listing approved"),
    "listing.returned": _("Listing returned"),
    "listing.paused": _("Listing paused"),
    "listing.resumed": _("Listing put back on sale"),
    "listing.withdrawn": _("Listing withdrawn"),
    "listing.discarded": _("Draft thrown away"),
    "size.added": _("Size added"),
    "size.changed": _("Size changed"),
    "size.removed": _("Size removed"),
    "merchant.changed": _("Merchant changed"),
    "merchant.suspended": _("Merchant suspended"),
    "merchant.resumed": _("Merchant admitted again"),
    "staff.joined": _("Joined"),
    "staff.removed": _("Removed from the staff"),
    "staff.roles_changed": _("Roles changed"),
    "staff.invited": _("Invited"),
    "staff.invitation_withdrawn": _("Invitation withdrawn"),
    "terms.provinces": _("Provinces of delivery changed"),
    "terms.quantities": _("Quantities and tier prices changed"),
    "warehouse.opened": _("Warehouse opened"),
    "warehouse.closed": _("Warehouse closed"),
}
FIELDS: dict[str, Any] = {
    **{column.key: column.label for columns in SHEETS.values() for column in columns},
    **LISTING,
    **APPLICATION,
    "alt_en": _("What the picture shows (English)"),
    "alt_zh": _("What the picture shows"),
    "bank": _("Bank and branch"),
    "document_id": _("Document"),
    "email": _("E-mail"),
    "issuer_en": _("Issuer (English)"),
    "issuer_zh": _("Issuer"),
    "region_id": _("County"),
    "scheme_id": _("Scheme"),
    "valid_from": _("From"),
    "valid_until": _("Until"),
    "capacity": _("Places"),
    "day": _("Day"),
    "days": _("Days"),
    "dispatch_hours": _("Sent within (hours)"),
    "first_day": _("First day"),
    "last_day": _("Last day"),
    "holder": _("Account holder"),
    "max_quantity": _("Most in an order"),
    "min_quantity": _("Least in an order"),
    "name": _("Contact person"),
    "name_zh": _("Chinese name"),
    "note": _("Note"),
    "number": _("Number"),
    "phone": _("Phone"),
    "place": _("Place in the row"),
    "position": _("Place in the list"),
    "price_minor": _("Price"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "recommending_office": _("Recommended by"),
    "return_division_code": _("Place for returns"),
    "return_name": _("Recipient of returns"),
    "return_phone": _("Phone for returns"),
    "return_street": _("Street for returns"),
    "review": _("Review"),
    "roles": _("Roles"),
    "sales_provinces": _("Delivered only to"),
    "tiers": _("Tier prices"),
    "sku": _("Number"),
    "state": _("State"),
    "status": _("State"),
    "weight_grams": _("Weight (grams)"),
    "kind": _("Kind"),
    "drawing": _("Drawing"),
    "storage_class": _("Storage class"),
    "name_en": _("English name"),
    "address": _("Address"),
    "storage": _("What it can keep"),
}
VALUES: dict[str, dict[Any, Any]] = {
    **{column.key: dict(column.choices) for columns in SHEETS.values() for column in columns if column.choices},
    "benefit_mode": BENEFIT_MODES,
    "processing": PROCESSING,
    "producer_type": PRODUCER_TYPES,
    "reasons": {**LISTING, **APPLICATION},
    "return_rule": RETURN_RULES,
    "review": dict(ListingRevision.State.choices),
    "roles": dict(Role.choices),
    "state": dict(MerchantApplication.State.choices),
    "status": STATUS,
    "kind": KINDS,
    "storage": STORAGE,
    "storage_class": STORAGE_CLASSES,
}


@dataclass(frozen=True)
class Difference:
    """One field of a change, as it is shown; empty text: there was nothing, or there is nothing now."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change as it is shown."""

    who: str
    at: datetime
    what: str
    subject: str
    differences: tuple[Difference, ...]


def told(row: ChangeRecord, people: dict[str, str]) -> Told:
    """Put a change into the reader's words; `people` are the actors whose addresses this merchant may see."""
    fields = sorted({*row.before, *row.after})
    return Told(
        who=people.get(row.actor)
        or (gettext("The shop itself") if row.actor == SYSTEM else gettext("The programme office")),
        at=row.at,
        what=str(ACTIONS.get(row.action, row.action)),
        subject=row.subject_label,
        differences=tuple(
            Difference(str(FIELDS.get(name, name)), value(name, row.before.get(name)), value(name, row.after.get(name)))
            for name in fields
        ),
    )


def value(field: str, stored: Any) -> str:
    """Put a stored value into the reader's words."""
    if stored in (None, "", [], {}):
        return ""
    if isinstance(stored, list):
        return gettext(", ").join(value(field, each) for each in stored)
    if isinstance(stored, dict):
        words = VALUES.get(field, {})
        return gettext("; ").join(f"{words.get(key, key)}: {each}" for key, each in stored.items())
    return gettext("yes") if stored is True else _of_field(field, stored)


def _of_field(field: str, stored: Any) -> str:
    if stored is False:
        return gettext("no")
    if field == "sales_provinces" and stored in PROVINCES:
        return plain(PROVINCES[stored])
    if field == "price_minor":
        return figures.exact(stored)
    return str(VALUES.get(field, {}).get(stored, stored))
