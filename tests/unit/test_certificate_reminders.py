"""Mail before a certificate ends: 30, 7 and 1 days, to the right people in their language, once each."""

from datetime import timedelta

import pytest
from django.core import mail

from catalog.actions import certificates
from catalog.models import Certificate, CertificateReminder, MerchantApplication
from checkout.models import Role, StaffInvitation
from storefront import reminders
from tests.factories import DAY, NOW, product
from tests.merchants import employ, person

pytestmark = pytest.mark.django_db
END = NOW + 60 * DAY


@pytest.fixture
def shop():
    """A merchant with an owner, a lister who was invited in English, and a packer; its certificate ends in 60 days."""
    row = product()
    Certificate.objects.update(valid_until=END, number="BM-1")
    seller = row.merchant
    MerchantApplication.objects.create(merchant=seller, created_at=NOW, language="zh-hans")
    owner = employ(person("owner@example.com"), seller)
    lister = employ(person("lister@example.com"), seller, Role.LISTINGS, Role.FULFILMENT)
    employ(person("packer@example.com"), seller, Role.FULFILMENT)
    StaffInvitation.objects.create(
        merchant=seller,
        email=lister.email,
        roles=[],
        language="en",
        invited_by=owner,
        accepted_by=lister,
        created_at=NOW,
        expires_at=NOW,
    )
    return seller


def sent_on(days: float) -> list[str]:
    """Let the worker come by at so many days before the end; return who was written to."""
    mail.outbox.clear()
    reminders.send_due(now=END - timedelta(days=days))
    return sorted(message.to[0] for message in mail.outbox)


BOTH = ["lister@example.com", "owner@example.com"]


def test_each_hears_three_times_and_once_each(shop):
    heard = [len(sent_on(days)) for days in (40, 30.01, 30, 29, 29, 7, 6.5, 1, 0.5, 0, -1)]
    assert heard == [0, 0, 2, 0, 0, 2, 0, 2, 0, 0, 0]


def test_each_hears_in_their_language_and_how_to_go_on(shop):
    assert sent_on(7) == BOTH
    english, chinese = sorted(mail.outbox, key=lambda message: message.to)
    assert "Certificate BM-1 ends on" in english.subject and "leave the shop by themselves" in english.body
    assert "BM-1" in chinese.subject and "Certificate" not in chinese.subject + chinese.body
    assert f"/console/{shop.slug}/certificates/" in english.body and "/en/console/" in english.body


def test_after_a_long_silence_only_the_most_urgent_is_sent(shop):
    assert sent_on(0.9) == BOTH and sent_on(0.8) == []
    assert set(CertificateReminder.objects.values_list("days", flat=True)) == {1}


def test_what_was_revoked_is_not_reminded_of(shop):
    certificates.revoke(certificate_id=Certificate.objects.get().pk, now=NOW)
    assert sent_on(7) == []


def test_a_sender_that_died_is_taken_over_and_one_at_work_is_not(shop, monkeypatch):
    monkeypatch.setattr(reminders.mail, "tell_ending", lambda row, email: False)
    assert sent_on(7) == []
    monkeypatch.undo()
    assert sent_on(7 - 1 / 1440) == []  # a minute later the other may still be at it
    assert sent_on(7 - 11 / 1440) == BOTH


def test_two_workers_at_once_send_one_mail(shop, monkeypatch):
    """The second comes while the first is sending; the control shows that the claim is what holds it back."""
    first, now = reminders.mail.tell_ending, END - 7 * DAY

    def interrupted(row, email):
        monkeypatch.setattr(reminders.mail, "tell_ending", first)
        reminders.send_due(now=now)
        return first(row, email)

    monkeypatch.setattr(reminders.mail, "tell_ending", interrupted)
    mail.outbox.clear()
    reminders.send_due(now=now)
    assert sorted(message.to[0] for message in mail.outbox) == BOTH


def test_control_without_the_claim_a_mail_goes_out_twice(shop, monkeypatch):
    first, now = reminders.mail.tell_ending, END - 7 * DAY

    def interrupted(row, email):
        monkeypatch.setattr(reminders.mail, "tell_ending", first)
        reminders.send_due(now=now)
        return first(row, email)

    monkeypatch.setattr(reminders, "_claim", lambda row, now: True)
    monkeypatch.setattr(reminders.mail, "tell_ending", interrupted)
    mail.outbox.clear()
    reminders.send_due(now=now)
    assert len(mail.outbox) > 2
