"""Names of what facets and badges refer to by slug or code, kept in memory: they change a few times a year."""

import time
from dataclasses import dataclass
from functools import lru_cache

from aid_tracking.models import Zone
from catalog.models import AidedRegion, Category, CertificateScheme

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages."""

    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names by slug (categories, schemes, zones, regions) or six-digit code (provinces), each in its own order."""

    categories: dict[str, Name]
    schemes: dict[str, Name]
    zones: dict[str, Name]
    provinces: dict[str, Name]
    regions: dict[str, Name]


def names() -> Names:
    """Return all names, at most a minute old."""
    return _names(int(time.monotonic()) // _SECONDS)


def forget() -> None:
    """Read the names again at the next call (for tests, and after loading the map)."""
    _names.cache_clear()


@lru_cache(maxsize=1)
def _names(_minute: int) -> Names:
    def of(rows) -> dict[str, Name]:
        return {key: Name(zh, en) for key, zh, en in rows}

    regions = AidedRegion.objects.order_by("province_code", "code")
    return Names(
        categories=of(Category.objects.values_list("slug", "name_zh", "name_en")),
        schemes=of(
            CertificateScheme.objects.order_by("-admits_sale", "slug").values_list("slug", "name_zh", "name_en")
        ),
        zones=of(Zone.objects.values_list("slug", "name_zh", "name_en")),
        provinces=of(regions.values_list("province_code", "province_zh", "province_en")),
        regions=of(regions.values_list("slug", "name_zh", "name_en")),
    )
