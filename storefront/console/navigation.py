"""The console's navigation. A module adds its pages by one line each; whoever lacks the role does not see the entry."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from checkout.access import Seat
from checkout.models import Role


@dataclass(frozen=True)
class Entry:
    """A link of the navigation: its words, the address's name (which takes the slug), who sees it, its icon."""

    label: Any
    url_name: str
    role: str | None
    icon: str


ENTRIES: list[Entry] = [
    Entry(_("Overview"), "console:overview", None, "home"),
    Entry(_("Listings"), "console:listings", Role.LISTINGS, "grid"),
    Entry(_("Spreadsheets"), "console:sheets", Role.LISTINGS, "grid"),
    Entry(_("Certificates"), "console:certificates", Role.LISTINGS, "seal"),
    Entry(_("Warehouses"), "console:warehouses", Role.FULFILMENT, "truck"),
    Entry(_("Bank account"), "console:bank", Role.FINANCE, "seal"),
    Entry(_("Application"), "console:application", Role.OWNER, "shield"),
    Entry(_("Contact"), "console:contact", Role.OWNER, "pin"),
    Entry(_("Staff"), "console:staff", Role.OWNER, "user"),
    Entry(_("Audit trail"), "console:trail", Role.OWNER, "clock"),
]


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it."""

    label: Any
    address: str
    icon: str
    is_current: bool


def entries(seat: Seat, current: str) -> list[Link]:
    """Return the links that this person may follow; `current` is the url name of the page's own entry."""
    return [
        Link(entry.label, reverse(entry.url_name, args=[seat.merchant.slug]), entry.icon, entry.url_name == current)
        for entry in ENTRIES
        if seat.may(entry.role)
    ]
