"""What a merchant changes without asking: contact, return address, bank account. And its own documents, to look at."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.actions import contacts
from catalog.selectors import applications, divisions
from checkout import selectors
from checkout.access import Seat
from checkout.actions import bank_accounts
from checkout.models import Role
from storefront.console.forms import BankForm, ContactForm, ReturnAddressForm
from storefront.console.gate import console_page, show
from storefront.console.scans import send
from storefront.pages.private import see


@require_http_methods(["GET", "POST"])
@console_page(Role.OWNER)
def contact(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whom to call, and where returned goods go. Without a script “update” fills the lists below a province."""
    row = applications.contact(seat.merchant.pk)
    if request.method == "POST":
        person, place = ContactForm(request.POST, prefix="contact"), ReturnAddressForm(request.POST)
        if "update" in request.POST:
            place = place.unjudged()
            person = ContactForm(initial={name: person[name].value() for name in person.fields}, prefix="contact")
        elif all([person.is_valid(), place.is_valid()]):
            address = place.address()
            values = {
                **person.cleaned_data,
                "return_name": address.name,
                "return_phone": address.phone,
                "return_division_code": address.division_code,
                "return_street": address.street,
            }
            contacts.change(merchant_id=seat.merchant.pk, values=values, actor=seat.actor, now=timezone.now())
            messages.success(request, _("Contact and return address are saved."))
            return see(resolve_url("console:overview", seat.merchant.slug))
    else:
        person = ContactForm(
            initial={name: getattr(row, name, "") for name in ContactForm.base_fields}, prefix="contact"
        )
        place = ReturnAddressForm(initial=_address_of(row))
    return show(request, seat, "contact.html", {"person": person, "form": place}, entry="console:contact")


def _address_of(row) -> dict[str, str]:
    if row is None:
        return {}
    path = divisions.above(row.return_division_code)
    places = dict(zip(("province", "city", "county"), path, strict=False))
    return {"name": row.return_name, "phone": row.return_phone, "street": row.return_street, **places}


@require_http_methods(["GET", "POST"])
@console_page(Role.FINANCE)
def bank(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Where the merchant is paid out to; the number is shown by its last digits alone."""
    form = BankForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        bank_accounts.change(merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The bank account is saved."))
        return see(resolve_url("console:bank", seat.merchant.slug))
    account = selectors.bank_account(seat.merchant.pk)
    return show(request, seat, "bank.html", {"account": account, "form": form}, entry="console:bank")


@require_GET
@console_page(Role.OWNER)
def document(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """Send one of the merchant's own documents."""
    found = applications.document(seat.merchant.pk, token)
    if found is None:
        raise Http404
    return send(found)
