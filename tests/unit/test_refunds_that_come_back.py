"""A refund that fails after it had succeeded: the books say so, the totals count again, and the office is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Sum

from aid_tracking import audit, relay, shares
from aid_tracking.models import LedgerEntry, RelayFailure, SliceKind, Total
from catalog.models import Stock
from checkout import facts
from checkout.actions import notices, refund_outcomes, refunds
from checkout.models import JournalPosting, Order, OrderStatus, OutboxRow, Refund, RefundStatus
from storefront import order_view
from storefront.invariants import broken
from tests import aid, buying, factories
from tests.factories import NOW
from tests.fakes.provider import MemoryProvider

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


@pytest.fixture
def provider() -> MemoryProvider:
    return MemoryProvider()


def bought(provider, quantity: int = 2) -> Order:
    aid.spring()
    variant = factories.product(tags=(aid.TAG,)).variants.get()
    return buying.paid(provider, (variant, quantity), tag=aid.TAG)


def comes_back(provider, refund: Refund) -> None:
    """Have the provider say, by a notice, that a refund failed after all."""
    reference = str(refund.psp_reference)
    provider.refunds[reference] = replace(provider.refunds[reference], status="failed")
    told = provider.notice(
        f"evt_{reference} refund.failed {refund.transaction.psp_reference} {reference}".encode(), "good"
    )
    event = notices.receive(notice=told, now=LATER)
    notices.handle(event=event, provider=provider, now=LATER)


def count() -> None:
    relay.run_once(now=LATER, holder="one")


def sums() -> tuple[int, int, int]:
    """Return the cash in the journal, and what the shop and the campaign of the zone count (fen)."""
    cash = JournalPosting.objects.filter(account="cash").aggregate(sum=Sum("amount_minor"))["sum"]
    totals = aid.totals()
    return cash, totals.get(("bangmai", ""), 0), totals.get(("spring-2026", ""), 0)


def test_the_books_and_the_totals_are_as_if_it_had_not_been_given_back(provider):
    order = bought(provider)
    count()
    before = sums()
    refund = buying.refunded(provider, order, 3000, key="one")
    count()
    assert sums() == tuple(amount - 3000 for amount in before)
    comes_back(provider, refund)
    refund_outcomes.settle(refund=provider.refunds[str(refund.psp_reference)], now=LATER)  # told once more
    count()
    order.refresh_from_db()
    assert sums() == before
    assert Refund.objects.get().status == RefundStatus.FAILED
    assert (order.refunded_minor, order.lines.get().refunded_minor, order.needs_office) == (0, 0, True)
    assert OutboxRow.objects.filter(kind="refund_failed").count() == 1
    assert not broken() and audit.chain() is None and audit.totals() is None


def test_what_came_back_is_given_back_again(provider):
    order = bought(provider)
    one = buying.refunded(provider, order, 3000, key="one")
    buying.refunded(provider, order, 2000, key="two")
    count()
    comes_back(provider, one)
    buying.refunded(provider, order, 4000, key="three")
    count()
    assert sums()[1:] == (11980 - 6000, 11980 - 6000)
    counted = shares.counted(line_ids=[order.lines.get().pk])
    assert (counted.shares[0].amount_minor, counted.taken_back_minor) == (11980, 6000)
    assert Total.objects.get(slice_kind=SliceKind.ALL, campaign__is_root=True).lines == 1
    assert not broken() and audit.totals() is None


def test_two_that_come_back_at_once_count_again_in_full(provider):
    order = bought(provider)
    given = [buying.refunded(provider, order, amount, key=str(amount)) for amount in (3000, 8980)]
    count()
    assert sums()[1] == 0
    for refund in given:
        comes_back(provider, refund)
    count()
    assert sums()[1:] == (11980, 11980)
    assert not broken() and audit.chain() is None and audit.totals() is None


def test_a_fact_that_is_told_twice_counts_once(provider):
    order = bought(provider)
    refund = buying.refunded(provider, order, 3000, key="one")
    comes_back(provider, refund)
    count()
    entries = LedgerEntry.objects.count()
    OutboxRow.objects.filter(kind="refund_failed").update(processed_at=None)
    count()
    assert (LedgerEntry.objects.count(), sums()[1]) == (entries, 11980)


def test_a_fact_that_comes_too_early_waits_for_what_it_undoes(provider):
    order = bought(provider)
    refund = buying.refunded(provider, order, 3000, key="one")
    comes_back(provider, refund)
    success = OutboxRow.objects.filter(kind="refund_succeeded")
    success.update(processed_at=NOW)  # as if it were not there yet
    count()
    assert RelayFailure.objects.get().row.kind == "refund_failed" and sums()[1] == 11980
    success.update(processed_at=None)
    relay.retry_failures(now=LATER)
    count()
    assert sums()[1] == 11980 and not RelayFailure.objects.exists() and not broken()


def test_its_fact_can_be_read_and_names_what_it_undoes(provider):
    refund = buying.refunded(provider, bought(provider), 3000, key="one")
    comes_back(provider, refund)
    told = facts.read(OutboxRow.objects.get(kind="refund_failed").payload)
    assert (told.undoes, told.lines[0].amount_minor) == (f"refund_succeeded:{refund.pk}", 3000)
    assert facts.read(facts.write(told)) == told


def test_an_order_that_had_ended_stays_so_and_owes_its_buyer(provider):
    order = bought(provider)
    parts = refunds.Parts({order.lines.get().pk: 11980}, {order.merchant_orders.get().pk: 800})
    refund = refunds.request(order_token=order.token, parts=parts, reason="", by="user 1", key="all", now=NOW)
    refunds.send(refund=refund, provider=provider, now=NOW)
    refund.refresh_from_db()
    comes_back(provider, refund)
    order.refresh_from_db()
    assert (order.status, order.refunded_minor, order.needs_office) == (OrderStatus.CANCELED, 0, True)
    assert order_view.build(order, now=LATER).state == "owed"
    assert Stock.objects.get().allocated == 0 and not broken()
    again = refunds.request(order_token=order.token, parts=parts, reason="", by="user 1", key="again", now=LATER)
    assert refunds.send(refund=again, provider=provider, now=LATER).status == RefundStatus.SUCCEEDED
    count()
    assert sums() == (0, 0, 0) and not broken()


def test_a_refund_that_the_provider_refuses_is_one_for_the_office(provider):
    order = bought(provider)
    provider.refund_at_desk(order.transactions.get().psp_reference, order.total_minor)  # nobody told us yet
    assert buying.refunded(provider, order, 5000, key="one").status == RefundStatus.FAILED
    order.refresh_from_db()
    assert order.needs_office
    assert not OutboxRow.objects.filter(kind="refund_failed").exists()
