"""An order's own page, and the list of a person's orders."""

from datetime import timedelta

import pytest
from django.test import Client

from aid_tracking import relay
from catalog.models import Stock
from checkout.actions import refunds
from checkout.models import (
    Order,
    OrderStatus,
    User,
)
from checkout.payments.stripe import provider as the_provider
from tests import aid
from tests.contract.buying_pages import in_zone, paid_order, read
from tests.factories import NOW
from tests.shopper import DELIVERY, Shopper

pytestmark = pytest.mark.django_db


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
