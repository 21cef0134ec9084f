"""One listing: written, handed in, previewed, paused, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import listings as rules
from catalog.actions import listing_reviews, products
from catalog.actions import listings as actions
from catalog.listing_content import content_of
from catalog.models import ListingRevision, Product
from catalog.selectors.listing_places import counties_of
from catalog.selectors.listing_states import obstacles, paused_by
from checkout.access import Seat
from checkout.models import Role
from checkout.selectors import known_to
from storefront.console.gate import console_page, show
from storefront.console.listing_forms import ListingForm, ReasonForm, shelves
from storefront.console.listing_labels import LISTING, OBSTACLES, REFUSALS, RETURN_RULES, STATUS, problem
from storefront.console.pages.listings import ENTRY, own
from storefront.console.pages.media import media_context
from storefront.console.pages.terms import terms_context
from storefront.console.size_forms import sizes
from storefront.listing_preview import preview as show_preview
from storefront.pages.private import see

State = ListingRevision.State
Status = Product.Status


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def listing(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show a listing as a form. POST saves it, or saves it and hands it in."""
    row = own(seat, pk)
    said = _said(row)
    if request.method == "POST":
        return _write(request, seat, row, said)
    return _page(request, seat, row, _form(seat, row, said), sizes(row))


def _said(row: Product) -> dict[str, Any]:
    """Return what a listing says, or will say when what is asked about it is approved."""
    return {**content_of(row), **(row.asked[0].fields if row.asked else {})}  # type: ignore[attr-defined]


def _form(seat: Seat, row: Product, said: dict[str, Any], data: Any = None) -> ListingForm:
    return ListingForm(
        data,
        row=row,
        content=said,
        is_locked=_is_waiting(row) or row.status == Status.WITHDRAWN,
        categories=shelves(),
        counties=counties_of(seat.merchant, besides=said["region"]),
    )


def _is_waiting(row: Product) -> bool:
    return any(asked.state == State.SUBMITTED for asked in row.asked)  # type: ignore[attr-defined]


def _write(request: HttpRequest, seat: Seat, row: Product, said: dict[str, Any]) -> HttpResponse:
    form, sized = _form(seat, row, said, request.POST), sizes(row, request.POST)
    whose: dict[str, Any] = {
        "product_id": row.pk,
        "merchant_id": seat.merchant.pk,
        "actor": seat.actor,
        "now": timezone.now(),
    }
    if not all([form.is_valid(), sized.is_valid()]):
        if not sized.is_valid():
            form.add_error(None, _("Please look at the sizes again."))
        return _page(request, seat, row, form, sized, status=422)
    wanted, removed = sized.wanted()
    try:
        actions.save(
            content=form.content(),
            dispatch_hours=form.cleaned_data.get("dispatch_hours", row.dispatch_hours),
            sizes=wanted,
            removed=removed,
            **whose,
        )
        if "submit" in request.POST:
            listing_reviews.submit(**whose)
    except actions.Refused as refused:
        if refused.size is not None:
            sized.kept()[refused.size].add_error("sku", REFUSALS[refused.code])
        form.add_error(None, REFUSALS[refused.code])
        return _page(request, seat, row, form, sized, status=422)
    except listing_reviews.Incomplete as error:
        # All that was typed is saved by now; the sizes are shown as they are kept, so that none is added twice.
        row = own(seat, row.pk)
        for field, reason in error.problems.items():
            form.add_error(field if field in form.fields else None, problem(field, reason))
        return _page(request, seat, row, form, sizes(row), status=422)
    handed_in = _("It is handed in. The programme office looks at it; you find the answer here.")
    messages.success(request, handed_in if "submit" in request.POST else _("Saved."))
    return see(resolve_url("console:listing", seat.merchant.slug, row.pk))


def _page(request: HttpRequest, seat: Seat, row: Product, form: ListingForm, sized, *, status: int = 200):
    asked = row.asked[0] if row.asked else None  # type: ignore[attr-defined]
    missing = obstacles(row.pk, merchant_id=row.merchant_id, at=timezone.now())
    returned = asked.reasons if asked and asked.state == State.RETURNED else {}
    proposed = rules.proposed_return_rule(form.said, line_kind=row.line_kind)
    context = {
        "row": row,
        "form": form,
        "sizes": sized,
        "status": STATUS[row.status],
        "asked": asked,
        "changes": [LISTING[name] for name in LISTING if asked and name in asked.fields],
        "reasons": [(name, label, returned[name]) for name, label in LISTING.items() if name in returned],
        "obstacles": [OBSTACLES[code] for code in missing],
        "may_resume": row.status == Status.PAUSED and _is_own_pause(row),
        "is_published": row.status in Product.PUBLISHED,
        "is_food": rules.is_food(form.said),
        "proposed": RETURN_RULES[proposed],
        **media_context(row),
        **terms_context(row),
    }
    return show(request, seat, "listing.html", context, entry=ENTRY, status=status)


@require_GET
@console_page(Role.LISTINGS)
def preview(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show the page of this listing as a buyer would see it, with what is asked for."""
    row = own(seat, pk)
    back = resolve_url("console:listing", seat.merchant.slug, pk)
    fields = row.asked[0].fields if row.asked else {}  # type: ignore[attr-defined]
    return show_preview(request, row, fields, back=back, at=timezone.now())


@require_POST
@console_page(Role.LISTINGS)
def take_back(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Take back what waits for the office."""
    return _do(request, seat, pk, listing_reviews.take_back, _("It is a draft again."))


@require_POST
@console_page(Role.LISTINGS)
def drop(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Forget what was written but not handed in, of a listing that has been on sale."""
    return _do(request, seat, pk, listing_reviews.drop, _("The changes are dropped."))


def _do(request: HttpRequest, seat: Seat, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    own(seat, pk)
    try:
        act(product_id=pk, merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now())
    except actions.Refused as refused:
        messages.error(request, REFUSALS[refused.code])
    else:
        messages.success(request, done)
    return see(resolve_url("console:listing", seat.merchant.slug, pk))


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def pause(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Ask why, then take the listing off sale for a while."""
    return _stop(request, seat, pk, products.pause, verb="pause", words=_("The listing is paused."))


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def withdraw(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Ask why, then take the listing off sale for good."""
    return _stop(request, seat, pk, products.withdraw, verb="withdraw", words=_("The listing is withdrawn."))


@require_POST
@console_page(Role.LISTINGS)
def resume(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Put a listing back on sale that the merchant's own people paused; what the office stopped, it ends."""
    row = own(seat, pk)
    if row.status == Status.PAUSED and not _is_own_pause(row):
        messages.error(request, REFUSALS["stopped"])
        return see(resolve_url("console:listing", seat.merchant.slug, pk))
    done = products.resume(product_id=pk, now=timezone.now(), actor=seat.actor)
    _say(request, done, _("The listing is on sale again."))
    return see(resolve_url("console:listing", seat.merchant.slug, pk))


def _is_own_pause(row: Product) -> bool:
    return paused_by(row) in known_to(row.merchant_id)


def _stop(
    request: HttpRequest, seat: Seat, pk: int, act: Callable[..., bool], *, verb: str, words: str
) -> HttpResponse:
    row = own(seat, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, is_required=verb == "withdraw")
    if form.is_valid():
        done = act(product_id=pk, now=timezone.now(), actor=seat.actor, reason=form.cleaned_data["reason"])
        _say(request, done, words)
        return see(resolve_url("console:listing", seat.merchant.slug, pk))
    context = {"row": row, "verb": verb, "form": form}
    return show(request, seat, "listing_stop.html", context, entry=ENTRY, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, done: bool, words: str) -> None:
    if done:
        messages.success(request, words)
    else:
        messages.error(request, REFUSALS["closed"])
