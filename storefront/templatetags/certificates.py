"""Template filters about certificates in the office."""

from django import template
from django.utils.translation import gettext_lazy as _

from catalog.actions import certificates
from catalog.certification import Desk, Move
from catalog.models import Certificate, CertificateEvent

register = template.Library()
MOVES = {
    Move.SUBMIT: _("Sent in by the merchant"),
    Move.WITHDRAW: _("Withdrawn by the merchant"),
    Move.RECOMMEND: _("Recommended by the county"),
    Move.REJECT: _("Rejected by the platform"),
    Move.APPROVE: _("Approved by the platform"),
    Move.REVOKE: _("Revoked"),
}
RETURNED = {
    Desk.COUNTY: _("Returned by the county for changes"),
    Desk.PLATFORM: _("Returned by the platform for changes"),
}


@register.filter
def stamp(certificate: Certificate) -> str:
    """Return the mark of what a reviewer has before them."""
    return certificates.stamp(certificate)


@register.filter
def told_event(event: CertificateEvent) -> str:
    """Say what was done with a certificate, and at which desk."""
    return str(RETURNED[Desk(event.desk)] if event.move == Move.RETURN else MOVES[Move(event.move)])


@register.filter
def kilograms(grams: int) -> str:
    """Return a weight in kilograms, without needless zeros: 1,250.5 kg."""
    return f"{grams / 1000:,.3f}".rstrip("0").rstrip(".") + " kg"
