from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class AidTrackingConfig(AppConfig):
    """What the purchase did."""

    name = "aid_tracking"
    verbose_name = _("Aid tracking")

    def ready(self) -> None:
        """Have Django check that the ledger is protected."""
        from aid_tracking.triggers import check_triggers

        register(check_triggers, Tags.database)
