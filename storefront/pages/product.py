"""The page of one product."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from catalog.rules import certificate_change
from catalog.selectors import ProductDetail, product_detail
from storefront.filters import STORAGE_LABELS
from storefront.names import names
from storefront.page_cache import cached_for_anonymous, shows
from storefront.themes import render


@cached_for_anonymous
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a product; `?zone=` says which zone the reader comes from, and is passed on as the cart line's tag."""
    at = timezone.now()
    found = product_detail(slug, at=at)
    if found is None:
        raise Http404
    known = names()
    claimed = request.GET.get("zone", "")
    zone = claimed if claimed in found.tags and claimed in known.zones else ""
    prices = [variant.price_minor for variant in found.variants]
    buyable = [variant for variant in found.variants if variant.available > 0]
    response = render(
        request,
        "pages/product.html",
        {
            "product": found,
            "price_min": min(prices, default=0),
            "price_max": max(prices, default=0),
            "first": buyable[0].id if buyable else None,
            "can_buy": found.sellable and bool(buyable),
            "main_certificate": found.certificates[0] if found.certificates else None,
            "storage": STORAGE_LABELS.get(found.storage, found.storage),
            "zone": zone,
            "zone_name": known.zones.get(zone),
        },
    )
    return shows(response, [found.id], until=_true_until(found, at), is_list=False)


def _true_until(found: ProductDetail, at: datetime) -> datetime | None:
    """Return when the page changes by the clock: it is not sold any more, or one of its certificates says otherwise."""
    dates = ((each.valid_from, each.valid_until, each.approved_at, each.revoked_at) for each in found.certificates)
    return min(filter(None, (found.sellable_until, *(certificate_change(*each, at) for each in dates))), default=None)
