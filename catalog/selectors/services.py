"""What the page of a service shows beyond that of goods."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from catalog.models import ServiceDate, ServiceTerms

SHOWN = 60  # days of a variant, the next ones


@dataclass(frozen=True, slots=True)
class DayView:
    """A day on which it takes place, and how many places are left."""

    day: date
    left: int


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Terms, in both languages, and the days by variant's id."""

    meeting_place_zh: str
    meeting_place_en: str
    duration_zh: str
    duration_en: str
    included_zh: str
    included_en: str
    cancellation_zh: str
    cancellation_en: str
    days: dict[int, tuple[DayView, ...]]


TERMS = tuple(name for name in ServiceView.__dataclass_fields__ if name != "days")


def service_of(product_id: int, *, today: date) -> ServiceView:
    """Return a service's terms, empty where none were written, and its days from `today` (Beijing) on (two queries)."""
    terms = ServiceTerms.objects.filter(pk=product_id).values(*TERMS).first() or dict.fromkeys(TERMS, "")
    found: dict[int, list[DayView]] = defaultdict(list)
    rows = ServiceDate.objects.filter(variant__product=product_id, day__gte=today)
    for variant_id, day, capacity, booked in rows.values_list("variant_id", "day", "capacity", "booked"):
        if len(found[variant_id]) < SHOWN:
            found[variant_id].append(DayView(day, capacity - booked))
    return ServiceView(**terms, days={key: tuple(days) for key, days in found.items()})


def dates_of(product_id: int, *, today: date):
    """Return a service's days from `today` on as rows, in order, with their variants."""
    return ServiceDate.objects.filter(variant__product=product_id, day__gte=today).select_related("variant")
