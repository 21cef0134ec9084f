"""Categories, provinces and regions, with what they hold."""

from datetime import datetime

from django.db.models import Count, QuerySet

from catalog import search
from catalog.models import AidedRegion, Category, ProductCard
from catalog.search import Query
from catalog.selectors.views import CategoryView, ProvinceView, RegionView

_REGION = tuple(name for name in RegionView.__dataclass_fields__ if name != "products")


def categories() -> tuple[CategoryView, ...]:
    """Return all shelves in their order (one query)."""
    rows = Category.objects.values_list("slug", "name_zh", "name_en", "position")
    return tuple(CategoryView(*row) for row in rows)


def sellable_cards(at: datetime) -> QuerySet[ProductCard]:
    """Return the cards of the products that may be sold at `at`, without an order."""
    return ProductCard.objects.filter(sellable_from__lte=at, sellable_until__gt=at).order_by()


def provinces_with_counts(*, at: datetime) -> tuple[ProvinceView, ...]:
    """Return the provinces that have aided regions, by code, with regions and sellable products (one query).

    Products are counted by the search index, which need not touch each of them; without an index they are zero.
    """
    products = _facet(Query(size=1), "province", at)
    rows = (
        AidedRegion.objects.order_by("province_code")
        .values_list("province_code", "province_zh", "province_en")
        .annotate(Count("pk"))
    )
    return tuple(ProvinceView(*(*row, products.get(row[0], 0))) for row in rows)


def regions_of_province(code: str, *, at: datetime) -> tuple[RegionView, ...]:
    """Return a province's aided regions by code, each with its number of sellable products (one query)."""
    products = _facet(Query(province=code, size=1), "region", at)
    rows = AidedRegion.objects.filter(province_code=code).order_by("code", "slug").values_list(*_REGION)
    return tuple(RegionView(*(*row, products.get(row[1], 0))) for row in rows)


def _facet(query: Query, name: str, at: datetime) -> dict[str, int]:
    return {facet.value: facet.count for facet in search.search(query, at=at).facets[name]}


def region(slug: str) -> RegionView | None:
    """Return one aided region, or None (one query)."""
    row = AidedRegion.objects.filter(slug=slug).values_list(*_REGION).first()
    return RegionView(*row) if row else None


def region_view(row: AidedRegion) -> RegionView:
    """Return a loaded region as a view, without its number of products."""
    return RegionView(*(getattr(row, name) for name in _REGION))
