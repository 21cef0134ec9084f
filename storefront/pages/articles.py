"""What the programme office writes: the list of articles, one article, and how it will look before it is published."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from storefront import articles as reading
from storefront.models import Article, ArticleKind
from storefront.page_cache import cached_for_anonymous, shows
from storefront.pages.private import private
from storefront.themes import render


@cached_for_anonymous
def articles(request: HttpRequest) -> HttpResponse:
    """Show what is published, the newest first; of one kind where `?kind=` says so."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ArticleKind else ""
    page = reading.page_of(at=timezone.now(), kind=kind, page=request.GET.get("page", "1"))
    response = render(request, "pages/articles.html", {"page": page, "kind": kind, "kinds": ArticleKind.choices})
    return shows(response, (), until=min(reading.ends(page), default=None))


@cached_for_anonymous
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one article. It is kept no longer than a list: what the office corrects must show soon."""
    found = reading.find(slug, at=timezone.now())
    if found is None:
        raise Http404
    return shows(_page(request, found), (), until=found.published_until)


@private
def preview(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show an article as it will look, to those of the office who may see articles. Raises PermissionDenied."""
    if not (request.user.is_staff and request.user.has_perm("storefront.view_article")):
        raise PermissionDenied
    found = reading.draft(slug)
    if found is None:
        raise Http404
    return _page(request, found, is_preview=True)


def _page(request: HttpRequest, article: Article, *, is_preview: bool = False) -> HttpResponse:
    return render(request, "pages/article.html", {"article": article, "is_preview": is_preview})
