"""Money goes back once: from the office and from the provider's desk, told twice, in parallel, and in any order."""

import subprocess
import sys
import threading
import time
import urllib.request

import stripe

from tests.faults import kills
from tests.faults.shop import COMPLETE, CREATE, INITIALIZE, ROOT, Shop, basket

OFFICE = """
import os, sys, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "storefront.settings"
import django; django.setup()
from checkout import purchase
from checkout.models import Order
from checkout.rules import PurchaseError
order = Order.objects.get(pk=int(sys.argv[1]))
line = order.lines.get()
answers = []
def give_back():
    try:
        refund = purchase.refund(order.token, by="user 1", key="one click", quantities={line.pk: 1}, amount="10.00")
        answers.append(refund)
    except PurchaseError as refused:
        answers.append(refused.code)
threads = [threading.Thread(target=give_back) for _ in range(4)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(set(answers)), answers[0])
"""


def test_every_refund_lowers_the_total_once(shop):
    place = shop(web_workers=2)
    variant = kills.start(place)
    orders = [_buy(place, variant) for _ in range(3)]
    before = _counted(place, 3 * 5990)
    _fault(place, '{"webhooks": "double"}')
    client = stripe.StripeClient(place.secret, base_addresses={"api": place.env["STRIPE_API_BASE"]})
    desk = [
        threading.Thread(
            target=lambda payment=payment: client.v1.refunds.create({"payment_intent": payment, "amount": 500})
        )
        for _, payment in orders
    ]
    office = [
        subprocess.Popen(
            [sys.executable, "-c", OFFICE, str(number)], cwd=ROOT, env=place.env, stdout=subprocess.PIPE, text=True
        )
        for number, _ in orders
    ]
    for thread in desk:
        thread.start()
    for thread in desk:
        thread.join()
    answers = [child.communicate(timeout=60)[0] for child in office]
    assert all(answer.startswith("1 ") for answer in answers), answers  # four clicks, one refund
    expected = before - sum(_line_part(place, number) for number, _ in orders)
    assert _counted(place, expected) == expected
    time.sleep(2)
    assert _counted(place, expected) == expected
    given = place.sql("SELECT COUNT(*), SUM(amount_minor) FROM checkout_refund WHERE status = 'succeeded'")[0]
    assert tuple(given) == (6, 3 * 1500)
    assert place.broken() == []
    assert place.command("audit").returncode == 0


def _buy(place: Shop, variant: int) -> tuple[int, str]:
    """Buy one unit; return the order's row and its payment at the provider."""
    cart = place.graphql(CREATE, {"input": basket({variant: 1})})["checkoutCreate"]["checkout"]["id"]
    order = place.graphql(COMPLETE, {"id": cart})["checkoutComplete"]["order"]["id"]
    payment = place.graphql(INITIALIZE, {"id": order})["transactionInitialize"]["transaction"]["pspReference"]
    kills.approve(place, payment)
    return place.sql(f"SELECT order_id FROM checkout_transactionitem WHERE psp_reference = '{payment}'")[0][0], payment


def _line_part(place: Shop, order: int) -> int:
    """What came off the order's line: the office's 10 yuan, and the line's share of the desk's 5."""
    return place.sql(
        "SELECT SUM(p.amount_minor) FROM checkout_refundpart p JOIN checkout_refund r ON r.id = p.refund_id "
        f"WHERE r.order_id = {order} AND p.line_id IS NOT NULL"
    )[0][0]


def _counted(place: Shop, expected: int, *, seconds: float = 30) -> int:
    """Wait until the campaign's total is what is expected; return what it is."""
    deadline = time.monotonic() + seconds
    while True:
        counted = place.sql(
            "SELECT COALESCE(SUM(e.amount_minor), 0) FROM aid_tracking_ledgerentry e "
            "JOIN aid_tracking_campaign c ON c.id = e.campaign_id WHERE c.slug = 'spring'"
        )[0][0]
        if counted == expected or time.monotonic() > deadline:
            return counted
        time.sleep(0.2)


def _fault(place: Shop, body: str) -> None:
    request = urllib.request.Request(
        f"{place.env['STRIPE_API_BASE']}/_faults",
        data=body.encode(),
        headers={"Authorization": f"Bearer {place.secret}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
