"""The verbs of buying: Saleor documents, executed by the transport. What is refused changes nothing."""

from decimal import Decimal

import pytest
from django.db import transaction

from catalog.models import ProductVariant, Stock
from checkout import purchase
from checkout.address import Address
from checkout.models import Checkout, Order, Refund
from checkout.purchase import LineInput
from checkout.rules import Code, PurchaseError
from checkout.transport import embedded
from tests import factories
from tests.buying import ADDRESS
from tests.division import beijing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "now")]


@pytest.fixture
def divisions():
    beijing()


@pytest.fixture
def now(monkeypatch):
    """The shop's clock stands at the moment that the factories make rows for."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)


@pytest.fixture
def provider(stand_in_payments):
    return stand_in_payments


def apple(**values) -> ProductVariant:
    return factories.product(**values).variants.get()


def start(*lines: LineInput):
    return purchase.start(lines=list(lines), email="buyer@example.com", address=ADDRESS)


def test_every_committed_document_fits_the_schema():
    names = sorted(path.stem for path in embedded.OPERATIONS.glob("*.graphql"))
    assert len(names) >= 12
    for name in names:
        embedded.document(name)


def test_a_purchase_from_cart_to_refund(provider):
    one, two = apple(), apple()
    cart = start(LineInput(one.pk, 2, "spring-open"), LineInput(two.pk, 1))
    assert (cart.quantity, cart.total_minor) == (3, 11980 + 5990 + 1600)
    order = purchase.place(cart.token, remark="请放门卫")
    assert (order.status, order.charge_status, order.total_minor) == ("UNFULFILLED", "NONE", cart.total_minor)
    payment = purchase.pay(order.token)
    provider.approve(payment.psp_reference)
    assert purchase.confirm(payment.transaction_id).charge_status == "FULL"
    row = Order.objects.get(token=order.token)
    line = row.lines.first()
    assert (row.remark, line.tag) == ("请放门卫", "spring-open")
    for _ in range(2):
        purchase.refund(order.token, by="user 1", key="k1", quantities={line.pk: 1}, shipping=True)
    assert Refund.objects.get().amount_minor == 5990 + 1600
    purchase.refund(order.token, by="user 1", key="k2", quantities={line.pk: 1}, amount="0.01")
    line.refresh_from_db()
    assert line.refunded_minor == 5991
    assert purchase.fulfil(order.token, line_ids=[line.pk], tracking_number="1").status == "PARTIALLY_FULFILLED"
    others = [other.pk for other in row.lines.all()]
    assert purchase.fulfil(order.token, line_ids=others).status == "FULFILLED"


def test_a_purchase_needs_at_most_four_documents(provider, monkeypatch):
    executed = []
    run = embedded.run
    monkeypatch.setattr(embedded, "run", lambda name, *args, **more: executed.append(name) or run(name, *args, **more))
    order = purchase.place(start(LineInput(apple().pk, 1)).token)
    payment = purchase.pay(order.token)
    provider.approve(payment.psp_reference)
    purchase.confirm(payment.transaction_id)
    assert executed == ["checkoutCreate", "checkoutComplete", "transactionInitialize", "transactionProcess"]


def test_refusals_speak_saleors_codes_and_change_nothing():
    variant = apple(on_hand=1)
    with pytest.raises(PurchaseError) as refused:
        purchase.place(start(LineInput(variant.pk, 2)).token)
    assert (refused.value.code, refused.value.variant_ids) == (Code.INSUFFICIENT_STOCK, (variant.pk,))
    with pytest.raises(PurchaseError) as refused:
        start(LineInput(999999, 1))
    assert refused.value.code is Code.NOT_FOUND
    assert Checkout.objects.count() == 1
    assert Stock.objects.get(variant=variant).allocated == 0
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12345"}, "phone"),
        ({"street": " "}, "street"),
        ({"division_code": "110000"}, "division"),  # a province is no place to deliver to
        ({"division_code": ""}, "division"),
    ],
)
def test_an_address_that_no_parcel_would_reach_is_refused(change, field):
    given = Address(**{**ADDRESS.as_dict(), **change})
    with pytest.raises(PurchaseError) as refused:
        purchase.start(lines=[LineInput(apple().pk, 1)], email="buyer@example.com", address=given)
    assert refused.value.field == field
    assert not Checkout.objects.exists()


def test_a_provider_that_is_down_is_said_and_the_order_waits(provider):
    order = purchase.place(start(LineInput(apple().pk, 1)).token)
    provider.down = True
    with pytest.raises(PurchaseError) as refused:
        purchase.pay(order.token)
    assert refused.value.field == "provider"
    provider.down = False
    assert purchase.pay(order.token).client_secret


def test_an_unpaid_order_is_cancelled_and_a_paid_one_is_not(provider):
    one = purchase.place(start(LineInput(apple().pk, 1)).token)
    assert purchase.cancel(one.token).status == "CANCELED"
    two = purchase.place(start(LineInput(apple().pk, 1)).token)
    payment = purchase.pay(two.token)
    provider.approve(payment.psp_reference)
    purchase.confirm(payment.transaction_id)
    with pytest.raises(PurchaseError) as refused:
        purchase.cancel(two.token)
    assert refused.value.code is Code.CANNOT_CANCEL_ORDER


def test_money_crosses_the_seam_exactly(provider):
    variant = factories.variant(factories.product(on_hand=None), price_minor=1999)
    cart = start(LineInput(variant.pk, 3))
    assert Decimal(cart.total_minor) / 100 == Decimal("59.97") + Decimal("8.00")


@pytest.mark.django_db(transaction=True)
def test_no_document_is_executed_inside_a_transaction():
    variant = apple()
    with pytest.raises(embedded.TransportError, match="inside a transaction"), transaction.atomic():
        start(LineInput(variant.pk, 1))


@pytest.mark.parametrize("email", ["nobody", "a@b", "x" * 250 + "@example.com"])
def test_an_address_that_no_mail_would_reach_is_refused(email):
    with pytest.raises(PurchaseError) as refused:
        purchase.start(lines=[LineInput(apple().pk, 1)], email=email, address=ADDRESS)
    assert (refused.value.code, refused.value.field) == (Code.INVALID, "email")
