"""Pages that belong to one person: never kept by a cache, never in an index, their address never told to others."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark what a view answers as private.

    The referrer policy is `same-origin`, not `no-referrer`: with that one browsers send `Origin: null` from forms, and
    every form of these pages would be taken for a forged one. Other sites learn as little from either.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


class SeeOther(HttpResponseRedirect):
    """303: look there now, with GET, whatever was posted."""

    status_code = 303


def see(address: str) -> SeeOther:
    """Send the browser to an address of ours."""
    return SeeOther(address)
