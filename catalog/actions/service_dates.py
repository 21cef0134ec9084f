"""Days on which a service takes place: added by the week, given room, taken off. What was booked stays booked."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from catalog.actions import cards, changes
from catalog.models import ProductVariant, ServiceDate

DAYS_MAX = 366  # in one go
CAPACITY_MAX = 10_000


class DatesRefused(Exception):
    """Nothing was written. `code`: "gone", "period" (no day in it, or more than a year), "capacity", "booked"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add(
    *,
    variant_id: int,
    merchant_id: int,
    first: date,
    last: date,
    weekdays: Collection[int],
    capacity: int,
    actor: str,
    now: datetime,
) -> int:
    """Add the days from `first` to `last` that are such weekdays (0: Monday); return how many are new.

    Days that are there already stay as they are. Raises DatesRefused.
    """
    length = (last - first).days + 1
    days = [first + timedelta(days=each) for each in range(min(length, DAYS_MAX + 1))]
    wanted = [day for day in days if day.weekday() in weekdays]
    if not 0 < length <= DAYS_MAX or not wanted:
        raise DatesRefused("period")
    _check(capacity)
    with transaction.atomic(durable=True):
        variant = _variant(variant_id, merchant_id)
        known = set(ServiceDate.objects.filter(variant=variant, day__in=wanted).values_list("day", flat=True))
        new = [ServiceDate(variant=variant, day=day, capacity=capacity) for day in wanted if day not in known]
        ServiceDate.objects.bulk_create(new)
        if new:
            said = {"first_day": new[0].day, "last_day": new[-1].day, "days": len(new), "capacity": capacity}
            _record(variant, "dates.added", {}, said, actor=actor, now=now)
    return len(new)


def resize(*, date_id: int, merchant_id: int, capacity: int, actor: str, now: datetime) -> None:
    """Give a day room for so many people, never fewer than are booked. Raises DatesRefused."""
    _check(capacity)
    with transaction.atomic(durable=True):
        row = _date(date_id, merchant_id)
        if not ServiceDate.objects.filter(pk=row.pk, booked__lte=capacity).update(capacity=capacity):
            raise DatesRefused("booked")
        before, after = ({"day": row.day, "capacity": each} for each in (row.capacity, capacity))
        _record(row.variant, "dates.resized", before, after, actor=actor, now=now)


def remove(*, date_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Take a day off that nobody has booked. Raises DatesRefused."""
    with transaction.atomic(durable=True):
        row = _date(date_id, merchant_id)
        deleted, _ = ServiceDate.objects.filter(pk=row.pk, booked=0).delete()
        if not deleted:
            raise DatesRefused("booked")
        _record(row.variant, "dates.removed", {"day": row.day, "capacity": row.capacity}, {}, actor=actor, now=now)


def _check(capacity: int) -> None:
    if not 1 <= capacity <= CAPACITY_MAX:
        raise DatesRefused("capacity")


def _variant(variant_id: int, merchant_id: int) -> ProductVariant:
    """Return a size of a service of this merchant's, locked. Raises DatesRefused."""
    own = ProductVariant.objects.select_for_update(of=("self",)).select_related("product")
    row = own.filter(pk=variant_id, product__merchant=merchant_id, product__line_kind="service").first()
    if row is None:
        raise DatesRefused("gone")
    return row


def _date(date_id: int, merchant_id: int) -> ServiceDate:
    own = ServiceDate.objects.select_related("variant__product")
    row = own.filter(pk=date_id, variant__product__merchant=merchant_id).first()
    if row is None:
        raise DatesRefused("gone")
    return row


def _record(variant: ProductVariant, action: str, before, after, *, actor: str, now: datetime) -> None:
    product = variant.product
    changes.record(
        merchant_id=product.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=variant,
        label=f"{product.name_zh} · {variant.name_zh}",
        before=before,
        after=after,
    )
    cards.touch(product_ids=[product.pk])
