from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorefrontConfig(AppConfig):
    """The site."""

    name = "storefront"
    verbose_name = _("Storefront")
