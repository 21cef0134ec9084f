"""Answers to anonymous readers, kept in the memory of the process that made them.

Kept is what a view declares to be the same for everybody (`cached_for_anonymous`), under its address and language: for
a minute at most (a list: ten seconds, because others may come to belong on it), never past the moment at which
something on it stops being buyable, and never once a product that it shows has changed. The middleware stands before
sessions and languages, so a hit costs next to nothing.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from catalog.models import CatalogState, ProductCard

LONGEST = timedelta(seconds=60)
LONGEST_LIST = timedelta(seconds=10)
LOOK_SECONDS = 0.25
CHANGES_MAX = 5000
PARAMETERS = {
    "q",
    "category",
    "province",
    "region",
    "badge",
    "storage",
    "price",
    "sort",
    "page",
    "zone",
    "kind",
    "exact",
}
GRAPHQL = "/graphql/"
GRAPHQL_BODY_MAX = 16 * 1024
_ADDRESS_MAX = 300
_PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
_NOT_KEPT = {"x-cache", "set-cookie"}

View = TypeVar("View", bound=Callable[..., HttpResponse])


def cached_for_anonymous(view: View) -> View:
    """Declare that a view answers all anonymous readers alike. Its answer may set `sellable_until` (UTC, or None)."""
    view.cacheable = True  # type: ignore[attr-defined]
    return view


def shows(
    response: HttpResponse, products: Iterable[int], *, until: datetime | None, is_list: bool = True
) -> HttpResponse:
    """Say which products an answer shows and from when it is not true any more; without this any change ends it."""
    response.shows = tuple(products)  # type: ignore[attr-defined]
    response.sellable_until = until  # type: ignore[attr-defined]
    response.longest = LONGEST_LIST if is_list else LONGEST  # type: ignore[attr-defined]
    return response


def may_be_kept(response: HttpResponse, products: Iterable[int], *, until: datetime | None) -> None:
    """Let an answer be kept that is no page."""
    response.may_be_kept = True  # type: ignore[attr-defined]
    shows(response, products, until=until)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer: headers and body as they went out; the products it shows (None: any change may show on it)."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    until: datetime
    version: int
    shows: tuple[int, ...] | None


class Changes:
    """What has changed in the catalogue, asked of the database at most four times a second for each process."""

    def __init__(self) -> None:
        self.version = 0
        self._since = 0  # older answers may show anything that has changed
        self._products: dict[int, int] = {}
        self._looked_at = float("-inf")

    def look(self) -> int:
        """Return the version of the catalogue that is known now. Raises DatabaseError."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_SECONDS:
            self._update()
            self._looked_at = now
        return self.version

    def is_stale(self, kept: Kept) -> bool:
        """Say whether something on a kept answer has changed since it was made."""
        if kept.shows is None:
            return kept.version < self.version
        if kept.version < self._since:
            return True
        return any(self._products.get(product, 0) > kept.version for product in kept.shows)

    def forget(self) -> None:
        """Ask the database at the next use."""
        self._looked_at = float("-inf")

    def _update(self) -> None:
        version, whole = CatalogState.objects.values_list("version", "whole_version").first() or (0, 0)
        if version == self.version:
            return
        changed = ProductCard.objects.filter(changed_in__gt=self.version).values_list("pk", "changed_in")
        rows = list(changed[: CHANGES_MAX + 1])
        if version < self.version or len(rows) + len(self._products) > CHANGES_MAX:
            self._since, rows = version, []
            self._products.clear()
        self._products.update(rows)
        self._since = max(self._since, whole)
        self.version = version


changes = Changes()


class AnonymousCacheMiddleware:
    """Answers from memory where it can, and keeps what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return a kept answer, or the view's own."""
        key = _key(request) if settings.PAGE_CACHE else None
        if key is None:
            return self.get_response(request)
        version = changes.version  # known before the view reads: what changes meanwhile makes its answer stale
        kept = caches["pages"].get(key)
        if kept is not None and timezone.now() < kept.until and not changes.is_stale(kept):
            return _again(request, kept)
        response = self.get_response(request)
        if _may_keep(request, response):
            _keep(key, response, version)
            response["X-Cache"] = "miss"
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """Note whether the view lets its answers be kept."""
        request.view_is_cacheable = getattr(view, "cacheable", False)  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str | None:
    """Return the key of an anonymous reader's request, or None where nothing may be kept or given from memory."""
    if any(name in request.COOKIES for name in _PERSONAL) or "Authorization" in request.headers:
        return None
    asked = _graphql(request) if request.path_info == GRAPHQL else _address(request)
    if asked is None:
        return None
    try:
        changes.look()
    except DatabaseError:  # a view that needs no database, such as /health/ready, answers all the same
        return None
    return asked


def _address(request: HttpRequest) -> str | None:
    if request.method not in ("GET", "HEAD") or len(request.get_full_path()) > _ADDRESS_MAX:
        return None
    if not PARAMETERS.issuperset(request.GET):
        return None
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def _graphql(request: HttpRequest) -> str | None:
    if request.method != "POST" or request.content_type != "application/json" or "Origin" in request.headers:
        return None
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > GRAPHQL_BODY_MAX:
        return None
    language = request.headers.get("Accept-Language", "")[:100]
    return f"graphql:{sha256(request.body).hexdigest()}:{sha256(language.encode()).hexdigest()}"


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer is the same for everybody: declared so, whole, without cookies and CSRF tokens."""
    declared = getattr(request, "view_is_cacheable", False)
    if request.path_info == GRAPHQL:
        declared = getattr(response, "may_be_kept", False)
    return (
        declared
        and request.method != "HEAD"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
    )


def _keep(key: str, response: HttpResponse, version: int) -> None:
    now = timezone.now()
    ends = getattr(response, "sellable_until", None)
    shows = getattr(response, "shows", None)
    latest = now + getattr(response, "longest", LONGEST)
    until = min(ends, latest) if ends else latest
    response["ETag"] = etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    # Readers' own caches ask again each time: signing in, or the end of a certificate, must show at once.
    response["Cache-Control"] = "no-cache"
    if until > now:
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in _NOT_KEPT)
        caches["pages"].set(
            key, Kept(headers, response.content, etag, until, version, shows), (until - now).total_seconds()
        )


def _again(request: HttpRequest, kept: Kept) -> HttpResponse:
    if request.method != "POST" and request.headers.get("If-None-Match") == kept.etag:
        response: HttpResponse = HttpResponseNotModified()
        response["ETag"], response["Cache-Control"] = kept.etag, "no-cache"
    else:
        response = HttpResponse(kept.body)
        for name, value in kept.headers:
            response.headers[name] = value
    response["X-Cache"] = "hit"
    return response
