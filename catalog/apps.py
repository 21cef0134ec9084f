from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """What is sold, from where, certified by whom."""

    name = "catalog"
    verbose_name = _("Catalogue")
