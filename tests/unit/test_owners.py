"""Whose cart it is: a browser's carts are put together, one that is just being placed is not, the API's never are."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from catalog.models import ProductVariant
from checkout.actions import carts, orders, owners
from checkout.models import Checkout, CheckoutLine, Order, User
from tests import factories
from tests.buying import ADDRESS
from tests.factories import NOW
from tests.graphql_client import data

SOON = NOW + timedelta(minutes=1)


def owner() -> User:
    return User.objects.create_user("owner@example.com", "a-long-password-1")


def cart(variant: ProductVariant, *, user_id: int | None = None, in_browser: bool = True) -> Checkout:
    """Return a cart that could be placed."""
    lines = [carts.LineChange(variant.pk, 1)]
    told = {"email": "buyer@example.com", "language": "en", "address": ADDRESS, "now": NOW}
    return carts.create(lines=lines, user_id=user_id, in_browser=in_browser, **told)


def apple() -> ProductVariant:
    return factories.product().variants.get()


@pytest.mark.django_db
def test_a_cart_that_the_api_made_stays_its_own():
    person = owner()
    made, earlier = cart(apple(), user_id=person.pk, in_browser=False), cart(apple(), user_id=person.pk)
    guest = cart(apple())
    kept = owners.claim(token=guest.token, user_id=person.pk, now=SOON)
    assert kept == guest and kept.lines.count() == 2
    assert set(Checkout.objects.all()) == {guest, made} and earlier not in Checkout.objects.all()
    assert made.lines.count() == 1
    assert owners.claim(token=None, user_id=person.pk, now=SOON) == guest


@pytest.mark.django_db
def test_the_api_s_own_carts_are_told_apart_when_they_are_made(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    person = owner()
    client.force_login(person)
    create = "mutation { checkoutCreate(input: { lines: [] }) { checkout { id } } }"
    data(create, client=client, Origin="http://testserver")
    client.post("/cart/add/", {"variant": apple().pk}, headers={"sec-fetch-site": "same-origin"})
    assert list(Checkout.objects.order_by("pk").values_list("user", "in_browser")) == [
        (person.pk, False),
        (person.pk, True),
    ]


@pytest.mark.parametrize("claims_with_token", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_cart_that_is_just_being_placed_is_waited_for(monkeypatch, claims_with_token):
    person = owner()
    earlier, placed = cart(apple(), user_id=person.pk), cart(apple(), user_id=person.pk)
    Checkout.objects.filter(pk=placed.pk).update(updated_at=SOON)
    halfway, write = threading.Event(), orders._write

    def slowly(*args, **values):
        halfway.set()
        claiming.join(0.5)  # the other one meets the open transaction, and does not end before it
        return write(*args, **values)

    monkeypatch.setattr(orders, "_write", slowly)
    answers: list[object] = []

    def claim() -> None:
        halfway.wait(5)
        token = placed.token if claims_with_token else None
        try:
            answers.append(owners.claim(token=token, user_id=person.pk, now=SOON))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    claiming = threading.Thread(target=claim)
    claiming.start()
    order = orders.place(token=placed.token, now=SOON)
    claiming.join(10)
    assert answers == [earlier]
    assert Order.objects.get() == order and order.lines.count() == 1
    assert list(CheckoutLine.objects.values_list("checkout", flat=True)) == [earlier.pk]
