"""Cards: the next sellable window, what holds in it, and that only what changed is written."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.actions import cards, certificates, merchants, products
from catalog.models import CatalogState, MerchantApproval, Product, ProductCard, ProductTag
from catalog.rules import Window, certificate_state, intersect, merge, next_window, price_per_500g
from tests.factories import DAY, NOW, category, certificate, merchant, product, scheme, variant

pytestmark = pytest.mark.django_db


def card_of(row: Product, now=NOW) -> ProductCard:
    cards.rebuild(product_ids=[row.pk], now=now)
    return ProductCard.objects.get(pk=row.pk)


def test_a_card_shows_the_cheapest_variant_and_the_place():
    row = product("延长苹果")
    cheap = variant(row, price_minor=2990, weight_grams=2500, name_zh="2.5kg", name_en="2.5 kg")
    card = card_of(row)
    assert (card.variant_id, card.price_minor, card.price_max_minor) == (cheap.pk, 2990, 5990)
    assert (card.spec_zh, card.price_per_500g_minor) == ("2.5kg", 598)
    assert (card.county_zh, card.prefecture_zh, card.province_code) == ("延长县", "延安市", "610000")
    assert (card.sellable_from, card.sellable_until) == (NOW - 100 * DAY, NOW + 100 * DAY)
    assert card.badges == ["aid-product"]


def test_touching_certificates_make_one_window_and_a_gap_ends_it():
    row = product(certified=False)
    certificate(row, valid_until=NOW + 5 * DAY)
    certificate(row, valid_from=NOW + 5 * DAY, valid_until=NOW + 9 * DAY)
    certificate(row, valid_from=NOW + 10 * DAY, valid_until=NOW + 20 * DAY)
    assert card_of(row).sellable_until == NOW + 9 * DAY
    later = card_of(row, now=NOW + 9 * DAY)
    assert (later.sellable_from, later.sellable_until) == (NOW + 10 * DAY, NOW + 20 * DAY)


def test_approval_of_certificate_and_merchant_bound_the_window():
    seller = merchant(approved=False)
    MerchantApproval.objects.create(merchant=seller, valid_from=NOW + 1 * DAY, valid_until=NOW + 3 * DAY)
    row = product(merchant=seller, certified=False)
    certificate(row, approved_at=NOW + 2 * DAY)
    card = card_of(row)
    assert (card.sellable_from, card.sellable_until) == (NOW + 2 * DAY, NOW + 3 * DAY)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: Product.objects.filter(pk=row.pk).update(status=Product.Status.PAUSED),
        lambda row: row.merchant.approvals.update(valid_until=NOW),
        lambda row: row.certificates.update(revoked_at=NOW - DAY),
        lambda row: row.certificates.update(approved_at=None, step="submitted"),
        lambda row: row.certificates.update(valid_until=NOW),
        lambda row: row.certificates.update(scheme=scheme("organic", admits_sale=False)),
    ],
)
def test_what_may_not_be_sold_has_no_window(spoil):
    row = product()
    assert card_of(row).sellable_until
    spoil(row)
    card = card_of(row)
    assert (card.sellable_from, card.sellable_until) == (None, None)
    assert not Product.objects.sellable(at=NOW).filter(pk=row.pk).exists()


def test_tags_count_only_where_they_meet_the_window():
    row = product(tags=("spring",))
    ProductTag.objects.create(product=row, tag="over", valid_from=NOW - 9 * DAY, valid_until=NOW)
    ProductTag.objects.create(product=row, tag="far", valid_from=NOW + 100 * DAY)
    assert card_of(row).tags == ["spring"]


def test_only_changed_cards_are_written_and_bump_the_versions():
    first, second = product(), product()
    assert cards.rebuild(now=NOW) == 2
    before = CatalogState.objects.get().version
    assert cards.rebuild(now=NOW) == 0
    assert CatalogState.objects.get().version == before
    ProductCard.objects.filter(pk=second.pk).update(sold_quantity=7)
    Product.objects.filter(pk=second.pk).update(name_zh="新名")
    assert cards.rebuild(now=NOW) == 1
    changed = ProductCard.objects.get(pk=second.pk)
    assert (changed.version, changed.name_zh, changed.sold_quantity) == (2, "新名", 7)
    assert ProductCard.objects.get(pk=first.pk).version == 1
    assert CatalogState.objects.get().version == before + 1


def test_a_product_without_variants_has_no_card_or_a_closed_one():
    row = product(on_hand=None)
    assert cards.rebuild(now=NOW) == 0
    only = variant(row)
    assert card_of(row).sellable_until
    only.stocks.all().delete()
    only.delete()
    assert card_of(row).sellable_until is None


def test_time_alone_rebuilds_what_is_due():
    stays, ends = product(), product(certified=False)
    certificate(ends, valid_until=NOW + DAY)
    tagged = product(tags=("spring",), category=category("tea", "茶叶", "Tea"))
    cards.rebuild(now=NOW)
    assert cards.rebuild_due(now=NOW + DAY) == 1
    assert ProductCard.objects.get(pk=ends.pk).sellable_until is None
    assert cards.rebuild_due(now=NOW + 11 * DAY) == 1
    assert ProductCard.objects.get(pk=tagged.pk).tags == []
    assert ProductCard.objects.get(pk=stays.pk).version == 1


def killed(monkeypatch, act) -> None:
    """Let the process die between the change's commit and the rebuilding of its cards."""
    with monkeypatch.context() as dying:
        dying.setattr(cards, "rebuild", lambda **_: sys.exit("killed"))
        with pytest.raises(SystemExit):
            act()


def test_the_first_sweep_of_a_shop_makes_every_card():
    product()
    assert cards.rebuild_due(now=NOW) == 1
    assert cards.rebuild_due(now=NOW) == 0


@pytest.mark.parametrize(
    "stop",
    [
        lambda row, now: products.pause(product_id=row.pk, now=now),
        lambda row, now: merchants.suspend(merchant_id=row.merchant_id, reason="", now=now),
        lambda row, now: certificates.revoke(certificate_id=row.certificates.get().pk, now=now),
    ],
)
def test_what_is_stopped_leaves_the_lists_though_the_process_dies(stop, monkeypatch):
    row = product()
    cards.rebuild(now=NOW)
    before = CatalogState.objects.get().version
    killed(monkeypatch, lambda: stop(row, NOW))
    card = ProductCard.objects.get(pk=row.pk)
    assert (card.sellable_until, card.version) == (None, 2)
    assert card.changed_in == CatalogState.objects.get().version > before  # kept pages that show it are dropped


@pytest.mark.parametrize(
    ("status", "approved", "begin"),
    [
        ("paused", True, lambda row, now: products.resume(product_id=row.pk, now=now)),
        ("on_sale", False, lambda row, now: merchants.resume(merchant_id=row.merchant_id, reason="", now=now)),
        ("on_sale", True, lambda row, now: certificates.revoke(certificate_id=row.certificates.first().pk, now=now)),
    ],
)
def test_a_process_that_dies_before_the_card_is_rebuilt_leaves_it_to_the_sweep(status, approved, begin, monkeypatch):
    row = product(merchant=merchant(approved=approved), status=status)
    if not approved:  # it was until it was suspended
        MerchantApproval.objects.create(merchant=row.merchant, valid_from=NOW - 9 * DAY, valid_until=NOW - DAY)
    certificate(row)  # a second one, so that it may be sold though one is revoked
    cards.rebuild(now=NOW)
    cards.rebuild_due(now=NOW + DAY)
    killed(monkeypatch, lambda: begin(row, NOW + DAY - timedelta(seconds=1)))  # its moment lies before the last sweep's
    assert ProductCard.objects.get(pk=row.pk).sellable_until is None
    assert cards.rebuild_due(now=NOW + DAY + timedelta(minutes=1)) == 1
    assert ProductCard.objects.get(pk=row.pk).sellable_until


def test_a_worker_that_was_away_for_three_days_misses_no_window_that_began():
    seller = merchant(approved=False)
    MerchantApproval.objects.create(merchant=seller, valid_from=NOW + DAY, valid_until=NOW + 90 * DAY)
    admitted = product(merchant=seller)
    certified = product(certified=False)
    certificate(certified, valid_from=NOW + DAY, approved_at=NOW + 2 * DAY)
    badge = product()
    certificate(badge, valid_from=NOW + DAY, scheme=scheme("organic", admits_sale=False))
    cards.rebuild(now=NOW)
    # What the office wrote while nobody swept; it holds as of a day ago.
    MerchantApproval.objects.filter(merchant=seller).update(valid_until=NOW + 80 * DAY)
    assert cards.rebuild_due(now=NOW + 3 * DAY) == 2
    assert ProductCard.objects.get(pk=admitted.pk).sellable_until == NOW + 80 * DAY
    assert "organic" in ProductCard.objects.get(pk=badge.pk).badges
    assert cards.rebuild_due(now=NOW + 3 * DAY) == 0


def test_a_sweep_that_died_begins_again_where_it_began(monkeypatch):
    row = product(certified=False)
    certificate(row, valid_until=NOW + DAY)
    cards.rebuild(now=NOW)
    with monkeypatch.context() as killed:
        killed.setattr(cards, "_rebuild_batch", lambda *_: sys.exit("killed"))
        with pytest.raises(SystemExit):
            cards.rebuild_due(now=NOW + 2 * DAY)
    assert CatalogState.objects.get().cards_true_at == NOW
    assert cards.rebuild_due(now=NOW + 2 * DAY) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="an empty PostgreSQL table is always read whole")
def test_what_is_due_is_found_by_an_index():
    with CaptureQueriesContext(connection) as asked:
        cards._moved(NOW, NOW + DAY)
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [step[3] for step in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN")], (query["sql"], plan)


def test_progress_is_told():
    product()
    steps = []
    cards.rebuild(now=NOW, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 1)]


def test_rebuilding_one_product_is_a_bounded_number_of_queries(django_assert_max_num_queries):
    row = product(tags=("spring",))
    with django_assert_max_num_queries(24):
        cards.rebuild(product_ids=[row.pk], now=NOW)


def test_windows_merge_and_intersect():
    day = [NOW + i * DAY for i in range(8)]
    union = merge([Window(day[4], day[5]), Window(day[0], day[2]), Window(day[2], day[3]), Window(day[1], day[1])])
    assert union == [Window(day[0], day[3]), Window(day[4], day[5])]
    assert merge([Window(day[0]), Window(day[1], day[2])]) == [Window(day[0])]
    assert intersect(union, [Window(day[2])]) == [Window(day[2], day[3]), Window(day[4], day[5])]
    assert next_window(union, day[3]) == Window(day[4], day[5])
    assert next_window(union, day[5]) is None


def test_states_of_a_certificate():
    day = [NOW + i * DAY for i in range(100)]
    assert certificate_state(day[1], day[90], day[0], None, day[0]) == "pending"
    assert certificate_state(day[0], day[90], None, None, day[1]) == "pending"
    assert certificate_state(day[0], day[90], day[0], None, day[1]) == "valid"
    assert certificate_state(day[0], day[90], day[0], None, day[60]) == "expiring"
    assert certificate_state(day[0], day[90], day[0], None, day[90]) == "expired"
    assert certificate_state(day[0], day[90], day[0], day[5], day[5]) == "revoked"


def test_price_of_a_pound_rounds_half_up():
    assert price_per_500g(5990, 5000) == 599
    assert price_per_500g(1, 1000) == 1
    assert price_per_500g(4200, 0) is None
