"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Return the site-wide template variables."""
    return {"DEMO": settings.DEMO}
