"""Mail before a certificate ends: 30, 7 and 1 days, to each of the merchant's people who look after listings, once.

A row with a unique key is written for each mail; whoever claims it, sends. One whose sender died is claimed anew.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation

from catalog.certification import REMIND_DAYS, Step
from catalog.models import Certificate, CertificateReminder, MerchantApplication
from checkout.models import MerchantStaff, Role, StaffInvitation
from storefront.console import mail

LEASE = timedelta(minutes=10)  # longer than a mail server takes
PER_TURN = 200
_ROLES = (Role.OWNER, Role.LISTINGS)


def send_due(*, now: datetime) -> int:
    """Send what is due and was not sent; return how many mails went out. Late is better than never, but only the most
    urgent one is sent: who hears of the last day need not hear of the last month."""
    for days in REMIND_DAYS:
        _write_down(days, now)
    sent = 0
    for row in _waiting(now):
        if not _claim(row, now):
            continue
        with translation.override(row.language):
            done = mail.tell_ending(row.certificate, row.email)
        if done:
            sent += CertificateReminder.objects.filter(pk=row.pk).update(sent_at=now)
    return sent


def _write_down(days: int, now: datetime) -> None:
    """Write a row for each person of each merchant whose certificate came to its last `days` days."""
    staffed = MerchantStaff.objects.at(now).filter(merchant=OuterRef("merchant"), role__in=_ROLES)
    told = CertificateReminder.objects.filter(certificate=OuterRef("pk"), days__lte=days)
    due = Certificate.objects.filter(Exists(staffed), ~Exists(told), _holds(now)).filter(
        valid_until__lte=now + timedelta(days=days)
    )
    for certificate, merchant in due.order_by("valid_until").values_list("pk", "merchant")[:PER_TURN]:
        with transaction.atomic(durable=True):
            CertificateReminder.objects.bulk_create(
                [
                    CertificateReminder(
                        certificate_id=certificate, days=days, email=email, language=language, next_try_at=now
                    )
                    for email, language in _people(merchant, now)
                ],
                ignore_conflicts=True,
            )


def _holds(now: datetime, prefix: str = "") -> Q:
    """Return the condition that a certificate is approved, not revoked and not over."""
    revoked = Q(**{f"{prefix}revoked_at": None}) | Q(**{f"{prefix}revoked_at__gt": now})
    return revoked & Q(**{f"{prefix}step": Step.APPROVED, f"{prefix}valid_until__gt": now})


def _waiting(now: datetime) -> list[CertificateReminder]:
    rows = CertificateReminder.objects.filter(_holds(now, "certificate__"), sent_at=None, next_try_at__lte=now)
    return list(rows.select_related("certificate__merchant", "certificate__scheme").order_by("pk")[:PER_TURN])


def _claim(row: CertificateReminder, now: datetime) -> bool:
    """Return whether this call is the one that sends; another may try again only once the lease is over."""
    same = CertificateReminder.objects.filter(pk=row.pk, sent_at=None, next_try_at=row.next_try_at)
    return bool(same.update(next_try_at=now + LEASE))


def _people(merchant_id: int, now: datetime) -> list[tuple[str, str]]:
    """Return address and language of owners and of those who look after listings. Nobody's language is known for sure:
    it is that of their invitation, else of the merchant's application."""
    rows = MerchantStaff.objects.at(now).filter(merchant=merchant_id, role__in=_ROLES)
    people = dict(rows.order_by("pk").values_list("user", "user__email"))
    invited = dict(
        StaffInvitation.objects.filter(merchant=merchant_id, accepted_by__in=people)
        .order_by("pk")
        .values_list("accepted_by", "language")
    )
    latest = MerchantApplication.objects.filter(merchant=merchant_id).order_by("-pk").values_list("language").first()
    usual = latest[0] if latest else settings.LANGUAGE_CODE
    return [(email, invited.get(user, usual)) for user, email in people.items()]
