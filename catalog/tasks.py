"""Sweeps of the catalogue: cards and index follow the rows, and the clock; spreadsheets are worked on in turns."""

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from catalog import search
from catalog.actions import cards, sheet_work
from catalog.search.directory import IndexBusy, IndexMissing

log = logging.getLogger(__name__)


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


@shared_task
def run_sheets() -> bool:
    """Work on an import or export for a few seconds, and send for the next turn; return whether there was one."""
    worked = sheet_work.run_due()
    if sheet_work.waiting(now=timezone.now()):
        wake_sheets()
    return worked


def wake_sheets() -> None:
    """Let a worker look for imports and exports at once. Where no broker answers, the next turn of the clock does."""
    try:
        run_sheets.apply_async(retry=False, expires=60)
    except (OperationalError, OSError):
        log.warning("no worker could be woken; the clock will")
