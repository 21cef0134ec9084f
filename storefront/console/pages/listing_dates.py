"""The days of a service: added by the week, given room, taken off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions import service_dates
from catalog.models import LineKind, Product
from catalog.selectors.services import dates_of
from checkout.access import Seat
from checkout.models import Role
from storefront import figures
from storefront.console.gate import console_page, show
from storefront.console.listing_labels import DATES
from storefront.console.pages.listings import ENTRY, own
from storefront.console.size_forms import CapacityForm, DatesForm
from storefront.pages.private import see

_PAGE = 60


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def dates(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show the days to come; POST adds days from, to, on weekdays."""
    row = _service(seat, pk)
    form = DatesForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        given = form.cleaned_data
        try:
            added = service_dates.add(
                variant_id=given["variant"],
                merchant_id=seat.merchant.pk,
                first=given["first"],
                last=given["last"],
                weekdays=given["weekdays"],
                capacity=given["capacity"],
                actor=seat.actor,
                now=timezone.now(),
            )
        except service_dates.DatesRefused as refused:
            form.add_error("last" if refused.code == "period" else None, DATES[refused.code])
        else:
            words = ngettext("%(count)s day is added.", "%(count)s days are added.", added) % {"count": added}
            messages.success(request, words)
            return see(resolve_url("console:listing_dates", seat.merchant.slug, pk))
    return _page(request, seat, row, form)


def _page(request: HttpRequest, seat: Seat, row: Product, form: DatesForm, failed: CapacityForm | None = None):
    today = timezone.localdate(timezone=figures.BEIJING)
    page = Paginator(dates_of(row.pk, today=today), _PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, failed if failed and failed.day == each.pk else CapacityForm(day=each.pk, capacity=each.capacity))
        for each in page
    ]
    context = {"row": row, "form": form, "page": page, "rows": rows, "has_sizes": bool(row.variants.all())}
    is_wrong = form.is_bound or failed is not None
    return show(request, seat, "listing_dates.html", context, entry=ENTRY, status=422 if is_wrong else 200)


@require_POST
@console_page(Role.LISTINGS)
def change(request: HttpRequest, seat: Seat, pk: int, day: int) -> HttpResponse:
    """Give a day another number of places, or take it off."""
    row = _service(seat, pk)
    whose: dict[str, Any] = {
        "date_id": day,
        "merchant_id": seat.merchant.pk,
        "actor": seat.actor,
        "now": timezone.now(),
    }
    form = CapacityForm(request.POST, day=day, capacity=1)
    try:
        if "remove" in request.POST:
            service_dates.remove(**whose)
            messages.success(request, _("The day is taken off."))
        elif form.is_valid():
            service_dates.resize(capacity=form.cleaned_data["capacity"], **whose)
            messages.success(request, _("The places are saved."))
        else:
            return _page(request, seat, row, DatesForm(row=row), form)
    except service_dates.DatesRefused as refused:
        messages.error(request, DATES[refused.code])
    return see(resolve_url("console:listing_dates", seat.merchant.slug, pk))


def _service(seat: Seat, pk: int) -> Product:
    row = own(seat, pk)
    if row.line_kind != LineKind.SERVICE:
        raise Http404
    return row
