from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """The site."""

    name = "storefront"
    verbose_name = "Storefront"
