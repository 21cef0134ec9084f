"""Pictures, drawn by the project or uploaded, and what robots are told."""

from django.http import Http404, HttpRequest, HttpResponse

from catalog import pictures
from storefront.languages import LANGUAGES

_FOREVER = "public, max-age=31536000, immutable"


def art(request: HttpRequest, kind: str, seed: int) -> HttpResponse:
    """Answer the illustration of a kind, varied by the seed: the same for ever."""
    from catalog.illustrations import UnknownArt, product_art

    try:
        drawing = product_art(kind, seed)
    except UnknownArt:
        raise Http404 from None
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = _FOREVER
    return response


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer an uploaded picture. Its name is made of its content, so it never changes."""
    try:
        content, content_type = pictures.read(name)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = _FOREVER
    response["X-Content-Type-Options"] = "nosniff"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Answer robots.txt: everything that is public may be read, nothing that is somebody's."""
    own = ("/admin/", "/accounts/", "/cart/", "/checkout/", "/console/", "/orders/")
    closed = [language.prefix + path for language in LANGUAGES for path in own]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in [*closed, "/graphql/"]), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
