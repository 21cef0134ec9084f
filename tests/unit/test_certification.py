"""The procedure of a certificate: who may do what in which order, by a machine that hypothesis drives, and rules."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.certification import Desk, Move, Step, desk, moves, normal_number, number_fits, reminder_due
from catalog.rules import certificate_change, certificate_state
from tests.factories import DAY, NOW

DECIDED = {Step.REJECTED, Step.APPROVED}


@given(needs_county=st.booleans(), choices=st.lists(st.integers(0, 6), max_size=30))
def test_no_walk_reaches_approval_past_a_desk(needs_county, choices):
    step, path = Step.DRAFT, []
    for choice in choices:
        possible = sorted(moves(step, needs_county=needs_county).items())
        if not possible:
            break
        move, after = possible[choice % len(possible)]
        path.append(move)
        step = after
    if step == Step.APPROVED:
        last = len(path) - 1 - path[::-1].index(Move.SUBMIT)
        since = [move for move in path[last:] if move != Move.REVOKE]
        assert since == [Move.SUBMIT, *([Move.RECOMMEND] if needs_county else []), Move.APPROVE]
    if step == Step.REJECTED:
        assert path[-1] == Move.REJECT


@given(step=st.sampled_from(Step), needs_county=st.booleans())
def test_a_desk_has_something_to_do_and_a_decided_case_has_none(step, needs_county):
    at = desk(step, needs_county=needs_county)
    assert (at is None) == (step in DECIDED)
    found = moves(step, needs_county=needs_county)
    assert (
        found.keys()
        == {
            None: {Move.REVOKE} if step == Step.APPROVED else set(),
            Desk.MERCHANT: {Move.SUBMIT},
            Desk.COUNTY: {Move.RECOMMEND, Move.RETURN, Move.WITHDRAW},
            Desk.PLATFORM: {Move.APPROVE, Move.RETURN, Move.REJECT, Move.WITHDRAW},
        }[at]
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ｄｅｍｏ－６１０６２１－０１", "DEMO-610621-01"),
        (" 粤农 认〔2023〕12号 ", "粤农认〔2023〕12号"),
        ("（a）", "（A）"),
    ],
)
def test_numbers_are_kept_in_one_form(typed, kept):
    assert normal_number(typed) == kept == normal_number(kept)


def test_a_pattern_is_for_the_whole_number():
    assert number_fits("LB-12-3", r"LB-\d+-\d+") and not number_fits("XLB-12-3", r"LB-\d+-\d+")
    assert number_fits("anything", "")


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (31 * DAY, None),
        (30 * DAY, 30),
        (8 * DAY, 30),
        (7 * DAY, 7),
        (2 * DAY, 7),
        (1 * DAY, 1),
        (timedelta(seconds=1), 1),
        (timedelta(), None),
        (-DAY, None),
    ],
)
def test_a_reminder_is_due_from_its_day_on_until_the_next(left, due):
    assert reminder_due(NOW + left, NOW) == due


moments = st.integers(-100, 100).map(lambda days: NOW + days * DAY)


@given(start=moments, length=st.integers(1, 80), approved=st.none() | moments, revoked=st.none() | moments, at=moments)
@settings(max_examples=300)
def test_a_state_lasts_until_the_change_that_is_foretold(start, length, approved, revoked, at):
    states = (start, start + length * DAY, approved, revoked if approved else None)
    change = certificate_change(*states, at)
    before = certificate_state(*states, at)
    for days in range(0, 300, 3):
        later = at + days * DAY
        if change is None or later < change:
            assert certificate_state(*states, later) == before
    if change is not None:
        assert certificate_state(*states, change) != before
