"""An order's own page, behind its unguessable link: confirmation, tracking, paying again, cancelling."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from checkout import access, purchase
from checkout.models import Order, TransactionItem
from checkout.rules import PurchaseError
from storefront import order_view, refusals
from storefront.pages.private import private, see
from storefront.themes import render


def find(token: UUID) -> Order:
    """Return the order with this token, which is the only key to it. Raises Http404."""
    found = access.order_by_token(token)
    if found is None:
        raise Http404
    return found


@require_GET
@private
def order(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show where the order stands."""
    view = order_view.build(find(token), now=timezone.now())
    own = request.user.is_authenticated and view.order.user_id == request.user.pk
    return render(request, "pages/order.html", {"view": view, "order": view.order, "own": own, "tab": "account"})


@require_GET
@private
def state(request: HttpRequest, token: UUID) -> JsonResponse:
    """Answer a mark that changes whenever the order's page would look different; its script asks for it."""
    return JsonResponse({"mark": order_view.build(find(token), now=timezone.now()).mark})


@require_GET
@private
def returned(request: HttpRequest, token: UUID) -> HttpResponse:
    """The buyer comes back from the provider: ask it how the payment stands, then show the order.

    What the address says of success is not believed.
    """
    found = find(token)
    payment = TransactionItem.objects.filter(order=found, psp_reference=request.GET.get("payment_intent", "")).first()
    if payment is not None:
        try:
            purchase.confirm(purchase.transaction_id(payment.token))
        except PurchaseError:
            messages.warning(
                request, _("The payment service does not answer right now. We go on asking; you need not pay again.")
            )
    return see(resolve_url("order", token))


@require_POST
@private
def cancel(request: HttpRequest, token: UUID) -> HttpResponse:
    """End an unpaid order at its buyer's wish."""
    find(token)
    try:
        purchase.cancel(token)
    except PurchaseError as error:
        messages.error(request, refusals.words(error))
    else:
        messages.success(request, _("The order is cancelled. Nothing was charged."))
    return see(resolve_url("order", token))
