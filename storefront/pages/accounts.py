"""The signed-in person's own page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from aid_tracking import shares
from checkout import access
from storefront.order_view import state_of
from storefront.pages.private import private
from storefront.themes import render

_PAGE = 10


@require_GET
@private
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Show what this person has ordered, newest first, and what it has counted."""
    now = timezone.now()
    user_id: int = request.user.pk  # type: ignore[assignment]  # signed in
    page = Paginator(access.orders_of_account(user_id), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(order, state_of(order, None, now)) for order in page],
        "counted_minor": shares.counted_of_buyer(user_id=user_id),
        "tab": "account",
    }
    return render(request, "account/me.html", context)
