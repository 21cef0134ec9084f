"""Names of the values of facets, kept in memory for a minute: they change a few times a year."""

import time
from functools import lru_cache

from catalog.models import AidedRegion, Category, CertificateScheme

_SECONDS = 60
_STORAGE = {
    "ambient": ("常温", "Ambient"),
    "chilled": ("冷藏", "Chilled"),
    "frozen": ("冷冻", "Frozen"),
    "none": ("不适用", "Not applicable"),
}

Names = dict[str, tuple[str, str]]  # value → (Chinese, English)


def labels() -> dict[str, Names]:
    """Return the names by facet; at most a minute old. Prices have none: their value says it."""
    return _labels(int(time.monotonic() // _SECONDS))


@lru_cache(maxsize=1)
def _labels(_minute: int) -> dict[str, Names]:
    def of(rows) -> Names:
        return {key: (zh, en) for key, zh, en in rows}

    regions = AidedRegion.objects
    return {
        "category": of(Category.objects.values_list("slug", "name_zh", "name_en")),
        "badge": of(CertificateScheme.objects.values_list("slug", "name_zh", "name_en")),
        "province": of(regions.values_list("province_code", "province_zh", "province_en").distinct()),
        "region": of(regions.values_list("slug", "name_zh", "name_en")),
        "storage": _STORAGE,
    }


def forget_labels() -> None:
    """Read the names again at the next use."""
    _labels.cache_clear()
