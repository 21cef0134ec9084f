"""What the shop says of itself: how it treats what it learns of people, and what a phone's home screen shows."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from storefront import languages
from storefront.page_cache import cached_for_anonymous
from storefront.themes import render, tokens

_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-mask.png", "512x512", "maskable"),
)


@require_safe
@cached_for_anonymous
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what the shop keeps about people, why, and for how long; it changes with the models."""
    return render(request, "pages/privacy.html", {"report_phone": settings.LEGAL_REPORT_PHONE})


@require_safe
@cached_for_anonymous
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer the web app manifest in the page's language, in the colours of the default theme."""
    colours = tokens(settings.DEFAULT_THEME)
    return JsonResponse(
        {
            "name": gettext("Bangmai"),
            "short_name": gettext("Bangmai"),
            "description": gettext(
                "Certified products from China’s formerly poor counties, with aid totals that can be checked."
            ),
            "lang": languages.current().tag,
            "id": "/",
            "start_url": reverse("home"),
            "scope": "/",
            "display": "standalone",
            "theme_color": colours["--header-bg"],
            "background_color": colours["--paper"],
            "icons": [
                {"src": static(f"themes/default/img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for name, sizes, purpose in _ICONS
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
