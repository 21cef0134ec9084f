"""Reading what was counted. Each function costs a fixed number of queries, at ten entries as at ten million."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable

from aid_tracking.models import Campaign, DayTotal, RelayFailure, RelayLock, SliceKind, Total, Zone
from aid_tracking.models.campaign import ROOT_SLUG
from aid_tracking.sums import AMOUNT_COLUMNS
from catalog.models import AidedRegion, Category, Merchant
from catalog.money import to_decimal
from checkout.models import OutboxRow

COUNTED_KINDS = ("order_paid", "refund_succeeded", "refund_failed")
_MEASURED = [column for column in AMOUNT_COLUMNS if column.startswith("measured_")]


@dataclass(frozen=True)
class TotalView:
    """A total in CNY fen as of a moment. Measured amounts are our own orders; declared ones stand apart.

    direct + helped = goods + services = amount_minor, all of them measured. `lines` is the number of order lines.
    """

    amount_minor: int
    direct_minor: int
    helped_minor: int
    goods_minor: int
    services_minor: int
    declared_minor: int
    lines: int
    as_of: datetime


@dataclass(frozen=True)
class DayPoint:
    """What one day (Asia/Shanghai) added, measured, in CNY fen; negative when more was given back than sold."""

    day: date
    amount_minor: int
    lines: int


@dataclass(frozen=True)
class SliceView:
    """One part of a campaign's total: its key, its names, its measured amount in CNY fen."""

    key: str
    name_zh: str
    name_en: str
    amount_minor: int
    lines: int


@dataclass(frozen=True)
class RelayStatus:
    """How far the relay is behind. `lag_seconds`: age of the oldest fact that waits; 0 when none does."""

    holder: str
    last_run_at: datetime | None
    last_counted_at: datetime | None
    waiting: int
    lag_seconds: float
    failing: int
    set_aside: int
    latest_error: str


def root() -> Campaign | None:
    """Return the shop's own total as a campaign."""
    return Campaign.objects.filter(is_root=True).first()


def campaign(slug: str) -> Campaign | None:
    """Return a campaign with its parent and area set, or None."""
    return Campaign.objects.select_related("parent", "area_set").filter(slug=slug).first()


def running_campaigns(*, at: datetime) -> QuerySet[Campaign]:
    """Return the campaigns, without the root, that run at `at`; parents before their children."""
    return Campaign.objects.running(at=at).select_related("parent", "area_set")


def open_zones(*, at: datetime) -> QuerySet[Zone]:
    """Return the zones that are open at `at`, in their order."""
    return Zone.objects.open(at=at)


def zone(slug: str) -> Zone | None:
    """Return a zone, open or not, or None."""
    return Zone.objects.filter(slug=slug).first()


def campaign_total(slug: str, *, at: datetime) -> TotalView:
    """Return the whole total of a campaign; zeros for one that has counted nothing."""
    return slice_total(slug, SliceKind.ALL, "", at=at)


def zone_total(slug: str, *, at: datetime) -> TotalView:
    """Return what was bought in a zone, of the shop's own total."""
    return slice_total(ROOT_SLUG, SliceKind.ZONE, slug, at=at)


def slice_total(campaign_slug: str, kind: str, key: str, *, at: datetime) -> TotalView:
    """Return one slice of a campaign's total, e.g. ("bangmai", "county", "41"); zeros where nothing was counted."""
    found = Total.objects.filter(campaign__slug=campaign_slug, slice_kind=kind, slice_key=key).first()
    return _view(found or Total(), as_of(at=at))


def as_of(*, at: datetime) -> datetime:
    """Return the moment up to which everything is counted: `at`, or when the oldest waiting fact happened."""
    oldest = waiting().order_by("id").values_list("created_at", flat=True).first()
    return min(oldest, at) if oldest else at


def day_series(campaign_slug: str, *, since: date | None = None, until: date | None = None) -> tuple[DayPoint, ...]:
    """Return a point for every day from the first to the last that counted, or within [since, until]."""
    rows = DayTotal.objects.filter(campaign__slug=campaign_slug)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    found = {row.day: row for row in rows}
    if not found:
        return ()
    first, last = min(found), max(found)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    blank = DayTotal()
    return tuple(DayPoint(day, _measured(found.get(day, blank)), found.get(day, blank).lines) for day in days)


def top_slices(campaign_slug: str, kind: str, *, limit: int = 10) -> tuple[SliceView, ...]:
    """Return the largest parts of a campaign's total by county, province, merchant, category … (two queries)."""
    rows = list(
        Total.objects.filter(campaign__slug=campaign_slug, slice_kind=kind)
        .annotate(amount=_sum_of(_MEASURED))
        .filter(amount__gt=0)
        .order_by("-amount", "slice_key")[:limit]
    )
    names = _names(kind, [row.slice_key for row in rows])
    return tuple(
        SliceView(row.slice_key, *names.get(row.slice_key, (row.slice_key, row.slice_key)), row.amount, row.lines)
        for row in rows
    )


def live_figures(*, at: datetime) -> dict:
    """Return what the polled answer carries (two queries); amounts are measured, in yuan, as decimal strings.

    {"as_of": "2026-02-10T04:00:00Z", "campaigns": {slug: {"amount": "59.90", "lines": 1}}, "zones": {slug: {…}}}
    """
    wanted = Q(slice_kind=SliceKind.ALL) | Q(slice_kind=SliceKind.ZONE, campaign__slug=ROOT_SLUG)
    found: dict[str, dict] = {"campaigns": {}, "zones": {}}
    for row in Total.objects.filter(wanted).select_related("campaign").order_by("pk"):
        figures = {"amount": str(to_decimal(_measured(row))), "lines": row.lines}
        if row.slice_kind == SliceKind.ALL:
            found["campaigns"][row.campaign.slug] = figures
        else:
            found["zones"][row.slice_key] = figures
    # Whole seconds, so that the answer (and its ETag) stays the same while nothing is counted within one.
    return {"as_of": as_of(at=at).strftime("%Y-%m-%dT%H:%M:%SZ"), **found}


def waiting() -> QuerySet[OutboxRow]:
    """Return the facts that are not counted yet and have not been set aside."""
    kept = Q(relay_failure=None) | Q(relay_failure__is_set_aside=False)
    return OutboxRow.objects.filter(kept, processed_at=None, kind__in=COUNTED_KINDS)


def relay_status(*, now: datetime) -> RelayStatus:
    """Return how the relay does, for /health/status (five queries)."""
    lock = RelayLock.objects.filter(pk=1).first() or RelayLock()
    failing = RelayFailure.objects.filter(is_set_aside=False).count()
    aside = RelayFailure.objects.filter(is_set_aside=True)
    latest = RelayFailure.objects.order_by("-next_try_at").select_related("row").first()
    return RelayStatus(
        holder=lock.holder,
        last_run_at=lock.last_run_at,
        last_counted_at=lock.last_counted_at,
        waiting=waiting().count(),
        lag_seconds=(now - as_of(at=now)).total_seconds(),
        failing=failing,
        set_aside=aside.count(),
        latest_error=f"{latest.row.key}: {latest.error}" if latest else "",
    )


def _view(row: Total, as_of: datetime) -> TotalView:
    def part(*words: str) -> int:
        return sum(getattr(row, name) for name in AMOUNT_COLUMNS if all(word in name.split("_") for word in words))

    return TotalView(
        amount_minor=_measured(row),
        direct_minor=part("measured", "direct"),
        helped_minor=part("measured", "helped"),
        goods_minor=part("measured", "goods"),
        services_minor=part("measured", "service"),
        declared_minor=part("declared"),
        lines=row.lines,
        as_of=as_of,
    )


def _measured(row: Total | DayTotal) -> int:
    return sum(getattr(row, name) for name in _MEASURED)


def _sum_of(columns: list[str]) -> Combinable:
    first, *others = (F(column) for column in columns)
    return sum(others, start=first)


def _names(kind: str, keys: list[str]) -> dict[str, tuple[str, str]]:
    """Return key → (Chinese name, English name) for the kinds that have names in a table (one query)."""
    rows: Iterable[tuple[object, str, str]]
    if kind == SliceKind.COUNTY:
        rows = AidedRegion.objects.filter(pk__in=keys).values_list("pk", "name_zh", "name_en")
    elif kind == SliceKind.PROVINCE:
        found = AidedRegion.objects.filter(province_code__in=keys)
        rows = found.values_list("province_code", "province_zh", "province_en").distinct()
    elif kind == SliceKind.MERCHANT:
        rows = Merchant.objects.filter(pk__in=keys).values_list("pk", "name_zh", "name_en")
    elif kind == SliceKind.CATEGORY:
        rows = Category.objects.filter(slug__in=keys).values_list("slug", "name_zh", "name_en")
    elif kind == SliceKind.ZONE:
        rows = Zone.objects.filter(slug__in=keys).values_list("slug", "name_zh", "name_en")
    else:
        return {}
    return {str(key): (name_zh, name_en) for key, name_zh, name_en in rows}
