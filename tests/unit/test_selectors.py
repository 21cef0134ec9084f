"""What pages and the API are given, and how many queries it costs."""

from datetime import date

import pytest

from catalog import search
from catalog.actions import cards
from catalog.models import MerchantApproval, Product
from catalog.search import Query
from catalog.selectors import (
    cards_of,
    categories,
    listing,
    product_detail,
    provinces_with_counts,
    region,
    regions_of_province,
    related,
)
from tests import factories
from tests.factories import DAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


def test_a_listing_costs_two_queries_however_long(django_assert_num_queries):
    for number in range(30):
        factories.product(f"延长苹果{number}", on_hand=number)
    cards.rebuild(now=NOW)
    search.rebuild()
    with django_assert_num_queries(2):
        page = listing(Query(text="苹果", sort="price"), at=NOW)
    assert (len(page.cards), page.total, page.pages) == (24, 30, 2)


def test_availability_is_told_in_words():
    rows = [factories.product(on_hand=units) for units in (0, 1, 10, 11)]
    held = rows[1].variants.get().stocks.get()
    held.allocated = 1
    held.save()
    cards.rebuild(now=NOW)
    found = cards_of([row.pk for row in rows], at=NOW)
    assert [card.availability for card in found] == ["out", "out", "low:10", "in"]


def test_a_card_is_out_only_when_every_size_is():
    row = factories.product(on_hand=0)
    factories.variant(row, on_hand=7, price_minor=9990)
    cards.rebuild(now=NOW)
    assert [card.availability for card in cards_of([row.pk], at=NOW)] == ["low:7"]


def test_cards_keep_the_given_order_and_leave_out_the_unsellable():
    first, second, third = (factories.product() for _ in range(3))
    cards.rebuild(now=NOW)
    assert [card.product_id for card in cards_of([third.pk, first.pk, 10**9], at=NOW)] == [third.pk, first.pk]
    assert cards_of([second.pk], at=NOW + 100 * DAY) == ()
    assert cards_of([second.pk], at=NOW - 101 * DAY) == ()


def test_a_product_comes_with_everything_in_seven_queries(django_assert_num_queries):
    row = factories.product(tags=("spring",))
    factories.variant(row, price_minor=2990, weight_grams=0, on_hand=0, position=1)
    factories.certificate(row, scheme=factories.scheme("organic", admits_sale=False), valid_until=NOW + 10 * DAY)
    factories.food_label(row)
    factories.benefit_report(row.merchant)
    cards.rebuild(now=NOW)
    with django_assert_num_queries(7):
        found = product_detail(row.slug, at=NOW)
    assert (found.sellable, found.reason, found.sellable_until) == (True, "", NOW + 100 * DAY)
    assert [(one.availability, one.price_per_500g_minor) for one in found.variants] == [("in", 599), ("out", None)]
    assert [(one.scheme_slug, one.state) for one in found.certificates] == [
        ("aid-product", "valid"),
        ("organic", "expiring"),
    ]
    assert found.tags == ("spring",)
    assert (found.region.name_zh, found.merchant.shipping_fee_minor) == ("延长县", 800)


def _expire(row):
    row.certificates.update(valid_until=NOW)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda row: Product.objects.filter(pk=row.pk).update(status="paused"), "not_on_sale"),
        (lambda row: MerchantApproval.objects.update(valid_until=NOW), "merchant_not_approved"),
        (lambda row: row.certificates.update(revoked_at=NOW), "certificate_revoked"),
        (_expire, "certificate_expired"),
        (lambda row: row.certificates.update(approved_at=None, step="submitted"), "not_certified"),
        (lambda row: row.coverage.all().delete(), "not_certified"),
    ],
)
def test_what_may_not_be_sold_says_why_at_once(spoil, reason):
    row = factories.product()
    cards.rebuild(now=NOW)
    spoil(row)
    found = product_detail(row.slug, at=NOW)
    assert (found.sellable, found.reason, found.sellable_until) == (False, reason, None)
    assert not Product.objects.sellable(at=NOW).exists()


def test_a_product_says_what_it_promises_and_what_its_label_says():
    agent = factories.merchant(producer_type="agent", producer_zh="果业联合社", producer_en="Fruit union")
    row = factories.product(merchant=agent, dispatch_hours=24, return_rule="excluded", processing="deep_processed")
    factories.food_label(row)
    found = product_detail(row.slug, at=NOW)
    assert (found.dispatch_hours, found.return_rule, found.processing) == (24, "excluded", "deep_processed")
    assert (found.merchant.producer_zh, found.merchant.producer_en) == ("果业联合社", "Fruit union")
    label = found.food_label
    assert (label.ingredients_zh, label.ingredients_en) == ("红枣、核桃仁", "Jujube, walnut kernels")
    assert (label.allergens_zh, label.storage_en) == ("坚果", "Keep cool and dry")
    assert (label.licence_number, label.standard) == ("SC00000000000007", "GB/T 22165")
    assert product_detail(factories.product(merchant=agent).slug, at=NOW).food_label is None


def test_the_newest_benefit_report_is_told_once_and_none_where_there_is_none():
    row = factories.product()
    assert product_detail(row.slug, at=NOW).merchant.benefit is None
    for year, households in ((2024, 90), (2026, 140), (2025, 120)):
        day = date(year, 1, 12)
        factories.benefit_report(row.merchant, households=households, reported_on=day)
    factories.benefit_report(factories.merchant(), households=999, reported_on=date(2026, 2, 1))
    told = product_detail(row.slug, at=NOW).merchant.benefit
    assert (told.households, told.reported_on, told.mode) == (140, date(2026, 1, 12), "contract_purchase")
    assert (told.period_from, told.period_until) == (date(2025, 1, 1), date(2026, 1, 1))
    assert (told.reporter_zh, told.reporter_en) == ("县农业农村局", "County bureau of agriculture")
    # Of two of one day, the one that was entered later.
    factories.benefit_report(row.merchant, households=141)
    assert product_detail(row.slug, at=NOW).merchant.benefit.households == 141
    assert related.texts_of([row.pk])[row.pk].merchant.benefit.households == 141


def test_drafts_and_unknown_products_are_not_there():
    draft = factories.product(status="draft")
    assert product_detail(draft.slug, at=NOW) is None
    assert product_detail("no-such-thing", at=NOW) is None


def test_places_count_their_sellable_products(django_assert_num_queries):
    empty = factories.region(code="610622", name_zh="延川县", slug="610622")
    row = factories.product()
    _expire(factories.product(merchant=row.merchant))
    cards.rebuild(now=NOW)
    search.rebuild()
    with django_assert_num_queries(1):
        provinces = provinces_with_counts(at=NOW)
    assert [(one.code, one.regions, one.products) for one in provinces] == [("610000", 2, 1)]
    with django_assert_num_queries(1):
        regions = regions_of_province("610000", at=NOW)
    assert [(one.name_zh, one.products) for one in regions] == [("延长县", 1), ("延川县", 0)]
    assert region("610622").name_zh == empty.name_zh
    assert region("000000") is None


def test_categories_come_in_their_order():
    factories.category("tea", "茶叶", "Tea")
    factories.category()
    assert [one.slug for one in categories()] == ["fruit", "tea"]


def test_reads_for_many_products_agree_with_the_page(django_assert_num_queries):
    rows = [factories.product(on_hand=units) for units in (3, 4)]
    draft = factories.product(status="draft")
    cards.rebuild(now=NOW)
    ids = [row.pk for row in (*rows, draft)]
    page = product_detail(rows[0].slug, at=NOW)
    with django_assert_num_queries(1):
        assert related.variants_of(ids)[page.id] == page.variants
    with django_assert_num_queries(1):
        assert related.certificates_of(ids, at=NOW)[page.id] == page.certificates
    with django_assert_num_queries(1):
        text = related.texts_of(ids)[page.id]
    assert (text.merchant, text.food_label, text.return_rule) == (page.merchant, page.food_label, page.return_rule)
    sellable = {card.product_id: card for card in cards_of(ids, at=NOW)}
    with django_assert_num_queries(2):
        found = related.cards_in_any_state(product_ids=ids)
    assert found == {pk: card for pk, card in sellable.items() if pk != draft.pk}
    assert set(related.cards_in_any_state(slugs=[rows[1].slug, draft.slug])) == {rows[1].pk}
    assert set(related.variants_by_id([page.variants[0].id, draft.variants.get().pk])) == {page.variants[0].id}
