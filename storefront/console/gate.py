"""The one door of the console: a page gets its merchant from here, or is not reached."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone

from checkout import access
from checkout.access import Seat
from storefront import rate_limits
from storefront.console.navigation import entries
from storefront.pages import errors
from storefront.pages.private import private
from storefront.themes import render

Page = Callable[..., HttpResponseBase]


def console_page(role: str | None) -> Callable[[Page], Page]:
    """Let a page of the console be opened by those who hold `role` at the merchant of its address (None: any role).

    The page is called with the Seat in place of the address's `slug`. Anonymous visitors are sent to sign in and come
    back; who does not work for this merchant finds nothing (404); who does, but in another role, is refused (403).
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, slug: str, **arguments) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            try:
                seat = access.merchant_of(user_id=request.user.pk, slug=slug, role=role, at=timezone.now())
            except access.NotOfTheStaff:
                raise Http404 from None
            except access.WrongRole:
                raise PermissionDenied from None
            return _often(request) or page(request, seat, **arguments)

        guarded.console_role = role  # type: ignore[attr-defined]  # a test walks all addresses and looks for it
        return private(guarded)

    return decorate


def personal_page(page: Page) -> Page:
    """Let a page of the console that belongs to no merchant be opened by anybody who is signed in."""

    @wraps(page)
    def guarded(request: HttpRequest, **arguments) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return _often(request) or page(request, **arguments)

    guarded.is_personal = True  # type: ignore[attr-defined]
    return private(guarded)


def _often(request: HttpRequest) -> HttpResponse | None:
    """Count what is sent, as the API counts changes; whoever sends too often is refused (429)."""
    if request.method != "POST":
        return None
    try:
        rate_limits.count_write(rate_limits.caller(request, request.user.pk))
    except rate_limits.TooOften:
        return errors.too_often(request)
    return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the visitor to sign in, and then back to where they wanted to go; what was posted is not sent again."""
    back = request.get_full_path() if request.method == "GET" else resolve_url("console:home")
    return redirect_to_login(back, resolve_url("account_login"))


def show(request: HttpRequest, seat: Seat, template: str, context: dict, *, entry: str, status: int = 200):
    """Render a page of the console. `entry` is the url name of the navigation's entry that it belongs to."""
    frame = {"seat": seat, "merchant": seat.merchant, "entries": entries(seat, entry), "tab": "account"}
    return render(request, f"console/{template}", {**frame, **context}, status=status)
