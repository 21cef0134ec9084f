"""Payments and refunds: whoever tells first, money is written down once, and never more goes back than came."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from catalog.models import Stock
from checkout import facts
from checkout.actions import fulfillments, notices, orders, payments, refund_outcomes, refunds
from checkout.models import (
    ChargeStatus,
    JournalPosting,
    JournalTransaction,
    Order,
    OrderStatus,
    OutboxRow,
    Refund,
    RefundStatus,
    TransactionItem,
    WebhookEvent,
)
from checkout.payments.base import ProviderError, ProviderRefused
from checkout.rules import Code, PurchaseError
from tests import factories
from tests.buying import paid, placed, refunded
from tests.factories import NOW
from tests.fakes.provider import MemoryProvider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> MemoryProvider:
    return MemoryProvider()


def apple(**values):
    return factories.product(**values).variants.get()


def balance(account: str) -> int:
    return JournalPosting.objects.filter(account=account).aggregate(sum=Sum("amount_minor"))["sum"] or 0


def test_a_payment_is_written_down_once_whoever_tells_first(provider):
    order = placed((apple(), 2), (apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    told = provider.approve(item.psp_reference)
    for _ in range(3):
        payments.settle(payment=told, now=NOW)
    order.refresh_from_db()
    assert (order.charge_status, order.paid_at) == (ChargeStatus.FULL, NOW)
    row = OutboxRow.objects.get()
    told_facts = facts.read(row.payload)
    assert [line.amount_minor for line in told_facts.lines] == [11980, 5990]
    assert told_facts == facts.read(facts.write(told_facts))
    assert "buyer@example.com" not in str(row.payload)
    assert balance("cash") == order.total_minor == 19570
    assert balance("merchant_payable") == -17970
    assert balance("shipping") == -1600


def test_starting_to_pay_twice_is_one_payment(provider):
    order = placed((apple(), 1))
    one = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    two = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    assert one == two
    assert provider.calls == ["create_payment"]


def test_a_provider_that_answers_nothing_leaves_a_payment_to_go_on_with(provider):
    order = placed((apple(), 1))
    provider.down = True
    with pytest.raises(ProviderError):
        payments.initialize(order_token=order.token, provider=provider, now=NOW)
    provider.down = False
    assert payments.initialize(order_token=order.token, provider=provider, now=NOW).psp_reference
    assert TransactionItem.objects.count() == 1


def test_the_database_lets_an_order_have_one_open_payment(provider):
    order = placed((apple(), 1))
    payments.initialize(order_token=order.token, provider=provider, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        TransactionItem.objects.create(
            order=order, idempotency_key="another", amount_minor=1, created_at=NOW, checked_at=NOW
        )


def test_money_for_an_order_that_ended_goes_back_by_itself(provider):
    variant = apple(on_hand=1)
    order = placed((variant, 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
    payments.settle(payment=provider.approve(item.psp_reference), now=NOW)
    assert not OutboxRow.objects.exists()
    assert Refund.objects.get().status == RefundStatus.REQUESTED
    provider.down = True
    refunds.send_open(provider=provider, now=NOW)
    assert Refund.objects.get().status == RefundStatus.REQUESTED
    provider.down = False
    refunds.send_open(provider=provider, now=NOW)
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED
    assert (balance("cash"), balance("unapplied")) == (0, 0)
    assert not OutboxRow.objects.exists()
    assert Stock.objects.get(variant=variant).allocated == 0


def test_a_wrong_amount_is_not_a_payment(provider):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    told = provider.approve(item.psp_reference)
    wrong = type(told)(**{field: getattr(told, field) for field in told.__slots__} | {"charged_minor": 1})
    payments.settle(payment=wrong, now=NOW)
    order.refresh_from_db()
    assert order.charge_status == ChargeStatus.NONE
    assert Refund.objects.get().amount_minor == 1


def test_a_notice_is_stored_once_and_acted_on_by_asking(provider):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    notice = provider.notice(f"evt_1 payment_intent.succeeded {item.psp_reference} ".encode(), "good")
    event = notices.receive(notice=notice, now=NOW)
    notices.handle(event=event, provider=provider, now=NOW)
    assert Order.objects.get().charge_status == ChargeStatus.NONE  # the notice lied: nobody has paid
    provider.approve(item.psp_reference)
    assert notices.receive(notice=notice, now=NOW) is None
    second = provider.notice(f"evt_2 payment_intent.succeeded {item.psp_reference} ".encode(), "good")
    notices.receive(notice=second, now=NOW)
    assert notices.handle_open(provider=provider, now=NOW) == 1
    assert Order.objects.get().charge_status == ChargeStatus.FULL
    assert not WebhookEvent.objects.filter(handled_at=None).exists()


def test_a_buyer_who_never_comes_back_and_a_lost_notice_are_found_by_asking(provider):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    provider.approve(item.psp_reference)
    minute = timedelta(minutes=1)
    assert payments.check_open(provider=provider, now=NOW, older_than=minute) == 0
    assert payments.check_open(provider=provider, now=NOW + minute, older_than=minute) == 1
    order.refresh_from_db()
    assert order.charge_status == ChargeStatus.FULL


def test_the_payment_of_an_expired_order_is_cancelled_at_the_provider(provider):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
    payments.check_open(provider=provider, now=NOW, older_than=timedelta(0))
    item.refresh_from_db()
    assert (item.status, provider.payments[item.psp_reference].status) == ("canceled", "canceled")


def test_part_of_a_line_goes_back_once(provider):
    order = paid(provider, (apple(), 2))
    for _ in range(3):
        refunded(provider, order, 3000, key="one")
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED
    assert order.lines.get().refunded_minor == 3000
    told = facts.read(OutboxRow.objects.get(kind="refund_succeeded").payload)
    assert [line.amount_minor for line in told.lines] == [3000]
    assert balance("cash") == order.total_minor - 3000


def test_more_than_is_left_is_refused_and_nothing_changes(provider):
    order = paid(provider, (apple(), 2))
    refunded(provider, order, 10000, key="one")
    with pytest.raises(PurchaseError) as refused:
        refunded(provider, order, 1981, key="two")
    assert refused.value.code is Code.CANNOT_REFUND
    assert order.lines.get().refunded_minor == 10000
    assert Refund.objects.count() == 1
    refunded(provider, order, 1980, key="three")
    assert order.lines.get().refunded_minor == 11980


def test_a_refund_made_at_the_provider_is_shared_by_what_is_left_and_told_once(provider):
    order = paid(provider, (apple(), 2), (apple(), 1))
    item = order.transactions.get()
    told = provider.refund_at_desk(item.psp_reference, 1000)
    for _ in range(2):
        refund_outcomes.settle(refund=told, now=NOW)
    refund = Refund.objects.get()
    assert sum(part.amount_minor for part in refund.parts.all()) == 1000
    assert refund.status == RefundStatus.SUCCEEDED
    assert OutboxRow.objects.filter(kind="refund_succeeded").count() == 1
    assert balance("cash") == order.total_minor - 1000


def test_a_refused_refund_frees_its_amount(provider):
    order = paid(provider, (apple(), 2))
    provider.refund_at_desk(order.transactions.get().psp_reference, order.total_minor)  # nobody told us yet
    assert refunded(provider, order, 5000, key="one").status == RefundStatus.FAILED
    assert order.lines.get().refunded_minor == 0
    assert Order.objects.get().refunded_minor == 0


def test_all_given_back_before_it_left_ends_the_order_and_frees_its_stock(provider):
    variant = apple(on_hand=5)
    order = paid(provider, (variant, 2))
    parts = refunds.Parts({order.lines.get().pk: 11980}, {order.merchant_orders.get().pk: 800})
    refund = refunds.request(order_token=order.token, parts=parts, reason="", by="user 1", key="all", now=NOW)
    refunds.send(refund=refund, provider=provider, now=NOW)
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELED
    assert Stock.objects.get(variant=variant).allocated == 0
    assert balance("cash") == balance("merchant_payable") == balance("shipping") == 0


def test_what_is_sent_off_leaves_the_warehouse_once(provider):
    variant = apple(on_hand=5)
    order = paid(provider, (variant, 2))
    part = order.merchant_orders.get()
    for _ in range(2):
        fulfillments.fulfill(
            order_token=order.token,
            merchant_order_id=part.pk,
            carrier="邮政",
            tracking_number="1",
            by="user 1",
            now=NOW,
        )
    order.refresh_from_db()
    stock = Stock.objects.get(variant=variant)
    assert (order.status, stock.on_hand, stock.allocated) == (OrderStatus.FULFILLED, 3, 0)


def test_an_unpaid_order_is_not_sent_off(provider):
    order = placed((apple(), 1))
    with pytest.raises(PurchaseError) as refused:
        fulfillments.fulfill(
            order_token=order.token,
            merchant_order_id=order.merchant_orders.get().pk,
            carrier="",
            tracking_number="",
            by="user 1",
            now=NOW,
        )
    assert refused.value.code is Code.CANNOT_FULFILL_UNPAID_ORDER


def test_the_journal_cannot_be_changed(provider):
    paid(provider, (apple(), 1))
    for rows in (JournalTransaction.objects.all(), JournalPosting.objects.all()):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows.update(id=0)


def test_a_notice_that_cannot_be_acted_on_does_not_stop_those_behind_it(provider, monkeypatch):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    provider.approve(item.psp_reference)
    for number, about in enumerate(("pi_broken", item.psp_reference)):
        told = provider.notice(f"evt_{number} payment_intent.succeeded {about} ".encode(), "good")
        notices.receive(notice=told, now=NOW + timedelta(seconds=number))
    assert notices.handle_open(provider=provider, now=NOW) == 2
    assert Order.objects.get().charge_status == ChargeStatus.FULL
    assert WebhookEvent.objects.get(handled_at=None).event_id == "evt_0"

    def refuse(psp_reference):
        raise ProviderRefused("resource_missing")

    monkeypatch.setattr(provider, "payment", refuse)
    notices.handle_open(provider=provider, now=NOW)
    assert not WebhookEvent.objects.filter(handled_at=None).exists()


def test_an_order_that_cannot_expire_does_not_stop_the_others(monkeypatch):
    broken, fine = placed((apple(), 1)), placed((apple(), 1))
    free = orders.free

    def fail(*, order_id):
        if order_id == broken.pk:
            raise RuntimeError("stock")
        free(order_id=order_id)

    monkeypatch.setattr(orders, "free", fail)
    assert orders.expire_due(now=NOW + timedelta(hours=1)) == 1
    fine.refresh_from_db()
    assert fine.status == OrderStatus.EXPIRED


def test_refunds_that_the_provider_has_not_heard_of_are_sent_before_those_that_it_works_on(provider):
    for at in (NOW, NOW + timedelta(seconds=1)):
        order = placed((apple(), 1))
        item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
        orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
        payments.settle(payment=provider.approve(item.psp_reference), now=at)
    older = Refund.objects.order_by("created_at").first()
    Refund.objects.filter(pk=older.pk).update(status=RefundStatus.PENDING, psp_reference="re_slow")
    refunds.send_open(provider=provider, now=NOW, limit=1)
    assert Refund.objects.exclude(pk=older.pk).get().status == RefundStatus.SUCCEEDED


def everything(order) -> list[refunds.Parts]:
    """Return what is left of an order: its goods, and its shipping fees."""
    goods = {line.pk: line.total_minor for line in order.lines.all()}
    return [refunds.Parts(goods), refunds.Parts({}, {p.pk: p.shipping_minor for p in order.merchant_orders.all()})]


def asked(order, parts, key) -> Refund:
    return refunds.request(order_token=order.token, parts=parts, reason="", by="user 1", key=key, now=NOW)


def test_an_order_lives_until_the_provider_has_confirmed_its_last_refund(provider):
    variant = apple(on_hand=5)
    order = paid(provider, (variant, 2))
    goods, shipping = (asked(order, parts, key) for parts, key in zip(everything(order), "ab", strict=True))
    refunds.send(refund=goods, provider=provider, now=NOW)
    order.refresh_from_db()
    assert (order.status, Stock.objects.get(variant=variant).allocated) == (OrderStatus.UNFULFILLED, 2)
    refunds.send(refund=shipping, provider=provider, now=NOW)
    order.refresh_from_db()
    assert (order.status, Stock.objects.get(variant=variant).allocated) == (OrderStatus.CANCELED, 0)


def test_what_goes_back_whole_is_not_sent_and_its_unsent_part_is_free_again(provider):
    sent, kept = apple(on_hand=5), apple(on_hand=5)
    order = paid(provider, (sent, 1), (kept, 2))
    first, second = order.merchant_orders.order_by("id")
    told = {"carrier": "", "tracking_number": "", "by": "user 1", "now": NOW}
    fulfillments.fulfill(order_token=order.token, merchant_order_id=first.pk, **told)
    for parts, key in zip(everything(order), "ab", strict=True):
        asked(order, parts, key)
    with pytest.raises(PurchaseError):
        fulfillments.fulfill(order_token=order.token, merchant_order_id=second.pk, **told)
    refunds.send_open(provider=provider, now=NOW)
    order.refresh_from_db()
    assert order.status == OrderStatus.PARTIALLY_FULFILLED
    assert set(Stock.objects.values_list("on_hand", "allocated")) == {(4, 0), (5, 0)}


def test_late_money_goes_back_even_after_the_provider_refused_once(provider, monkeypatch):
    order = placed((apple(), 1))
    item = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    orders.end(order_id=order.pk, status=OrderStatus.EXPIRED)
    payments.settle(payment=provider.approve(item.psp_reference), now=NOW)

    def refuse(**more):
        raise ProviderRefused("balance_insufficient")

    with monkeypatch.context() as empty_account:
        empty_account.setattr(provider, "create_refund", refuse)
        refunds.send_open(provider=provider, now=NOW)
    assert Refund.objects.get().status == RefundStatus.REQUESTED
    refunds.send_open(provider=provider, now=NOW)
    assert Refund.objects.get().status == RefundStatus.SUCCEEDED


def test_a_sweep_stops_when_the_provider_is_away(provider):
    for _ in range(5):
        payments.initialize(order_token=placed((apple(), 1)).token, provider=provider, now=NOW)
    provider.down = True
    provider.calls.clear()
    payments.check_open(provider=provider, now=NOW, older_than=timedelta(0))
    assert provider.calls == ["payment"] * 3


def test_a_refund_is_of_the_payment_that_was_applied_and_not_of_one_that_went_back(provider):
    order = placed((apple(), 1))
    wrong = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    told = provider.approve(wrong.psp_reference)
    payments.settle(payment=replace(told, charged_minor=1), now=NOW)
    right = payments.initialize(order_token=order.token, provider=provider, now=NOW)
    payments.settle(payment=provider.approve(right.psp_reference), now=NOW)
    assert right != wrong
    assert refunded(provider, order, 1000, key="one").transaction == right
