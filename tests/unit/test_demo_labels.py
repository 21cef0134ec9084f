"""What the demo says of its foods, its merchants and their households: fitting, bilingual, and plainly not real."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from catalog.models import BenefitReport, FoodLabel, Merchant, Product
from storefront.demo.benefits import REPORTER_EN, REPORTER_ZH, USUAL, report_again, write_reports
from storefront.demo.kinds import read_kinds, read_places
from storefront.demo.labels import dispatch_hours, is_food, plan_labels, return_rule
from storefront.demo.merchants import plan_merchants
from storefront.demo.plan import Plan
from storefront.demo.products import plan_products
from storefront.demo.shelves import write_basics, write_merchants, write_products
from tests import factories

AS_OF = date(2027, 1, 25)
PLAN = Plan(1, AS_OF, 1200, 0)
KINDS = {kind.slug: kind for kind in read_kinds()}
CJK = re.compile(r"[\u3400-\u9fff]")


def _merchants(plan: Plan = PLAN):
    return plan_merchants(plan, read_kinds(), read_places())


def _shelves(plan: Plan = PLAN) -> None:
    """Write merchants and products of a plan, without their map: only the counties that they are in."""
    merchants = _merchants(plan)
    for slug in {merchant.place.slug for merchant in merchants}:
        factories.region(slug=slug, code=slug[:6])
    write_basics()
    write_merchants(plan, merchants, lambda count: None)
    write_products(plan, plan_products(plan, merchants), lambda count: None)


@pytest.mark.parametrize(
    ("kind", "rule", "hours", "processing"),
    [
        ("apple-fuji", "excluded", 24, "primary"),
        ("potato", "excluded", 24, "primary"),
        ("garlic", "excluded", 24, "primary"),
        ("ready-cut-veg", "excluded", 24, "ready_to_cook"),
        ("egg-free-range", "excluded", 24, "primary"),
        ("beef", "excluded", 24, "semi_finished"),
        ("yak-yoghurt", "excluded", 24, "deep_processed"),
        ("river-crab", "excluded", 24, "primary"),
        ("wood-ear", "seven_days", 48, "primary"),
        ("jujube-dried", "seven_days", 48, "primary"),
        ("rice", "seven_days", 48, "primary"),
        ("ham", "seven_days", 48, "deep_processed"),
        ("green-tea", "seven_days", 48, "deep_processed"),
        ("batik", "seven_days", 72, "not_food"),
        ("cave-stay", "excluded", 72, "not_food"),
    ],
)
def test_what_spoils_or_is_dated_cannot_be_sent_back_without_a_reason(kind, rule, hours, processing):
    one = KINDS[kind]
    assert (return_rule(one), dispatch_hours(one), one.processing) == (rule, hours, processing)


def test_every_fruit_and_every_cold_good_is_outside_the_seven_days_and_no_craft_is():
    rules = {slug: return_rule(kind) for slug, kind in KINDS.items()}
    for slug, kind in KINDS.items():
        if kind.category in ("fruit", "meat") and kind.storage in ("chilled", "frozen"):
            assert rules[slug] == "excluded", slug
        if kind.category in ("handicraft", "tea", "oil"):
            assert rules[slug] == "seven_days", slug
    assert {rules[slug] for slug, kind in KINDS.items() if kind.category == "fruit"} == {"excluded"}


def test_every_food_has_a_label_in_both_languages_and_nothing_else_has():
    labels = plan_labels()
    assert set(labels) == {slug for slug, kind in KINDS.items() if is_food(kind)}
    for slug, label in labels.items():
        assert label.ingredients_zh, slug
        assert label.storage_zh, slug
        assert not CJK.search(label.ingredients_en + label.allergens_en + label.storage_en), slug
        assert bool(label.allergens_zh) == bool(label.allergens_en)
    assert (labels["apple-fuji"].ingredients_zh, labels["apple-fuji"].ingredients_en) == ("红富士苹果", "Fuji apple")
    assert labels["soy-sauce"].allergens_zh == "大豆、小麦"
    assert labels["rapeseed-oil"].standard == "GB/T 1536"
    assert "冷冻" in labels["beef"].storage_zh
    assert not labels["wood-ear"].is_licensed
    assert labels["rice"].is_licensed


def test_products_carry_it_all_and_no_licence_is_a_real_one(db):
    _shelves()
    for row in Product.objects.select_related("food_label", "merchant"):
        kind = KINDS[row.kind]
        assert (row.processing, row.return_rule) == (kind.processing, return_rule(kind))
        assert hasattr(row, "food_label") == is_food(kind)
    licences = set(FoodLabel.objects.exclude(licence_number="").values_list("licence_number", flat=True))
    assert licences
    assert all(re.fullmatch(r"SC000\d{11}（演示）", number) for number in licences)
    primary = FoodLabel.objects.filter(product__processing="primary")
    milled = primary.filter(product__category__slug__in=["grain", "honey", "beverage"])
    assert milled.exists()
    assert not milled.filter(licence_number="").exists()
    assert set(primary.difference(milled).values_list("licence_number", flat=True)) == {""}
    assert not FoodLabel.objects.exclude(product__processing="primary").filter(licence_number="").exists()


def test_only_agents_name_a_producer_and_it_says_that_it_is_a_demo(db):
    _shelves()
    agents = Merchant.objects.filter(producer_type="agent")
    assert agents.exists()
    for agent in agents:
        assert agent.producer_zh.endswith("（演示）")
        assert agent.producer_en.endswith("(demo)")
        assert agent.producer_zh.startswith(agent.name_zh[:2])
    assert not Merchant.objects.exclude(producer_type="agent").exclude(producer_zh="", producer_en="").exists()


def test_reports_are_of_whole_years_before_the_day_and_by_nobody_real(db):
    _shelves()
    reports = list(BenefitReport.objects.select_related("merchant"))
    for report in reports:
        assert (report.reporter_zh, report.reporter_en) == (REPORTER_ZH, REPORTER_EN)
        assert report.period_until == report.period_from.replace(year=report.period_from.year + 1)
        assert report.period_until <= report.reported_on <= AS_OF
        modes, (_, most) = USUAL[report.merchant.producer_type]
        assert report.mode in modes
        assert 0 < report.households <= most
    each = Counter(report.merchant_id for report in reports)
    assert set(each.values()) == {1, 2}
    assert 0 < Merchant.objects.exclude(pk__in=each).count() < Merchant.objects.count() / 4
    assert {"contract_purchase", "employment", "shareholding"} <= {report.mode for report in reports}


@pytest.mark.parametrize("as_of", [date(2027, 1, 1), date(2027, 1, 25), date(2028, 2, 29), date(2026, 4, 20)])
def test_no_report_is_of_the_future(db, as_of):
    plan = Plan(1, as_of, 60, 0)
    merchants = [merchant for merchant in _merchants(plan) if not merchant.kinds[0].is_service]
    write_reports(plan, [(one, factories.merchant(producer_type=one.producer_type)) for one in merchants])
    assert BenefitReport.objects.exists()
    for report in BenefitReport.objects.all():
        assert report.period_until <= report.reported_on <= as_of


def test_when_the_day_moves_the_next_year_is_reported_beside_the_last(db):
    row = factories.merchant(slug="m", producer_type="cooperative")
    own = factories.benefit_report(row)
    write_reports(PLAN, [(_merchants()[0], row)])
    write_reports(PLAN, [(_merchants()[3], factories.merchant())])
    before = BenefitReport.objects.count()
    report_again(Plan(1, AS_OF + timedelta(days=10), 1200, 0))
    assert BenefitReport.objects.count() == before
    later = AS_OF + timedelta(days=100)
    for _ in range(2):
        report_again(Plan(1, later, 1200, 0))
    told = BenefitReport.objects.filter(reporter_zh=REPORTER_ZH).order_by("-reported_on")
    again = [report for report in told if report.reported_on > AS_OF]
    assert len(again) == len({report.merchant_id for report in told})
    assert BenefitReport.objects.count() == before + len(again)
    assert {(report.period_from, report.period_until) for report in again} == {(date(2026, 4, 1), date(2027, 4, 1))}
    assert all(report.reported_on <= later for report in again)
    assert BenefitReport.objects.get(pk=own.pk).households == own.households
