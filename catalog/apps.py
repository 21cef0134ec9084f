from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """What is sold, from where, certified by whom."""

    name = "catalog"
    verbose_name = "Catalogue"
