"""Where the merchant's goods lie: warehouses, shelves with their history, and transfers."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import access
from catalog.actions import warehouses as actions
from catalog.actions.warehouses import StockRefused
from catalog.models import Stock, StockTransfer
from catalog.selectors import warehouses as selectors
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show
from storefront.console.warehouse_forms import KINDS, ArrivalForm, CountForm, OpeningForm, ReceiptForm, SendForm
from storefront.pages.private import see

_PAGE = 50
_ENTRY = "console:warehouses"


@require_GET
@console_page(Role.FULFILMENT)
def warehouses(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the warehouses in use."""
    places = selectors.places_of(seat.merchant.pk, now=timezone.now())
    rows = [(place, KINDS[place.warehouse.kind]) for place in places]
    return show(request, seat, "warehouses.html", {"places": rows}, entry=_ENTRY)


@require_http_methods(["GET", "POST"])
@console_page(Role.FULFILMENT)
def opening(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Open a warehouse of the merchant's own."""
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        made = actions.open_own(merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The warehouse is open."))
        return see(resolve_url("console:warehouse", seat.merchant.slug, made.pk))
    return show(request, seat, "warehouse_new.html", {"form": form}, entry=_ENTRY, status=422 if form.is_bound else 200)


@require_GET
@console_page(Role.FULFILMENT)
def warehouse(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show the shelves of one warehouse; `?q=` looks for words in names and stock numbers."""
    place = access.warehouse_for(seat.merchant.pk, pk, at=timezone.now())
    if place is None:
        raise Http404
    words = request.GET.get("q", "")[:60]
    rows = selectors.shelves_of(seat.merchant.pk, warehouse_id=place.pk, words=words)
    context = {
        "place": place,
        "kind": KINDS[place.kind],
        "words": words,
        "page": Paginator(rows, _PAGE).get_page(request.GET.get("page")),
        "is_own": place.merchant_id == seat.merchant.pk,
    }
    return show(request, seat, "warehouse.html", context, entry=_ENTRY)


@require_POST
@console_page(Role.FULFILMENT)
def close(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Close a warehouse of the merchant's own."""
    place = access.warehouse_for(seat.merchant.pk, pk, at=timezone.now())
    if place is None or place.merchant_id != seat.merchant.pk:
        raise Http404
    try:
        actions.close_own(warehouse_id=place.pk, actor=seat.actor, now=timezone.now())
    except StockRefused as refused:
        messages.error(request, str(refused))
        return see(resolve_url("console:warehouse", seat.merchant.slug, place.pk))
    messages.success(request, _("The warehouse is closed."))
    return see(resolve_url("console:warehouses", seat.merchant.slug))


@require_http_methods(["GET", "POST"])
@console_page(Role.FULFILMENT)
def shelf(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show a shelf with its history; POST with `do` = receipt, count or send moves units."""
    stock = access.stock_for(seat.merchant.pk, pk)
    if stock is None:
        raise Http404
    now = timezone.now()
    asked = request.POST.get("do", "")
    forms_of = _forms(request, stock, asked, now)
    form = forms_of.get(asked)
    if form is not None and form.is_valid():
        try:
            said = _DOES[asked](stock, form.cleaned_data, seat.actor, now)
        except StockRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return see(resolve_url("console:shelf", seat.merchant.slug, stock.pk))
    context = {
        "stock": stock,
        "kind": KINDS[stock.warehouse.kind],
        "forms": forms_of,
        "page": Paginator(selectors.history_of(stock.pk), _PAGE).get_page(request.GET.get("page")),
    }
    return show(request, seat, "shelf.html", context, entry=_ENTRY, status=422 if form is not None else 200)


def _forms(request: HttpRequest, stock: Stock, asked: str, now: datetime) -> dict[str, forms.Form]:
    """Return the three forms of a shelf; the one that was posted holds what was typed."""
    merchant = stock.variant.product.merchant_id
    places = [place for place in actions.usable_by(merchant_id=merchant, now=now) if place.pk != stock.warehouse_id]

    def data(name: str):
        return request.POST if asked == name else None

    return {
        "receipt": ReceiptForm(data("receipt")),
        "count": CountForm(data("count"), initial={"counted": stock.on_hand, "seen": stock.on_hand}),
        "send": SendForm(data("send"), places=places),
    }


def _receive(stock: Stock, wanted: dict, actor: str, now: datetime) -> str:
    actions.receive(variant_id=stock.variant_id, warehouse_id=stock.warehouse_id, actor=actor, now=now, **wanted)
    return _("The units are on the shelf.")


def _count(stock: Stock, wanted: dict, actor: str, now: datetime) -> str:
    actions.count(stock_id=stock.pk, actor=actor, now=now, **wanted)
    return _("The count is kept.")


def _send(stock: Stock, wanted: dict, actor: str, now: datetime) -> str:
    actions.send(
        variant_id=stock.variant_id,
        source_id=stock.warehouse_id,
        destination_id=wanted["destination"],
        quantity=wanted["quantity"],
        note=wanted["note"],
        actor=actor,
        now=now,
    )
    return _("The units are on their way.")


_DOES: dict[str, Callable[[Stock, dict, str, datetime], str]] = {"receipt": _receive, "count": _count, "send": _send}


@require_GET
@console_page(Role.FULFILMENT)
def transfers(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the transfers, those on their way first."""
    page = Paginator(selectors.transfers_of(seat.merchant.pk), _PAGE).get_page(request.GET.get("page"))
    return show(request, seat, "transfers.html", {"page": page}, entry=_ENTRY)


@require_POST
@console_page(Role.FULFILMENT)
def end_transfer(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Say how many units arrived, or (`do` = cancel) call the transfer off."""
    transfer = access.transfer_for(seat.merchant.pk, pk)
    if transfer is None:
        raise Http404
    try:
        messages.success(request, _end(request, seat, transfer))
    except StockRefused as refused:
        messages.error(request, str(refused))
    return see(resolve_url("console:transfers", seat.merchant.slug))


def _end(request: HttpRequest, seat: Seat, transfer: StockTransfer) -> str:
    now = timezone.now()
    if request.POST.get("do") == "cancel":
        actions.cancel(transfer_id=transfer.pk, actor=seat.actor, now=now)
        return _("The transfer is called off. Its units are back.")
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        raise StockRefused(actions.Code.QUANTITY)
    actions.arrive(transfer_id=transfer.pk, quantity=form.cleaned_data["quantity"], actor=seat.actor, now=now)
    return _("The units have arrived.")
