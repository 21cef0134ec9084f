"""Sending uploaded documents. The caller has asked whether this reader may have it."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from catalog import uploads
from catalog.models import MerchantDocument


def send(document: MerchantDocument) -> HttpResponse:
    """Answer with a document: a picture to look at, a PDF to save; never to be run, sniffed or kept by a cache.

    Raises Http404 where the file is gone.
    """
    try:
        content = uploads.read(document.token, document.content_type)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=document.content_type)
    is_picture = document.content_type.startswith("image/")
    answer["Content-Disposition"] = content_disposition_header(not is_picture, document.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
