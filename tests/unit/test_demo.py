"""The demo: the same from the same seed, true to its own rules, open on its day, and movable to another one."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.test import override_settings

from aid_tracking import audit
from aid_tracking.models import Campaign, LedgerEntry, RelayLock, Total, Zone
from catalog.actions import warehouses
from catalog.actions.regions import midnight
from catalog.models import (
    AidedRegion,
    BenefitReport,
    Certificate,
    FoodLabel,
    Merchant,
    Product,
    ProductCard,
    ProductTag,
    ProductVariant,
    Stock,
    StockTransfer,
    Warehouse,
)
from catalog.rules import bad_tiers
from checkout.address import Address, problems
from checkout.models import Allocation, ChargeStatus, Order, OrderLine, OutboxRow, Refund
from storefront import rich_text
from storefront.demo import campaigns
from storefront.demo.errors import NoDemo, ShopNotEmpty
from storefront.demo.kinds import read_kinds, read_places
from storefront.demo.merchants import plan_merchants
from storefront.demo.plan import ZONE, Plan
from storefront.demo.products import counts, plan_products
from storefront.demo.refresh import refresh
from storefront.demo.sales import plan_moments
from storefront.demo.seed import demo_ready, seed
from storefront.demo.sizes import PRODUCTS
from storefront.invariants import broken
from storefront.models import Article, ArticleKind, DemoSeed
from tests import scripts

AS_OF = date(2027, 1, 25)
NOW = midnight(AS_OF) + timedelta(hours=10)
SMALL = {"as_of": AS_OF, "now": NOW, "products": 160, "orders": 90}


def _rolled_back() -> transaction.Atomic:
    """A transaction inside which durable ones may open, as pytest-django's own `db` is one."""
    block = transaction.atomic()
    block._from_testcase = True
    return block


@pytest.fixture(scope="module", autouse=True)
def _index(tmp_path_factory):
    with override_settings(SEARCH_INDEX_DIR=tmp_path_factory.mktemp("demo") / "index"):
        yield


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, _index):
    """A small demo, made once for the tests that only look at it."""
    with django_db_blocker.unblock(), _rolled_back():
        yield seed(**SMALL).plan
        transaction.set_rollback(True)


@pytest.fixture
def movable(demo):
    """The same demo; what a test changes is undone."""
    with _rolled_back():
        yield demo
        transaction.set_rollback(True)


# Planning, which needs no database.


def _names(plan: Plan) -> list[tuple]:
    merchants = plan_merchants(plan, read_kinds(), read_places())
    return [
        (one.name_zh, one.name_en, [(v.sku, v.price_minor, v.on_hand) for v in one.variants], one.state)
        for made in plan_products(plan, merchants)
        for one in made
    ]


def test_a_seed_gives_the_same_shop_and_another_seed_another():
    assert _names(Plan(1, AS_OF, 400, 0)) == _names(Plan(1, AS_OF, 400, 0))
    assert _names(Plan(1, AS_OF, 400, 0)) != _names(Plan(2, AS_OF, 400, 0))
    assert plan_moments(Plan(1, AS_OF, 400, 50)) == plan_moments(Plan(1, AS_OF, 400, 50))


@pytest.mark.parametrize("number", [1, 2])
def test_the_whole_demo_is_as_large_and_as_varied_as_it_should_be(number):
    plan = Plan(number, AS_OF, PRODUCTS, 0)
    merchants = plan_merchants(plan, read_kinds(), read_places())
    products = [product for made in plan_products(plan, merchants) for product in made]
    states = Counter(product.state for product in products)
    assert len(products) == PRODUCTS
    assert states["zone"] >= 7600
    assert states["service"] == 60
    assert {"plain", "paused", "expired", "revoked", "pending", "suspended"} <= set(states)
    assert len({product.kind.slug for product in products if product.state == "zone"}) >= 200
    assert len(merchants) >= 500
    assert len({merchant.place.code for merchant in merchants}) >= 300
    for names in (
        [product.name_zh for product in products],
        [product.name_en for product in products],
        [product.slug for product in products],
        [merchant.name_zh for merchant in merchants],
        [merchant.name_en for merchant in merchants],
        [merchant.slug for merchant in merchants],
    ):
        assert max(Counter(names).values()) == 1
    # Of those that run out while the zone is open, so few that it stays as full as it was announced.
    lasting = [p for p in products if p.state == "zone" and p.certificates[0].until_day >= campaigns.CLOSES]
    assert 7600 <= len(lasting) < states["zone"]


def test_names_stay_different_when_there_are_very_many():
    plan = Plan(1, AS_OF, 25_000, 0)
    merchants = plan_merchants(plan, read_kinds(), read_places())
    names = Counter(product.name_zh for made in plan_products(plan, merchants) for product in made)
    assert max(names.values()) == 1


def test_every_merchant_grows_what_its_county_is_known_for():
    plan = Plan(1, AS_OF, 2000, 0)
    merchants = plan_merchants(plan, read_kinds(), read_places())
    assert all(merchant.place.code in kind.codes for merchant in merchants for kind in merchant.kinds)
    assert all("演示" in merchant.name_zh and "(demo)" in merchant.name_en for merchant in merchants)
    assert counts(plan_products(plan, merchants)).total() == 2000


def test_larger_sizes_cost_more_in_all_and_not_more_by_weight():
    plan = Plan(1, AS_OF, 2000, 0)
    merchants = plan_merchants(plan, read_kinds(), read_places())
    pairs = 0
    for product in (product for made in plan_products(plan, merchants) for product in made):
        for small, large in zip(product.variants, product.variants[1:], strict=False):
            assert small.price_minor < large.price_minor, product.name_zh
            if small.spec.grams:
                pairs += 1
                # Prices end in 80 or 90 fen, which moves each by less than a yuan.
                assert (large.price_minor - 100) / large.spec.grams <= (small.price_minor + 100) / small.spec.grams
    assert pairs > 500


# A small demo in the database.


def test_its_zone_is_open_and_full(demo):
    assert Zone.objects.open(at=NOW).filter(slug=ZONE).exists()
    in_zone = Product.objects.sellable(at=NOW).filter(tags__in=ProductTag.objects.at(NOW).filter(tag=ZONE))
    assert in_zone.count() == demo.goods - demo.outside == 145


def _offered():
    """What the plan offers; beside it stand a few listings that still wait in their console."""
    return Product.objects.exclude(status__in=[Product.Status.DRAFT, Product.Status.IN_REVIEW])


def test_its_campaigns_run_one_under_the_other(demo):
    running = {campaign.slug: campaign for campaign in Campaign.objects.running(at=NOW)}
    assert set(running) == {campaigns.PARENT, campaigns.CHILD}
    assert running[campaigns.CHILD].parent == running[campaigns.PARENT]
    assert running[campaigns.PARENT].name_zh == "2027消费帮扶新春行动（演示）"


def test_its_certificates_say_that_they_are_none(demo):
    assert not Certificate.objects.exclude(number__startswith="DEMO-").exists()
    assert not Certificate.objects.exclude(issuer_zh__contains="非真实").exists()
    assert not Certificate.objects.exclude(region=F("merchant__region")).exists()
    assert not _offered().exclude(coverage__certificate__merchant=F("merchant")).exists()


def test_geographical_indications_are_shown_only_where_one_is_verified(demo):
    verified = {(kind.slug, code) for kind in read_kinds() for code in kind.gi}
    shown = Product.objects.filter(coverage__certificate__scheme__slug="geographical-indication")
    assert set(shown.values_list("kind", "region__code")) <= verified


def test_services_can_be_looked_at_and_are_not_in_stock(demo):
    services = _offered().filter(line_kind="service")
    assert services.count() == demo.services == 8
    assert not Stock.objects.filter(variant__product__in=services).exists()
    assert Product.objects.sellable(at=NOW).filter(pk__in=services).count() == 8


def test_every_size_of_goods_has_one_stock_of_its_own_merchant(demo):
    own = Q(stocks__warehouse__merchant=F("product__merchant"))
    goods = ProductVariant.objects.filter(product__in=_offered().filter(line_kind="goods")).annotate(
        stocked=Count("stocks", filter=own)
    )
    assert set(goods.values_list("stocked", flat=True)) == {1}
    others = Stock.objects.exclude(warehouse__merchant=F("variant__product__merchant"))
    assert not others.exclude(warehouse__merchant=None).exists()


def test_shared_places_hold_goods_of_their_tenants_and_the_newest_movement_is_what_lies_there(demo):
    kinds = set(Warehouse.objects.values_list("kind", flat=True))
    assert kinds == set(Warehouse.Kind.values)
    shared = Stock.objects.filter(warehouse__merchant=None).select_related("variant__product", "warehouse")
    assert shared.count() > 20
    for shelf in shared:
        usable = warehouses.usable_by(merchant_id=shelf.variant.product.merchant_id, now=NOW)
        assert shelf.warehouse in usable and shelf.warehouse.keeps(shelf.variant.product.storage)
    assert StockTransfer.objects.filter(state="in_transit").exists()
    for shelf in Stock.objects.exclude(movements=None):
        assert shelf.movements.order_by("-pk").first().on_hand == shelf.on_hand


def test_some_goods_are_cheaper_by_the_dozen_and_some_go_not_everywhere(demo):
    firsts = ProductVariant.objects.filter(product__line_kind="goods", sku__endswith="-1")
    tiered = firsts.filter(tiers__isnull=False).distinct()
    assert 0.05 * firsts.count() < tiered.count() < 0.15 * firsts.count()
    for variant in tiered.prefetch_related("tiers"):
        assert bad_tiers(variant.price_minor, [(t.minimum_quantity, t.price_minor) for t in variant.tiers.all()]) == ""
    assert firsts.filter(min_quantity__gt=1).exists()
    bounded = Product.objects.exclude(sales_provinces=[])
    assert {row.storage for row in bounded} <= {"frozen"}
    assert all(row.region.province_code in row.sales_provinces for row in bounded.select_related("region"))


def test_every_product_has_its_card(demo):
    cards = ProductCard.objects.exclude(sellable_until=None).filter(sellable_from__lte=NOW)
    assert set(cards.values_list("pk", flat=True)) == set(Product.objects.sellable(at=NOW).values_list("pk", flat=True))
    assert ProductCard.objects.count() == Product.objects.count()


def test_orders_hold_every_invariant(demo):
    assert Order.objects.count() == 90
    assert Refund.objects.exists()
    assert Allocation.objects.exists()
    assert broken() == {}


def test_orders_lie_before_the_day_and_lines_are_what_was_on_sale(demo):
    assert not Order.objects.exclude(placed_at__lt=midnight(AS_OF), paid_at__gt=F("placed_at")).exists()
    assert not Order.objects.exclude(charge_status=ChargeStatus.FULL).exists()
    for line in OrderLine.objects.select_related("order", "certificate", "variant__product"):
        assert line.unit_price_minor == line.variant.price_minor
        assert line.variant.product.published_at < line.order.placed_at
        assert line.certificate.valid_from <= line.order.placed_at < line.certificate.valid_until
        assert line.certificate.coverage.filter(product=line.product_id).exists()


def test_claims_of_the_zone_are_true_and_about_half_of_all(demo):
    claimed = OrderLine.objects.filter(tag=ZONE)
    assert not claimed.filter(order__placed_at__lt=midnight(AS_OF - timedelta(days=10))).exists()
    assert LedgerEntry.objects.filter(zone=ZONE, campaign__is_root=True, reverses=None).count() == claimed.count()
    share = Order.objects.filter(lines__tag=ZONE).distinct().count() / 90
    assert 0.4 < share < 0.7


def test_its_articles_say_that_they_are_samples_and_are_out(demo):
    rows = list(Article.objects.published(at=NOW))
    assert Counter(row.kind for row in rows) == dict.fromkeys(ArticleKind.values, 2) and Article.objects.count() == 6
    for row in rows:
        assert "（演示文章）" in row.title_zh and "(demo article)" in row.title_en
        assert all(text == rich_text.clean(text) for text in (row.body_zh, row.body_hant, row.body_en))
        assert scripts.simplified(row.title_hant + row.summary_hant + row.body_hant) == ""
        assert row.drawing in {kind.slug for kind in read_kinds()}
        assert (row.region is not None) == (row.kind == ArticleKind.STORY)


def test_addresses_can_be_delivered_to_and_belong_to_nobody(demo):
    for order in Order.objects.all():
        assert problems(Address(**order.shipping_address)) == {}
        assert order.shipping_address["name"].startswith("收货人")
        assert order.email.endswith("@example.com")


def test_everything_was_counted_by_the_relay_and_the_audit_agrees(demo):
    assert not OutboxRow.objects.filter(processed_at=None).exists()
    assert audit.chain() is None
    assert audit.totals() is None
    paid = OrderLine.objects.aggregate(left=Sum(F("total_minor") - F("refunded_minor")))["left"]
    root = Total.objects.get(campaign__is_root=True, slice_kind="all")
    assert root.measured_direct_goods_minor + root.measured_helped_goods_minor == paid
    assert RelayLock.objects.get().holder == ""


def test_cards_know_how_much_was_sold(demo):
    assert ProductCard.objects.aggregate(Sum("sold_quantity")) == {
        "sold_quantity__sum": OrderLine.objects.aggregate(units=Sum("quantity"))["units"]
    }


def test_it_is_ready_when_it_is_finished(demo, settings):
    assert demo_ready()
    with transaction.atomic():
        DemoSeed.objects.update(finished_at=None)
        assert not demo_ready()
        settings.DEMO = False
        assert demo_ready()
        transaction.set_rollback(True)


def test_seeding_again_leaves_it_alone(demo):
    again = seed(as_of=AS_OF + timedelta(days=5), now=NOW, seed=9, products=500, orders=7)
    assert not again.is_new
    assert again.plan == demo
    assert (_offered().count(), Order.objects.count()) == (160, 90)


# Demos that are changed.


def _contents() -> list:
    # Listings that wait in a console are named after numbers that a database gives.
    return [
        list(Merchant.objects.order_by("slug").values_list("slug", "name_zh", "producer_zh", "shipping_fee_minor")),
        list(BenefitReport.objects.order_by("merchant__slug", "reported_on").values_list("households", "mode")),
        list(
            FoodLabel.objects.filter(product__in=_offered())
            .order_by("product__slug")
            .values_list("product__slug", "licence_number")
        ),
        list(_offered().order_by("slug").values_list("slug", "name_zh", "name_en", "published_at", "status")),
        list(
            ProductVariant.objects.filter(product__in=_offered())
            .order_by("sku", "stocks__on_hand")
            .values_list("sku", "price_minor", "stocks__on_hand")
        ),
        list(Certificate.objects.order_by("number").values_list("number", "valid_from", "valid_until")),
        list(Order.objects.order_by("number").values_list("number", "total_minor", "placed_at", "refunded_minor")),
        list(OrderLine.objects.order_by("order__number", "sku").values_list("sku", "quantity", "tag")),
    ]


@cache
def _whole() -> list:
    """What another database holds that was seeded in one go."""
    with _rolled_back():
        seed(**SMALL)
        found = _contents()
        transaction.set_rollback(True)
    return found


def test_two_databases_with_one_seed_hold_the_same(db):
    whole = _whole()
    seed(**SMALL)
    assert _contents() == whole


class _Stopped(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.mark.parametrize("step", ["products", "orders", "ledger", "search index"])
def test_a_seeding_that_was_stopped_goes_on_and_ends_the_same(db, monkeypatch, step):
    monkeypatch.setattr("storefront.demo.shelves.BATCH", 40)
    monkeypatch.setattr("storefront.demo.orders.BATCH", 20)
    whole = _whole()
    with pytest.raises(_Stopped):
        seed(**SMALL, progress=_stop_in(step))
    assert not demo_ready()
    # What it goes on with is what it was begun with, whatever is asked now.
    done = seed(as_of=AS_OF + timedelta(days=1), now=NOW, products=999, orders=1)
    assert done.is_new
    assert _contents() == whole
    assert broken() == {}


def _stop_in(step: str):
    @contextmanager
    def progress(title, total):
        reports = []

        def advance(count):
            reports.append(count)
            if title == step and (len(reports) == 2 or sum(reports) >= total):
                raise _Stopped

        yield advance

    return progress


def test_refreshing_opens_everything_again_and_rewrites_no_day(movable):
    plan = movable
    placed = OrderLine.objects.filter(tag=ZONE).count()
    later = AS_OF + timedelta(days=100)
    now = midnight(later) + timedelta(hours=9)
    assert not Zone.objects.open(at=now).exists()
    assert refresh(as_of=later, now=now)
    assert Zone.objects.open(at=now).filter(slug=ZONE).exists()
    assert Campaign.objects.running(at=now).count() == 2
    members = ProductTag.objects.filter(tag=ZONE)
    sellable = Product.objects.sellable(at=now).filter(tags__in=members.at(now))
    assert sellable.count() == plan.goods - plan.outside
    assert ProductCard.objects.filter(sellable_until__gt=now, tags__icontains=ZONE).count() == sellable.count()
    # The days between were not in the zone, and the days before still are.
    assert not members.at(midnight(AS_OF + timedelta(days=50))).exists()
    assert members.at(NOW).count() == plan.goods - plan.outside
    assert placed == LedgerEntry.objects.filter(zone=ZONE, campaign__is_root=True, reverses=None).count()
    assert not refresh(as_of=later, now=now)
    assert not refresh(as_of=AS_OF, now=now)


def test_refreshing_while_the_zone_is_open_lengthens_its_windows(movable):
    before = ProductTag.objects.count()
    later = AS_OF + timedelta(days=3)
    assert refresh(as_of=later, now=midnight(later))
    assert ProductTag.objects.count() == before
    assert Zone.objects.get(slug=ZONE).closes_at == midnight(later + timedelta(days=20))
    assert Zone.objects.get(slug=ZONE).opens_at == midnight(AS_OF - timedelta(days=10))


def test_what_had_run_out_stays_so_when_the_day_moves(movable):
    ended = Certificate.objects.filter(Q(valid_until__lte=NOW) | Q(revoked_at__lte=NOW))
    kept = list(ended.values_list("number", "valid_until"))
    later = AS_OF + timedelta(days=30)
    refresh(as_of=later, now=midnight(later))
    assert all(Certificate.objects.filter(number=number, valid_until=until).exists() for number, until in kept)


def test_there_is_nothing_to_refresh_in_an_empty_shop(db):
    with pytest.raises(NoDemo):
        refresh(as_of=AS_OF, now=NOW)


def test_made_up_products_never_come_among_real_ones(movable):
    DemoSeed.objects.all().delete()
    with pytest.raises(ShopNotEmpty):
        seed(**SMALL)
    assert not DemoSeed.objects.exists()


def test_days_are_chinese_ones(demo):
    assert Zone.objects.get(slug=ZONE).opens_at == datetime(2027, 1, 14, 16, tzinfo=UTC)
    assert AidedRegion.objects.count() == 832
