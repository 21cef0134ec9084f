"""Deciding what counts: pure, so that many cases take milliseconds."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid_tracking.attribution import (
    BrokenTree,
    CampaignSet,
    CampaignTerms,
    Counted,
    DatedRule,
    Evidence,
    NoRoot,
    Window,
    decide,
)
from aid_tracking.rules import BadRule, Rule, parse
from checkout.facts import LineFacts, OrderFacts

NOW = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ROOT, YEAR, SPRING, TEA = 1, 2, 3, 4
LINE = LineFacts(
    line_id=41,
    product_id=7,
    merchant_id=5,
    region_id=9,
    category="fruit",
    line_kind="goods",
    certificate_id=3,
    tag="spring-open",
    sales_channel="web",
    amount_minor=5990,
)
EVIDENCE = Evidence(
    memberships={(7, "spring-open"): (Window(NOW - DAY, NOW + DAY),)},
    zones={"spring-open": Window(NOW - 5 * DAY, NOW + 5 * DAY)},
    areas={("counties-832", 9): (Window(NOW - 900 * DAY),)},
    certificates={(3, 7): Window(NOW - 100 * DAY, NOW + 100 * DAY)},
    provinces={9: "610000"},
)


def always(**conditions) -> tuple[DatedRule, ...]:
    return (DatedRule(1, Window(), Rule(**conditions)),)


TREE = CampaignSet(
    (
        CampaignTerms(ROOT, None, is_root=True),
        CampaignTerms(YEAR, ROOT, window=Window(NOW - 40 * DAY, NOW + 300 * DAY), area_set="counties-832"),
        CampaignTerms(SPRING, YEAR, rules=always(tags=frozenset({"spring-open"}))),
        CampaignTerms(TEA, YEAR, rules=always(categories=frozenset({"tea"}))),
    )
)


def paid(*lines: LineFacts, at: datetime = NOW, placed_at: datetime = NOW, buyer_kind: str = "consumer") -> OrderFacts:
    return OrderFacts("order_paid", "order_paid:17", 17, buyer_kind, placed_at, at, lines or (LINE,))


def counted_by(facts: OrderFacts, tree: CampaignSet = TREE, evidence: Evidence = EVIDENCE) -> set[int]:
    return {intent.campaign_id for intent in decide(facts, evidence, tree)}


def test_a_line_counts_for_the_campaign_that_admits_it_and_all_above():
    intents = decide(paid(), EVIDENCE, TREE)
    assert [(intent.campaign_id, intent.amount_minor) for intent in intents] == [
        (ROOT, 5990),
        (YEAR, 5990),
        (SPRING, 5990),
    ]
    assert {intent.slices.zone for intent in intents} == {"spring-open"}
    assert all(intent.slices.certified and intent.slices.province_code == "610000" for intent in intents)
    assert [intent.rule_version for intent in intents] == [0, 0, 1]


@pytest.mark.parametrize(
    "evidence",
    [
        replace(EVIDENCE, memberships={}),
        replace(EVIDENCE, memberships={(8, "spring-open"): (Window(),)}),
        replace(EVIDENCE, memberships={(7, "spring-open"): (Window(NOW - 3 * DAY, NOW),)}),
        replace(EVIDENCE, memberships={(7, "spring-open"): (Window(NOW + timedelta(microseconds=1)),)}),
        replace(EVIDENCE, zones={}),
        replace(EVIDENCE, zones={"spring-open": Window(NOW - 5 * DAY, NOW)}),
    ],
    ids=["never a member", "another product", "no longer", "not yet", "no zone", "zone closed"],
)
def test_a_forged_or_lapsed_tag_counts_nothing_for_the_zone(evidence):
    intents = decide(paid(), evidence, TREE)
    assert [intent.campaign_id for intent in intents] == [ROOT]
    assert intents[0].slices.zone == ""


def test_tags_are_judged_as_of_placing_and_windows_as_of_paying():
    late = paid(placed_at=NOW, at=NOW + 4 * DAY)  # the membership ended a day after the order was placed
    assert counted_by(late) == {ROOT, YEAR, SPRING}
    closed = replace(TREE.campaigns[2], window=Window(NOW - DAY, NOW + 2 * DAY))
    tree = CampaignSet((*TREE.campaigns[:2], closed, TREE.campaigns[3]))
    assert counted_by(late, tree) == {ROOT}


@pytest.mark.parametrize(
    ("conditions", "counts"),
    [
        ({}, True),
        ({"line_kinds": frozenset({"service"})}, False),
        ({"line_kinds": frozenset({"goods", "service"})}, True),
        ({"sales_channels": frozenset({"union_app"})}, False),
        ({"buyer_kinds": frozenset({"union"})}, False),
        ({"buyer_kinds": frozenset({"consumer"})}, True),
        ({"provinces": frozenset({"520000"})}, False),
        ({"area_set": "counties-832"}, True),
        ({"area_set": "key-counties"}, False),
        ({"certified_only": True}, True),
    ],
)
def test_each_condition_of_a_rule(conditions, counts):
    tree = CampaignSet((TREE.campaigns[0], CampaignTerms(9, ROOT, rules=always(**conditions))))
    assert counted_by(paid(), tree) == ({ROOT, 9} if counts else {ROOT})


@pytest.mark.parametrize(
    "line",
    [replace(LINE, certificate_id=None), replace(LINE, certificate_id=4), replace(LINE, product_id=8)],
    ids=["none", "unknown", "for another product"],
)
def test_an_uncertified_line_is_marked_so(line):
    tree = CampaignSet((TREE.campaigns[0], CampaignTerms(9, ROOT, rules=always(certified_only=True))))
    intents = decide(paid(line), EVIDENCE, tree)
    assert [(intent.campaign_id, intent.slices.certified) for intent in intents] == [(ROOT, False)]


def test_the_version_in_force_at_payment_decides():
    rules = (
        DatedRule(1, Window(NOW - DAY, NOW), Rule()),
        DatedRule(2, Window(NOW), Rule(categories=frozenset({"tea"}))),
    )
    tree = CampaignSet((TREE.campaigns[0], CampaignTerms(9, ROOT, rules=rules)))
    assert counted_by(paid(at=NOW - timedelta(microseconds=1)), tree) == {ROOT, 9}
    assert counted_by(paid(at=NOW), tree) == {ROOT}


def test_campaigns_that_are_no_tree_are_refused():
    with pytest.raises(NoRoot):
        CampaignSet(())
    with pytest.raises(BrokenTree, match="no way up"):
        CampaignSet((CampaignTerms(1, None, is_root=True), CampaignTerms(2, 3), CampaignTerms(3, 2)))
    with pytest.raises(BrokenTree, match="no way up"):
        CampaignSet((CampaignTerms(1, None, is_root=True), CampaignTerms(2, 77)))


@pytest.mark.parametrize(
    "definition", [[], {"tag": ["a"]}, {"tags": "a"}, {"tags": [""]}, {"area_set": 1}, {"certified_only": "yes"}]
)
def test_a_rule_that_cannot_be_read_is_refused(definition):
    with pytest.raises(BadRule):
        parse(definition)


def test_a_rule_reads_what_it_states():
    assert parse({"tags": ["a", "b"], "certified_only": True}) == Rule(tags=frozenset("ab"), certified_only=True)
    assert parse({}) == Rule()


# Generated trees: campaign 1 is the root, each later one stands under an earlier one and asks for some tags.
TAGS = ("", "a", "b", "c")


@st.composite
def trees(draw) -> CampaignSet:
    terms = [CampaignTerms(1, None, is_root=True)]
    for id_ in range(2, draw(st.integers(2, 9))):
        asked = draw(st.frozensets(st.sampled_from(TAGS[1:]), max_size=2))
        rules = always(tags=asked) if draw(st.booleans()) else ()
        terms.append(CampaignTerms(id_, draw(st.integers(1, id_ - 1)), rules=rules))
    return CampaignSet(tuple(terms))


@st.composite
def orders(draw) -> OrderFacts:
    lines = draw(st.lists(st.tuples(st.sampled_from(TAGS), st.integers(0, 10**13)), min_size=1, max_size=5))
    return paid(
        *(
            replace(LINE, line_id=number, tag=tag, amount_minor=amount)
            for number, (tag, amount) in enumerate(lines, start=1)
        )
    )


MEMBER_OF_ALL = replace(
    EVIDENCE,
    memberships={(7, tag): (Window(),) for tag in TAGS[1:]},
    zones={tag: Window() for tag in TAGS[1:]},
)


@given(trees(), orders())
def test_a_parent_is_the_union_of_its_children_and_each_line_counts_once(tree, facts):
    intents = decide(facts, MEMBER_OF_ALL, tree)
    counts = Counter((intent.campaign_id, intent.line_id) for intent in intents)
    assert set(counts.values()) <= {1}
    lines = {campaign.id: {line for id_, line in counts if id_ == campaign.id} for campaign in tree.campaigns}
    assert lines[1] == {line.line_id for line in facts.lines if line.amount_minor}
    for campaign in tree.campaigns[1:]:
        own = CampaignSet((tree.campaigns[0], replace(campaign, parent_id=1)))
        admitted = {i.line_id for i in decide(facts, MEMBER_OF_ALL, own) if i.campaign_id == campaign.id}
        children = [lines[child.id] for child in tree.campaigns if child.parent_id == campaign.id]
        assert lines[campaign.id] == admitted.union(*children)


@given(trees(), orders(), st.data())
def test_refunds_of_the_whole_net_to_nothing_in_every_campaign(tree, facts, data):
    intents = decide(facts, MEMBER_OF_ALL, tree)
    counted: dict[int, tuple[Counted, ...]] = {}
    for seq, intent in enumerate(intents, start=1):
        entry = Counted(seq, intent.campaign_id, 0, intent.amount_minor, intent.rule_version, intent.slices)
        counted[intent.line_id] = (*counted.get(intent.line_id, ()), entry)
    sums = Counter()
    for intent in intents:
        sums[intent.campaign_id, intent.line_id] += intent.amount_minor
    left = {line.line_id: line.amount_minor for line in facts.lines}
    for number in (1, 2):
        given_back = [
            data.draw(st.integers(0, left[line.line_id])) if number == 1 else left[line.line_id] for line in facts.lines
        ]
        lines = tuple(replace(line, amount_minor=part) for line, part in zip(facts.lines, given_back, strict=True))
        refund = replace(facts, event="refund_succeeded", event_key=f"refund_succeeded:{number}", lines=lines)
        reversals = decide(refund, Evidence(counted=counted), tree)
        assert all(intent.amount_minor < 0 and intent.reverses for intent in reversals)
        for intent in reversals:
            sums[intent.campaign_id, intent.line_id] += intent.amount_minor
        for line, part in zip(facts.lines, given_back, strict=True):
            left[line.line_id] -= part
    assert set(sums.values()) <= {0}


@given(trees(), orders())
def test_with_forged_tags_only_what_asks_for_no_tag_counts(tree, facts):
    found = {intent.campaign_id for intent in decide(facts, replace(MEMBER_OF_ALL, memberships={}), tree)}
    untagged = replace(facts, lines=tuple(replace(line, tag="") for line in facts.lines))
    assert found == {intent.campaign_id for intent in decide(untagged, MEMBER_OF_ALL, tree)}


def test_a_refund_of_a_line_that_never_counted_gives_nothing():
    refund = replace(paid(), event="refund_succeeded", event_key="refund_succeeded:1")
    assert decide(refund, EVIDENCE, TREE) == []
