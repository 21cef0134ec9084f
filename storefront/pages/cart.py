"""The cart: putting something in, looking at it, changing it."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from catalog.models import LineKind, Product, ProductVariant
from catalog.selectors.stock import available_by_variant
from checkout import purchase
from checkout.purchase import LineInput
from checkout.rules import MAX_QUANTITY, Code, PurchaseError
from storefront import cart_cookie, cart_view, rate_limits, refusals
from storefront.cart_view import CartView
from storefront.pages.private import private, see
from storefront.themes import render


class AddForm(forms.Form):
    """What a product page sends. `tag` is the zone that the buyer came from."""

    variant = forms.IntegerField(min_value=1)
    quantity = forms.IntegerField(min_value=1, max_value=MAX_QUANTITY, required=False)
    tag = forms.SlugField(max_length=60, required=False)
    next = forms.ChoiceField(choices=[("cart", ""), ("checkout", "")], required=False)


class ChangeForm(forms.Form):
    """A change of one line, or of all that need one."""

    action = forms.ChoiceField(choices=[(name, "") for name in ("set", "remove", "accept", "remove_invalid")])
    line = forms.IntegerField(min_value=1, required=False)
    quantity = forms.IntegerField(min_value=0, max_value=MAX_QUANTITY, required=False)


@csrf_exempt  # the form stands on pages that are kept for everybody; `_is_ours` does the check instead
@require_POST
@private
def add(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart and go there, or on to the checkout."""
    if not _is_ours(request):
        return HttpResponseForbidden()
    try:
        rate_limits.count_write(rate_limits.caller(request, request.user.pk))
    except rate_limits.TooOften:
        messages.error(request, refusals.TOO_OFTEN)
        return see(resolve_url("cart"))
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a size and a quantity from 1 to %(most)s.") % {"most": MAX_QUANTITY})
        return see(request.POST.get("back", "") if _is_path(request.POST.get("back", "")) else resolve_url("cart"))
    wanted = form.cleaned_data
    variant = ProductVariant.objects.select_related("product").filter(pk=wanted["variant"]).first()
    refusal = _cannot_be_added(variant)
    if variant is None or refusal:
        messages.error(request, refusal)
        return see(resolve_url("product", variant.product.slug) if variant else resolve_url("cart"))
    line = LineInput(variant.pk, wanted["quantity"] or variant.min_quantity, wanted["tag"])
    try:
        cart = _put(request, line)
    except PurchaseError as error:
        messages.error(request, refusals.words(error, least=variant.min_quantity, most=variant.max_quantity))
        return see(resolve_url("product", variant.product.slug) if error.field == "quantity" else resolve_url("cart"))
    messages.success(request, _("Added to your cart."))
    response = see(resolve_url("checkout" if wanted["next"] == "checkout" else "cart"))
    cart_cookie.remember(request, response, cart.token, cart.quantity)
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether the form was sent from one of our own pages: said by the browser, in one header or the other."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _is_path(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _cannot_be_added(variant: ProductVariant | None) -> str:
    """Return why this cannot be put into a cart now, or nothing."""
    if variant is None:
        return _("This product does not exist any more.")
    if variant.product.line_kind == LineKind.SERVICE:
        return _("Services can be read about here; booking them is not offered yet.")
    if not Product.objects.filter(pk=variant.product_id).sellable(at=timezone.now()).exists():
        return _("This product cannot be bought today.")
    if available_by_variant([variant.pk]).get(variant.pk, 0) <= 0:
        return _("This size is sold out. It is being restocked.")
    return ""


def _put(request: HttpRequest, line: LineInput) -> purchase.CheckoutData:
    """Add to the browser's cart, or start one where there is none (any more). Raises PurchaseError."""
    now = timezone.now()
    for find in (cart_cookie.token_of, cart_cookie.moved_to):
        token = find(request, now=now)
        if token is None:
            continue
        try:
            return purchase.add(token, lines=[line])
        except PurchaseError as error:
            if error.code != Code.NOT_FOUND or error.variant_ids:
                raise  # else: that cart is gone, ordered or put together with another one
    user_id = request.user.pk if request.user.is_authenticated else None
    return purchase.start(lines=[line], language=get_language() or "zh-hans", user_id=user_id)


@require_http_methods(["GET", "POST"])
@private
def cart(request: HttpRequest) -> HttpResponse:
    """Show the cart; POST changes it and comes back."""
    now = timezone.now()
    found = cart_cookie.find(request, now=now)
    view = cart_view.build(found) if found else None
    if request.method == "POST":
        return _change(request, view)
    shares_of = cart_view.foreseen(found, at=now) if found else ()
    context = {"cart": view if view and view.quantity else None, "shares": shares_of, "tab": "cart"}
    response = render(request, "pages/cart.html", context)
    cart_cookie.remember(request, response, view.token if view else None, view.quantity if view else 0)
    return response


def _change(request: HttpRequest, view: CartView | None) -> HttpResponse:
    form = ChangeForm(request.POST)
    if view is None or not form.is_valid():
        messages.error(request, _("Please give a quantity from 1 to %(most)s.") % {"most": MAX_QUANTITY})
        return see(resolve_url("cart"))
    quantities = _quantities(view, form.cleaned_data)
    try:
        if quantities:
            purchase.update(view.token, quantities=quantities)
    except PurchaseError as error:
        row = next((row for row in view.rows if row.variant.pk in error.variant_ids), None)
        bounds = {"least": row.least, "most": row.limit} if row else {}
        messages.error(request, refusals.words(error, **bounds))
    else:
        messages.success(request, _("Your cart is up to date."))
    return see(resolve_url("cart"))


def _quantities(view: CartView, wanted: dict) -> dict[int, int]:
    """Return line id → new quantity. A line that is named but not there (any more) changes nothing."""
    rows = {row.line_id for row in view.rows}
    match wanted["action"]:
        case "accept":
            return {row.line_id: row.quantity for row in view.changed}
        case "remove_invalid":
            return {row.line_id: 0 for row in view.invalid}
        case "remove":
            return {wanted["line"]: 0} if wanted["line"] in rows else {}
        case _:
            quantity = wanted["quantity"]
            return {wanted["line"]: quantity} if wanted["line"] in rows and quantity is not None else {}
