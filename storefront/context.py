"""What every page's template may use. Nothing personal: these pages are kept for all anonymous readers."""

from django.conf import settings
from django.http import HttpRequest

from storefront import languages


def site(request: HttpRequest) -> dict:
    """Return the site-wide template variables: demo mode, the default theme, this page in each language."""
    path = request.get_full_path()
    return {
        "DEMO": settings.DEMO,
        "theme": settings.DEFAULT_THEME,
        "page_language": languages.current(),
        "in_languages": languages.addresses(path),
        "canonical": languages.canonical(path),
        "public_url": settings.PUBLIC_URL,
    }
