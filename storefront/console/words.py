"""The audit trail in words. A module adds the words of its actions, fields and values by a line each.

A test walks the code for actions that are recorded and fails on one without words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.actions.changes import SYSTEM
from catalog.models import ChangeRecord
from checkout.models import Role
from storefront.console.forms.warehouses import KINDS, STORAGE

ACTIONS: dict[str, Any] = {
    "staff.joined": _("Joined"),
    "staff.removed": _("Removed from the staff"),
    "staff.roles_changed": _("Roles changed"),
    "staff.invited": _("Invited"),
    "staff.invitation_withdrawn": _("Invitation withdrawn"),
    "warehouse.opened": _("Warehouse opened"),
    "warehouse.closed": _("Warehouse closed"),
}
FIELDS: dict[str, Any] = {
    "roles": _("Roles"),
    "kind": _("Kind"),
    "name_en": _("English name"),
    "address": _("Address"),
    "storage": _("What it can keep"),
}
VALUES: dict[str, dict[Any, Any]] = {
    "roles": dict(Role.choices),
    "kind": KINDS,
    "storage": STORAGE,
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
        or (gettext("The shop itself") if row.actor == SYSTEM else gettext("Programme office")),
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
    if isinstance(stored, bool):
        return gettext("yes") if stored else gettext("no")
    return str(VALUES.get(field, {}).get(stored, stored))
