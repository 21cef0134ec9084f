"""The staff of a merchant: inviting, joining once, roles, leaving, the last owner; all of it in the audit trail."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from catalog.models import ChangeRecord
from checkout.actions import staff as actions
from checkout.models import MerchantStaff, Role, StaffInvitation
from storefront.console import words
from tests.factories import DAY, NOW, merchant
from tests.merchants import employ, member, person, signed_in

pytestmark = pytest.mark.django_db
CJK, LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: `clock[0]`."""
    now = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])
    return now


@pytest.fixture
def shop(clock):
    return merchant()


def roles_of(user, shop) -> set[str]:
    return set(MerchantStaff.objects.filter(user=user, merchant=shop, until=None).values_list("role", flat=True))


def invited(client, shop, mailoutbox, email: str, *roles: str, prefix: str = "") -> str:
    """Invite somebody on the page; return the path of the link that they got."""
    data = {"email": email, "roles": list(roles or ["listings"])}
    answer = client.post(f"{prefix}/console/{shop.slug}/staff/invite/", data)
    assert answer.status_code == 303, answer.content.decode()
    assert mailoutbox[-1].to == [email]
    return re.search(r"http://[^/]+(/\S+)", mailoutbox[-1].body)[1]


def test_an_invitation_works_once_for_the_one_who_was_invited(shop, mailoutbox):
    owner = employ(person(), shop)
    link = invited(signed_in(owner), shop, mailoutbox, "New@example.com", "listings", "finance")
    stranger, friend = person(), person("new@example.com")
    page = signed_in(stranger).get(link).content.decode()
    assert "另一邮箱" in page and "<form" not in page.partition("<main")[2].partition("</main")[0]
    signed_in(stranger).post(link)
    assert roles_of(stranger, shop) == set()
    client = signed_in(friend)
    assert shop.name_zh in client.get(link).content.decode()
    assert client.post(link)["Location"] == f"/console/{shop.slug}/"
    assert roles_of(friend, shop) == {"listings", "finance"}
    MerchantStaff.objects.filter(user=friend).update(until=NOW)
    client.post(link)
    assert roles_of(friend, shop) == set()  # whoever was sent away does not come back by the old link
    assert "邀请已失效" in client.get(link).content.decode()


def test_invitations_are_no_way_to_flood_somebody_with_mail(shop, mailoutbox, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    owner, at = member(shop), f"/console/{shop.slug}/staff/invite/"
    for _ in range(2):  # each ends the one before, so that one is open at a time
        invited(owner, shop, mailoutbox, "victim@example.com")
    answer = owner.post(at, {"email": "victim@example.com", "roles": ["listings"]})
    assert "今天发出的邀请过多" in answer.content.decode() and len(mailoutbox) == 2


def test_an_invitation_ends_after_seven_days_or_when_it_is_withdrawn(shop, mailoutbox, clock):
    owner, friend = member(shop), person("new@example.com")
    link = invited(owner, shop, mailoutbox, friend.email)
    clock[0] = NOW + timedelta(days=7)
    assert "邀请已失效" in signed_in(friend).get(link).content.decode()
    signed_in(friend).post(link)
    again = invited(owner, shop, mailoutbox, friend.email)
    row = StaffInvitation.objects.latest("pk")
    stranger = merchant()
    member(stranger).post(f"/console/{stranger.slug}/staff/invitations/{row.pk}/withdraw/")
    assert StaffInvitation.objects.get(pk=row.pk).withdrawn_at is None  # another merchant's owner cannot
    owner.post(f"/console/{shop.slug}/staff/invitations/{row.pk}/withdraw/")
    signed_in(friend).post(again)
    assert roles_of(friend, shop) == set()


def test_a_token_that_we_did_not_sign_is_nothing(shop):
    client = signed_in(person())
    for token in ("1", "x" * 40, "MQ:1abcde:forged"):
        assert "邀请已失效" in client.get(f"/console/invitations/{token}/").content.decode()
        assert client.post(f"/console/invitations/{token}/").status_code == 303
    assert not MerchantStaff.objects.exists()


def test_who_works_here_is_not_invited_again_and_a_mistake_keeps_what_was_typed(shop, mailoutbox):
    owner, colleague = member(shop), employ(person("colleague@example.com"), shop, Role.LISTINGS)
    data = {"email": colleague.email.upper(), "roles": ["finance"]}
    page = owner.post(f"/console/{shop.slug}/staff/invite/", data).content.decode()
    assert "对方已是成员" in page and colleague.email.upper() in page and not mailoutbox
    page = owner.post(f"/console/{shop.slug}/staff/invite/", {"email": "x@example.com"}).content.decode()
    assert "请至少选择一个角色" in page and 'value="x@example.com"' in page


@pytest.mark.parametrize(("prefix", "foreign"), [("", LATIN), ("/en", CJK)])
def test_the_mail_is_in_the_language_of_the_page(shop, mailoutbox, prefix, foreign):
    type(shop).objects.filter(pk=shop.pk).update(name_zh="合作社", name_en="Cooperative")
    invited(member(shop), shop, mailoutbox, "1@2.cn", prefix=prefix)
    text = re.sub(r"http\S+", "", f"{mailoutbox[0].subject} {mailoutbox[0].body}")
    assert foreign.findall(text) == [] and "<" not in text


def test_roles_are_changed_by_closing_and_opening(shop):
    owner, colleague = employ(person(), shop), employ(person(), shop, Role.LISTINGS)
    path = f"/console/{shop.slug}/staff/{colleague.pk}/roles/"
    client = signed_in(owner)
    assert "checked" in client.get(path).content.decode()
    client.post(path, {"roles": ["finance", "fulfilment"]})
    assert roles_of(colleague, shop) == {"finance", "fulfilment"}
    assert MerchantStaff.objects.get(user=colleague, role="listings").until == NOW
    told = ChangeRecord.objects.get()
    assert (told.actor, told.before, told.after) == (
        f"user {owner.pk}", {"roles": ["listings"]}, {"roles": ["finance", "fulfilment"]}
    )  # fmt: skip
    assert client.post(f"/console/{shop.slug}/staff/{person().pk}/roles/", {"roles": ["owner"]}).status_code == 404


def test_somebody_is_removed_and_finds_nothing_any_more(shop):
    owner, colleague = member(shop), employ(person("colleague@example.com"), shop, Role.LISTINGS)
    path = f"/console/{shop.slug}/staff/{colleague.pk}/remove/"
    assert "colleague@example.com" in owner.get(path).content.decode() and roles_of(colleague, shop)
    owner.post(path)
    assert signed_in(colleague).get(f"/console/{shop.slug}/").status_code == 404
    trail = owner.get(f"/console/{shop.slug}/trail/").content.decode()
    assert "移除成员" in trail and "colleague@example.com" in trail


def test_the_last_owner_stays(shop):
    owner = employ(person(), shop)
    client = signed_in(owner)
    base = f"/console/{shop.slug}/staff/{owner.pk}"
    assert "至少要有一名负责人" in client.post(f"{base}/remove/", follow=True).content.decode()
    client.post(f"{base}/roles/", {"roles": ["finance"]})
    assert roles_of(owner, shop) == {"owner"}
    other = employ(person(), shop)
    assert client.post(f"{base}/roles/", {"roles": ["finance"]})["Location"] == f"/console/{shop.slug}/"
    assert roles_of(owner, shop) == {"finance"}
    client = signed_in(other)
    assert client.post(f"/console/{shop.slug}/staff/{owner.pk}/remove/")["Location"].endswith("/staff/")


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_leave_one(shop):
    one, two = employ(person(), shop), employ(person(), shop)
    refused = race(
        lambda: actions.remove(merchant_id=shop.pk, user_id=two.pk, by=one.pk, now=NOW + DAY),
        lambda: actions.remove(merchant_id=shop.pk, user_id=one.pk, by=two.pk, now=NOW + DAY),
    )
    assert [error.reason for error in refused] == ["last_owner"]
    assert MerchantStaff.objects.filter(merchant=shop, role=Role.OWNER, until=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_is_accepted_twice_at_once_counts_once(shop):
    owner, friend = employ(person(), shop), person()
    made = actions.invite(
        merchant_id=shop.pk, email=friend.email, roles=["listings"], language="en", by=owner.pk, now=NOW
    )
    refused = race(*[lambda: actions.accept(invitation_id=made.pk, user_id=friend.pk, now=NOW)] * 2)
    assert [error.reason for error in refused] == ["used"]
    assert roles_of(friend, shop) == {"listings"}


def race(*calls) -> list:
    """Run calls at the same moment, each on a connection of its own; return what they raised."""
    raised, start = [], threading.Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            call()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    assert connection.vendor in ("sqlite", "postgresql")
    return raised


def test_every_action_that_is_recorded_has_words():
    from pathlib import Path

    house = Path(words.__file__).resolve().parents[2]
    subjects, used = "|".join({action.partition(".")[0] for action in words.ACTIONS}), set()
    for folder in ("catalog/actions", "checkout/actions"):
        for path in (house / folder).glob("*.py"):
            used |= set(re.findall(rf'"((?:{subjects})\.[a-z_]+)"', path.read_text()))
    assert len(used) >= 40
    assert used - set(words.ACTIONS) == set() and set(words.ACTIONS) - used == set()


def test_the_trail_does_not_tell_who_of_the_office_decided_and_escapes_what_it_shows(shop):
    officer = person("officer@example.com")
    row = {"merchant": shop, "at": NOW, "subject_type": "x", "subject_id": "1", "action": "merchant.suspended"}
    ChangeRecord.objects.create(actor=f"user {officer.pk}", subject_label="<script>", after={"reason": "查"}, **row)
    ChangeRecord.objects.create(actor="system", subject_label="x", **row)
    page = member(shop).get(f"/console/{shop.slug}/trail/").content.decode()
    assert "officer@example.com" not in page and "项目办公室" in page and "系统" in page
    assert "<script>" not in page.partition("<main")[2] and "&lt;script&gt;" in page
