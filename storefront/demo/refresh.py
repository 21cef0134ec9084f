"""Moving a demo to another day: zones open, campaigns running, certificates in date, as on the day it was made."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from aid_tracking.models import Campaign, Zone
from catalog.models import Certificate, ProductTag
from storefront.demo.benefits import report_again
from storefront.demo.campaigns import CHILD, CLOSES, OPENS, PARENT, PARENT_ENDS, names
from storefront.demo.certificates import SCHEMES
from storefront.demo.errors import NoDemo
from storefront.demo.plan import KEY_COUNTY_ZONE, ZONE, Plan
from storefront.demo.progress import Progress, silent
from storefront.demo.seed import rebuild_index, refresh_cards
from storefront.models import DemoSeed

BATCH = 2000


def refresh(*, as_of: date, now: datetime, progress: Progress = silent) -> bool:
    """Move the demo's dates on to `as_of`; return whether anything changed. Raises NoDemo.

    Only ends are moved, and new windows opened: what was true on a past day stays true, so that what was counted then
    can be judged again. A demo is never moved back.
    """
    row = DemoSeed.objects.exclude(finished_at=None).first()
    if row is None:
        raise NoDemo("there is no finished demo; `bangmai demo seed` makes one")
    if as_of <= row.as_of:
        return False
    old = Plan(row.seed, row.as_of, row.products, row.orders)
    new = replace(old, as_of=as_of)
    with transaction.atomic(durable=True):
        _move_zones(new)
        _move_campaigns(new)
        _move_certificates(old, new)
        report_again(new)
        DemoSeed.objects.filter(pk=row.pk).update(as_of=as_of)
    refresh_cards(now=now, progress=progress)
    rebuild_index(progress)
    return True


def _move_zones(new: Plan) -> None:
    Zone.objects.filter(slug__in=[ZONE, KEY_COUNTY_ZONE]).update(closes_at=new.day(CLOSES))
    for tag in (ZONE, KEY_COUNTY_ZONE):
        _move_tag(tag, new)


def _move_tag(tag: str, new: Plan) -> None:
    """Lengthen the memberships that still hold; open a new window where the last one has ended."""
    rows = ProductTag.objects.filter(tag=tag)
    rows.filter(valid_until__gt=new.day(0)).update(valid_until=new.day(CLOSES))
    ended = rows.values("product").annotate(last=Max("valid_until")).filter(last__lte=new.day(0))
    ProductTag.objects.bulk_create(
        [
            ProductTag(
                product_id=row["product"],
                tag=tag,
                valid_from=max(row["last"], new.day(OPENS)),
                valid_until=new.day(CLOSES),
            )
            for row in ended.order_by("product")
        ],
        batch_size=BATCH,
    )


def _move_campaigns(new: Plan) -> None:
    for slug, ends in ((PARENT, PARENT_ENDS), (CHILD, CLOSES)):
        Campaign.objects.filter(slug=slug).update(ends_at=new.day(ends), **names(new)[slug])


def _move_certificates(old: Plan, new: Plan) -> None:
    """Lengthen what was in date on the old day by as much as the day moves; what had run out then stays so."""
    shift = timedelta(days=(new.as_of - old.as_of).days)
    Certificate.objects.filter(
        number__startswith="DEMO-", scheme__slug__in=SCHEMES, revoked_at=None, valid_until__gt=old.day(0)
    ).update(valid_until=F("valid_until") + shift)
