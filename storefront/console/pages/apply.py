"""Becoming a merchant: the first three answers, for a confirmed account."""

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checkout.actions import staff
from storefront.console.forms import StartForm
from storefront.console.gate import personal_page
from storefront.pages.private import see
from storefront.refusals import TOO_OFTEN
from storefront.themes import render


@require_http_methods(["GET", "POST"])
@personal_page
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for name, kind and county, and open an application; first of all the account's address is confirmed."""
    if not has_verified_email(request.user):
        return _confirm_first(request)
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merchant = staff.begin(
                user_id=request.user.pk,  # type: ignore[arg-type]  # signed in
                name=form.cleaned_data["legal_name"],
                region_id=form.cleaned_data["region"],
                producer_type=form.cleaned_data["producer_type"],
                language=get_language() or "",
                now=timezone.now(),
            )
        except staff.StaffError:
            form.add_error(None, _("This account has several applications under way; finish one of them first."))
        else:
            return see(resolve_url("console:application", merchant.slug))
    return render(request, "console/apply.html", {"form": form, "tab": "account"})


def _confirm_first(request: HttpRequest) -> HttpResponse:
    """Explain that the address is to be confirmed; POST sends the link once more."""
    if request.method == "POST":
        email = request.user.email  # type: ignore[union-attr]  # signed in
        row, _made = EmailAddress.objects.get_or_create(user=request.user, email=email, defaults={"primary": True})
        if not send_verification_email_to_address(request, row):  # which says so when it did
            messages.warning(request, TOO_OFTEN)
        return see(resolve_url("console:apply"))
    return render(request, "console/confirm_first.html", {"tab": "account"})
