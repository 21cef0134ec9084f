"""Sweeps of the catalogue: cards and index follow the rows, and the clock."""

from celery import shared_task
from django.utils import timezone

from catalog import search
from catalog.actions import cards
from catalog.search.directory import IndexBusy, IndexMissing


@shared_task
def refresh_cards() -> int:
    """Rebuild the cards of products that changed, or of which a window opened or closed; return how many differed."""
    return cards.rebuild_due(now=timezone.now())


@shared_task
def refresh_index() -> int:
    """Index the cards that changed; build the index where there is none; return how many products were indexed."""
    try:
        return search.refresh_changed()
    except IndexMissing:
        return search.rebuild()
    except IndexBusy:  # whoever writes it now sees the same rows
        return 0
