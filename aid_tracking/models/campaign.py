"""Campaigns: a tree under the shop's own total, each with a window, an area set and dated rules."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aid_tracking.rules import BadRule, parse
from catalog.models import AreaSet
from catalog.models.region import Dated

ROOT_SLUG = "bangmai"


def validate_definition(definition: object) -> None:
    """Raise ValidationError for a definition that `rules.parse` cannot read."""
    try:
        parse(definition)
    except BadRule as error:
        raise ValidationError(str(error)) from None


class CampaignQuerySet(models.QuerySet):
    """Campaigns, and which of them are running."""

    def running(self, *, at: datetime) -> "CampaignQuerySet":
        """Return the campaigns, without the root, whose window holds `at` (UTC)."""
        started = Q(starts_at=None) | Q(starts_at__lte=at)
        return self.filter(started, Q(ends_at=None) | Q(ends_at__gt=at), is_root=False)


class Campaign(models.Model):
    """Something that purchases count toward. What counts for a campaign counts for every ancestor of it (rule 6).

    The root (`bangmai`) is the shop's own total: it has no window, no rule and no area set, and counts every paid line.
    Which sales count besides follows from the rule in force and, where set, from `area_set`; the window
    [starts_at, ends_at) is compared with the moment at which the sale counts (`counts_when`). Amounts are CNY fen.
    """

    class CountsWhen(models.TextChoices):
        PAID = "paid"

    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_root = models.BooleanField(default=False, editable=False)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)
    organizer_zh = models.CharField(max_length=160, blank=True)
    organizer_en = models.CharField(max_length=200, blank=True)
    description_zh = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    target_minor = models.BigIntegerField(null=True, blank=True)
    area_set = models.ForeignKey(AreaSet, models.PROTECT, null=True, blank=True, related_name="campaigns")
    counts_when = models.CharField(max_length=10, choices=CountsWhen, default=CountsWhen.PAID)
    counts_freight = models.BooleanField(default=False, editable=False)  # printed on the page; freight is no line yet

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["is_root"], name="campaign_one_root", condition=Q(is_root=True)),
            models.CheckConstraint(
                condition=Q(is_root=True, parent=None) | Q(is_root=False, parent__isnull=False),
                name="campaign_root_alone_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")), name="campaign_window"
            ),
            models.CheckConstraint(condition=Q(target_minor=None) | Q(target_minor__gt=0), name="campaign_target"),
        ]

    def __str__(self) -> str:
        return self.name_zh


class CampaignRule(Dated):
    """What counted for a campaign during [valid_from, valid_until): a version of its rule, closed, never edited.

    `definition` is read by `aid_tracking.rules.parse`; entries keep the version under which they counted.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rules")
    version = models.PositiveIntegerField()
    definition = models.JSONField(default=dict, blank=True, validators=[validate_definition])

    class Meta(Dated.Meta):
        ordering = ["campaign", "version"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "version"], name="campaign_rule_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="campaign_rule_version_from_one"),
        ]
