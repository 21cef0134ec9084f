"""Handing over to the payment provider: the stand-in's own page, or Stripe's form on ours."""

from urllib.parse import urlencode
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_GET

from checkout import purchase
from checkout.models import Order
from checkout.purchase import PaymentData
from checkout.rules import PurchaseError
from storefront import languages, order_view, refusals
from storefront.pages.orders import find
from storefront.pages.private import SeeOther, private, see
from storefront.themes import render

# https://docs.stripe.com/security/guide#content-security-policy
_STRIPE_POLICY = {
    "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
    "frame-src": ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
}
# https://docs.stripe.com/js/appendix/supported_locales
_STRIPE_LOCALES = {"zh-hans": "zh", "zh-hant": "zh-TW", "en": "en"}


@require_GET
@private
def pay(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """Show what is to be paid and the way to pay it; an order that does not wait for money shows itself instead."""
    view = order_view.build(find(token), now=timezone.now())
    if view.state not in ("waiting", "declined"):
        return see(resolve_url("order", token))
    context = {"view": view, "order": view.order, "tab": "cart"}
    try:
        payment = purchase.pay(token)
    except PurchaseError as error:
        context["problem"] = refusals.words(error)
        return render(request, "pages/pay.html", context, status=503)
    if settings.STRIPE_STANDIN_URL:
        context["has_standin"] = True
        return render(request, "pages/pay.html", context)
    return _stripe(request, context, payment)


@require_GET
@private
def begin(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """Let the buyer go on to the provider, if the order may still be paid at this moment; however old their page is.

    Stripe's form on our page asks it before it sends anything: 200 means yes.
    """
    found = find(token)
    try:
        payment = purchase.pay(token)
    except PurchaseError:
        return see(resolve_url("order_pay", token))
    if settings.STRIPE_STANDIN_URL:
        return SeeOther(_standin_url(request, found, payment))
    return JsonResponse({"begin": True})


def _standin_url(request: HttpRequest, order: Order, payment: PaymentData) -> str:
    query = {
        "client_secret": payment.client_secret,
        "return_url": _return_url(request, order),
        "locale": languages.current().tag,
    }
    return f"{settings.STRIPE_STANDIN_URL}/pay/{payment.psp_reference}?{urlencode(query)}"


def _return_url(request: HttpRequest, order: Order) -> str:
    return request.build_absolute_uri(resolve_url("order_return", order.token))


def _stripe(request: HttpRequest, context: dict, payment: PaymentData) -> HttpResponseBase:
    """Show Stripe's own form, the one thing of the whole shop that comes from elsewhere."""
    context["stripe"] = {
        "key": settings.STRIPE_PUBLISHABLE_KEY,
        "secret": payment.client_secret,
        "return_url": _return_url(request, context["order"]),
        "locale": _STRIPE_LOCALES[languages.current().code],
        "begin_url": resolve_url("order_pay_begin", context["order"].token),
    }
    show = csp_update(_STRIPE_POLICY)(lambda asked: render(asked, "pages/pay.html", context))
    return show(request)
