"""T9: SIGKILL of the real web process in the middle of a purchase.

The buyer does what a browser or an app does: hears no answer, and asks again with the same key.
"""

import time
import urllib.error

import stripe

from tests.faults.shop import COMPLETE, CREATE, INITIALIZE, Shop, basket

POINTS = [
    "before_place",
    "after_place_commit",
    "before_provider_call",
    "after_provider_answer",
    "after_inbox",
    "after_paid_commit",
]
RECOVERY_SECONDS = 60


def start(shop: Shop) -> int:
    """Start everything over a catalogue of two products; return the first one's variant."""
    variant = shop.fill(stock=50, variants=2)["variants"][0]
    shop.start_standin()
    shop.start_web()
    shop.start_relay()
    shop.start_sweep()
    return variant


def approve(shop: Shop, payment: str) -> None:
    """The buyer pays, at the provider."""
    client = stripe.StripeClient(shop.secret, base_addresses={"api": shop.env["STRIPE_API_BASE"]})
    client.v1.payment_intents.confirm(payment, {"payment_method": "pm_card_visa"})


def buy(shop: Shop, variant: int, point: str) -> int:
    """Buy one unit while the process dies once at `point`; return the order's total in fen."""
    cart = shop.graphql(CREATE, {"input": basket({variant: 1})})["checkoutCreate"]["checkout"]["id"]
    shop.arm(point)
    order = _again(lambda: shop.graphql(COMPLETE, {"id": cart})["checkoutComplete"])["order"]
    payment = _again(lambda: shop.graphql(INITIALIZE, {"id": order["id"]})["transactionInitialize"])
    approve(shop, payment["transaction"]["pspReference"])
    return round(order["total"]["gross"]["amount"] * 100)


def _again(ask, *, seconds: float = 30):
    """Ask until there is an answer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = ask()
            assert answer["errors"] == [], answer["errors"]
            return answer
        except (OSError, urllib.error.URLError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def settled(shop: Shop, orders: int, *, seconds: float = RECOVERY_SECONDS) -> float | None:
    """Wait until all orders are paid and counted; return how long it took, or None when it did not happen."""
    begin = time.monotonic()
    while time.monotonic() < begin + seconds:
        paid = shop.sql("SELECT COUNT(*) FROM checkout_order WHERE charge_status = 'full'")[0][0]
        counted = shop.sql(
            "SELECT COUNT(DISTINCT line_id) FROM aid_tracking_ledgerentry e "
            "JOIN aid_tracking_campaign c ON c.id = e.campaign_id WHERE c.slug = 'spring'"
        )[0][0]
        if (paid, counted) == (orders, orders):
            return time.monotonic() - begin
        time.sleep(0.3)
    return None


def faults(shop: Shop, orders: int, totals_minor: int) -> list[str]:
    """Return everything that is not as it must be after the crashes."""
    found = shop.broken()
    if shop.sql("SELECT COUNT(*) FROM checkout_order")[0][0] != orders:
        found.append("an order is lost or made twice")
    if shop.sql("SELECT COALESCE(SUM(allocated), 0) FROM catalog_stock")[0][0] != orders:
        found.append("stock has leaked")
    cash = shop.sql("SELECT COALESCE(SUM(amount_minor), 0) FROM checkout_journalposting WHERE account = 'cash'")[0][0]
    if cash != totals_minor:
        found.append(f"cash is {cash}, and {totals_minor} was paid")
    client = stripe.StripeClient(shop.secret, base_addresses={"api": shop.env["STRIPE_API_BASE"]})
    intents = [
        intent
        for intent in client.v1.payment_intents.list({"limit": 100}).auto_paging_iter()
        if intent.status == "succeeded"
    ]
    if sum(intent.amount_received for intent in intents) != totals_minor:
        found.append("the provider keeps money that belongs to no order")
    counted = shop.sql(
        "SELECT COALESCE(SUM(amount_minor), 0) FROM aid_tracking_ledgerentry e "
        "JOIN aid_tracking_campaign c ON c.id = e.campaign_id WHERE c.slug = 'spring'"
    )[0][0]
    lines = shop.sql("SELECT COALESCE(SUM(total_minor), 0) FROM checkout_orderline")[0][0]
    if counted != lines:
        found.append(f"{counted} fen are counted of {lines}")
    audit = shop.command("audit", check=False)
    if audit.returncode:
        found.append(audit.stderr or audit.stdout)
    return found
