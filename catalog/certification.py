"""How a certificate is decided on: a state machine of a few steps. Pure: no database, no settings, no clock.

A merchant drafts and submits; the county recommends, where the scheme asks for it; the programme's platform approves
(features of the 832 platform: 主体自愿申请、县级部门推荐、平台审核). What the clock alone does is no step: an approved
certificate speaks by its dates (`catalog.rules.certificate_state`), and a revocation is a moment on it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REMIND_DAYS = (1, 7, 30)  # before the end; the most urgent first
_FOLDED = "-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = {ord(letter) + 0xFEE0: letter for letter in _FOLDED}


class Step(StrEnum):
    """Where a certificate stands in the procedure."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECOMMENDED = "recommended"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"


class Desk(StrEnum):
    """Whose turn it is."""

    MERCHANT = "merchant"
    COUNTY = "county"
    PLATFORM = "platform"


class Move(StrEnum):
    """What can be done with a certificate."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RECOMMEND = "recommend"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may make a move, where it leads, and whether a reason is needed."""

    desks: frozenset[Desk]
    after: Step
    needs_reason: bool = False


RULES = {
    Move.SUBMIT: Rule(frozenset({Desk.MERCHANT}), Step.SUBMITTED),
    Move.RECOMMEND: Rule(frozenset({Desk.COUNTY}), Step.RECOMMENDED),
    Move.RETURN: Rule(frozenset({Desk.COUNTY, Desk.PLATFORM}), Step.RETURNED, needs_reason=True),
    Move.REJECT: Rule(frozenset({Desk.PLATFORM}), Step.REJECTED, needs_reason=True),
    Move.APPROVE: Rule(frozenset({Desk.PLATFORM}), Step.APPROVED),
}
WITHDRAWABLE = frozenset({Step.SUBMITTED, Step.RECOMMENDED})


def desk(step: str, *, needs_county: bool) -> Desk | None:
    """Return whose turn it is at a step, or None once it is decided."""
    if step in (Step.DRAFT, Step.RETURNED):
        return Desk.MERCHANT
    if step == Step.SUBMITTED and needs_county:
        return Desk.COUNTY
    if step in (Step.SUBMITTED, Step.RECOMMENDED):
        return Desk.PLATFORM
    return None


def moves(step: str, *, needs_county: bool) -> dict[Move, Step]:
    """Return what can be done at a step, and where it leads. A revocation keeps the step: its moment says the rest."""
    at = desk(step, needs_county=needs_county)
    found = {move: rule.after for move, rule in RULES.items() if at in rule.desks}
    if step in WITHDRAWABLE:
        found[Move.WITHDRAW] = Step.DRAFT
    if step == Step.APPROVED:
        found[Move.REVOKE] = Step.APPROVED
    return found


def normal_number(text: str) -> str:
    """Return a certificate number as it is kept: no spaces, capital letters, full-width letters and digits folded."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).translate(_FULL_WIDTH).upper()


def number_fits(number: str, pattern: str) -> bool:
    """Return whether a number has the form that its scheme gives; a scheme without a pattern takes any."""
    return not pattern or re.fullmatch(pattern, number) is not None


def reminder_due(valid_until: datetime, now: datetime) -> int | None:
    """Return for which of 30, 7 and 1 days before the end a reminder is due now: the most urgent one, or None."""
    left = valid_until - now
    if left <= timedelta():
        return None
    return next((days for days in REMIND_DAYS if left <= timedelta(days=days)), None)
