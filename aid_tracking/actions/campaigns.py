"""The campaign tree: the root, new campaigns, new versions of a rule."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from aid_tracking.models import Campaign, CampaignRule
from aid_tracking.models.campaign import ROOT_SLUG
from aid_tracking.rules import parse


def ensure_root() -> Campaign:
    """Return the root campaign, the shop's own total; made where it is missing. Changes nothing otherwise."""
    names = {"slug": ROOT_SLUG, "name_zh": "帮买总额", "name_en": "Bangmai total"}
    return Campaign.objects.get_or_create(is_root=True, defaults=names)[0]


def set_rule(*, campaign: Campaign, definition: dict, now: datetime) -> CampaignRule:
    """Put a new version of a campaign's rule in force from `now` on; the version before ends at that moment.

    What has counted stays as it is. Raises `rules.BadRule` for a definition that cannot be read.
    """
    parse(definition)
    with transaction.atomic():
        last = CampaignRule.objects.filter(campaign=campaign).aggregate(last=Max("version"))["last"] or 0
        CampaignRule.objects.filter(campaign=campaign, valid_until=None).update(valid_until=now)
        return CampaignRule.objects.create(campaign=campaign, version=last + 1, definition=definition, valid_from=now)
