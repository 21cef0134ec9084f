"""What every page's template may use. Nothing personal: these pages are kept for all anonymous readers."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Return the site-wide template variables: demo mode, the default theme, this page in each language."""
    chinese, english = _addresses(request.get_full_path())
    return {
        "DEMO": settings.DEMO,
        "theme": settings.DEFAULT_THEME,
        "address_zh": chinese,
        "address_en": english,
        "public_url": settings.PUBLIC_URL,
    }


def _addresses(path: str) -> tuple[str, str]:
    """Return this address in Chinese and in English: English pages stand under /en/, Chinese ones under none."""
    if path == "/en" or path.startswith("/en/"):
        return "/" + path[3:].lstrip("/"), path  # "//" would begin the address of another site
    return path, f"/en{path}"
