"""Lists of products: search, a category, and the parts that zone and county pages share with them."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from catalog import search as index
from catalog.selectors import Listing, listing, ways_out
from storefront.filters import Links, read
from storefront.names import Names, names
from storefront.page_cache import cached_for_anonymous, shows
from storefront.themes import render


def list_context(request: HttpRequest, *, known: Names, at: datetime, **fixed: str) -> dict:
    """Return what `parts/list.html` shows for the address; `fixed` is what the page stands for (category, tag …)."""
    query = read(request.GET, **fixed)
    found = listing(query, at=at)
    links = Links(request.path, query, known, tuple(fixed))
    return {
        "query": query,
        "listing": found,
        "groups": links.groups(found.facets),
        "active": links.active(),
        "sorts": links.sorts(),
        "clear_url": links.clear(),
        "pages": links.pages(found) if found.pages > 1 else (),
        "previous_url": links.url(page=query.page - 1 if query.page > 2 else "") if query.page > 1 else "",
        "literal_url": links.literal() if found.relaxed else "",
        "similar_url": links.url(exact="") if query.literal else "",
        "ways_out": () if found.cards or found.degraded else links.ways_out(ways_out(query, at=at)),
        "next_url": links.url(page=query.page + 1) if query.page < found.pages else "",
    }


def keep_until(response: HttpResponse, found: Listing, *changes: datetime) -> HttpResponse:
    """Mark an answer with the moment from which it is not true any more: a card's end, or one of `changes`."""
    until = min(filter(None, (found.sellable_until, *changes)), default=None)
    return shows(response, (card.product_id for card in found.cards), until=until)


@cached_for_anonymous
def search(request: HttpRequest) -> HttpResponse:
    """Show what a text and filters find; without any, everything."""
    known = names()
    context = list_context(request, known=known, at=timezone.now())
    return keep_until(render(request, "pages/search.html", context | {"known": known}), context["listing"])


@cached_for_anonymous
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one shelf of the shop."""
    known = names()
    if slug not in known.categories:
        raise Http404
    context = list_context(request, known=known, at=timezone.now(), category=slug)
    context |= {"category": known.categories[slug], "slug": slug, "tab": "categories"}
    return keep_until(render(request, "pages/category.html", context), context["listing"])


@cached_for_anonymous
def categories(request: HttpRequest) -> HttpResponse:
    """Show all shelves, each with the number of its products."""
    found = listing(index.Query(size=1), at=timezone.now())
    counts = {facet.value: facet.count for facet in found.facets.get("category", ())}
    shelves = [(slug, name, counts.get(slug, 0)) for slug, name in names().categories.items()]
    return render(request, "pages/categories.html", {"shelves": shelves, "tab": "categories"})


def suggest(request: HttpRequest) -> HttpResponse:
    """Answer completions of what is being typed, as JSON: a list of texts."""
    text = request.GET.get("q", "").strip()[:30]
    found = index.suggest(text, at=timezone.now()) if text else ()
    response = JsonResponse(list(found), safe=False, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response
