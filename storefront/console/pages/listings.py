"""The merchant's listings: the list with its quick prices, a new one, a copy, a draft thrown away."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.actions import listings as actions
from catalog.models import ListingRevision, Product
from catalog.selectors import listing_states
from catalog.selectors.listing_places import counties_of
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show
from storefront.console.listing_forms import StartForm, shelves
from storefront.console.listing_labels import REFUSALS, STATUS
from storefront.console.size_forms import PricesForm
from storefront.pages.private import see

ENTRY = "console:listings"
_PAGE = 50
_KEPT = ("status", "q", "page")


@require_GET
@console_page(Role.LISTINGS)
def listings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the listings in a state, those with the words that are looked for; the newest first, whatever is edited."""
    return _list(request, seat, request.GET)


def _list(request: HttpRequest, seat: Seat, asked: QueryDict, failed: PricesForm | None = None) -> HttpResponse:
    """Show the list as it is asked for; `failed` is a form of prices that keeps what was typed."""
    status = asked.get("status", "") if asked.get("status") in STATUS else ""
    words = asked.get("q", "")[:60]
    counts = listing_states.counts(seat.merchant.pk)
    found = listing_states.listings_of(seat.merchant.pk, status=status, words=words)
    page = Paginator(found, _PAGE).get_page(asked.get("page"))
    kept = {"status": status, "q": words}
    tabs = [("", _("All"), sum(counts.values())), *((each, label, counts[each]) for each, label in STATUS.items())]
    context = {
        "page": page,
        "rows": [(row, failed if failed and failed.row.pk == row.pk else PricesForm(row=row)) for row in page],
        "tabs": [(urlencode({**kept, "status": value}), label, count, value == status) for value, label, count in tabs],
        "kept": {**kept, "page": page.number},
        "query": urlencode({name: value for name, value in kept.items() if value}),
        "words": words,
        "returned": ListingRevision.State.RETURNED,
    }
    return show(request, seat, "listings.html", context, entry=ENTRY, status=422 if failed else 200)


@require_POST
@console_page(Role.LISTINGS)
def prices(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Change the prices of one listing from the list, and stay where one was."""
    row = own(seat, pk)
    form = PricesForm(request.POST, row=row)
    if not form.is_valid():
        return _list(request, seat, request.POST, failed=form)
    try:
        actions.reprice(
            product_id=pk, merchant_id=seat.merchant.pk, prices=form.prices(), actor=seat.actor, now=timezone.now()
        )
    except actions.Refused as refused:
        messages.error(request, REFUSALS[refused.code])
    else:
        messages.success(request, _("The prices of “%(name)s” are saved.") % {"name": row.name_zh})
    kept = {name: request.POST[name][:60] for name in _KEPT if request.POST.get(name)}
    return see(f"{resolve_url(ENTRY, seat.merchant.slug)}?{urlencode(kept)}#listing-{pk}")


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Begin a listing with its first answers."""
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, categories=shelves(), counties=counties_of(seat.merchant))
    if form.is_valid():
        made = actions.begin(
            merchant_id=seat.merchant.pk,
            line_kind=form.cleaned_data["line_kind"],
            content=form.content(),
            actor=seat.actor,
            now=timezone.now(),
        )
        return see(resolve_url("console:listing", seat.merchant.slug, made.pk))
    return show(request, seat, "listing_new.html", {"form": form}, entry=ENTRY, status=422 if form.is_bound else 200)


@require_POST
@console_page(Role.LISTINGS)
def copy(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Begin a listing as a copy of this one."""
    own(seat, pk)
    made = actions.copy(
        product_id=pk, merchant_id=seat.merchant.pk, suffix="（副本）", actor=seat.actor, now=timezone.now()
    )
    messages.success(request, _("This is the copy: a draft with the same content and sizes."))
    return see(resolve_url("console:listing", seat.merchant.slug, made.pk))


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def discard(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Ask, then throw a draft away."""
    row = own(seat, pk)
    if request.method == "POST":
        try:
            actions.discard(product_id=pk, merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now())
        except actions.Refused as refused:
            messages.error(request, REFUSALS[refused.code])
            return see(resolve_url("console:listing", seat.merchant.slug, pk))
        messages.success(request, _("The draft is thrown away."))
        return see(resolve_url(ENTRY, seat.merchant.slug))
    return show(request, seat, "listing_stop.html", {"row": row, "verb": "discard", "form": None}, entry=ENTRY)


def own(seat: Seat, pk: int) -> Product:
    """Return a listing of the seat's merchant, with its sizes and what is asked about it. Raises Http404."""
    row = listing_states.listing_of(seat.merchant.pk, pk)
    if row is None:
        raise Http404
    return row
