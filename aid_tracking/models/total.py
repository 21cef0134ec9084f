"""Totals: sums of entries, moved in the transaction of the entries, so that reading one costs the same at any size."""

from django.db import models
from django.db.models import Q

from aid_tracking.models.campaign import Campaign
from aid_tracking.sums import AMOUNT_COLUMNS


class SliceKind(models.TextChoices):
    """What a total is a part by. The key beside it is the id or the word of that part."""

    ALL = "all"  # key ""
    COUNTY = "county"  # id of the AidedRegion
    PROVINCE = "province"  # six-digit code
    MERCHANT = "merchant"  # id of the Merchant
    CATEGORY = "category"  # slug
    BUYER_KIND = "buyer_kind"
    CHANNEL = "channel"
    ZONE = "zone"  # slug; lines without a zone are in no zone's total
    CERTIFIED = "certified"  # "yes" or "no"


class Amounts(models.Model):
    """Eight sums that are never merged silently (CNY fen), and how many lines and entries are in them."""

    measured_direct_goods_minor = models.BigIntegerField(default=0)
    measured_direct_service_minor = models.BigIntegerField(default=0)
    measured_helped_goods_minor = models.BigIntegerField(default=0)
    measured_helped_service_minor = models.BigIntegerField(default=0)
    declared_direct_goods_minor = models.BigIntegerField(default=0)
    declared_direct_service_minor = models.BigIntegerField(default=0)
    declared_helped_goods_minor = models.BigIntegerField(default=0)
    declared_helped_service_minor = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)  # order lines that counted; a refund does not lower it
    entries = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Total(Amounts):
    """The sum of a campaign's entries in one slice. No part of it can be negative."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="totals", db_index=False)
    slice_kind = models.CharField(max_length=12, choices=SliceKind)
    slice_key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slice_kind", "campaign", "slice_key"], name="total_once"),
            *(
                models.CheckConstraint(condition=Q(**{f"{column}__gte": 0}), name=f"total_{column}"[:60])
                for column in AMOUNT_COLUMNS
            ),
        ]

    def __str__(self) -> str:
        return f"total of campaign {self.campaign_id}: {self.slice_kind} {self.slice_key}"


class DayTotal(Amounts):
    """The same for one day in Asia/Shanghai. A day on which more was given back than sold is negative."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="day_totals", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "day"], name="day_total_once")]

    def __str__(self) -> str:
        return f"day total of campaign {self.campaign_id}: {self.day}"
