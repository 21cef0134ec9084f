"""How often somebody may ask, in a sliding minute.

Writes are counted in the shared cache, for all processes together. Reads are counted in the memory of the process that
answers them: a limit on reads must not cost a write. With N processes a reader may thus reach N times the limit.
"""

import time
from collections import OrderedDict
from threading import Lock

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60
READS = 600
WRITES = 60
_CALLERS_REMEMBERED = 20_000


class TooOften(Exception):
    """The limit is reached; `retry_after` seconds later it is worth trying again."""

    def __init__(self) -> None:
        super().__init__("Too many requests; try again in a minute.")
        self.retry_after = MINUTE


def caller(request: HttpRequest, user_id: int | None) -> str:
    """Return whom a request is counted for: the account, else the address that it comes from."""
    return f"user:{user_id}" if user_id else f"ip:{get_adapter().get_client_ip(request)}"


def count_write(who: str) -> None:
    """Count a change that somebody asks for. Raises TooOften."""
    now = time.time()
    minute, gone = divmod(now, MINUTE)
    before, current = (f"writes:{who}:{int(minute) - back}" for back in (1, 0))
    known = cache.get_many([current, before])
    if current not in known:
        cache.add(current, 0, timeout=3 * MINUTE)
    used = cache.incr(current) + known.get(before, 0) * (1 - gone / MINUTE)
    _refuse_above(used, WRITES)


class Reads:
    """Reads by caller in this minute and the one before; the callers seen longest ago are forgotten."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[int, int, int]] = OrderedDict()  # who → (minute, count, count before)
        self._lock = Lock()

    def count(self, who: str) -> None:
        """Count a read. Raises TooOften."""
        minute, gone = divmod(time.time(), MINUTE)
        with self._lock:
            known, count, before = self._counts.pop(who, (int(minute), 0, 0))
            if known != int(minute):
                count, before = 0, count if known == int(minute) - 1 else 0
            self._counts[who] = (int(minute), count + 1, before)
            if len(self._counts) > _CALLERS_REMEMBERED:
                self._counts.popitem(last=False)
        _refuse_above(count + 1 + before * (1 - gone / MINUTE), READS)

    def forget(self) -> None:
        """Start from nothing."""
        self._counts.clear()


def _refuse_above(used: float, limit: int) -> None:
    if used > limit * settings.RATE_LIMIT_FACTOR:
        raise TooOften


reads = Reads()
