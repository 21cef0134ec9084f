"""The merchant's audit trail: who changed what, when, from what to what."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from catalog.models import ChangeRecord
from checkout import selectors
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show
from storefront.console.words import told

_PAGE = 30


@require_GET
@console_page(Role.OWNER)
def trail(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the changes, newest first."""
    rows = ChangeRecord.objects.filter(merchant=seat.merchant)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    people = selectors.known_to(seat.merchant.pk)
    context = {"page": page, "changes": [told(row, people) for row in page]}
    return show(request, seat, "trail.html", context, entry="console:trail")
