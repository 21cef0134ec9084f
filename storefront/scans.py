"""Sending what was uploaded to somebody whose page has asked whether they may see it."""

from django.http import Http404, HttpResponse

from catalog import uploads
from catalog.models import CertificateDocument


def answer(scan: CertificateDocument | None) -> HttpResponse:
    """Return a scan as it was kept; browsers show it and guess nothing about it. Raises Http404."""
    if scan is None:
        raise Http404
    try:
        content = uploads.read(scan.token, scan.content_type)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=scan.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
