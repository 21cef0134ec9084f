"""Which campaigns a purchase counts for. Pure: facts and dated evidence in, intents out; nothing is looked up here.

* A line counts for the root, for each campaign whose window and rule it meets, and for every ancestor of these: a
  parent is the union of its children and of what it admits itself, each line once (rule 6).
* Windows of campaigns and rules are compared with the moment at which the sale counts (it was paid). Evidence of the
  line (tag, area set, certificate) is judged as of the moment at which the order was placed (rule 8).
* A refund takes back from exactly those entries that counted the line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aid_tracking.rules import Rule
from checkout.facts import LineFacts, OrderFacts

# Sold for the producer at somebody's stand, screen or app: helped sale (帮销). In the shop itself: direct purchase.
# The official texts name both modes but draw no line between them; docs/ledger.md states this choice.
HELPED_CHANNELS = frozenset({"union_app", "livestream", "experience_shop", "smart_cabinet"})


@dataclass(frozen=True)
class Window:
    """The half-open time [start, end) in UTC; None is open on that side."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies within."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


@dataclass(frozen=True)
class Slices:
    """What an entry says of its line, and so what totals are split by."""

    basis: str
    mode: str
    line_kind: str
    region_id: int
    province_code: str
    merchant_id: int
    category: str
    buyer_kind: str
    sales_channel: str
    zone: str
    certified: bool


@dataclass(frozen=True)
class Counted:
    """An entry that counted a line, as it is needed to take it back. `left_minor`: what reversals have left of it."""

    seq: int
    campaign_id: int
    round: int
    left_minor: int
    rule_version: int
    slices: Slices


@dataclass(frozen=True)
class Evidence:
    """The dated facts about the lines of a batch; a key that is not there was never true."""

    memberships: Mapping[tuple[int, str], tuple[Window, ...]] = field(default_factory=dict)  # (product, tag)
    zones: Mapping[str, Window] = field(default_factory=dict)  # tag → when that zone is open
    areas: Mapping[tuple[str, int], tuple[Window, ...]] = field(default_factory=dict)  # (area set, region)
    certificates: Mapping[tuple[int, int], Window] = field(default_factory=dict)  # (certificate, product)
    provinces: Mapping[int, str] = field(default_factory=dict)  # region → province code
    counted: Mapping[int, tuple[Counted, ...]] = field(default_factory=dict)  # line → the latest count by campaign


@dataclass(frozen=True)
class DatedRule:
    """A version of a campaign's rule and when it was in force."""

    version: int
    window: Window
    rule: Rule


@dataclass(frozen=True)
class CampaignTerms:
    """What a campaign counts, and under whom it stands."""

    id: int
    parent_id: int | None
    is_root: bool = False
    window: Window = Window()
    area_set: str = ""
    rules: tuple[DatedRule, ...] = ()


class BrokenTree(Exception):
    """The campaigns are no tree under one root; nothing may be counted until they are."""


class NoRoot(BrokenTree):
    """The shop's own total is not there."""


@dataclass(frozen=True)
class CampaignSet:
    """All campaigns. Raises NoRoot, or BrokenTree for a lost parent or a circle."""

    campaigns: tuple[CampaignTerms, ...]
    lineage: Mapping[int, tuple[int, ...]] = field(init=False)  # campaign → itself and its ancestors

    def __post_init__(self) -> None:
        if not any(campaign.is_root for campaign in self.campaigns):
            raise NoRoot("there is no root campaign")
        parents = {campaign.id: campaign.parent_id for campaign in self.campaigns}
        object.__setattr__(self, "lineage", {id_: tuple(_upward(id_, parents)) for id_ in parents})


@dataclass(frozen=True)
class Intent:
    """An entry to be written. `amount_minor` (fen) is negative exactly when `reverses` names an entry."""

    campaign_id: int
    line_id: int
    event_key: str
    round: int
    amount_minor: int
    reverses: int | None
    rule_version: int
    occurred_at: datetime
    slices: Slices


def decide(facts: OrderFacts, evidence: Evidence, campaigns: CampaignSet) -> list[Intent]:
    """Return what this event counts or takes back; the same intents however often it is asked."""
    if facts.event == "refund_succeeded":
        return [intent for line in facts.lines for intent in _take_back(facts, line, evidence)]
    if facts.event == "refund_failed":
        return [intent for line in facts.lines for intent in _count_again(facts, line, evidence)]
    return [intent for line in facts.lines for intent in _count(facts, line, evidence, campaigns)]


def _count(facts: OrderFacts, line: LineFacts, evidence: Evidence, campaigns: CampaignSet) -> Iterator[Intent]:
    if line.amount_minor <= 0:
        return
    slices = slices_of(facts, line, evidence)
    versions = _matching(facts, slices, evidence, campaigns)
    for campaign_id in sorted({above for id_ in versions for above in campaigns.lineage[id_]}):
        yield Intent(
            campaign_id=campaign_id,
            line_id=line.line_id,
            event_key=facts.event_key,
            round=0,
            amount_minor=line.amount_minor,
            reverses=None,
            rule_version=versions.get(campaign_id, 0),
            occurred_at=facts.occurred_at,
            slices=slices,
        )


def _take_back(facts: OrderFacts, line: LineFacts, evidence: Evidence) -> Iterator[Intent]:
    if line.amount_minor <= 0:
        return
    for counted in _counted(line, evidence):
        yield _after(facts, line, counted, round_=counted.round, amount_minor=-line.amount_minor, reverses=counted.seq)


def _count_again(facts: OrderFacts, line: LineFacts, evidence: Evidence) -> Iterator[Intent]:
    """A refund came back: close the round of each entry, and open the next with what it held and what came back."""
    if line.amount_minor <= 0:
        return
    for counted in _counted(line, evidence):
        left = counted.left_minor
        if left:
            yield _after(facts, line, counted, round_=counted.round, amount_minor=-left, reverses=counted.seq)
        again = left + line.amount_minor
        yield _after(facts, line, counted, round_=counted.round + 1, amount_minor=again, reverses=None)


def _counted(line: LineFacts, evidence: Evidence) -> list[Counted]:
    return sorted(evidence.counted.get(line.line_id, ()), key=lambda entry: entry.campaign_id)


def _after(
    facts: OrderFacts, line: LineFacts, counted: Counted, *, round_: int, amount_minor: int, reverses: int | None
) -> Intent:
    """Return what follows an entry; it says the same of the line as that entry did."""
    return Intent(
        campaign_id=counted.campaign_id,
        line_id=line.line_id,
        event_key=facts.event_key,
        round=round_,
        amount_minor=amount_minor,
        reverses=reverses,
        rule_version=counted.rule_version,
        occurred_at=facts.occurred_at,
        slices=counted.slices,
    )


def slices_of(facts: OrderFacts, line: LineFacts, evidence: Evidence) -> Slices:
    """Return what is proven of a paid line. A claimed tag that was not true becomes ""."""
    at = facts.placed_at
    return Slices(
        basis="measured",
        mode="helped" if line.sales_channel in HELPED_CHANNELS else "direct",
        line_kind=line.line_kind,
        region_id=line.region_id,
        province_code=evidence.provinces[line.region_id],
        merchant_id=line.merchant_id,
        category=line.category,
        buyer_kind=facts.buyer_kind,
        sales_channel=line.sales_channel,
        zone=line.tag if _tag_holds(line, evidence, at) else "",
        certified=line.certificate_id is not None
        and _any_holds([evidence.certificates.get((line.certificate_id, line.product_id))], at),
    )


def _tag_holds(line: LineFacts, evidence: Evidence, at: datetime) -> bool:
    """Whether the zone was open and the product was in it: the claim of a link alone proves nothing (rule 8)."""
    zone = evidence.zones.get(line.tag)
    return zone is not None and zone.holds(at) and _any_holds(evidence.memberships.get((line.product_id, line.tag)), at)


def _any_holds(windows: Iterable[Window | None] | None, at: datetime) -> bool:
    return any(window is not None and window.holds(at) for window in windows or ())


def _matching(facts: OrderFacts, slices: Slices, evidence: Evidence, campaigns: CampaignSet) -> dict[int, int]:
    """Return the campaigns that admit the line by themselves → the version of the rule that did; the root has none."""
    found: dict[int, int] = {}
    for campaign in campaigns.campaigns:
        if campaign.is_root:
            found[campaign.id] = 0
            continue
        if not campaign.window.holds(facts.occurred_at) or not _in_area(campaign.area_set, slices, evidence, facts):
            continue
        for dated in campaign.rules:
            if dated.window.holds(facts.occurred_at) and _meets(dated.rule, slices, evidence, facts):
                found[campaign.id] = dated.version
    return found


def _meets(rule: Rule, slices: Slices, evidence: Evidence, facts: OrderFacts) -> bool:
    asked = (
        (rule.tags, slices.zone),
        (rule.line_kinds, slices.line_kind),
        (rule.sales_channels, slices.sales_channel),
        (rule.buyer_kinds, slices.buyer_kind),
        (rule.categories, slices.category),
        (rule.provinces, slices.province_code),
    )
    return (
        all(not allowed or word in allowed for allowed, word in asked)
        and (slices.certified or not rule.certified_only)
        and _in_area(rule.area_set, slices, evidence, facts)
    )


def _in_area(area_set: str, slices: Slices, evidence: Evidence, facts: OrderFacts) -> bool:
    return not area_set or _any_holds(evidence.areas.get((area_set, slices.region_id)), facts.placed_at)


def _upward(campaign_id: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    seen: set[int] = set()
    current: int | None = campaign_id
    while current is not None:
        if current in seen or current not in parents:
            raise BrokenTree(f"campaign {campaign_id} has no way up to the root")
        seen.add(current)
        yield current
        current = parents[current]
