"""Which cart a browser has: a signed cookie with the cart's token and, once somebody signed in, whose cart it is.

Cached pages show the number of units from a second, readable cookie; nothing else of the cart is in it.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from checkout import access
from checkout.actions import owners
from checkout.selectors import Cart

NAME, COUNT = "cart", "cart_count"
SALT = "bangmai.cart"
MAX_AGE = 30 * 24 * 3600


def token_of(request: HttpRequest, *, now: datetime) -> UUID | None:
    """Return the token of this browser's cart, or None.

    On the first visit after signing in the guest's cart becomes the person's, with what an earlier one held. After
    signing out the person's cart is not shown to whoever sits there next.
    """
    token, owner = _read(request)
    user_id = request.user.pk if request.user.is_authenticated else None
    if user_id is None:
        return token if owner is None else None
    if token is not None and owner == user_id:
        return token
    claimed = owners.claim(token=token if owner is None else None, user_id=user_id, now=now)
    return claimed.token if claimed else None


def find(request: HttpRequest, *, now: datetime) -> Cart | None:
    """Return this browser's cart as it is at `now`, or None.

    A signed-in person's cart may have been put together with another one elsewhere: then it is that one.
    """
    token = token_of(request, now=now)
    found = access.cart_by_token(token, at=now) if token else None
    if found is None and token is not None:
        moved = moved_to(request, now=now)
        found = access.cart_by_token(moved, at=now) if moved else None
    return found


def moved_to(request: HttpRequest, *, now: datetime) -> UUID | None:
    """Return the token of a signed-in person's cart, whatever the cookie says; None for a guest."""
    claimed = owners.claim(token=None, user_id=request.user.pk, now=now) if request.user.is_authenticated else None
    return claimed.token if claimed else None


def remember(request: HttpRequest, response: HttpResponse, token: UUID | None, quantity: int) -> None:
    """Have the browser keep this cart for 30 days, and show its number of units; without a token: let go of it."""
    secure = settings.SESSION_COOKIE_SECURE
    if token is None:
        response.delete_cookie(NAME, samesite="Lax")
        response.delete_cookie(COUNT, samesite="Lax")
        return
    owner = request.user.pk if request.user.is_authenticated else ""
    response.set_signed_cookie(
        NAME, f"{token}.{owner}", salt=SALT, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=secure
    )
    response.set_cookie(COUNT, str(quantity), max_age=MAX_AGE, samesite="Lax", secure=secure)


def _read(request: HttpRequest) -> tuple[UUID | None, int | None]:
    text = request.get_signed_cookie(NAME, default=None, salt=SALT, max_age=MAX_AGE) or ""
    token, _, owner = text.partition(".")
    return (UUID(token) if token else None), (int(owner) if owner else None)
