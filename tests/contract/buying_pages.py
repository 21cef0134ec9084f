"""What tests of the purchase pages share: a product in the zone, reading a page, and an order that was paid."""

from catalog.models import ProductVariant
from checkout.models import Order
from tests import aid
from tests.factories import product
from tests.shopper import Shopper, choose, pay_link


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
