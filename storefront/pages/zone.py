"""Zones: parts of the shop with a window, a rule and a look of their own."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from aid_tracking import selectors
from aid_tracking.models import Zone
from storefront.live import figure
from storefront.names import names
from storefront.page_cache import cached_for_anonymous
from storefront.pages.listing import keep_until, list_context
from storefront.themes import render


def state_of(zone: Zone, at: datetime) -> str:
    """Return "before", "open" or "ended"."""
    if at < zone.opens_at:
        return "before"
    return "open" if at < zone.closes_at else "ended"


def coming(at: datetime, *moments: datetime) -> list[datetime]:
    """Return those of the moments that are still to come."""
    return [moment for moment in moments if moment > at]


@cached_for_anonymous
def zones(request: HttpRequest) -> HttpResponse:
    """Show all zones: the open ones first, then those to come, then what has ended."""
    now = timezone.now()
    order = {"open": 0, "before": 1, "ended": 2}
    found = [(state_of(zone, now), zone) for zone in Zone.objects.all()]
    found.sort(key=lambda entry: order[entry[0]])
    entries = [{"zone": zone, "state": state} for state, zone in found]
    return render(request, "pages/zones.html", {"zones": entries, "tab": "zones"})


@cached_for_anonymous
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a zone in its theme: before it opens, while it is open, and after its end with what was reached."""
    found = selectors.zone(slug)
    if found is None:
        raise Http404
    now = timezone.now()
    state = state_of(found, now)
    context = list_context(request, known=names(), at=now, tag=slug)
    total = selectors.zone_total(slug, at=now)
    context |= {
        "tab": "zones",
        "zone": found,
        "state": state,
        "carried": slug if state == "open" else "",
        "figure": figure("zone", slug, total) if state != "before" else None,
    }
    response = render(request, "pages/zone.html", context, theme=found.theme)
    return keep_until(response, context["listing"], *coming(now, found.opens_at, found.closes_at))
