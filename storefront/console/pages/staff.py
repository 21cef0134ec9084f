"""Who works for the merchant, and as what."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from checkout import selectors
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show


@require_GET
@console_page(Role.OWNER)
def staff(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the people and their roles."""
    people = selectors.staff_of(seat.merchant.pk, at=timezone.now())
    return show(request, seat, "staff.html", {"people": people}, entry="console:staff")
