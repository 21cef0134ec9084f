"""Who works for the merchant, and as what: owners invite, change roles, and say good-bye."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from checkout import selectors
from checkout.access import Seat
from checkout.actions import staff as actions
from checkout.models import Role
from storefront.console import mail
from storefront.console.forms import InviteForm, RolesForm
from storefront.console.gate import console_page, personal_page, show
from storefront.pages.private import see
from storefront.templatetags.shop import plain
from storefront.themes import render

ENTRY = "console:staff"
_REFUSALS: dict[str, Any] = {
    "roles": gettext_lazy("Please choose at least one role."),
    "member": gettext_lazy("This person works here already; change their roles below."),
    "many": gettext_lazy("Too many invitations are open; withdraw some first."),
    "often": gettext_lazy("Too many invitations were sent today; go on tomorrow."),
    "gone": gettext_lazy("This person does not work here any more."),
    "last_owner": gettext_lazy("A merchant needs an owner: make somebody else one first."),
    "used": gettext_lazy("This invitation does not hold any more: it was used, withdrawn, or is too old."),
    "address": gettext_lazy("This invitation was sent to another address. Sign in with the account of that address."),
}


def refusal(error: actions.StaffError) -> str:
    """Return a refusal in the reader's words."""
    return str(_REFUSALS[error.reason])


@require_GET
@console_page(Role.OWNER)
def staff(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the people, their roles, and the invitations that wait."""
    return _page(request, seat, InviteForm(initial={"roles": []}))


def _page(request: HttpRequest, seat: Seat, form: InviteForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "people": selectors.staff_of(seat.merchant.pk, at=now),
        "waiting": selectors.open_invitations(seat.merchant.pk, at=now),
        "form": form,
        "all_roles": Role.choices,
        "own_id": seat.user_id,
    }
    return show(request, seat, "staff.html", context, entry=ENTRY)


@require_POST
@console_page(Role.OWNER)
def invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask somebody to join, by e-mail."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            made = actions.invite(
                merchant_id=seat.merchant.pk,
                by=seat.user_id,
                language=get_language() or "",
                now=timezone.now(),
                **form.cleaned_data,
            )
        except actions.StaffError as error:
            form.add_error("email", refusal(error))
        else:
            if mail.send_invitation(made, seat.merchant):
                messages.success(request, _("The invitation is sent to %(email)s.") % {"email": made.email})
            else:
                messages.error(request, _("The mail could not be sent; please invite again later."))
            return see(resolve_url(ENTRY, seat.merchant.slug))
    return _page(request, seat, form)


@require_POST
@console_page(Role.OWNER)
def withdraw(request: HttpRequest, seat: Seat, invitation: int) -> HttpResponse:
    """End an invitation; one that is over already stays so."""
    if not selectors.has_invited(seat.merchant.pk, invitation):
        raise Http404
    actions.withdraw(invitation_id=invitation, merchant_id=seat.merchant.pk, by=seat.user_id, now=timezone.now())
    messages.success(request, _("The invitation does not hold any more."))
    return see(resolve_url(ENTRY, seat.merchant.slug))


@require_http_methods(["GET", "POST"])
@console_page(Role.OWNER)
def roles(request: HttpRequest, seat: Seat, person: int) -> HttpResponse:
    """Change what somebody does here."""
    found = _person(seat, person)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": found.roles})
    if request.method == "POST" and form.is_valid():
        act = _acting(seat, person, actions.change_roles, roles=form.cleaned_data["roles"])
        return _done(request, seat, act, _("The roles are changed."))
    return show(request, seat, "roles.html", {"person": found, "form": form}, entry=ENTRY)


@require_http_methods(["GET", "POST"])
@console_page(Role.OWNER)
def remove(request: HttpRequest, seat: Seat, person: int) -> HttpResponse:
    """Ask, then end somebody's work here."""
    found = _person(seat, person)
    if request.method == "POST":
        return _done(
            request, seat, _acting(seat, person, actions.remove), _("This person does not work here any more.")
        )
    return show(request, seat, "remove.html", {"person": found}, entry=ENTRY)


def _person(seat: Seat, user_id: int) -> selectors.Person:
    """Return somebody who works for this merchant. Raises Http404."""
    people = selectors.staff_of(seat.merchant.pk, at=timezone.now())
    found = next((person for person in people if person.user_id == user_id), None)
    if found is None:
        raise Http404
    return found


def _acting(seat: Seat, user_id: int, action: Callable[..., None], **arguments) -> Callable[[], None]:
    return lambda: action(
        merchant_id=seat.merchant.pk, user_id=user_id, by=seat.user_id, now=timezone.now(), **arguments
    )


def _done(request: HttpRequest, seat: Seat, act: Callable[[], None], words: str) -> HttpResponse:
    """Act, say how it went, and show the staff; whoever is no owner any more is led to what is left to them."""
    try:
        act()
    except actions.StaffError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, words)
    left = next(
        (each for each in selectors.staff_of(seat.merchant.pk, at=timezone.now()) if each.user_id == seat.user_id), None
    )
    if left is None:
        return see(resolve_url("console:home"))
    return see(resolve_url(ENTRY if Role.OWNER in left.roles else "console:overview", seat.merchant.slug))


@require_http_methods(["GET", "POST"])
@personal_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what; POST accepts. The link is good for one account, once."""
    now = timezone.now()
    user_id: int = request.user.pk  # type: ignore[assignment]  # signed in
    found = mail.invitation_of(token)
    if request.method == "POST":
        try:
            merchant = actions.accept(invitation_id=found or 0, user_id=user_id, now=now)
        except actions.StaffError:
            return see(resolve_url("console:invitation", token))
        messages.success(request, _("Welcome. This is the console of %(name)s.") % {"name": plain(merchant)})
        return see(resolve_url("console:overview", merchant.slug))
    row = selectors.invitation(found or 0, at=now)
    reason = "" if row else "used"
    if row and row.email.lower() != (request.user.email or "").lower():  # type: ignore[union-attr]  # signed in
        reason = "address"
    context = {"row": row, "refusal": _REFUSALS[reason] if reason else "", "tab": "account"}
    return render(request, "console/invitation.html", context)
