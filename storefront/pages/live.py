"""The polled answer behind moving figures."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from storefront.live import answer


def live(request: HttpRequest) -> HttpResponse:
    """Answer all totals as JSON, or 304 while nothing has changed; the same bytes for every reader."""
    body, etag = answer()
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response
