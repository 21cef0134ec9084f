"""Buying through the pages, as a browser without scripts does it, paid on the real stand-in."""

import re
import signal
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aid_tracking import relay, shares
from catalog.models import Product, ProductVariant, Stock
from checkout.actions import payments, refunds
from checkout.models import (
    Checkout,
    CheckoutLine,
    Order,
    OrderStatus,
    OutboxRow,
    TransactionItem,
    User,
)
from checkout.payments.stripe import provider as the_provider
from storefront import names
from tests import aid
from tests.contract.stripe_process import KEY, WEBHOOK_SECRET, Standin
from tests.division import beijing
from tests.factories import NOW, merchant, product
from tests.page_text import Page
from tests.shopper import DELIVERY, ORIGIN, Shopper, choose, pay_link

pytestmark = pytest.mark.django_db

CJK = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def standin(tmp_path_factory):
    running = Standin(tmp_path_factory.mktemp("pages") / "stripe.sqlite3", None, "--return-prefix", ORIGIN)
    yield running
    running.stop()


@pytest.fixture
def shop(settings, monkeypatch, standin):
    """An open zone with campaigns, Beijing to deliver to, and the stand-in to pay with; it is `NOW`."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE = settings.STRIPE_STANDIN_URL = standin.url
    the_provider.cache_clear()
    names.forget()
    shares.forget()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    aid.spring()
    beijing()
    yield
    standin.control("/_faults", {"api": "off"})
    the_provider.cache_clear()


def in_zone(**values) -> ProductVariant:
    return product(**{"tags": (aid.TAG,), **values}).variants.get()


def read(shopper: Shopper, address: str) -> str:
    return shopper.client.get(address).content.decode()


def paid_order(shopper: Shopper) -> Order:
    """Place what is in the cart and pay for it, coming back as a browser does."""
    address = shopper.order()
    back = choose(pay_link(shopper, read(shopper, address)), "approve")
    assert shopper.client.get(back).status_code == 303
    return Order.objects.get(token=address.split("/")[-3])


@pytest.mark.parametrize(("prefix", "words"), [("", ("已付款", "计入中")), ("/en", ("Paid", "Being counted"))])
def test_two_merchants_one_purchase_counted_once(shop, prefix, words):
    shopper = Shopper(prefix)
    first, second = in_zone(), in_zone()
    assert shopper.add(first, 2, tag=aid.TAG)["Location"] == f"{prefix}/cart/"
    assert shopper.add(second, 1, tag=aid.TAG, next="checkout")["Location"] == f"{prefix}/checkout/"
    cart = shopper.cart()
    assert "¥195.70" in re.sub(r"<[^>]+>", "", cart)  # 3 × 59.90 and two fees of 8.00
    assert "¥179.70" in cart and "spring-2026" in cart
    order = paid_order(shopper)
    assert order.charge_status == "full" and order.total_minor == 19_570
    page = read(shopper, f"{prefix}/orders/{order.token}/")
    assert all(word in page for word in words)
    assert relay.run_once(now=NOW) == 1
    page = read(shopper, f"{prefix}/orders/{order.token}/")
    assert words[1] not in page and "spring-2026" in page and "<b>¥179.70</b>" in page
    assert OutboxRow.objects.count() == 1


def test_a_declined_card_is_tried_again_with_the_same_payment(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    address = shopper.order()
    back = choose(pay_link(shopper, read(shopper, address)), "decline")
    page = shopper.client.get(back, follow=True).content.decode()
    assert "被拒" in page and "重新付款" in page
    back = choose(pay_link(shopper, read(shopper, address)), "approve")
    assert "已付款" in shopper.client.get(back, follow=True).content.decode()
    assert TransactionItem.objects.count() == 1


def test_the_address_alone_pays_nothing(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    address = shopper.order()
    read(shopper, address)
    reference = TransactionItem.objects.get().psp_reference
    back = address.replace("/pay/", f"/return/?payment_intent={reference}&redirect_status=succeeded")
    assert "待付款" in shopper.client.get(back, follow=True).content.decode()


def test_a_form_sent_twice_is_one_order(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    form = shopper.form()
    first, second = shopper.send(form), shopper.send(form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_a_new_total_is_shown_before_it_is_ordered(shop):
    shopper = Shopper()
    variant = in_zone()
    shopper.add(variant)
    form = shopper.form()
    variant.product.merchant.shipping_fee_minor = 1500
    variant.product.merchant.save()
    answer = shopper.send(form)
    assert answer.status_code == 409 and "合计金额与您看到的不同" in answer.content.decode()
    assert not Order.objects.exists()
    assert shopper.send(shopper.form()).status_code == 303


def test_a_new_price_is_shown_item_by_item_and_accepted(shop):
    shopper = Shopper("/en")
    variant = in_zone()
    shopper.add(variant, 2)
    form = shopper.form()
    ProductVariant.objects.filter(pk=variant.pk).update(price_minor=6500)
    answer = shopper.send(form)
    assert (answer.status_code, answer["Location"]) == (303, "/en/cart/")
    page = shopper.cart()
    assert "<s>was ¥59.90</s> → now <b>¥65.00</b>" in page and "/en/checkout/" not in page
    shopper.change("accept")
    assert "<s>" not in shopper.cart()
    assert shopper.send(shopper.form()).status_code == 303
    assert Order.objects.get().subtotal_minor == 13_000


def test_what_is_left_can_be_taken(shop):
    shopper = Shopper()
    variant, other = in_zone(), in_zone()
    shopper.add(variant, 5)
    shopper.add(other)
    Stock.objects.filter(variant=variant).update(on_hand=2)
    assert shopper.client.get("/checkout/")["Location"] == "/cart/"
    page = shopper.cart()
    assert "仅剩 2 件，您要 5 件" in page and "改为 2 件" in page
    shopper.change("set", line=shopper.line(variant), quantity=2)
    assert "仅剩" not in shopper.cart()
    shopper.order()


def test_somebody_was_faster(shop):
    shopper = Shopper()
    variant = in_zone(on_hand=1)
    shopper.add(variant)
    form = shopper.form()
    Stock.objects.filter(variant=variant).update(allocated=1)
    answer = shopper.send(form)
    assert answer["Location"] == "/cart/"
    assert "已售完，补货中" in shopper.cart()
    shopper.change("remove_invalid")
    assert "购物车是空的" in shopper.cart()


def test_what_is_not_on_sale_stands_apart(shop):
    shopper = Shopper()
    variant = in_zone()
    shopper.add(variant)
    Product.objects.update(status=Product.Status.PAUSED)
    page = shopper.cart()
    assert "暂时不能下单的商品" in page and "今天不在售" in page and "去结算" not in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: in_zone(on_hand=0), "已售完"),
        (lambda: in_zone(certified=False), "今天不能购买"),
        (lambda: in_zone(line_kind="service"), "暂未开放预订"),
    ],
)
def test_what_cannot_be_bought_is_not_put_in(shop, make, words):
    shopper = Shopper()
    variant = make()
    assert shopper.add(variant).status_code == 303
    assert not CheckoutLine.objects.exists()
    assert words in shopper.cart()


def test_an_unknown_product_and_a_wrong_quantity_are_said(shop):
    shopper = Shopper()
    variant = in_zone()
    shopper.add(variant, 5000)
    assert "1 到 999" in shopper.cart()
    variant.pk = 999_999
    shopper.add(variant)
    assert "已不存在" in shopper.cart()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"sec-fetch-site": "same-site", "origin": ORIGIN}, 403),
        ({}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ORIGIN}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
    ],
)
def test_only_our_own_pages_fill_a_cart(shop, headers, status):
    variant = in_zone()
    answer = Client(enforce_csrf_checks=True).post("/cart/add/", {"variant": variant.pk}, headers=headers)
    assert answer.status_code == status
    assert Checkout.objects.count() == (status == 303)


@pytest.mark.parametrize("page", ["/cart/", "/checkout/"])
def test_other_forms_need_their_token(shop, page):
    assert Client(enforce_csrf_checks=True).post(page, {}).status_code == 403


def test_nothing_typed_is_lost_and_each_field_says_what_is_wrong(shop):
    shopper = Shopper("/en")
    shopper.add(in_zone())
    answer = shopper.send(shopper.form(), phone="12", email="nobody", county="")
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("no phone number in China", "no e-mail address", "choose a county"):
        assert words in page
    for name in ("phone", "email", "county"):
        assert f'href="#id_{name}"' in page
    assert 'value="12"' in page and "张三丰" in page and '<option value="110100" selected>' in page
    assert not Order.objects.exists()


def test_the_picker_works_without_a_script(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    page = shopper.send(shopper.form(), button="update", city="", county="", phone="").content.decode()
    assert "北京市</option>" in page and "张三丰" in page and "请填写" not in page
    assert shopper.client.get("/divisions/110100.json").json() == [{"code": "110101", "name": "东城区"}]
    assert "max-age=86400" in shopper.client.get("/divisions/110100.json")["Cache-Control"]


def test_a_silent_provider_loses_nothing(shop, standin):
    shopper = Shopper()
    shopper.add(in_zone())
    address = shopper.order()
    standin.control("/_faults", {"api": "500:3"})
    answer = shopper.client.get(address)
    assert answer.status_code == 503 and "支付服务暂时没有回应" in answer.content.decode()
    assert choose(pay_link(shopper, read(shopper, address)), "approve")
    assert TransactionItem.objects.count() == 1


def test_a_provider_that_is_down_at_the_return_is_asked_later(shop, standin):
    shopper = Shopper()
    shopper.add(in_zone())
    back = choose(pay_link(shopper, read(shopper, shopper.order())), "approve")
    standin.stop(signal.SIGKILL)
    try:
        page = shopper.client.get(back, follow=True).content.decode()
        assert "您无需重复支付" in page and "待付款" in page
    finally:
        standin.start()
    payments.check_open(provider=the_provider(), now=NOW + timedelta(minutes=1), older_than=timedelta(seconds=20))
    assert Order.objects.get().charge_status == "full"


def test_an_unpaid_order_is_cancelled_by_its_buyer(shop):
    shopper = Shopper()
    shopper.add(in_zone(on_hand=3), 3)
    address = shopper.order()
    page = shopper.client.post(address.replace("/pay/", "/cancel/"), follow=True).content.decode()
    assert "已取消" in page and "立即付款" not in page
    assert Stock.objects.get().allocated == 0
    assert shopper.client.get(address)["Location"] == address.removesuffix("pay/")


def test_a_paid_order_is_not_cancelled(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    order = paid_order(shopper)
    page = shopper.client.post(f"/orders/{order.token}/cancel/", follow=True).content.decode()
    assert "没有取消" in page and "已付款" in page


def test_an_order_that_ran_out_of_time_says_so(shop, monkeypatch):
    shopper = Shopper("/en")
    shopper.add(in_zone())
    address = shopper.order()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=30))
    page = shopper.client.get(address, follow=True).content.decode()
    assert "Not paid in time" in page and "Pay now" not in page
    Order.objects.update(status=OrderStatus.EXPIRED)
    assert "Not paid in time" in read(shopper, address.removesuffix("pay/"))


def test_a_refund_shows_on_the_line_and_in_what_counted(shop):
    shopper = Shopper()
    shopper.add(in_zone(), 2, tag=aid.TAG)
    order = paid_order(shopper)
    relay.run_once(now=NOW)
    mark = shopper.client.get(f"/orders/{order.token}/state.json").json()["mark"]
    wanted = refunds.Parts(lines={order.lines.get().pk: 3000})
    refund = refunds.request(order_token=order.token, parts=wanted, reason="", by="user 1", key="r", now=NOW)
    page = read(shopper, f"/orders/{order.token}/")
    assert "退款中" in page and "已冲减" not in page
    refunds.send(refund=refund, provider=the_provider(), now=NOW)
    assert "退款冲减中" in read(shopper, f"/orders/{order.token}/")
    relay.run_once(now=NOW)
    page = read(shopper, f"/orders/{order.token}/")
    assert "已冲减 ¥30.00" in page and "已退 ¥30.00" in page and "退款冲减中" not in page
    assert shopper.client.get(f"/orders/{order.token}/state.json").json()["mark"] != mark


def test_an_order_page_is_private_and_masked(shop):
    shopper = Shopper()
    shopper.add(in_zone())
    order = paid_order(shopper)
    answer = Client().get(f"/orders/{order.token}/")
    page = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "138****1234" in page and "张**" in page and "北京市东城区景山前街****" in page
    for secret in (DELIVERY["name"], DELIVERY["phone"], DELIVERY["street"], DELIVERY["email"]):
        assert secret not in page
    assert Client().get("/orders/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_a_cart_follows_its_owner_and_nobody_else(shop):
    owner = User.objects.create_user("owner@example.com", "a-long-password-1")
    earlier, later = in_zone(name_zh="早苹果"), in_zone(name_zh="晚苹果")
    old = Shopper()
    old.client.force_login(owner)
    old.add(earlier)
    shopper = Shopper()
    shopper.add(later)
    shopper.client.force_login(owner)
    page = shopper.cart()
    assert "早苹果" in page and "晚苹果" in page
    assert Checkout.objects.get().user == owner
    assert "晚苹果" in old.cart()
    shopper.client.logout()
    assert "购物车是空的" in shopper.cart()


def test_the_cart_cookie_is_signed_and_closed(shop):
    shopper = Shopper()
    shopper.add(in_zone(), 2)
    cookies = shopper.client.cookies
    assert cookies["cart"]["httponly"] and cookies["cart"]["samesite"] == "Lax"
    assert cookies["cart_count"].value == "2" and not cookies["cart_count"]["httponly"]
    token = str(Checkout.objects.get().token)
    forged = Client()
    forged.cookies["cart"] = f"{token}."
    assert "购物车是空的" in forged.get("/cart/").content.decode()
    shopper.order()
    assert shopper.client.cookies["cart"].value == ""


def test_my_orders_and_what_they_counted(shop):
    owner = User.objects.create_user("owner@example.com", "a-long-password-1")
    shopper = Shopper()
    assert shopper.client.get("/accounts/").status_code == 302
    shopper.client.force_login(owner)
    shopper.add(in_zone())
    order = paid_order(shopper)
    relay.run_once(now=NOW)
    page = read(shopper, "/accounts/")
    assert order.number in page and "¥59.90" in page
    shopper.add(in_zone())
    assert 'value="张三丰"' in read(shopper, "/checkout/")  # the last address is offered again
    other = Shopper()
    other.client.force_login(User.objects.create_user("other@example.com", "a-long-password-2"))
    assert order.number not in read(other, "/accounts/")


def queries(shopper: Shopper, address: str) -> int:
    shopper.client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert shopper.client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("address", "most"), [("/cart/", 10), ("/checkout/", 12)])
def test_queries_do_not_grow_with_the_cart(shop, address, most):
    few, many = Shopper(), Shopper()
    few.add(in_zone(), tag=aid.TAG)
    for _ in range(6):
        many.add(in_zone(merchant=merchant()), tag=aid.TAG)
    assert queries(few, address) == queries(many, address) <= most


def test_queries_of_an_order_page_are_bounded(shop):
    shopper = Shopper()
    for _ in range(6):
        shopper.add(in_zone(merchant=merchant()), tag=aid.TAG)
    order = paid_order(shopper)
    relay.run_once(now=NOW)
    assert queries(shopper, f"/orders/{order.token}/") <= 9
    assert queries(shopper, f"/orders/{order.token}/state.json") <= 9


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_speaks_one_language_and_has_no_inline_code(shop, prefix):
    shopper = Shopper(prefix)
    pages = [shopper.cart()]
    shopper.add(in_zone(name_en="Apple", name_zh="苹果"), tag=aid.TAG)
    pages += [shopper.cart(), read(shopper, f"{prefix}/checkout/")]
    pages.append(shopper.send(shopper.form(), phone="1", email="").content.decode())
    address = shopper.order()
    pages += [read(shopper, address), read(shopper, address.removesuffix("pay/"))]
    shopper.client.get(choose(pay_link(shopper, pages[-2]), "approve"))
    pages.append(read(shopper, address.removesuffix("pay/")))
    pages += [read(shopper, f"{prefix}/accounts/{name}/") for name in ("login", "signup", "password/reset")]
    for text in pages:
        page = Page.of(text)
        assert page.inline == [] and page.headings[0] == 1 and page.headings.count(1) == 1
        assert len(page.ids) == len(set(page.ids))
        if prefix:
            assert [words for language, words in page.texts if language == "en" and CJK.search(words)] == []
        else:
            latin = re.compile(r"[A-Za-z]{4,}")
            own = [words for language, words in page.texts if language == "zh-Hans" and latin.search(words)]
            assert [w for w in own if not re.search(r"English|example\.com|spring-2026|year-2026", w)] == []


def test_stripes_own_form_is_let_in_on_the_pay_page_alone(shop, settings):
    settings.STRIPE_STANDIN_URL, settings.STRIPE_PUBLISHABLE_KEY = "", "pk_test_1"
    shopper = Shopper("/en")
    shopper.add(in_zone())
    address = shopper.order()
    answer = shopper.client.get(address)
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert 'data-key="pk_test_1"' in page and f'data-return="{ORIGIN}/en/orders/' in page and "Pay ¥67.90" in page
    assert "script-src 'self' https://js.stripe.com" in policy and "frame-src https://js.stripe.com" in policy
    assert "unsafe" not in policy
    other = shopper.client.get(address.removesuffix("pay/"))
    assert "stripe" not in other["Content-Security-Policy"] and "stripe" not in other.content.decode()
