"""Looking up what `attribution.decide` judges by, for a whole batch of facts in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from aid_tracking.attribution import (
    CampaignSet,
    CampaignTerms,
    Counted,
    DatedRule,
    Evidence,
    Slices,
    Window,
)
from aid_tracking.models import Campaign, CampaignRule, LedgerEntry, Source, Zone
from aid_tracking.rules import parse
from catalog.models import AidedRegion, AreaSetMember, CertificateProduct, ProductTag
from checkout.facts import OrderFacts

_SLICES = tuple(Slices.__dataclass_fields__)


def campaigns() -> CampaignSet:
    """Return all campaigns with all versions of their rules (two queries).

    Raises `attribution.BrokenTree`, or `rules.BadRule` for a definition that cannot be read.
    """
    rules: defaultdict[int, list[DatedRule]] = defaultdict(list)
    for row in CampaignRule.objects.order_by("version"):
        window = Window(row.valid_from, row.valid_until)
        rules[row.campaign_id].append(DatedRule(row.version, window, parse(row.definition)))
    told = Campaign.objects.order_by("id").values_list(
        "pk", "parent_id", "is_root", "starts_at", "ends_at", "area_set__slug"
    )
    return CampaignSet(
        tuple(
            CampaignTerms(
                id=pk,
                parent_id=parent_id,
                is_root=is_root,
                window=Window(starts_at, ends_at),
                area_set=area_set or "",
                rules=tuple(rules[pk]),
            )
            for pk, parent_id, is_root, starts_at, ends_at, area_set in told
        )
    )


def of_lines(facts: Iterable[OrderFacts]) -> Evidence:
    """Return the dated evidence for all lines of these facts (five queries), without what they counted before."""
    lines = [line for told in facts for line in told.lines]
    regions = {line.region_id for line in lines}
    tags = {line.tag for line in lines if line.tag}
    return Evidence(
        memberships=_memberships({line.product_id for line in lines if line.tag}, tags),
        zones=_zones(tags),
        areas=_areas(regions),
        certificates=_certificates({line.certificate_id for line in lines if line.certificate_id}),
        provinces=dict(AidedRegion.objects.filter(pk__in=regions).values_list("pk", "province_code")),
    )


def of_counted(line_ids: Iterable[int]) -> dict[int, tuple[Counted, ...]]:
    """Return order line → the latest entry that counted it for each campaign (one query)."""
    latest: defaultdict[int, dict[int, Counted]] = defaultdict(dict)
    entries = LedgerEntry.objects.filter(source=Source.ORDER, line_id__in=set(line_ids)).order_by("seq")
    for entry in entries:
        if entry.reverses_id is not None:
            found = latest[entry.line_id][entry.campaign_id]
            latest[entry.line_id][entry.campaign_id] = replace(found, left_minor=found.left_minor + entry.amount_minor)
            continue
        slices = Slices(**{name: getattr(entry, name) for name in _SLICES})
        latest[entry.line_id][entry.campaign_id] = Counted(
            entry.seq, entry.campaign_id, entry.round, entry.amount_minor, entry.rule_version, slices
        )
    return {line_id: tuple(found.values()) for line_id, found in latest.items()}


def _windows(rows: Iterable[tuple]) -> dict[tuple, tuple[Window, ...]]:
    """Return key → windows, of rows (part of the key, part of the key, start, end)."""
    found: defaultdict[tuple, list[Window]] = defaultdict(list)
    for first, second, start, end in rows:
        found[first, second].append(Window(start, end))
    return {key: tuple(windows) for key, windows in found.items()}


def _zones(tags: set[str]) -> dict[str, Window]:
    rows = Zone.objects.filter(slug__in=tags).order_by().values_list("slug", "opens_at", "closes_at")
    return {slug: Window(opens_at, closes_at) for slug, opens_at, closes_at in rows}


def _memberships(products: set[int], tags: set[str]) -> dict[tuple, tuple[Window, ...]]:
    rows = ProductTag.objects.filter(product__in=products, tag__in=tags)
    return _windows(rows.values_list("product_id", "tag", "valid_from", "valid_until"))


def _areas(regions: set[int]) -> dict[tuple, tuple[Window, ...]]:
    rows = AreaSetMember.objects.filter(region__in=regions)
    return _windows(rows.values_list("area_set__slug", "region_id", "valid_from", "valid_until"))


def _certificates(certificates: set[int]) -> dict[tuple[int, int], Window]:
    """Return (certificate, product) → when it spoke for that product as an aid product."""
    rows = CertificateProduct.objects.filter(certificate__in=certificates, certificate__scheme__admits_sale=True)
    dates = ("valid_from", "approved_at", "valid_until", "revoked_at")
    told = rows.exclude(certificate__approved_at=None).values_list(
        "certificate_id", "product_id", *(f"certificate__{name}" for name in dates)
    )
    found: dict[tuple[int, int], Window] = {}
    for certificate, product, valid_from, approved_at, valid_until, revoked_at in told:
        ends = min(valid_until, revoked_at) if revoked_at else valid_until
        found[certificate, product] = Window(max(valid_from, approved_at), ends)
    return found
