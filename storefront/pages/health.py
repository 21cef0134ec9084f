"""What machines ask: can you take orders, and how far behind are you?"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from storefront import health


def ping(request: HttpRequest) -> HttpResponse:
    """Answer that this process runs, and do nothing else: what every request costs at least."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when this process can take orders, else 503 with what is in the way."""
    obstacles = health.obstacles()
    return JsonResponse({"ready": not obstacles, "obstacles": obstacles}, status=503 if obstacles else 200)


@never_cache
def status(request: HttpRequest) -> JsonResponse:
    """Answer how far relay, worker and index are behind: for people and alarms, so it is always a 200."""
    try:
        return JsonResponse(health.status(now=timezone.now()))
    except DatabaseError:
        return JsonResponse({"database": "does not answer"})
