"""Sweeps of the catalogue: cards and index follow the rows, and the clock."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from catalog import search
from catalog.actions import cards
from catalog.search.directory import IndexBusy, IndexMissing

# Looks back further than the turns are apart, so that a worker that was down for a while misses no window.
LOOK_BACK = timedelta(hours=6)


@shared_task
def refresh_cards() -> int:
    """Rebuild the cards whose certificate, membership or price window opened or closed; return how many changed."""
    now = timezone.now()
    return cards.rebuild_due(since=now - LOOK_BACK, now=now)


@shared_task
def refresh_index() -> int:
    """Index the cards that changed; build the index where there is none; return how many products were indexed."""
    try:
        return search.refresh_changed()
    except IndexMissing:
        return search.rebuild()
    except IndexBusy:  # whoever writes it now sees the same rows
        return 0
