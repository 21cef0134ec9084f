from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StorefrontConfig(AppConfig):
    """The site."""

    name = "storefront"
    verbose_name = _("Storefront")

    def ready(self) -> None:
        """Have the office's groups made once their permissions are there."""
        from storefront.office.roles import make_groups

        post_migrate.connect(make_groups, sender=self)
