"""Checkout on one page: where it goes, what is sent by whom, what it costs; then the order is placed."""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkout import access, purchase
from checkout.purchase import OrderData
from checkout.rules import MAX_LINES, Code, PurchaseError
from checkout.selectors import Cart
from storefront import cart_cookie, cart_view, rate_limits, refusals
from storefront.cart_view import CartView
from storefront.forms.delivery import DeliveryForm, initial_from
from storefront.pages.private import private, see
from storefront.themes import render

_SALT = "bangmai.checkout"


@require_http_methods(["GET", "POST"])
@private
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the page; POST with `place` orders, with `update` only fills the lists of cities and counties."""
    now = timezone.now()
    token = _token(request)
    found = access.cart_by_token(token, at=now) if token else cart_cookie.find(request, now=now)
    if found is None or not found.lines:
        return _gone(request, token)
    view = cart_view.build(found)
    if not view.is_ready:
        messages.warning(request, _("Some lines need your attention before you can order."))
        return see(resolve_url("cart"))
    if request.method == "GET":
        return _page(request, found, view, DeliveryForm(initial=_initial(request, found)))
    form = DeliveryForm(request.POST)
    if "remove" in request.POST:
        return _without(request, found, view, form)
    if "place" not in request.POST:
        return _page(request, found, view, form.unjudged())
    return _judge(request, found, view, form)


def _judge(request: HttpRequest, found: Cart, view: CartView, form: DeliveryForm) -> HttpResponse:
    """Place the order of a form that is right, for the total that the buyer saw."""
    if not form.is_valid() or cart_view.undelivered(view, form.places["province"]):
        return _page(request, found, view, form, status=422)
    if request.POST.get("total") != str(view.total_minor):
        messages.warning(request, _("The total has changed since you saw it. Please look at it again."))
        return _page(request, found, view, form, status=409)
    return _place(request, found, form)


def _without(request: HttpRequest, found: Cart, view: CartView, form: DeliveryForm) -> HttpResponse:
    """Take a line out that is not delivered to the chosen province; what was typed stays."""
    named = request.POST.get("remove", "")
    rows = {row.line_id: 0 for row in cart_view.undelivered(view, form.places["province"]) if named == str(row.line_id)}
    if rows:
        purchase.update(found.checkout.token, quantities=rows)
    left = access.cart_by_token(found.checkout.token, at=timezone.now())
    if left is None or not left.lines:
        return see(resolve_url("cart"))
    return _page(request, left, cart_view.build(left), form.unjudged())


def _token(request: HttpRequest) -> UUID | None:
    """Return the cart's token from the form, where there is one: a form that is sent twice means the same cart."""
    try:
        return UUID(signing.loads(request.POST.get("checkout", ""), salt=_SALT))
    except signing.BadSignature:
        return None


def _confirmed(request: HttpRequest) -> frozenset[int]:
    """Return the products of which the buyer ticked that they cannot be returned without a reason.

    The box's value names what stood beside it, so that a tick speaks for what was shown and for nothing else.
    """
    named = request.POST.get("no_return", "").split()
    return frozenset(int(key) for key in named[:MAX_LINES] if key.isdecimal() and len(key) <= 18)


def _gone(request: HttpRequest, token: UUID | None) -> HttpResponse:
    """Answer for a cart that is not there: to its order, when this form was sent before; else to the empty cart."""
    if request.method == "POST" and token is not None:
        try:
            return _to_pay(request, purchase.place(token))
        except PurchaseError:
            pass
    return see(resolve_url("cart"))


def _initial(request: HttpRequest, found: Cart) -> dict[str, str]:
    """Return what is known: from this cart, else, for somebody signed in, from the last order."""
    stored, email = found.checkout.shipping_address, found.checkout.email
    if request.user.is_authenticated and not stored:
        last = access.orders_of_account(request.user.pk).prefetch_related(None).only("shipping_address").first()
        stored, email = (last.shipping_address if last else {}), email or request.user.email
    return initial_from(stored, email)


def _page(request: HttpRequest, found: Cart, view: CartView, form: DeliveryForm, *, status: int = 200) -> HttpResponse:
    confirmed = _confirmed(request)
    context = {
        "cart": view,
        "form": form,
        "undelivered": cart_view.undelivered(view, form.places["province"]),
        "is_confirmed": bool(confirmed) and all(product.pk in confirmed for product in view.no_return),
        "signed": signing.dumps(str(view.token), salt=_SALT),
        "shares": cart_view.foreseen(found, at=timezone.now()),
        "tab": "cart",
    }
    response = render(request, "pages/checkout.html", context, status=status)
    cart_cookie.remember(request, response, view.token, view.quantity)
    return response


def _place(request: HttpRequest, found: Cart, form: DeliveryForm) -> HttpResponse:
    token = found.checkout.token
    try:
        rate_limits.count_write(rate_limits.caller(request, request.user.pk))
        purchase.set_contact(token, email=form.cleaned_data["email"], address=form.address())
        placed = _place_once_more(token, form.cleaned_data["remark"], _confirmed(request))
    except rate_limits.TooOften:
        messages.error(request, refusals.TOO_OFTEN)
        return see(resolve_url("cart"))
    except PurchaseError as error:
        if error.code == Code.NOT_FOUND:
            return _gone(request, token)
        messages.error(request, refusals.words(error))
        return see(resolve_url("cart"))
    return _to_pay(request, placed)


def _place_once_more(token: UUID, remark: str, no_return: frozenset[int]) -> OrderData:
    """Place the order; once more when the very same form, sent twice, touched the cart in between."""
    try:
        return purchase.place(token, remark=remark, no_return=no_return)
    except PurchaseError as error:
        if (error.code, error.field) != (Code.INVALID, "lines"):
            raise
    return purchase.place(token, remark=remark, no_return=no_return)


def _to_pay(request: HttpRequest, placed: OrderData) -> HttpResponse:
    response = see(resolve_url("order_pay", placed.token))
    cart_cookie.remember(request, response, None, 0)
    return response
