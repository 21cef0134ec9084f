"""Mail of the console: invitations, and what became of an application, each in its reader's language."""

import logging

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation

from catalog.models import Certificate, Merchant, MerchantApplication
from checkout import selectors
from checkout.models import StaffInvitation
from storefront.console.labels import APPLICATION

_SALT = "storefront.console.invitation"
_LOG = logging.getLogger(__name__)


def token_of(invitation: StaffInvitation) -> str:
    """Return the signed token of an invitation's link."""
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_of(token: str) -> int | None:
    """Return the invitation that a token names, or None where nobody of ours has signed it. Its row says until when."""
    try:
        return int(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def send_invitation(invitation: StaffInvitation, merchant: Merchant) -> bool:
    """Send the link of an invitation. Return whether the mail server took it."""
    with translation.override(invitation.language):
        link = reverse("console:invitation", args=[token_of(invitation)])
        context = {"merchant": merchant, "invitation": invitation, "link": f"{settings.PUBLIC_URL}{link}"}
        return _send("invitation", context, [invitation.email])


def tell_decision(application_id: int) -> bool:
    """Write to a merchant's owners what was decided on an application; the row says it. Return whether it was sent."""
    row = MerchantApplication.objects.select_related("merchant").get(pk=application_id)
    with translation.override(row.language):
        reasons = [(label, row.reasons[name]) for name, label in APPLICATION.items() if name in row.reasons]
        context = {"row": row, "merchant": row.merchant, "reasons": reasons, "link": _console(row.merchant)}
        return _send("decision", context, selectors.owners_of(row.merchant_id, at=timezone.now()))


def tell_standing(merchant: Merchant, *, is_open: bool, reason: str) -> bool:
    """Write to a merchant's owners that it was suspended, or may sell again. Return whether it was sent."""
    latest = MerchantApplication.objects.filter(merchant=merchant).order_by("-pk").first()
    with translation.override(latest.language if latest else settings.LANGUAGE_CODE):
        context = {"merchant": merchant, "is_open": is_open, "reason": reason, "link": _console(merchant)}
        return _send("standing", context, selectors.owners_of(merchant.pk, at=timezone.now()))


def tell_ending(certificate: Certificate, email: str) -> bool:
    """Write to one of a merchant's people that a certificate ends soon. Return whether it was sent."""
    link = reverse("console:certificate", args=[certificate.merchant.slug, certificate.pk])
    context = {"row": certificate, "merchant": certificate.merchant, "link": f"{settings.PUBLIC_URL}{link}"}
    return _send("ending", context, [email])


def _console(merchant: Merchant) -> str:
    return f"{settings.PUBLIC_URL}{reverse('console:overview', args=[merchant.slug])}"


def _send(name: str, context: dict, to: list[str]) -> bool:
    """Send one mail to each. A mail server that is down undoes nothing: the console tells the same."""
    subject = get_template(f"console/email/{name}_subject.txt", using=settings.DEFAULT_THEME).render(context)
    text = get_template(f"console/email/{name}_message.txt", using=settings.DEFAULT_THEME).render(context)
    prefix = str(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
    try:
        for address in to:
            send_mail(prefix + " ".join(subject.split()), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address])
    except OSError:  # smtplib's errors are
        _LOG.exception("the mail %r was not sent", name)
        return False
    return bool(to)
