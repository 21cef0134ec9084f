"""Jobs of the site itself."""

from celery import shared_task
from django.utils import timezone

from storefront import health


@shared_task
def note_worker() -> None:
    """Tell /health/status that a worker takes jobs."""
    health.worker_seen(now=timezone.now())
