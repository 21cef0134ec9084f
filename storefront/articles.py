"""Reading articles: what home, county pages and the list of articles show. Each is one query, whatever there is."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.paginator import Page, Paginator

from storefront.models import Article, ArticleKind, Articles

LATEST = 3
PAGE_SIZE = 12
_BODIES = ("body_zh", "body_hant", "body_en")


def latest(*, at: datetime, region: str = "") -> list[Article]:
    """Return the newest three at `at` (UTC); of one county where its slug is given."""
    return list(_shown(at, region=region)[:LATEST])


def page_of(*, at: datetime, kind: str, page: str) -> Page:
    """Return a page of the list; an unknown kind is none, a page beyond the last is the last."""
    rows = _shown(at)
    if kind in ArticleKind:
        rows = rows.filter(kind=kind)
    return Paginator(rows, PAGE_SIZE).get_page(page)


def find(slug: str, *, at: datetime) -> Article | None:
    """Return an article that everybody may read at `at`, or None."""
    return Article.objects.published(at=at).select_related("region").filter(slug=slug).first()


def draft(slug: str) -> Article | None:
    """Return an article in whatever state, for those who may see it, or None."""
    return Article.objects.select_related("region").filter(slug=slug).first()


def ends(articles: Iterable[Article]) -> Iterator[datetime]:
    """Yield the moments (UTC) at which one of these is not to be shown any more."""
    return (article.published_until for article in articles if article.published_until)


def _shown(at: datetime, *, region: str = "") -> Articles:
    rows = Article.objects.published(at=at).select_related("region").defer(*_BODIES)
    return rows.filter(region__slug=region) if region else rows
