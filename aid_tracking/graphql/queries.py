"""Zones, campaigns and their totals. All of it is public; every amount is a decimal string in yuan."""

from datetime import datetime

import graphene

from aid_tracking import selectors
from aid_tracking.models import Campaign as CampaignRow
from aid_tracking.models import Zone as ZoneRow
from aid_tracking.selectors import TotalView
from catalog.graphql.base import global_id
from catalog.graphql.nodes import decimal_or_none, decimal_string
from catalog.money import CURRENCY

_RECENT_DAYS = 60


class AidTotal(graphene.ObjectType):
    """A total. Measured sums are the shop's own orders; declared ones, of partners, stand apart and are never added."""

    currency = graphene.String(required=True)
    measured = graphene.String(required=True)
    direct = graphene.String(required=True, description="The part bought directly, measured.")
    helped = graphene.String(required=True, description="The part sold with the shop's help, measured.")
    goods = graphene.String(required=True, description="The part that is goods, measured.")
    services = graphene.String(required=True, description="The part that is services, measured.")
    declared = graphene.String(required=True)
    lines = graphene.Int(required=True, description="Order lines that counted.")
    as_of = graphene.DateTime(required=True, description="Everything that happened before this moment is in the total.")


class AidDay(graphene.ObjectType):
    """What one day (Asia/Shanghai) added, measured; negative when more was given back than bought."""

    day = graphene.Date(required=True)
    measured = graphene.String(required=True)


class Zone(graphene.ObjectType):
    """A part of the shop with a period and a rule of its own."""

    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    rule = graphene.String(required=True)
    opens_at = graphene.DateTime(required=True)
    closes_at = graphene.DateTime(required=True, description="The first moment at which it is closed.")
    is_open = graphene.Boolean(required=True)
    theme = graphene.String(required=True)
    total = graphene.Field(AidTotal, required=True)

    @staticmethod
    def resolve_id(zone: ZoneRow, info):
        """Return the opaque id."""
        return global_id("Zone", zone.slug)

    @staticmethod
    def resolve_name(zone: ZoneRow, info):
        """Say it in the reader's language."""
        return zone.name_en if info.context.english else zone.name_zh

    @staticmethod
    def resolve_rule(zone: ZoneRow, info):
        """Say it in the reader's language."""
        return zone.rule_en if info.context.english else zone.rule_zh

    @staticmethod
    def resolve_is_open(zone: ZoneRow, info):
        """Say whether it is open at the moment of this request."""
        return zone.opens_at <= info.context.at < zone.closes_at

    @staticmethod
    def resolve_total(zone: ZoneRow, info):
        """Return what was bought in it."""
        return _total(selectors.zone_total(zone.slug, at=info.context.at))


class Campaign(graphene.ObjectType):
    """Something that purchases count toward. What counts for a campaign counts for its parent."""

    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    organizer = graphene.String(required=True)
    description = graphene.String(required=True)
    starts_at = graphene.DateTime()
    ends_at = graphene.DateTime(description="The first moment at which nothing counts any more.")
    target = graphene.String(description="Yuan, as a decimal string.")
    counts_when = graphene.String(required=True, description='The moment at which a sale counts: "paid".')
    counts_freight = graphene.Boolean(required=True)
    parent_slug = graphene.String()
    total = graphene.Field(AidTotal, required=True)
    days = graphene.List(graphene.NonNull(AidDay), required=True, description="The last 60 days that counted.")

    @staticmethod
    def resolve_id(campaign: CampaignRow, info):
        """Return the opaque id."""
        return global_id("Campaign", campaign.slug)

    @staticmethod
    def resolve_name(campaign: CampaignRow, info):
        """Say it in the reader's language."""
        return campaign.name_en if info.context.english else campaign.name_zh

    @staticmethod
    def resolve_organizer(campaign: CampaignRow, info):
        """Say it in the reader's language."""
        return campaign.organizer_en if info.context.english else campaign.organizer_zh

    @staticmethod
    def resolve_description(campaign: CampaignRow, info):
        """Say it in the reader's language."""
        return campaign.description_en if info.context.english else campaign.description_zh

    @staticmethod
    def resolve_target(campaign: CampaignRow, info):
        """Turn fen into a decimal string."""
        return decimal_or_none(campaign.target_minor)

    @staticmethod
    def resolve_parent_slug(campaign: CampaignRow, info):
        """Name the campaign of which this is a part; the parent is loaded already."""
        return campaign.parent.slug if campaign.parent else None

    @staticmethod
    def resolve_total(campaign: CampaignRow, info):
        """Return the whole total."""
        return _total(selectors.campaign_total(campaign.slug, at=info.context.at))

    @staticmethod
    def resolve_days(campaign: CampaignRow, info):
        """Return a point for every day."""
        points = selectors.day_series(campaign.slug)[-_RECENT_DAYS:]
        return [{"day": point.day, "measured": decimal_string(point.amount_minor)} for point in points]


class AidQueries(graphene.ObjectType):
    """What purchases did."""

    zones = graphene.List(graphene.NonNull(Zone), required=True, description="The zones that are open now.")
    zone = graphene.Field(Zone, slug=graphene.String(required=True))
    campaigns = graphene.List(graphene.NonNull(Campaign), required=True, description="The campaigns that run now.")
    campaign = graphene.Field(Campaign, slug=graphene.String(required=True))

    @staticmethod
    def resolve_zones(root, info):
        """List the open zones in their order."""
        return list(selectors.open_zones(at=info.context.at))

    @staticmethod
    def resolve_zone(root, info, slug):
        """Return a zone, open or not."""
        return selectors.zone(slug)

    @staticmethod
    def resolve_campaigns(root, info):
        """List the running campaigns, parents before their children."""
        return list(selectors.running_campaigns(at=info.context.at))

    @staticmethod
    def resolve_campaign(root, info, slug):
        """Return a campaign, running or not; `bangmai` is the shop's own total."""
        return selectors.campaign(slug)


def _total(view: TotalView) -> dict[str, str | int | datetime]:
    return {
        "currency": CURRENCY,
        "measured": decimal_string(view.amount_minor),
        "direct": decimal_string(view.direct_minor),
        "helped": decimal_string(view.helped_minor),
        "goods": decimal_string(view.goods_minor),
        "services": decimal_string(view.services_minor),
        "declared": decimal_string(view.declared_minor),
        "lines": view.lines,
        "as_of": view.as_of,
    }
