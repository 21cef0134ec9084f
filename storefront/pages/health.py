"""What machines ask: can you take orders, and how far behind are you?"""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from storefront import health


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
