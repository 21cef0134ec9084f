"""What every page's template may use. Nothing personal: these pages are kept for all anonymous readers."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from storefront import languages

# Where a reader can look a filing number up: the ministry of industry, the ministry of public security.
_LEGAL = (
    (_("ICP filing number"), "LEGAL_ICP", "https://beian.miit.gov.cn/"),
    (_("Telecom business licence"), "LEGAL_LICENCE", ""),
    (_("Public security filing number"), "LEGAL_POLICE", "https://beian.mps.gov.cn/"),
    (_("Telephone for reports"), "LEGAL_REPORT_PHONE", ""),
)


def site(request: HttpRequest) -> dict:
    """Return the site-wide template variables: demo mode, the default theme, this page in each language.

    `legal` holds the footer's lines that are set: label, text, and where the number can be looked up.
    """
    path = request.get_full_path()
    return {
        "DEMO": settings.DEMO,
        "theme": settings.DEFAULT_THEME,
        "page_language": languages.current(),
        "in_languages": languages.addresses(path),
        "canonical": languages.canonical(path),
        "public_url": settings.PUBLIC_URL,
        "legal": [(label, getattr(settings, name), where) for label, name, where in _LEGAL if getattr(settings, name)],
    }
