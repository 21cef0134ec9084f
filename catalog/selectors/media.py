"""The pictures of products."""

from collections import defaultdict
from collections.abc import Iterable

from catalog.models import ProductMedia
from catalog.prepared import Prepared
from catalog.selectors.views import MediaView

_OF_PRODUCTS = Prepared(
    lambda ids: (
        ProductMedia.objects.filter(product_id__in=ids)
        .order_by("position", "id")
        .values_list("product_id", "pk", "token", "width", "height", "alt_zh", "alt_en")
    )
)


def media_of(product_ids: Iterable[int]) -> dict[int, tuple[MediaView, ...]]:
    """Return the pictures of each product that has any, the first one first (one query)."""
    grouped: dict[int, list[MediaView]] = defaultdict(list)
    for row in _OF_PRODUCTS.rows(list(product_ids)):
        grouped[row[0]].append(MediaView(*row[1:]))
    return {key: tuple(views) for key, views in grouped.items()}
