"""What the demo's merchants do for farming households, as a made-up bureau reports it, a whole year each time."""

from collections.abc import Iterable
from datetime import date, timedelta

from catalog.models import BenefitReport, Merchant
from storefront.demo.dice import stream
from storefront.demo.merchants import MerchantPlan
from storefront.demo.plan import Plan

REPORTER_ZH, REPORTER_EN = "演示县农业农村局（非真实）", "Demonstration county bureau of agriculture (not real)"
UNREPORTED = 0.12  # of the merchants nobody has reported anything yet
EARLIER = 0.3  # of the others have a report of the year before as well
SETTLING_DAYS = 20  # a period is reported within so many days after its end
_BATCH = 2000
_Mode = BenefitReport.Mode
_TYPE = Merchant.ProducerType
# producer type: the modes that are usual for it, and how many households it reaches
USUAL = {
    _TYPE.COOPERATIVE: ((_Mode.CONTRACT_PURCHASE, _Mode.SHAREHOLDING, _Mode.TECHNICAL_SERVICE), (30, 400)),
    _TYPE.FAMILY_FARM: ((_Mode.EMPLOYMENT, _Mode.LAND_LEASE), (3, 25)),
    _TYPE.ENTERPRISE: ((_Mode.EMPLOYMENT, _Mode.CONTRACT_PURCHASE, _Mode.LAND_LEASE), (50, 900)),
    _TYPE.AGENT: ((_Mode.CONTRACT_PURCHASE,), (40, 300)),
}


def write_reports(plan: Plan, pairs: Iterable[tuple[MerchantPlan, Merchant]]) -> None:
    """Make the reports of merchants that were just made."""
    made = [report for merchant, row in pairs for report in _reports(plan, merchant, row)]
    BenefitReport.objects.bulk_create(made, batch_size=_BATCH)


def report_again(plan: Plan) -> None:
    """Report the newest whole year beside what was reported before, where it is a later one."""
    newest: dict[int, BenefitReport] = {}
    for report in BenefitReport.objects.filter(reporter_zh=REPORTER_ZH).select_related("merchant"):
        newest.setdefault(report.merchant_id, report)
    until = _period_end(plan.as_of)
    made = []
    for report in newest.values():
        if report.period_until < until:
            dice = stream(plan.seed, "benefit", report.merchant.slug, until)
            households = max(1, round(report.households * dice.uniform(0.95, 1.1)))
            made.append(_report(report.merchant, report.mode, households, until, dice.randrange(SETTLING_DAYS)))
    BenefitReport.objects.bulk_create(made, batch_size=_BATCH)


def _reports(plan: Plan, merchant: MerchantPlan, row: Merchant) -> list[BenefitReport]:
    dice = stream(plan.seed, "benefit", merchant.index)
    modes, (fewest, most) = USUAL[_TYPE(merchant.producer_type)]
    if dice.random() < UNREPORTED:
        return []
    mode, households = dice.choice(modes), dice.randint(fewest, most)
    until = _period_end(plan.as_of)
    made = [_report(row, mode, households, until, dice.randrange(SETTLING_DAYS))]
    if dice.random() < EARLIER:
        before = max(1, round(households * dice.uniform(0.7, 1)))
        made.append(_report(row, mode, before, _year_before(until), dice.randrange(SETTLING_DAYS)))
    return made


def _report(merchant: Merchant, mode: str, households: int, until: date, days_after: int) -> BenefitReport:
    return BenefitReport(
        merchant=merchant,
        mode=mode,
        households=households,
        period_from=_year_before(until),
        period_until=until,
        reporter_zh=REPORTER_ZH,
        reporter_en=REPORTER_EN,
        reported_on=until + timedelta(days=days_after),
    )


def _period_end(as_of: date) -> date:
    """Return the first day after the last quarter that can be reported by `as_of`."""
    settled = as_of - timedelta(days=SETTLING_DAYS)
    return date(settled.year, (settled.month - 1) // 3 * 3 + 1, 1)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1)
