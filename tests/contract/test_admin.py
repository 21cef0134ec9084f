"""The programme office: who may enter, what it gives back, what it stops, and that it edits nothing else."""

import re
import uuid
from dataclasses import replace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client

from aid_tracking import relay
from catalog.actions import cards
from catalog.models import CatalogState, Certificate, Merchant, Product, ProductCard
from checkout.actions import refund_outcomes
from checkout.models import Order, Refund, User
from tests import aid, scripts
from tests.buying import paid
from tests.factories import DAY, NOW, certificate, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def office(now) -> Client:
    return signed_in(User.objects.create_superuser("office@example.com", "a-long-password-1"))


@pytest.fixture
def order(now, stand_in_payments) -> Order:
    """A paid and counted order of two lines: ¥59.90 each, and ¥8.00 of shipping each."""
    aid.spring()
    made = paid(
        stand_in_payments,
        *((product(tags=(aid.TAG,)).variants.get(), 1) for _ in range(2)),
        tag=aid.TAG,
    )
    relay.run_once(now=NOW)
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refund(client: Client, order: Order, *, key: uuid.UUID | None = None, **wanted):
    data = {"key": key or uuid.uuid4(), "reason": "坏果", **wanted}
    return client.post(f"/admin/checkout/order/{order.pk}/refund/", data)


def counted() -> int:
    relay.run_once(now=NOW)
    return aid.totals().get(("spring-2026", ""), 0)


def test_the_office_is_for_staff(now):
    assert Client().get("/admin/").status_code == 302
    answer = Client().get("/admin/login/?next=/admin/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    buyer = signed_in(User.objects.create_user("buyer@example.com", "a-long-password-1"))
    assert buyer.get("/admin/login/").status_code == 403
    assert buyer.get("/admin/checkout/order/").status_code == 302


def test_a_form_sent_twice_gives_back_once(office, order):
    key = uuid.uuid4()
    for _ in range(2):
        assert refund(office, order, key=key, what="all").status_code == 302
    order.refresh_from_db()
    assert order.refunded_minor == order.total_minor == 13_580
    assert Refund.objects.get().requested_by.startswith("user ")
    assert counted() == 0


def test_part_of_a_line_then_the_shipping_then_the_rest(office, order):
    line = order.lines.first()
    assert counted() == 11_980
    refund(office, order, what="part", line=line.pk, amount="30.00")
    assert counted() == 8_980
    refund(office, order, what="shipping")
    assert counted() == 8_980
    refund(office, order, what="all")
    order.refresh_from_db()
    assert (order.refunded_minor, order.status, counted()) == (13_580, "canceled", 0)
    assert sorted(Refund.objects.values_list("amount_minor", flat=True)) == [1600, 2990, 3000, 5990]


@pytest.mark.parametrize(
    "wanted", [{"what": "part", "amount": "59.91"}, {"what": "part", "amount": "0"}, {"what": "part", "line": ""}]
)
def test_more_than_is_left_is_refused_and_said(office, order, wanted):
    answer = refund(office, order, **{"line": order.lines.first().pk, **wanted})
    assert answer.status_code == 200
    assert wanted.get("amount") != "59.91" or "超过了剩余可退的金额。" in answer.content.decode()
    assert not Refund.objects.exists() and counted() == 11_980


def test_a_refund_needs_its_right(now, order):
    clerk = User.objects.create_user("clerk@example.com", "a-long-password-1", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    client = signed_in(clerk)
    page = client.get(f"/admin/checkout/order/{order.pk}/change/").content.decode()
    assert order.number in page and "/refund/" not in page
    assert refund(client, order, what="all").status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="add_refund"))
    assert refund(client, order, what="all").status_code == 302
    assert client.get("/admin/catalog/merchant/").status_code == 403


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("有 1 个订单的退款未能到达买家", "请重新退款", "该订单已不再待人工处理")),
        ("/en", ("The money of 1 order did not", "Give the money back again", "no longer waits")),
    ],
)
def test_an_order_whose_refund_came_back_waits_for_the_office(office, order, stand_in_payments, prefix, words):
    refund(office, order, what="part", line=order.lines.first().pk, amount="30.00")
    assert counted() == 8_980
    made = stand_in_payments.refunds[str(Refund.objects.get().psp_reference)]
    orders = f"{prefix}/admin/checkout/order/"
    assert words[0] not in office.get(orders).content.decode()
    refund_outcomes.settle(refund=replace(made, status="failed"), now=NOW)
    assert counted() == 11_980
    assert words[0] in office.get(orders).content.decode()
    assert order.number in office.get(f"{orders}?needs_office__exact=1").content.decode()
    assert order.number not in office.get(f"{orders}?needs_office__exact=0").content.decode()
    page = office.get(f"{orders}{order.pk}/change/").content.decode()
    assert f"/admin/checkout/order/{order.pk}/attend/" in page and words[1] in page
    assert office.get(f"{orders}{order.pk}/attend/").status_code == 200
    assert words[2] in office.post(f"{orders}{order.pk}/attend/", follow=True).content.decode()
    assert words[0] not in office.get(orders).content.decode()


def test_an_order_is_marked_as_seen_to_by_those_who_may_give_money_back(now, order):
    Order.objects.update(needs_office=True)
    clerk = User.objects.create_user("clerk@example.com", "a-long-password-1", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    assert signed_in(clerk).post(f"/admin/checkout/order/{order.pk}/attend/").status_code == 403
    assert Order.objects.get().needs_office


def test_a_parcel_is_sent_off(office, order):
    part = order.merchant_orders.first()
    answer = office.post(f"/admin/checkout/order/{order.pk}/send/", {"part": part.pk, "tracking_number": "SF1"})
    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.status == "partially_fulfilled" and part.fulfillment.tracking_number == "SF1"


def test_a_revoked_certificate_takes_its_product_out_of_the_shop(office):
    apple = product()
    cards.rebuild(now=NOW)
    assert Product.objects.sellable(at=NOW).exists()
    version = CatalogState.objects.get().version
    address = f"/admin/catalog/certificate/{Certificate.objects.get().pk}/revoke/"
    assert office.get(address).status_code == 200 and Product.objects.sellable(at=NOW).exists()
    for _ in range(2):
        assert office.post(address, {"reason": ""}).status_code == 302
    assert not Product.objects.sellable(at=NOW).exists()
    assert ProductCard.objects.get(pk=apple.pk).sellable_until is None
    assert CatalogState.objects.get().version > version


def test_another_certificate_keeps_the_product_on_sale(office):
    apple = product()
    certificate(apple, valid_until=NOW + 10 * DAY)
    cards.rebuild(now=NOW)
    office.post(f"/admin/catalog/certificate/{Certificate.objects.first().pk}/revoke/", {})
    assert Product.objects.sellable(at=NOW).exists()
    assert ProductCard.objects.get().sellable_until == NOW + 10 * DAY


def test_a_merchant_is_suspended_and_approved_again(office):
    product()
    cards.rebuild(now=NOW)
    seller = Merchant.objects.get()
    office.post(f"/admin/catalog/merchant/{seller.pk}/suspend/", {"reason": "查验"})
    assert not Product.objects.sellable(at=NOW).exists() and ProductCard.objects.get().sellable_until is None
    assert seller.approvals.get().reason == "查验"
    for _ in range(2):
        office.post(f"/admin/catalog/merchant/{seller.pk}/resume/", {"reason": ""})
    assert Product.objects.sellable(at=NOW).exists() and ProductCard.objects.get().sellable_until
    assert seller.approvals.count() == 2


def test_a_product_is_paused_and_put_back(office):
    apple = product()
    cards.rebuild(now=NOW)
    office.post(f"/admin/catalog/product/{apple.pk}/pause/", {})
    assert not Product.objects.sellable(at=NOW).exists() and ProductCard.objects.get().sellable_until is None
    office.post(f"/admin/catalog/product/{apple.pk}/resume/", {})
    assert Product.objects.sellable(at=NOW).exists()


@pytest.mark.parametrize(
    ("prefix", "journal", "kind"),
    [("", "资金账", "个人"), ("/zh-hant", "資金帳", "個人"), ("/en", "Money journal", "Consumer")],
)
def test_every_page_of_the_office_opens(office, order, prefix, journal, kind):
    refund(office, order, what="shipping")
    opened = 0
    for model in admin.site._registry:
        base = f"{prefix}/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert office.get(f"{base}?q=x").status_code == 200, base
        assert office.get(base).status_code == 200, base
        row = model.objects.first()
        if row is not None:
            assert office.get(f"{base}{row.pk}/change/").status_code == 200, base
            opened += 1
    assert opened >= 12
    page = office.get(f"{prefix}/admin/checkout/order/").content.decode()
    assert journal in page and kind in page


def test_nothing_is_added_edited_or_deleted(office, order):
    edited = ("User", "Group", "Article", "CertificateScheme", "Operator", "Warehouse")
    written = [model for model in admin.site._registry if model.__name__ not in edited]
    for model in written:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = model.objects.first()
        assert office.get(f"{base}add/").status_code == 403, base
        if row is not None:
            assert office.post(f"{base}{row.pk}/change/", {}).status_code == 403, base
            assert office.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403, base
    assert office.post("/admin/checkout/user/add/", {}).status_code == 403


def test_secrets_of_payments_are_not_shown(office, order):
    item = order.transactions.get()
    page = office.get(f"/admin/checkout/transactionitem/{item.pk}/change/").content.decode()
    assert item.psp_reference in page and item.client_secret not in page


def test_the_chinese_office_names_its_tables_and_filters_in_chinese(office, order):
    front, orders = (office.get(address).content.decode() for address in ("/admin/", "/admin/checkout/order/"))
    assert all(word in front for word in ("商品目录", "帮扶统计", "订单", "退款", "专区"))
    assert "Orders" not in front
    assert "Expired" not in orders  # a choice of the filter by state
    assert "Expired" in office.get("/en/admin/checkout/order/").content.decode()


def _seen(page: str) -> list[str]:
    """Return what a reader of a page of the office sees, or has read out; icons are named in English and not seen."""
    page = re.sub(r"(?s)<(script|style|template)\b.*?</\1>|<!--.*?-->", "", page)
    page = re.sub(r'<span[^>]*class="[^"]*material-symbols[^"]*"[^>]*>[^<]*</span>', "", page)
    spoken = re.findall(r'\s(?:title|placeholder|aria-label|alt)="([^"]*)"', page)
    return [
        " ".join(text.split())
        for text in [*spoken, *re.sub(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""", "\n", page).split("\n")]
    ]


@pytest.mark.parametrize("prefix", ["", "/zh-hant"])
def test_the_chinese_office_says_nothing_in_english(office, order, prefix):
    refund(office, order, what="shipping")
    Refund.objects.update(reason="refunded at the provider", requested_by="provider")
    base = f"{prefix}/admin/checkout/order/"
    addresses = [f"{prefix}/admin/", base, f"{base}{order.pk}/change/", f"{base}{order.pk}/refund/"]
    addresses += [f"{prefix}/admin/{path}/" for path in ("checkout/refund", "storefront/article/add")]
    known = r"帮买 Bangmai|English|\S+@\S+|zh-hans|CNY|spring-open|\besc\b|\bID\b|\d+kg|JPEG|PNG|WebP"
    for address in addresses:
        words = {re.sub(known, "", text) for text in _seen(office.get(address).content.decode())}
        assert not {text for text in words if re.search("[A-Za-z]{2}", text)}, address
    told = "在支付方處退款" if prefix else "在支付方处退款"
    assert told in office.get(f"{prefix}/admin/checkout/refund/").content.decode()
    assert Refund.objects.get().reason == "refunded at the provider"


def test_the_office_in_traditional_chinese_says_nothing_of_its_own_in_simplified(office):
    """The pages without data: what is left are the shop's name and the other language's."""
    for address in (f"/zh-hant/admin/{path}" for path in ("", "checkout/order/", "storefront/article/")):
        words = {re.sub("帮买 Bangmai|简体中文", "", text) for text in _seen(office.get(address).content.decode())}
        assert not {text for text in words if scripts.simplified(text)}, address
