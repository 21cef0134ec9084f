"""Onboarding: applying, half-filled drafts, whole submissions, documents, contact, bank account; in both languages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import documents
from catalog.models import ChangeRecord, Merchant, MerchantApplication, MerchantContact, MerchantDocument
from checkout.models import BankAccount, Role, User
from storefront.uploads import WholeRequestLimit
from tests.division import beijing
from tests.factories import NOW, certificate, merchant, product, region
from tests.merchants import CREDIT_CODE, application, document, employ, member, person, picture, signed_in
from tests.page_text import Page

pytestmark = pytest.mark.django_db
CJK, LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
MOST_QUERIES = 14

STATED = {
    "legal_name": "延长县果业专业合作社",
    "credit_code": "9111 0000 6000 3734 1l",
    "producer_type": "cooperative",
    "region": "延长县（陕西省延安市）",
    "production_region": "延长县",
    "sells_food": "on",
    "benefit_mode": "contract_purchase",
    "benefit_households": "120",
    "benefit_from": "2025-01-01",
    "benefit_until": "2025-12-31",
}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def shop():
    """A merchant that has begun to apply."""
    shop = merchant(approved=False)
    MerchantApplication.objects.create(merchant=shop, legal_name=shop.name_zh, created_at=NOW)
    return shop


def scans(**files) -> dict:
    names = ("licence", "food_permit", "benefit_evidence")
    return {name: SimpleUploadedFile(f"{name}.png", files.get(name, picture())) for name in names}


def send(client: Client, shop: Merchant, prefix: str = "", **data):
    return client.post(f"{prefix}/console/{shop.slug}/application/", data)


def row_of(shop: Merchant) -> MerchantApplication:
    return MerchantApplication.objects.get(merchant=shop)


def test_who_begins_becomes_owner_of_a_merchant_that_may_not_sell():
    place, user = region(), person()
    client = signed_in(user)
    wrong = client.post("/console/apply/", {"legal_name": "合作社", "producer_type": "cooperative", "region": "火星县"})
    assert "没有这个名称的脱贫县" in wrong.content.decode() and 'value="火星县"' in wrong.content.decode()
    assert not Merchant.objects.exists()
    client.post("/console/apply/", {"legal_name": "合作社", "producer_type": "cooperative", "region": "延长县"})
    made = Merchant.objects.get()
    assert (made.region, made.approvals.exists(), row_of(made).state) == (place, False, "draft")
    assert made.slug.startswith("he-zuo-she-")
    assert client.get("/console/")["Location"] == f"/console/{made.slug}/"
    assert set(ChangeRecord.objects.values_list("action", "actor")) == {
        ("staff.joined", f"user {user.pk}"), ("application.begun", f"user {user.pk}")
    }  # fmt: skip


def test_an_account_whose_address_is_not_confirmed_is_asked_to_confirm_it(mailoutbox):
    user = User.objects.create_user("new@example.com", None)
    client = signed_in(user)
    page = client.get("/console/apply/").content.decode()
    assert "请先验证邮箱" in page and "legal_name" not in page
    answer = client.post(
        "/console/apply/", {"legal_name": "合作社", "producer_type": "cooperative", "region": "延长县"}
    )
    assert answer.status_code == 303 and not Merchant.objects.exists()
    assert [mail.to for mail in mailoutbox] == [["new@example.com"]]


def test_the_link_that_confirms_an_address_is_not_sent_over_and_over(mailoutbox, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "1/3m/key"}
    client = signed_in(User.objects.create_user("somebody@example.com", None))
    for _ in range(3):
        answer = client.post("/console/apply/", follow=True)
    assert len(mailoutbox) == 1 and "操作过于频繁" in answer.content.decode()


def test_whoever_sends_forms_too_often_is_asked_to_wait(shop, settings):
    settings.RATE_LIMIT_FACTOR = 0
    answer = member(shop).post(f"/console/{shop.slug}/contact/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "操作过于频繁" in answer.content.decode()
    assert member(shop).get(f"/console/{shop.slug}/contact/").status_code == 200


def test_a_merchant_brings_in_so_many_files_a_day_and_no_more(shop, monkeypatch):
    monkeypatch.setattr(documents, "MOST_A_DAY", 1)
    document(shop)
    answer = member(shop).post(
        f"/console/{shop.slug}/application/", {"licence": SimpleUploadedFile("a.png", picture())}
    )
    assert "今天上传的文件过多" in answer.content.decode() and MerchantDocument.objects.count() == 1


def test_one_account_cannot_fill_the_queue():
    region()
    client = signed_in(person())
    for _ in range(6):
        answer = client.post("/console/apply/", {"legal_name": "合", "producer_type": "agent", "region": "延长县"})
    assert "多份申请在办" in answer.content.decode() and Merchant.objects.count() == 5


def test_a_half_filled_draft_is_kept_and_goes_on_tomorrow(shop):
    client = member(shop)
    assert send(client, shop, credit_code="9111", benefit_households="", save="1").status_code == 303
    kept = row_of(shop)
    assert (kept.state, kept.credit_code, kept.legal_name) == ("draft", "9111", "")
    page = client.get(f"/console/{shop.slug}/application/").content.decode()
    assert 'value="9111"' in page


def test_handing_in_says_all_that_is_missing_and_keeps_what_was_typed(shop):
    client = member(shop)
    data = {**STATED, "credit_code": CREDIT_CODE[:-1] + "M", "licence": scans()["licence"], "submit": "1"}
    page = send(client, shop, **data).content.decode()
    assert "校验位不符" in page and "请上传联农带农证明材料" in page and "请上传食品许可证" in page
    assert row_of(shop).state == "draft" and row_of(shop).benefit_households == 120
    assert "licence.png" in page and row_of(shop).licence.name == "licence.png"  # a scan need not be chosen again
    assert f'value="{STATED["legal_name"]}"' in page


def test_a_whole_application_is_handed_in_once(shop):
    client = member(shop)
    answer = send(client, shop, **STATED, **scans(), submit="1")
    assert answer.status_code == 303, answer.content.decode()
    row = row_of(shop)
    assert (row.state, row.revision, row.credit_code) == ("submitted", 1, CREDIT_CODE)
    assert row.region.name_zh == row.production_region.name_zh == "延长县"
    send(client, shop, **{**STATED, "legal_name": "别的名字"}, save="1")
    assert row_of(shop).legal_name == STATED["legal_name"]  # while it is reviewed nobody writes on it
    client.post(f"/console/{shop.slug}/application/take-back/")
    assert row_of(shop).state == "draft"
    actions = list(ChangeRecord.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["application.changed", "application.submitted", "application.taken_back"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<html>", "不是 PDF、JPEG 或 PNG"), (b"", "文件为空"), (picture(size=(90, 90))[:-100], "文件无法读取")],
)
def test_a_file_that_is_no_scan_is_refused_and_the_rest_is_kept(shop, content, words):
    page = send(member(shop), shop, **STATED, **scans(food_permit=content), submit="1").content.decode()
    assert words in page
    row = row_of(shop)
    assert row.state == "draft" and row.food_permit is None and row.licence is not None


def test_several_counties_of_one_name_are_named(shop):
    region(code="520100", name_zh="城关区", prefecture_zh="甲市", province_zh="甲省")
    second = region(code="520200", name_zh="城关区", prefecture_zh="乙市", province_zh="乙省")
    client = member(shop)
    page = send(client, shop, region="城关区", save="1").content.decode()
    assert "城关区（甲省甲市）" in page and "城关区（乙省乙市）" in page
    send(client, shop, region="城关区(乙省乙市)", save="1")
    assert row_of(shop).region == second


def test_documents_are_sent_to_their_own_people_alone_and_never_run(shop):
    mine, other = document(shop, name="执照<b>.png"), document(merchant())
    client = member(shop)
    answer = client.get(f"/console/{shop.slug}/documents/{mine.token}/")
    assert answer["Content-Type"] == "image/png" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline") and answer["Cache-Control"] == "private, no-store"
    assert client.get(f"/console/{shop.slug}/documents/{other.token}/").status_code == 404
    MerchantDocument.objects.filter(pk=mine.pk).update(content_type="application/pdf")
    assert client.get(f"/console/{shop.slug}/documents/{mine.token}/").status_code == 404  # its file is not there


def test_an_id_of_another_merchants_application_changes_nothing(shop):
    from catalog.actions import applications

    theirs = application(merchant())
    with pytest.raises(applications.NotEditable):
        applications.save(
            application_id=theirs.pk, merchant_id=shop.pk, values={"legal_name": "x"}, actor="user 1", now=NOW
        )
    with pytest.raises(ValueError, match="state"):
        applications.save(
            application_id=row_of(shop).pk, merchant_id=shop.pk, values={"state": "approved"}, actor="u", now=NOW
        )


def test_a_request_that_goes_on_for_too_long_is_ended(shop, monkeypatch):
    monkeypatch.setattr("storefront.uploads.MOST_BYTES", 50)
    assert WholeRequestLimit().receive_data_chunk(b"x" * 50, 0) == b"x" * 50
    answer = send(member(shop), shop, **STATED, **scans(), submit="1")
    assert answer.status_code == 400
    assert (row_of(shop).licence, row_of(shop).legal_name) == (None, shop.name_zh)


def test_contact_and_return_address_are_kept(shop):
    beijing()
    client = member(shop)
    data = {
        "contact-name": "李经理", "contact-phone": "13812341234", "contact-email": "", "name": "仓库", "phone": "138",
        "province": "110000", "city": "110100", "county": "110101", "street": "景山前街4号",
    }  # fmt: skip
    page = client.post(f"/console/{shop.slug}/contact/", data).content.decode()
    assert "11" in page and 'value="李经理"' in page and not MerchantContact.objects.exists()
    data["phone"] = "13912341234"
    assert client.post(f"/console/{shop.slug}/contact/", data).status_code == 303
    kept = MerchantContact.objects.get()
    assert (kept.name, kept.return_division_code, kept.return_street) == ("李经理", "110101", "景山前街4号")
    assert 'value="110101" selected' in client.get(f"/console/{shop.slug}/contact/").content.decode()
    client.post(f"/console/{shop.slug}/contact/", {**data, "street": "新街 1 号"})
    assert ChangeRecord.objects.first().after == {"return_street": "新街 1 号"}


def test_the_bank_account_is_shown_by_its_last_digits_and_by_them_alone_told(shop):
    client = member(shop, Role.FINANCE)
    data = {"holder": "合作社", "bank": "农业银行延长支行", "number": "6228 4800 1234 5678"}
    assert "8 至 30 位数字" in client.post(f"/console/{shop.slug}/bank/", {**data, "number": "12x"}).content.decode()
    client.post(f"/console/{shop.slug}/bank/", data)
    page = client.get(f"/console/{shop.slug}/bank/").content.decode()
    assert "**** 5678" in page and "62284800" not in page
    client.post(f"/console/{shop.slug}/bank/", {**data, "number": "9999 0000 1111 5678"})
    assert list(BankAccount.objects.order_by("pk").values_list("number", "until")) == [
        ("6228480012345678", NOW), ("9999000011115678", None)
    ]  # fmt: skip
    trail = str(list(ChangeRecord.objects.values("before", "after", "subject_label")))
    assert ChangeRecord.objects.count() == 2 and "1234" not in trail and "**** 5678" in trail
    assert "**** 5678" not in member(shop, Role.LISTINGS).get(f"/console/{shop.slug}/").content.decode()


def test_the_overview_tells_what_is_left_and_why_it_was_returned(shop):
    MerchantApplication.objects.all().delete()
    application(shop, state="returned", note="请补充材料", reasons={"licence": "照片模糊", "credit_code": "与执照不符"})
    page = member(shop).get(f"/console/{shop.slug}/").content.decode()
    assert "请补充材料" in page and "照片模糊" in page and "与执照不符" in page
    certificate(product(merchant=shop))
    form = member(shop).get(f"/console/{shop.slug}/application/").content.decode()
    assert 'href="#id_licence"' in form and "照片模糊" in form


PAGES = ("", "application/", "contact/", "bank/", "staff/", "trail/")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved", "rejected"])
def test_every_page_is_whole_in_its_language_whatever_the_state(prefix, state):
    from django.conf import settings

    shop = merchant(approved=state == "approved", name_zh="合作社", name_en="Cooperative")
    region_en = {"name_en": "Yanchang County"}
    type(shop.region).objects.filter(pk=shop.region_id).update(**region_en)
    stated = {"legal_name": "合作社"} if not prefix else {"legal_name": "Cooperative"}
    application(shop, state=state, reasons={"licence": "123"} if state == "returned" else {}, **stated)
    user = person("11@22.cn")
    client = signed_in(employ(user, shop))
    client.post(f"{prefix}/console/{shop.slug}/staff/invite/", {"email": "1@2.cn", "roles": ["listings"]})
    client.cookies.pop("messages", None)
    wrong = {}
    for path in [*(f"/console/{shop.slug}/{page}" for page in PAGES), "/console/apply/", "/console/"]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(prefix + path, follow=True)
        found = list(_problems(answer, prefix))
        if len(queries) > MOST_QUERIES:
            found.append(f"{len(queries)} queries")
        if found:
            wrong[path] = found
    assert wrong == {}
    assert settings.LANGUAGE_CODE == "zh-hans"


def _problems(answer, prefix: str):
    page = Page.of(answer.content.decode())
    if answer.status_code != 200:
        yield answer.status_code
    if page.inline:
        yield f"code inside the page: {page.inline}"
    if len(page.ids) != len(set(page.ids)):
        yield "an id stands twice"
    if page.headings.count(1) != 1 or any(b > a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False)):
        yield f"headings: {page.headings}"
    if prefix:
        yield from (text for language, text in page.texts if language == "en" and CJK.search(text))
    else:
        known = {"English", "PDF", "JPEG", "PNG", "png", "scan"}
        yield from {word for lang, text in page.texts if lang == "zh-Hans" for word in LATIN.findall(text)} - known


def test_who_works_here_but_does_not_own_sees_no_link_to_the_application(shop):
    client = signed_in(employ(person(), shop, Role.FULFILMENT))
    page = client.get(f"/console/{shop.slug}/").content.decode()
    assert "/application/" not in page and "营业执照" in page
