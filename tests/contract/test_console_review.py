"""The programme office and merchants' applications: queue, two steps, returns, races, rights, notices, standing."""

import re
import sys

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.actions import cards, reviews
from catalog.models import BenefitReport, ChangeRecord, MerchantApplication, MerchantApproval, Product
from checkout.models import Role, User
from storefront.office.roles import COUNTY, REVIEWERS
from tests.contract.test_console_staff import race
from tests.factories import DAY, NOW, merchant, product
from tests.merchants import application, document, employ, person, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/catalog/merchantapplication/"
SUBMITTED, RECOMMENDED = {"state": "submitted"}, {"state": "recommended", "recommending_office": "县农业农村局"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def shop():
    """A merchant with an owner and a certified product, never approved."""
    shop = merchant(approved=False)
    employ(person("owner@example.com"), shop)
    product(merchant=shop)
    cards.rebuild(now=NOW)
    return shop


def officer(*groups: str) -> User:
    user = person()
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def decide(user: User, row: MerchantApplication, verb: str, **data):
    return signed_in(user).post(f"{QUEUE}{row.pk}/{verb}/", {"revision": row.revision, **data})


def test_two_steps_lead_to_the_shop(shop, mailoutbox):
    row = application(shop, **SUBMITTED)
    county, reviewer = officer(COUNTY), officer(REVIEWERS)
    assert decide(reviewer, row, "approve", note="").status_code == 200  # not before the county has spoken
    row.refresh_from_db()
    assert row.state == "submitted" and not MerchantApproval.objects.filter(merchant=shop).exists()
    assert decide(county, row, "recommend", office="延长县农业农村局").status_code == 302
    assert decide(county, row, "approve").status_code == 403
    assert decide(reviewer, row, "approve", note="欢迎").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.recommending_office, row.recommended_by) == (
        "approved", "延长县农业农村局", f"user {county.pk}"
    )  # fmt: skip
    assert (row.decided_by, row.decided_at) == (f"user {reviewer.pk}", NOW)
    assert MerchantApproval.objects.get(merchant=shop).valid_from == NOW
    assert Product.objects.sellable(at=NOW).filter(merchant=shop).exists() and shop.products.get().card.sellable_until
    shop.refresh_from_db()
    assert shop.name_zh == row.legal_name
    report = BenefitReport.objects.get(merchant=shop)
    assert (report.households, str(report.period_until)) == (120, "2026-01-01")
    assert [mail.subject for mail in mailoutbox] == ["【帮买】县级部门已推荐您的入驻申请", "【帮买】您的入驻申请已通过"]
    assert {mail.to[0] for mail in mailoutbox} == {"owner@example.com"}


def test_what_is_returned_says_why_and_comes_back(shop, mailoutbox):
    row = application(shop, **SUBMITTED)
    county = officer(COUNTY)
    assert "请填写退回原因" in decide(county, row, "return", note="").content.decode()
    decide(county, row, "return", note="请重拍", reason_licence="照片模糊")
    row.refresh_from_db()
    assert (row.state, row.note, row.reasons) == ("returned", "请重拍", {"licence": "照片模糊"})
    assert "- 营业执照：照片模糊" in mailoutbox[0].body.replace(": ", "：") and "请重拍" in mailoutbox[0].body
    assert ChangeRecord.objects.first().after["reasons"] == {"licence": "照片模糊"}


def test_a_name_that_was_approved_reaches_the_cards_though_the_process_dies(shop, monkeypatch):
    MerchantApproval.objects.create(merchant=shop, valid_from=NOW - 9 * DAY)  # so that the name alone changes
    row = application(shop, **RECOMMENDED)
    cards.rebuild(now=NOW)
    cards.rebuild_due(now=NOW)
    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(cards, "rebuild", lambda **_: sys.exit("killed"))
        reviews.approve(application_id=row.pk, revision=1, note="", actor="user 7", now=NOW + DAY)
    cards.rebuild_due(now=NOW + DAY)
    assert shop.products.get().card.merchant_zh == row.legal_name


def test_what_a_county_has_recommended_it_cannot_take_from_the_offices_desk(shop):
    row = application(shop, **RECOMMENDED)
    assert decide(officer(COUNTY), row, "return", note="改主意了").status_code == 403
    row.refresh_from_db()
    assert row.state == "recommended"


def test_the_mail_is_in_the_applicants_language(shop, mailoutbox):
    type(shop).objects.filter(pk=shop.pk).update(name_en="Cooperative")
    row = application(shop, language="en", **RECOMMENDED)
    decide(officer(REVIEWERS), row, "reject", note="No.")
    assert mailoutbox[0].subject == "[Bangmai] Your application was rejected"
    assert re.findall(r"[\u3400-\u9fff]", mailoutbox[0].body) == []


def test_a_mail_server_that_is_down_undoes_nothing(shop, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
    row = application(shop, **RECOMMENDED)
    client = signed_in(officer(REVIEWERS))
    page = client.post(f"{QUEUE}{row.pk}/reject/", {"revision": 1, "note": "不符"}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "rejected" and "通知邮件未能发出" in page


def test_a_rejection_says_why(shop):
    row = application(shop, **RECOMMENDED)
    assert decide(officer(REVIEWERS), row, "reject", note="").status_code == 200
    row.refresh_from_db()
    assert row.state == "recommended"


def test_what_was_changed_meanwhile_is_not_decided_on_unseen(shop):
    row = application(shop, **RECOMMENDED)
    MerchantApplication.objects.filter(pk=row.pk).update(revision=2)
    page = decide(officer(REVIEWERS), row, "approve", note="").content.decode()
    assert "其间已有他人作出决定" in page
    assert MerchantApplication.objects.get().state == "recommended"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told(shop):
    row = application(shop, **RECOMMENDED)
    whose = {"application_id": row.pk, "revision": 1, "note": "x", "now": NOW}
    refused = race(
        lambda: reviews.approve(actor="user 1", **whose),
        lambda: reviews.reject(actor="user 2", **whose),
    )
    assert [type(error) for error in refused] == [reviews.AlreadyDecided]
    row.refresh_from_db()
    decided = ChangeRecord.objects.filter(action__in=["application.approved", "application.rejected"]).get()
    assert decided.actor == row.decided_by
    assert MerchantApproval.objects.filter(merchant=shop).exists() == (row.state == "approved")


def test_a_change_after_approval_is_reviewed_while_the_approval_stays(shop):
    application(shop, state="approved")
    MerchantApproval.objects.create(merchant=shop, valid_from=NOW - DAY)
    owner = signed_in(User.objects.get(email="owner@example.com"))
    for _ in range(2):
        owner.post(f"/console/{shop.slug}/application/change/")
    draft = MerchantApplication.objects.get(state="draft")
    assert draft.credit_code and draft.licence_id
    MerchantApplication.objects.filter(pk=draft.pk).update(state="recommended", revision=1, legal_name="新名称合作社")
    assert Product.objects.sellable(at=NOW).exists()
    draft.refresh_from_db()
    decide(officer(REVIEWERS), draft, "approve", note="")
    shop.refresh_from_db()
    assert shop.name_zh == "新名称合作社" and MerchantApproval.objects.filter(merchant=shop).count() == 1


def test_a_suspended_merchant_does_not_come_back_by_changing_its_papers(shop):
    MerchantApproval.objects.create(merchant=shop, valid_from=NOW - 9 * DAY, valid_until=NOW - DAY, reason="抽检不合格")
    row = application(shop, **RECOMMENDED)
    decide(officer(REVIEWERS), row, "approve", note="")
    assert not Product.objects.sellable(at=NOW).exists()


def test_suspending_and_resuming_is_recorded_and_told(shop, mailoutbox):
    MerchantApproval.objects.create(merchant=shop, valid_from=NOW - DAY)
    client = signed_in(officer(REVIEWERS))
    client.post(f"/admin/catalog/merchant/{shop.pk}/suspend/", {"reason": "抽检不合格"})
    assert not Product.objects.sellable(at=NOW).exists()
    owner = signed_in(User.objects.get(email="owner@example.com"))
    page = owner.get(f"/console/{shop.slug}/").content.decode()
    assert "已被暂停销售" in page and "抽检不合格" in page
    client.post(f"/admin/catalog/merchant/{shop.pk}/resume/", {"reason": ""})
    assert Product.objects.sellable(at=NOW).exists()
    assert [row.action for row in ChangeRecord.objects.all()] == ["merchant.resumed", "merchant.suspended"]
    assert len(mailoutbox) == 2 and "抽检不合格" in mailoutbox[0].body and "已恢复销售" in mailoutbox[1].subject


def test_a_merchant_is_not_admitted_past_its_application(shop):
    signed_in(officer(REVIEWERS)).post(f"/admin/catalog/merchant/{shop.pk}/resume/", {"reason": ""})
    assert not MerchantApproval.objects.filter(merchant=shop).exists()


def test_nobody_decides_on_a_merchant_that_they_work_for(shop):
    reviewer = officer(REVIEWERS)
    employ(reviewer, shop, Role.FINANCE)
    row = application(shop, **RECOMMENDED)
    assert decide(reviewer, row, "approve", note="").status_code == 403


@pytest.mark.parametrize("verb", ["recommend", "approve", "return", "reject"])
def test_a_decision_needs_its_right_and_is_asked_for_first(shop, verb):
    row = application(shop, **SUBMITTED)
    plain = officer()
    assert decide(plain, row, verb, note="x", office="x").status_code == 403
    assert signed_in(User.objects.get(email="owner@example.com")).get(f"{QUEUE}{row.pk}/{verb}/").status_code == 302
    page = signed_in(officer(COUNTY, REVIEWERS)).get(f"{QUEUE}{row.pk}/{verb}/?revision=1")
    assert page.status_code == 200 and 'name="revision" value="1"' in page.content.decode()
    row.refresh_from_db()
    assert row.state == "submitted"


def test_the_queue_shows_what_waits_first_and_no_drafts(shop):
    application(shop, state="draft")
    for name, state in (("已批准社", "approved"), ("待县社", "submitted"), ("待审社", "recommended")):
        application(merchant(), state=state, legal_name=name)
    client = signed_in(officer(REVIEWERS))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(QUEUE).content.decode()
    assert len(queries) <= 15
    shown = re.findall(r"已批准社|待县社|待审社", page)
    assert shown == ["待审社", "待县社", "已批准社"]
    assert re.search(r"待项目办审核 \(1\)", page)


def test_the_detail_shows_papers_beside_and_sends_no_others(shop):
    row = application(shop, **RECOMMENDED)
    other = document(shop, name="other.png")
    client = signed_in(officer(REVIEWERS))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"{QUEUE}{row.pk}/change/").content.decode()
    assert len(queries) <= 12
    address = f"{QUEUE}{row.pk}/documents/{row.licence.token}/"
    assert f'<img src="{address}"' in page and "审核通过" in page and "推荐</a>" not in page
    assert client.get(address)["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{QUEUE}{row.pk}/documents/{other.token}/").status_code == 404
    assert signed_in(officer()).get(address).status_code == 403
    own = page.partition('class="review-head"')[2].partition('class="review-trail"')[0]
    words = re.sub(r"\S+\.png", "", re.sub(r"<[^>]*>", " ", own.partition(">")[2].rpartition("<")[0]))
    assert "申报内容" in words and re.findall(r"[A-Za-z]{3,}", words) == []


def test_a_draft_is_no_business_of_the_office(shop):
    row = application(shop, state="draft")
    assert signed_in(officer(REVIEWERS)).get(f"{QUEUE}{row.pk}/change/").status_code == 404
