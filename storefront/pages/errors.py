"""What is shown when something is not there, not allowed, or broken."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

from storefront import rate_limits
from storefront.refusals import TOO_OFTEN
from storefront.themes import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with ways out."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer 403; also for a form whose CSRF token does not hold."""
    return render(request, "errors/403.html", status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer 429: whoever sends forms so fast is asked to wait."""
    response = render(request, "errors/429.html", {"words": TOO_OFTEN}, status=429)
    response["Retry-After"] = str(rate_limits.MINUTE)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, in all languages, from a page that asks nothing of the database."""
    return HttpResponseServerError(loader.get_template("errors/500.html").render())
