"""Zones, campaigns and the aid ledger, to look at: rules and entries are only ever added to, by the rooms."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from aid_tracking import selectors
from aid_tracking.models import Campaign, CampaignRule, LedgerEntry, RelayFailure, Zone
from storefront.office.base import Rows, Table, yuan


@admin.register(Zone)
class ZoneAdmin(Table):
    """Zones."""

    list_display = ("name_zh", "name_en", "slug", "opens_at", "closes_at", "theme")


class RuleRows(Rows):
    """The versions of a campaign's rule."""

    model = CampaignRule
    verbose_name_plural = _("Rules")
    fields = ("version", "valid_from", "valid_until", "definition")


@admin.register(Campaign)
class CampaignAdmin(Table):
    """Campaigns."""

    list_display = ("name_zh", "name_en", "slug", "parent", "starts_at", "ends_at", "target")
    list_select_related = ("parent",)
    exclude = ("target_minor",)
    readonly_fields = ("target", "achieved")
    inlines = (RuleRows,)

    @display(description=_("Target"))
    def target(self, campaign: Campaign) -> str:
        """What it wants to reach."""
        return yuan(campaign.target_minor) if campaign.target_minor else "—"

    @display(description=_("Achieved"))
    def achieved(self, campaign: Campaign) -> str:
        """What has counted so far."""
        return yuan(selectors.campaign_total(campaign.slug, at=timezone.now()).amount_minor)


@admin.register(LedgerEntry)
class EntryAdmin(Table):
    """The aid ledger."""

    list_display = ("seq", "campaign", "amount", "event_key", "line_id", "zone", "certified", "occurred_at")
    list_filter = ("campaign", "zone", "certified", "buyer_kind", "sales_channel")
    list_select_related = ("campaign",)
    search_fields = ("event_key", "=line_id")
    ordering = ("-seq",)
    exclude = ("amount_minor",)
    readonly_fields = ("amount",)

    @display(description=_("Amount"), ordering="amount_minor")
    def amount(self, entry: LedgerEntry) -> str:
        """What counted; negative where a refund took it back."""
        return yuan(entry.amount_minor)


@admin.register(RelayFailure)
class FailureAdmin(Table):
    """Facts that could not be counted yet."""

    list_display = ("row", "tries", "is_set_aside", "first_failed_at", "next_try_at", "error")
    list_select_related = ("row",)
    list_filter = ("is_set_aside",)
