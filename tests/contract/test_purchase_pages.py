"""Buying through the pages, as a browser without scripts does it, paid on the real stand-in."""

import re
import signal
from datetime import timedelta

import pytest
from django.test import Client

from aid_tracking import relay
from checkout.actions import payments
from checkout.models import (
    Order,
    OutboxRow,
    TransactionItem,
)
from checkout.payments.stripe import provider as the_provider
from tests import aid
from tests.contract.buying_pages import in_zone, paid_order, read
from tests.factories import NOW
from tests.shopper import ORIGIN, Shopper, choose, pay_link

pytestmark = pytest.mark.django_db


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
