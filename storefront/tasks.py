"""Jobs of the site itself."""

from celery import shared_task
from django.utils import timezone

from storefront import health, reminders


@shared_task
def note_worker() -> None:
    """Tell /health/status that a worker takes jobs."""
    health.worker_seen(now=timezone.now())


@shared_task
def remind_of_certificates() -> int:
    """Write to merchants whose certificates end in 30, 7 or 1 days; return how many mails went out."""
    return reminders.send_due(now=timezone.now())
