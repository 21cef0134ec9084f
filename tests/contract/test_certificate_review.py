"""The reviewers' queue: who sees what, how it is decided, and what happens when two decide at once."""

import re
import threading

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import certificates
from catalog.actions.certificates import Refused, decide, stamp
from catalog.certification import Desk, Move, Step
from catalog.models import Certificate, CertificateEvent, CertificateScheme, Product
from checkout.models import User
from storefront.office.roles import COUNTY, REVIEWERS
from tests.factories import DAY, NOW, certificate, merchant, product, region
from tests.merchants import document, employ, person, signed_in
from tests.page_text import Page

QUEUE = "/admin/catalog/certificate/queue/"
DECIDE = f"{QUEUE}decide/"


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def clerk(*rights: str) -> Client:
    """Return the browser of a member of staff with these rights."""
    user = person()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    for right in ("view_certificate", *rights):
        user.user_permissions.add(Permission.objects.get(codename=right))
    return signed_in(User.objects.get(pk=user.pk))


def county() -> Client:
    return clerk("recommend_certificate")


def platform() -> Client:
    return clerk("approve_certificate")


def waiting(days: int = 1, **values) -> Certificate:
    """Return a case that was sent in so many days ago, with its scan."""
    row = product(certified=False, merchant=values.pop("seller", None) or merchant())
    fields = {"approved_at": None, "submitted_at": NOW - days * DAY, "submitted_by": "user 9999999", **values}
    return certificate(row, document=document(row.merchant), **fields)


def send(client: Client, move: str, *cases: Certificate, seen: str = "", **data):
    marks = {f"seen-{case.pk}": seen or stamp(case) for case in cases}
    return client.post(DECIDE, {"case": [case.pk for case in cases], "move": move, **marks, **data}, follow=True)


def text(client: Client, query: str = "") -> str:
    return client.get(f"{QUEUE}{query}").content.decode()


@pytest.mark.django_db
def test_it_takes_two_people_with_two_rights(now):
    case = waiting()
    first, second = county(), platform()
    assert send(second, "approve", case).status_code == 403  # it lies at the county's desk
    send(first, "recommend", case)
    case.refresh_from_db()
    assert case.step == Step.RECOMMENDED
    assert send(first, "approve", case).status_code == 403
    send(second, "approve", case)
    case.refresh_from_db()
    assert case.step == Step.APPROVED and Product.objects.sellable(at=NOW).exists()


@pytest.mark.django_db
def test_the_offices_groups_sit_at_their_desks(now):
    case, clients = waiting(), []
    for name in (COUNTY, REVIEWERS):
        user = person()
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        clients.append(signed_in(User.objects.get(pk=user.pk)))
    send(clients[0], "recommend", case)
    case.refresh_from_db()
    assert send(clients[0], "approve", case).status_code == 403
    send(clients[1], "approve", case)
    case.refresh_from_db()
    assert case.step == Step.APPROVED


@pytest.mark.django_db
def test_one_person_with_both_rights_is_still_one(now):
    case, both = waiting(), clerk("recommend_certificate", "approve_certificate")
    send(both, "recommend", case)
    case.refresh_from_db()
    assert "须由他人办理" in send(both, "approve", case).content.decode()
    case.refresh_from_db()
    assert case.step == Step.RECOMMENDED


@pytest.mark.django_db
def test_nobody_decides_on_a_merchant_that_they_work_for(now):
    case = waiting()  # sent in by a colleague
    user = employ(person(), case.merchant, "fulfilment")
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="recommend_certificate"))
    assert "须由他人办理" in send(signed_in(User.objects.get(pk=user.pk)), "recommend", case).content.decode()
    case.refresh_from_db()
    assert case.step == Step.SUBMITTED


@pytest.mark.django_db
def test_without_a_right_nobody_looks_at_cases_or_scans(now):
    case, scan = waiting(), f"{QUEUE}{{}}/document/"
    outsider = signed_in(User.objects.create_user("a@example.com", "a-long-password-1", is_staff=True))
    for client in (Client(), signed_in(person())):
        assert client.get(QUEUE).status_code == 302 and client.get(scan.format(case.pk)).status_code == 302
    assert outsider.get(QUEUE).status_code == 403 and outsider.get(scan.format(case.pk)).status_code == 403
    assert outsider.post(DECIDE, {"case": case.pk, "move": "recommend"}).status_code in (200, 302, 403)
    assert Certificate.objects.get().step == Step.SUBMITTED
    answer = county().get(scan.format(case.pk))
    assert answer["Content-Type"] == "image/png" and "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_return_needs_a_reason_and_names_the_field(now):
    case, client = waiting(), county()
    assert "请填写理由" in send(client, "return", case).content.decode()
    send(client, "return", case, reason="编号看不清", field="number")
    case.refresh_from_db()
    assert (case.step, case.reasons) == (Step.RETURNED, {"number": "编号看不清"})


@pytest.mark.django_db
def test_several_are_decided_at_once_and_each_by_itself(now):
    cases, client = [waiting() for _ in range(4)], county()
    certificates.withdraw(certificate_id=cases[0].pk, actor="user 1", now=NOW)  # after the reviewer had looked
    page = send(client, "recommend", *cases).content.decode()
    assert "3 件已办结" in page and cases[0].number in page and "已由他人办理" in page
    assert sorted(Certificate.objects.values_list("step", flat=True)) == ["draft", *["recommended"] * 3]


@pytest.mark.django_db
def test_filters_by_state_scheme_county_and_age(now):
    there = merchant(region=region(code="520201", name_zh="钟山区", province_code="520000", province_zh="贵州省"))
    organic = CertificateScheme.objects.create(
        slug="organic", name_zh="有机产品", name_en="Organic", needs_county=False
    )
    old, new, far = waiting(20), waiting(1), waiting(2, seller=there)
    ready = waiting(3, scheme=organic)
    client = clerk("recommend_certificate", "approve_certificate")

    def shown(query: str) -> set[str]:
        listed = re.search(r"(?s)<ol>(.*?)</ol>", text(client, query))[1]
        return {case.number for case in (old, new, far, ready) if case.number in listed}

    assert shown("?state=county") == {old.number, new.number, far.number}
    assert shown("?state=platform") == {ready.number} == shown("?state=platform&scheme=organic")
    assert shown("?state=county&days=7") == {old.number}
    assert shown(f"?state=county&county={there.region.slug}") == {far.number}
    assert shown("?state=county&scheme=organic") == set() == shown("?state=approved")
    assert shown("?state=nonsense&days=x&case=99999999999999999999") == {ready.number}


@pytest.mark.django_db
def test_the_queue_is_bounded_and_speaks_one_language(now):
    rows = [waiting(days) for days in range(1, 8)]
    client = clerk("recommend_certificate", "approve_certificate")
    text(client, "?state=county")
    with CaptureQueriesContext(connection) as asked:
        page = text(client, "?state=county")
    few = len(asked)
    for days in range(8, 16):
        waiting(days)
    with CaptureQueriesContext(connection) as asked:
        text(client, "?state=county")
    assert len(asked) == few <= 22
    assert page.index(rows[-1].number) < page.index(rows[0].number)  # the longest waiting first
    english = client.get(f"/en{QUEUE}?state=county").content.decode()
    assert "Return for changes" in english and "<kbd>J</kbd>" in english
    assert Page.of(page).headings.count(1) <= 1


@pytest.mark.django_db
def test_a_scheme_is_made_and_edited_in_the_office_without_code(now):
    client = signed_in(User.objects.create_superuser("office@example.com", "a-long-password-1"))
    wanted = {
        "slug": "hainan-base",
        "name_zh": "海南基地",
        "name_en": "Hainan base",
        "issuer_kind": "authority",
        "needs_county": "on",
        "number_pattern": r"HN-\d+",
        "position": 9,
    }
    add = "/admin/catalog/certificatescheme/add/"
    assert "正则表达式" in client.post(add, {**wanted, "number_pattern": "("}).content.decode()
    assert client.post(add, wanted).status_code == 302
    row = CertificateScheme.objects.get()
    assert row.needs_county and not row.admits_sale and row.edited_at == NOW
    assert "海南基地" in text(client)
    client.post(f"/admin/catalog/certificatescheme/{row.pk}/change/", {**wanted, "name_zh": "海南菜篮子"})
    assert CertificateScheme.objects.get().name_zh == "海南菜篮子"
    assert client.post(f"/admin/catalog/certificatescheme/{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told(round_):
    case = waiting(step=Step.RECOMMENDED, recommended_by="user 8888888")
    gate, told = threading.Barrier(8), []

    def review(number: int) -> None:
        gate.wait()
        move = Move.APPROVE if number % 2 else Move.RETURN
        try:
            decide(
                certificate_id=case.pk,
                move=move,
                desk=Desk.PLATFORM,
                actor=f"user {number}",
                seen=stamp(case),
                now=NOW,
                reason="不清楚",
            )
            told.append(move)
        except Refused as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=review, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join(timeout=60) for thread in threads]
    assert sorted(told).count("changed") == 7 and len(told) == 8
    won = next(each for each in told if each != "changed")
    case.refresh_from_db()
    assert case.step == {Move.APPROVE: Step.APPROVED, Move.RETURN: Step.RETURNED}[won]
    assert CertificateEvent.objects.get().move == won
