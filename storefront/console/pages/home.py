"""Where a person's consoles begin: the choice of a merchant, and one merchant's overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.selectors import applications
from checkout import access, selectors
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, personal_page, show
from storefront.console.presenting import checklist, linked
from storefront.pages.private import see
from storefront.themes import render


@require_GET
@personal_page
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the only merchant that somebody works for; let them choose among several."""
    user_id: int = request.user.pk  # type: ignore[assignment]  # signed in
    seats = access.merchants_of(user_id, at=timezone.now())
    if len(seats) == 1:
        return see(resolve_url("console:overview", seats[0].merchant.slug))
    return render(request, "console/home.html", {"seats": seats, "tab": "account"})


@require_GET
@console_page(None)
def overview(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show how the merchant stands, and what is left to do until it may sell."""
    row = applications.latest_application(seat.merchant.pk)
    standing = applications.standing(seat.merchant.pk, at=timezone.now())
    steps = checklist(
        row,
        has_contact=standing.has_contact,
        has_bank=selectors.has_bank_account(seat.merchant.pk),
        certificates=standing.certificates,
    )
    context = {"row": row, "steps": linked(steps, seat), "standing": standing, "may_apply": seat.may(Role.OWNER)}
    return show(request, seat, "overview.html", context, entry="console:overview")
