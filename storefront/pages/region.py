"""Where things come from: provinces, their counties, one county."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from catalog.selectors import provinces_with_counts, regions_of_province
from catalog.selectors import region as find_region
from storefront import articles
from storefront.names import Name, names
from storefront.page_cache import cached_for_anonymous
from storefront.pages.listing import keep_until, list_context
from storefront.themes import render


@cached_for_anonymous
def provinces(request: HttpRequest) -> HttpResponse:
    """Show the provinces, or the counties of one (`?province=` six-digit code)."""
    known, now = names(), timezone.now()
    code = request.GET.get("province", "")
    if not code:
        return render(request, "pages/provinces.html", {"provinces": provinces_with_counts(at=now), "tab": "provinces"})
    if code not in known.provinces:
        raise Http404
    prefectures: dict[Name, list] = {}
    for county in regions_of_province(code, at=now):
        prefectures.setdefault(Name(county.prefecture_zh, county.prefecture_en), []).append(county)
    context = {"province": known.provinces[code], "code": code, "prefectures": prefectures, "tab": "provinces"}
    return render(request, "pages/province.html", context)


@cached_for_anonymous
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one county: name, code, marks, what is sold from there, and what was written about it."""
    county = find_region(slug)
    if county is None:
        raise Http404
    now = timezone.now()
    context = list_context(request, known=names(), at=now, region=slug, province="")
    stories = articles.latest(at=now, region=slug)
    context |= {"region": county, "tab": "provinces", "articles": stories}
    return keep_until(render(request, "pages/region.html", context), context["listing"], *articles.ends(stories))
