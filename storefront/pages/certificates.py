"""Looking a certificate up by its number: what is certified, by whom, until when, and whether it holds now."""

from functools import lru_cache
from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from catalog.certification import normal_number
from catalog.selectors.certificate_pages import certificate_exists, certificate_page
from storefront.page_cache import cached_for_anonymous
from storefront.pages.private import see
from storefront.themes import render

NUMBER_MAX = 60
_DAY = 86_400  # seconds
_INK = "#231d18"


@require_GET
@cached_for_anonymous
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for a number, and go to its page."""
    number = normal_number(request.GET.get("number", ""))[:NUMBER_MAX]
    if number:
        return see(resolve_url("certificate", number))
    return render(request, "pages/certificates.html", {})


@require_GET
@cached_for_anonymous
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Show a certificate. What nobody approved is answered with an honest 404, and a form to try again."""
    found = certificate_page(number, at=timezone.now())
    if found is None:
        return render(request, "pages/certificates.html", {"asked": number[:NUMBER_MAX]}, status=404)
    response = render(request, "pages/certificate.html", {"page": found, "certificate": found.certificate})
    response.sellable_until = found.until  # type: ignore[attr-defined]  # kept until its state changes by the clock
    return response


@require_GET
def qr(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the code that leads a telephone to a certificate's page; for numbers that have one."""
    if not certificate_exists(number):
        raise Http404
    with override(settings.LANGUAGE_CODE):
        address = settings.PUBLIC_URL + resolve_url("certificate", normal_number(number))
    response = HttpResponse(_drawn(address), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={_DAY}"
    return response


@lru_cache(maxsize=512)
def _drawn(address: str) -> bytes:
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=4, dark=_INK, light="#fff")
    return drawn.getvalue()
