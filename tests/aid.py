"""Campaigns and a zone around `factories.NOW`, for tests of what a purchase counts for."""

from aid_tracking.actions.campaigns import ensure_root, set_rule
from aid_tracking.models import Campaign, LedgerEntry, Total, Zone
from catalog.models import AreaSet, AreaSetMember
from tests.factories import DAY, NOW

TAG = "spring-open"


def zone(slug: str = TAG) -> Zone:
    """Return a zone that is open from ten days before `NOW` until ten days after."""
    return Zone.objects.create(
        slug=slug,
        name_zh="春节不打烊",
        name_en="Open through the holiday",
        opens_at=NOW - 10 * DAY,
        closes_at=NOW + 10 * DAY,
    )


def campaign(slug: str, *, parent: Campaign | None = None, rule: dict | None = None, **values) -> Campaign:
    """Return a campaign under `parent` or the root; with a rule in force since 30 days before `NOW`, where given."""
    row = Campaign.objects.create(
        slug=slug, parent=parent or ensure_root(), name_zh=slug, name_en=slug, starts_at=NOW - 30 * DAY, **values
    )
    if rule is not None:
        set_rule(campaign=row, definition=rule, now=NOW - 30 * DAY)
    return row


def area_set(slug: str, *regions) -> AreaSet:
    """Return an area set to which these regions belong since long ago."""
    row = AreaSet.objects.create(slug=slug, name_zh=slug, name_en=slug)
    for region in regions:
        AreaSetMember.objects.create(area_set=row, region=region, valid_from=NOW - 2000 * DAY)
    return row


def spring() -> tuple[Campaign, Campaign]:
    """Return a year's campaign and, under it, the one of the holiday zone, which is open."""
    zone()
    year = campaign("year-2026")
    return year, campaign("spring-2026", parent=year, rule={"tags": [TAG]})


def totals(kind: str = "all") -> dict[tuple[str, str], int]:
    """Return (campaign, key) → measured amount of one kind of slice, where it is not zero."""
    found = {}
    for row in Total.objects.filter(slice_kind=kind).select_related("campaign"):
        amount = sum(getattr(row, name) for name in vars(row) if name.startswith("measured_"))
        if amount:
            found[row.campaign.slug, row.slice_key] = amount
    return found


def entries() -> list[tuple[str, str, int]]:
    """Return (campaign, event, amount) of every entry, in the order of the chain."""
    return list(LedgerEntry.objects.order_by("seq").values_list("campaign__slug", "event_key", "amount_minor"))
