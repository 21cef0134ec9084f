from django.apps import AppConfig


class AidTrackingConfig(AppConfig):
    """What the purchase did."""

    name = "aid_tracking"
    verbose_name = "Aid tracking"
