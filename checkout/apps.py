from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    """How it is bought."""

    name = "checkout"
    verbose_name = "Checkout"
