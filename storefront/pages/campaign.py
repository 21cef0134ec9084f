"""Campaigns: what was aimed at, what was reached, day by day, and how it is counted."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from aid_tracking import selectors
from aid_tracking.models import Campaign, CampaignRule
from aid_tracking.models.campaign import ROOT_SLUG
from storefront.charts import day_bars
from storefront.figures import BEIJING
from storefront.live import figure
from storefront.names import names
from storefront.page_cache import cached_for_anonymous
from storefront.themes import render

_DAYS = 60  # as many bars as can still be told apart


@cached_for_anonymous
def campaigns(request: HttpRequest) -> HttpResponse:
    """Show the shop's own total and the campaigns that run, each with its total."""
    now = timezone.now()
    rows = [row for row in (selectors.root(), *selectors.running_campaigns(at=now)) if row]
    entries = [(row, _figure(row, now)) for row in rows]
    return render(request, "pages/campaigns.html", {"entries": entries, "tab": "campaigns"})


@cached_for_anonymous
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one campaign."""
    found = selectors.campaign(slug)
    if found is None:
        raise Http404
    now = timezone.now()
    today = now.astimezone(BEIJING).date()
    points = selectors.day_series(slug, since=today - timedelta(days=_DAYS - 1), until=today)
    rule = CampaignRule.objects.at(now).filter(campaign=found).order_by("-version").first()
    known = names()
    context = {
        "tab": "campaigns",
        "campaign": found,
        "figure": _figure(found, now),
        "chart": day_bars([(point.day, point.amount_minor) for point in points]),
        "points": points[::-1],
        "today": today,
        "counties": selectors.top_slices(slug, "county", limit=10),
        "parent": found.parent if found.parent and found.parent.slug != ROOT_SLUG else None,
        "children": list(found.children.all()),
        "rule": rule,
        "rule_zones": [
            known.zones[tag] for tag in (rule.definition.get("tags", []) if rule else []) if tag in known.zones
        ],
        "certified_only": bool(rule and rule.definition.get("certified_only")),
    }
    return render(request, "pages/campaign.html", context)


def _figure(row: Campaign, now):
    return figure("campaign", row.slug, selectors.campaign_total(row.slug, at=now), row.target_minor)
