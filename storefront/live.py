"""Figures that move while a page is open: how pages draw them first, and the JSON that moves them later.

Both are made by the same functions, so that a figure reads the same before and after it moved.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.safestring import SafeString

from aid_tracking import selectors
from aid_tracking.selectors import TotalView
from catalog.money import to_minor
from storefront import figures
from storefront.templatetags import shop

LANGUAGES = {"zh": "zh-hans", "zh-Hant": "zh-hant", "en": "en"}


@dataclass(frozen=True)
class Figure:
    """A total as a page shows it; `key` is what the page's `data-live` and the polled answer call it."""

    key: str
    headline: SafeString
    exact: str
    as_of: str
    lines: int
    target: SafeString | str = ""
    percent: str = ""
    permille: int = 0


def figure(kind: str, slug: str, total: TotalView, target_minor: int | None = None) -> Figure:
    """Return a campaign's or a zone's total ("campaign" or "zone") for a page in the active language."""
    amount = total.amount_minor
    return Figure(
        key=f"{kind}/{slug}",
        headline=shop.headline(amount),
        exact=figures.exact(amount),
        as_of=shop.moment(total.as_of),
        lines=total.lines,
        target=shop.headline(target_minor, whole=True) if target_minor else "",
        percent=figures.percent(amount, target_minor) if target_minor else "",
        permille=permille(amount, target_minor),
    )


def permille(part: int, whole: int | None) -> int:
    """Return part of whole in thousandths, 0 to 1000."""
    return min(max(part * 1000 // whole, 0), 1000) if whole else 0


def answer() -> tuple[bytes, str]:
    """Return the polled JSON and its ETag, at most half a second old."""
    return _answer(int(time.monotonic() * 2))


def forget() -> None:
    """Make the next answer fresh (for tests)."""
    _answer.cache_clear()


@lru_cache(maxsize=1)
def _answer(_half_second: int) -> tuple[bytes, str]:
    now = timezone.now()
    raw = selectors.live_figures(at=now)
    targets = {campaign.slug: campaign.target_minor for campaign in selectors.running_campaigns(at=now)}
    as_of = datetime.strptime(raw["as_of"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    shown = {
        f"{kind}/{slug}": _entry(values, targets.get(slug) if kind == "campaign" else None)
        for kind, part in (("campaign", "campaigns"), ("zone", "zones"))
        for slug, values in raw[part].items()
    }
    # The time is shown to the minute, so the answer keeps its ETag while nothing is counted within one.
    times = {word: figures.moment(as_of, language) for word, language in LANGUAGES.items()}
    body = json.dumps({"as_of": times, "figures": shown}, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _entry(values: dict, target_minor: int | None) -> dict:
    minor = to_minor(Decimal(values["amount"]))
    entry = {"amount": values["amount"], "lines": values["lines"]}
    for word, language in LANGUAGES.items():
        entry[word] = {"headline": list(figures.headline(minor, language)), "exact": figures.exact(minor)}
        entry[word]["lines"] = f"{values['lines']:,}"
    if target_minor:
        entry["percent"] = figures.percent(minor, target_minor)
        entry["permille"] = permille(minor, target_minor)
    return entry
