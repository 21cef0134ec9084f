"""Where things come from: aided regions, the sets that say who is aided and when, pairings, divisions for addresses."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    """Rows that hold during the half-open window [valid_from, valid_until); no end means: until further notice."""

    def at(self, moment: datetime) -> "DatedQuerySet":
        """Return the rows that hold at `moment` (UTC)."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=moment), valid_from__lte=moment)


class Dated(models.Model):
    """A fact with a window. Such rows are closed, never deleted, so that any day can be judged again."""

    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="%(class)s_window"
            )
        ]


class AidedRegion(models.Model):
    """A county (or another unit) whose goods may count as aid. It has an id of its own: codes and names change."""

    slug = models.SlugField(max_length=20, unique=True)
    code = models.CharField(max_length=6, db_index=True)  # present code, GB/T 2260; two regions may share one
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    prefecture_code = models.CharField(max_length=6)
    prefecture_zh = models.CharField(max_length=60)
    prefecture_en = models.CharField(max_length=120)
    province_code = models.CharField(max_length=6, db_index=True)
    province_zh = models.CharField(max_length=60)
    province_en = models.CharField(max_length=120)
    exit_year = models.PositiveSmallIntegerField()
    is_key_county = models.BooleanField(null=True)  # null: not stated in a source that could be read
    name_in_list = models.CharField(max_length=60)
    code_in_list = models.CharField(max_length=6)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("aided region")
        verbose_name_plural = _("aided regions")

    def __str__(self) -> str:
        return self.name_zh


class AreaSet(models.Model):
    """A named set of regions that campaigns refer to: the 832 counties, the key counties."""

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name_zh


class AreaSetMember(Dated):
    """A region belongs to an area set during a window."""

    area_set = models.ForeignKey(AreaSet, models.PROTECT, related_name="members")
    region = models.ForeignKey(AidedRegion, models.PROTECT, related_name="area_memberships")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["area_set", "region", "valid_from"], name="area_set_member_once"),
        ]


class Pairing(Dated):
    """An eastern place helps a western one (东西部协作 and kin)."""

    mechanism = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    helper_code = models.CharField(max_length=6, blank=True)
    helper_name = models.CharField(max_length=80)
    aided_code = models.CharField(max_length=6, blank=True)
    aided_name = models.CharField(max_length=80)
    evidence = models.CharField(max_length=40)
    source = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["mechanism", "helper_name", "aided_name", "valid_from"], name="pairing_once"
            ),
        ]


class Division(models.Model):
    """A present administrative division, for address pickers: province (1), city (2) or county (3)."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")

    class Meta:
        indexes = [models.Index(fields=["parent", "code"], name="division_children")]

    def __str__(self) -> str:
        return self.name
