"""What the console's pages show of an application: its statement field by field, and the checklist of setting up."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import AidedRegion, MerchantApplication, MerchantDocument
from catalog.onboarding import FIELDS, problems
from catalog.selectors.applications import region_label
from checkout.access import Seat
from storefront import figures
from storefront.console.labels import APPLICATION, BENEFIT_MODES, PRODUCER_TYPES
from storefront.console.navigation import ENTRIES


@dataclass(frozen=True)
class Stated:
    """A field of an application, as it is shown; a scan has a `document`."""

    name: str
    label: str
    text: str
    document: MerchantDocument | None
    reason: str  # why it was returned; empty where it was not


def statement(row: MerchantApplication | None) -> list[Stated]:
    """Return what an application states, in the order of its form, without what it leaves out."""
    found = [_stated(row, name) for name in APPLICATION] if row else []
    return [stated for stated in found if stated.text or stated.document or stated.reason]


def _stated(row: MerchantApplication, name: str) -> Stated:
    value = getattr(row, name)
    reason = row.reasons.get(name, "") if row.state == row.State.RETURNED else ""
    document = value if isinstance(value, MerchantDocument) else None
    return Stated(name, str(APPLICATION[name]), "" if document else _text(name, value), document, reason)


_CHOICES = {"producer_type": PRODUCER_TYPES, "benefit_mode": BENEFIT_MODES}


def _text(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name in _CHOICES:
        return str(_CHOICES[name][value])
    if isinstance(value, AidedRegion):
        return region_label(value, english=get_language() == "en")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return figures.day(datetime.combine(value, time(12), figures.BEIJING), get_language() or "")
    return f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Step:
    """A line of the checklist: `state` is "done", "todo", "waiting" or "refused"; `url_name` is where it is done."""

    label: Any
    state: str
    words: Any
    url_name: str = ""
    address: str = ""  # filled in by `linked`


_STATEMENT = ("legal_name", "credit_code", "region", "production_region", "producer_type", "producer_zh")
_BENEFIT = ("benefit_mode", "benefit_households", "benefit_from", "benefit_until", "benefit_evidence")
_WORDS = {
    "done": _("Done"),
    "todo": _("To do"),
    "waiting": _("Waits"),
    "refused": _("Look at it again"),
}


def checklist(row: MerchantApplication | None, *, has_contact: bool, has_bank: bool, certificates: int) -> list[Step]:
    """Return the steps to the first sale, each with its state and, where it was refused, the reason."""
    missing = problems({name: getattr(row, name) for name in FIELDS}) if row else dict.fromkeys(FIELDS, "missing")
    returned = row.reasons if row and row.state == row.State.RETURNED else {}
    steps = [
        _of_form(_("Company details"), _STATEMENT, missing, returned),
        _of_form(_("Business licence"), ("licence",), missing, returned),
    ]
    if row is None or row.sells_food:
        steps.append(_of_form(_("Food permit"), ("food_permit",), missing, returned))
    steps.append(_of_form(_("Benefit for farming households"), _BENEFIT, missing, returned))
    steps.append(_simple(_("Contact and return address"), has_contact, "console:contact"))
    steps.append(_simple(_("Bank account"), has_bank, "console:bank"))
    return [*steps, *_decisions(row), _simple(_("Certificates"), certificates > 0, "")]


def linked(steps: list[Step], seat: Seat) -> list[Step]:
    """Return the steps with the addresses that this person may open."""
    roles = {entry.url_name: entry.role for entry in ENTRIES}
    return [
        replace(step, address=reverse(step.url_name, args=[seat.merchant.slug]))
        if step.url_name and seat.may(roles[step.url_name])
        else step
        for step in steps
    ]


def _of_form(label, fields: tuple[str, ...], missing: dict[str, str], returned: dict[str, str]) -> Step:
    refused = [returned[name] for name in fields if name in returned]
    if refused:
        return Step(label, "refused", gettext("; ").join(refused), "console:application")
    return _simple(label, not any(name in missing for name in fields), "console:application")


def _simple(label, is_done: bool, url_name: str) -> Step:
    state = "done" if is_done else "todo"
    return Step(label, state, _WORDS[state], url_name)


def _decisions(row: MerchantApplication | None) -> list[Step]:
    """Return the two decisions of others: the county's, then the programme office's."""
    county, office = _("County recommendation"), _("Approval by the programme office")
    state = row.state if row else MerchantApplication.State.DRAFT
    waits = MerchantApplication.State
    later = _("After you hand in the application")
    if state in (waits.RETURNED, waits.REJECTED) and row:
        words = row.note or _("It was returned; see the reasons above.")
        return [Step(county, "todo", later), Step(office, "refused", words, "console:application")]
    if state == waits.SUBMITTED:
        return [
            Step(county, "waiting", _("The county’s department looks at it")),
            Step(office, "todo", _("After that")),
        ]
    if row and state in (waits.RECOMMENDED, waits.APPROVED):
        by = gettext("Recommended by %(office)s") % {"office": row.recommending_office}
        done = Step(office, "done", _WORDS["done"])
        waiting = Step(office, "waiting", _("The programme office looks at it"))
        return [Step(county, "done", by), done if state == waits.APPROVED else waiting]
    return [Step(county, "todo", later), Step(office, "todo", later)]
