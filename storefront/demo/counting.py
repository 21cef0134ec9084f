"""Counting the demo's orders with the relay's own code, here or by a relay that is already running."""

import time

from django.utils import timezone

from aid_tracking import relay
from aid_tracking.models import RelayLock
from storefront.demo.errors import NotCounted
from storefront.demo.progress import Progress, silent

BATCH = 2000
PATIENCE_SECONDS = 60


def count_all(progress: Progress = silent) -> None:
    """Have every waiting fact counted. Raises NotCounted when for a minute nothing moves.

    The clock here is the real one: the relay's lease is held against other processes, not against the demo's day.
    """
    left = relay.waiting().count()
    last_moved = time.monotonic()
    with progress("ledger", left) as advance:
        while left:
            handled = relay.run_once(now=timezone.now(), batch=BATCH)
            now_left = left - handled if handled else relay.waiting().count()
            advance(max(0, left - now_left))
            if now_left < left:
                last_moved = time.monotonic()
            elif time.monotonic() - last_moved > PATIENCE_SECONDS:
                raise NotCounted(f"{now_left} facts wait to be counted")
            else:
                time.sleep(0.2)  # another relay holds the lock, and counts
            left = now_left
    # A relay that starts next need not wait for the lease to run out.
    RelayLock.objects.filter(holder=relay.identity()).update(holder="", expires_at=None)
