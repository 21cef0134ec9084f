"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from aid_tracking import selectors
from catalog.search import Query
from catalog.selectors import ProvinceView, listing
from storefront import articles
from storefront.live import figure
from storefront.names import names
from storefront.page_cache import cached_for_anonymous
from storefront.pages.listing import keep_until
from storefront.themes import render

PICKS = 12
# What readers are shown to try first; each finds something in both languages.
HOT_WORDS = (
    gettext_lazy("apples"),
    gettext_lazy("millet"),
    gettext_lazy("wood ear"),
    gettext_lazy("honey"),
    gettext_lazy("walnuts"),
    gettext_lazy("tea"),
)


@cached_for_anonymous
def home(request: HttpRequest) -> HttpResponse:
    """Show the open zone, the running campaign, shelves, provinces and what sells best; in the open zone's theme."""
    now, known = timezone.now(), names()
    zone = selectors.open_zones(at=now).first()
    campaign = next((row for row in selectors.running_campaigns(at=now) if row.target_minor), None)
    picks = listing(Query(size=2 * PICKS), at=now)
    counts = {name: {facet.value: facet.count for facet in found} for name, found in picks.facets.items()}
    context: dict[str, object] = {
        "tab": "home",
        "hot_words": HOT_WORDS,
        "zone": zone,
        "state": "open",
        "campaign": campaign,
        "total": picks.total,
        "picks": [card for card in picks.cards if card.availability != "out"][:PICKS],
        "shelves": [
            (slug, name, counts["category"][slug])
            for slug, name in known.categories.items()
            if slug in counts["category"]
        ],
        "provinces": [
            ProvinceView(code, name.name_zh, name.name_en, 0, counts["province"][code])
            for code, name in known.provinces.items()
            if code in counts["province"]
        ],
    }
    if zone:
        context["zone_url"] = reverse("zone", args=[zone.slug])
        context["zone_count"] = listing(Query(tag=zone.slug, size=1), at=now).total
    if campaign:
        total = selectors.campaign_total(campaign.slug, at=now)
        context["figure"] = figure("campaign", campaign.slug, total, campaign.target_minor)
    context["articles"] = news = articles.latest(at=now)
    response = render(request, "pages/home.html", context, theme=zone.theme if zone else "")
    return keep_until(response, picks, *([zone.closes_at] if zone else []), *articles.ends(news))
