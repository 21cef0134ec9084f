"""What one purchase counts toward: as far as can be said before it is paid, and as the ledger says afterwards."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from aid_tracking import evidence
from aid_tracking.attribution import BrokenTree, CampaignSet, decide
from aid_tracking.models import Campaign, LedgerEntry, Source
from catalog.selectors.certificates import admitting
from checkout.facts import LineFacts, OrderFacts
from checkout.models import CheckoutLine, OrderLine

FORECAST_SECONDS = 5


@dataclass(frozen=True)
class Share:
    """What counts toward a campaign (fen): counted, and of that taken back by refunds."""

    slug: str
    name_zh: str
    name_en: str
    amount_minor: int
    taken_back_minor: int = 0


@dataclass(frozen=True)
class Counted:
    """What the ledger holds of an order's lines. `is_counted`: the relay has seen the payment."""

    shares: tuple[Share, ...]
    is_counted: bool
    taken_back_minor: int  # of the shop's own total: what refunds have taken back so far


def foreseen(
    *, lines: Sequence[CheckoutLine], prices_minor: Mapping[int, int], buyer_kind: str = "consumer", at: datetime
) -> tuple[Share, ...]:
    """Return what these cart lines would count toward if they were placed and paid at `at`; the root is left out.

    The lines come with their variant's product loaded; `prices_minor` are the unit prices by variant (fen). The
    decision is the relay's own (six queries; three more every few seconds).
    """
    if not lines:
        return ()
    try:
        terms, named = _campaigns(time.monotonic() // FORECAST_SECONDS)
    except BrokenTree:
        return ()  # a forecast can wait until the campaigns are in order; the relay cannot, and says so
    facts = _facts(lines, prices_minor, buyer_kind, at)
    amounts: dict[int, int] = {}
    for intent in decide(facts, evidence.of_lines([facts]), terms):
        amounts[intent.campaign_id] = amounts.get(intent.campaign_id, 0) + intent.amount_minor
    found = [row for row in named if row.pk in amounts and not row.is_root]
    return tuple(Share(row.slug, row.name_zh, row.name_en, amounts[row.pk]) for row in _smallest_first(found))


@lru_cache(maxsize=1)
def _campaigns(_moment: float) -> tuple[CampaignSet, tuple[Campaign, ...]]:
    """Return the campaigns as they were a few seconds ago at most: close enough for a forecast."""
    return evidence.campaigns(), tuple(Campaign.objects.all())


def forget() -> None:
    """Read the campaigns again at the next forecast."""
    _campaigns.cache_clear()


def counted(*, line_ids: Sequence[int]) -> Counted:
    """Return what the ledger says of these order lines (two queries)."""
    sums = (
        LedgerEntry.objects.filter(source=Source.ORDER, line_id__in=line_ids)
        .order_by()
        .values("campaign")
        .annotate(added=Coalesce(Sum("amount_minor", filter=Q(reverses=None, round=0)), 0), left=Sum("amount_minor"))
    )
    amounts = {row["campaign"]: (row["added"], row["added"] - row["left"]) for row in sums}
    rows = list(Campaign.objects.filter(pk__in=amounts))
    return Counted(
        shares=tuple(
            Share(row.slug, row.name_zh, row.name_en, *amounts[row.pk])
            for row in _smallest_first(rows)
            if not row.is_root
        ),
        is_counted=bool(amounts),
        taken_back_minor=sum(amounts[row.pk][1] for row in rows if row.is_root),
    )


def counted_of_buyer(*, user_id: int) -> int:
    """Return what this person's purchases count in the shop's own total, refunds taken off (fen, one query)."""
    lines = OrderLine.objects.filter(order__user=user_id).values("pk")
    entries = LedgerEntry.objects.filter(source=Source.ORDER, campaign__is_root=True, line_id__in=lines)
    return entries.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def _smallest_first(rows) -> list[Campaign]:
    """A child was made after its parent: what the purchase is nearest to comes first."""
    return sorted(rows, key=lambda campaign: -campaign.pk)


def _facts(lines: Sequence[CheckoutLine], prices_minor: Mapping[int, int], buyer_kind: str, at: datetime) -> OrderFacts:
    certificates = admitting([line.variant.product_id for line in lines], at=at)
    return OrderFacts(
        event="order_paid",
        event_key="foreseen",
        order_id=0,
        buyer_kind=buyer_kind,
        placed_at=at,
        occurred_at=at,
        lines=tuple(
            LineFacts(
                line_id=line.pk,
                product_id=line.variant.product_id,
                merchant_id=line.variant.product.merchant_id,
                region_id=line.variant.product.region_id,
                category=line.variant.product.category.slug,
                line_kind=line.variant.product.line_kind,
                certificate_id=certificates.get(line.variant.product_id),
                tag=line.metadata.get("tag", ""),
                sales_channel="web",
                amount_minor=prices_minor[line.variant_id] * line.quantity,
            )
            for line in lines
        ),
    )
