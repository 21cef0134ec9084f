"""The page of one product."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import LineKind
from catalog.rules import certificate_change, steps
from catalog.selectors import CertificateView, ProductDetail, VariantView, product_detail
from catalog.selectors.services import ServiceView, service_of
from checkout.rules import MAX_QUANTITY
from storefront import figures
from storefront.filters import STORAGE_LABELS
from storefront.names import names
from storefront.page_cache import cached_for_anonymous, shows
from storefront.themes import render

IN_FORCE = ("valid", "expiring")
PROCESSING_LABELS = {
    "primary": _("Primary farm produce"),
    "semi_finished": _("Semi-finished"),
    "ready_to_cook": _("Ready to cook"),
    "deep_processed": _("Processed food"),
}
BENEFIT_LABELS = {
    "contract_purchase": _("Buys households’ harvests under contract"),
    "employment": _("Employs people of the households"),
    "shareholding": _("Households hold shares and are paid dividends"),
    "land_lease": _("Leases land from households"),
    "technical_service": _("Gives households technical training and service"),
}


@dataclass(frozen=True)
class Size:
    """A variant with its steps: (from how many units, unit price in fen), one where the quantity changes nothing."""

    variant: VariantView
    steps: list[tuple[int, int]]

    @property
    def spoken(self) -> str:
        """The steps for the page's script: "1 ¥59.90 10 ¥55.00"."""
        return " ".join(f"{quantity} {figures.exact(price)}" for quantity, price in self.steps)

    @property
    def most(self) -> int:
        """How many can be put into a cart now."""
        return max(1, min(self.variant.available, self.variant.max_quantity or MAX_QUANTITY, MAX_QUANTITY))


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
    context = {**context_of(found), "zone": zone, "zone_name": known.zones.get(zone)}
    response = render(request, "pages/product.html", context)
    return shows(response, [found.id], until=_true_until(found, at), is_list=False)


def context_of(found: ProductDetail, service: ServiceView | None = None) -> dict[str, Any]:
    """Return what the page shows of a product; of a service its terms and days are read unless they are given."""
    if found.line_kind == LineKind.SERVICE and service is None:
        service = service_of(found.id, today=timezone.localdate(timezone=figures.BEIJING))
    prices = [variant.price_minor for variant in found.variants]
    buyable = [variant for variant in found.variants if variant.available >= variant.min_quantity]
    return {
        "product": found,
        "service": service,
        "price_min": min(prices, default=0),
        "price_max": max(prices, default=0),
        "sizes": [_size(variant, found) for variant in found.variants],
        "first": buyable[0] if buyable else None,
        "can_buy": found.sellable and bool(buyable),
        "storage": STORAGE_LABELS.get(found.storage, found.storage),
        "processing": PROCESSING_LABELS.get(found.processing, ""),
        "returning": "service" if found.line_kind == LineKind.SERVICE else found.return_rule,
        **_certified(found),
        **_benefit(found),
    }


def _true_until(found: ProductDetail, at: datetime) -> datetime | None:
    """Return when the page changes by the clock: it is not sold any more, or one of its certificates says otherwise."""
    dates = ((each.valid_from, each.valid_until, each.approved_at, each.revoked_at) for each in found.certificates)
    return min(filter(None, (found.sellable_until, *(certificate_change(*each, at) for each in dates))), default=None)


def _size(variant: VariantView, found: ProductDetail) -> Size:
    return Size(variant, steps(variant.price_minor, found.tiers.get(variant.id, ()), variant.min_quantity))


def _certified(found: ProductDetail) -> dict:
    """Return what admits to sale, what is in force first, and the marks of quality beside it."""
    admitting = sorted((one for one in found.certificates if one.admits_sale), key=_has_ended)
    marks = [one for one in found.certificates if not one.admits_sale]
    return {
        "admitting": admitting,
        "main_certificate": admitting[0] if admitting else None,
        "marks": marks,
        "marks_in_force": [mark for mark in marks if mark.state in IN_FORCE],
    }


def _has_ended(certificate: CertificateView) -> bool:
    return certificate.state not in IN_FORCE


def _benefit(found: ProductDetail) -> dict:
    """Return the newest report on the merchant's households, with the last day that it speaks of."""
    told = found.merchant.benefit
    if told is None:
        return {"benefit": None}
    last_day = told.period_until - timedelta(days=1)
    return {"benefit": told, "benefit_mode": BENEFIT_LABELS.get(told.mode, told.mode), "benefit_last_day": last_day}
