"""Handing listings in and deciding on them. Each decision is one conditional UPDATE: of two reviewers one wins."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from catalog import listings
from catalog.actions import cards, changes
from catalog.actions.listings import Refused, locked, open_revision
from catalog.listing_content import content_of, told, write_content
from catalog.models import ListingRevision, Product
from catalog.selectors.listing_states import obstacles

Status = Product.Status
State = ListingRevision.State


class Incomplete(Exception):
    """A listing cannot be handed in yet; `problems` as `listings.problems` returns them."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class AlreadyDecided(Exception):
    """It is not what the reviewer saw: somebody has decided, or the merchant has taken it back."""


class NotReady(Exception):
    """It cannot go on sale: `obstacles` as `selectors.listing_states.obstacles` returns them (rule 9)."""

    def __init__(self, obstacles: tuple[str, ...]) -> None:
        super().__init__(", ".join(obstacles))
        self.obstacles = obstacles


def submit(*, product_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Hand a draft in, or the change of what has been on sale. Raises Refused and Incomplete."""
    with transaction.atomic(durable=True):
        row = locked(product_id, merchant_id)
        asked = open_revision(row)
        is_first = row.status == Status.DRAFT
        if (asked is not None and asked.state == State.SUBMITTED) or not (
            is_first or (row.status in Product.PUBLISHED and asked is not None)
        ):
            raise Refused("closed")
        content = {**content_of(row), **(asked.fields if asked else {})}
        found = listings.problems(content, line_kind=row.line_kind, sizes=row.variants.count())
        if found:
            raise Incomplete(found)
        asked = asked or ListingRevision.objects.create(product=row, created_at=now)
        ListingRevision.objects.filter(pk=asked.pk).update(
            state=State.SUBMITTED,
            revision=F("revision") + 1,
            submitted_at=now,
            submitted_by=actor,
            note="",
            reasons={},
            decided_at=None,
            decided_by="",
        )
        if is_first:
            Product.objects.filter(pk=row.pk, status=Status.DRAFT).update(status=Status.IN_REVIEW, updated_at=now)
        _record(row, "listing.submitted", asked.state, State.SUBMITTED, actor=actor, now=now)


def take_back(*, product_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Take back what nobody has decided on, to go on writing it. Raises Refused."""
    with transaction.atomic(durable=True):
        row = locked(product_id, merchant_id)
        moved = ListingRevision.objects.filter(product=row, state=State.SUBMITTED).update(state=State.DRAFT)
        if not moved:
            raise Refused("closed")
        Product.objects.filter(pk=row.pk, status=Status.IN_REVIEW).update(status=Status.DRAFT, updated_at=now)
        _record(row, "listing.taken_back", State.SUBMITTED, State.DRAFT, actor=actor, now=now)


def drop(*, product_id: int, merchant_id: int, actor: str, now: datetime) -> None:
    """Forget a change of what has been on sale that is not being reviewed. Raises Refused."""
    with transaction.atomic(durable=True):
        row = locked(product_id, merchant_id)
        asked = open_revision(row)
        if asked is None or asked.state not in ListingRevision.EDITABLE or row.status not in Product.PUBLISHED:
            raise Refused("closed")
        ListingRevision.objects.filter(pk=asked.pk).update(state=State.DROPPED)
        _record(row, "listing.change_dropped", asked.state, State.DROPPED, actor=actor, now=now)


def approve(*, revision_id: int, revision: int, actor: str, now: datetime) -> None:
    """Put a listing on sale, or let one that has been on sale say what it asked to. Raises AlreadyDecided, NotReady."""
    with transaction.atomic(durable=True):
        asked, row = _decide(revision_id, revision, State.APPROVED, actor, now, reasons={})
        if row.status == Status.IN_REVIEW:
            missing = obstacles(row.pk, merchant_id=row.merchant_id, at=now)
            if missing:
                raise NotReady(missing)
            Product.objects.filter(pk=row.pk, status=Status.IN_REVIEW).update(
                status=Status.ON_SALE, published_at=now, updated_at=now
            )
        before = content_of(row)
        if asked.fields:
            write_content(row, {**before, **asked.fields})
        _record(row, "listing.approved", State.SUBMITTED, State.APPROVED, actor=actor, now=now)
        if asked.fields:
            changes.record(
                merchant_id=row.merchant_id,
                actor=actor,
                now=now,
                action="listing.changed",
                subject=row,
                before=told(before),
                after=told({**before, **asked.fields}),
            )
        Product.objects.filter(pk=row.pk).update(updated_at=now)
        cards.touch(product_ids=[row.pk])
    cards.rebuild(product_ids=[row.pk], now=now)


def give_back(
    *, revision_id: int, revision: int, reasons: Mapping[str, str], note: str, actor: str, now: datetime
) -> None:
    """Return a listing with what is wrong, field by field; what is on sale stays as it is. Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        _asked, row = _decide(revision_id, revision, State.RETURNED, actor, now, reasons=dict(reasons), note=note)
        Product.objects.filter(pk=row.pk, status=Status.IN_REVIEW).update(status=Status.DRAFT, updated_at=now)
        said = {"note": note, "reasons": dict(reasons)}
        _record(row, "listing.returned", State.SUBMITTED, State.RETURNED, actor=actor, now=now, **said)


def _decide(revision_id: int, revision: int, to: str, actor: str, now: datetime, **values):
    """Move what a reviewer saw; return it with its product, locked. Raises AlreadyDecided.

    The product is locked first, as its merchant's own steps do: nobody waits for somebody who waits for them.
    """
    asked = ListingRevision.objects.filter(pk=revision_id).first()
    row = asked and Product.objects.select_for_update().filter(pk=asked.product_id).first()
    submitted = ListingRevision.objects.filter(pk=revision_id, revision=revision, state=State.SUBMITTED)
    if row is None or not submitted.update(state=to, decided_at=now, decided_by=actor, **values):
        raise AlreadyDecided
    return asked, row


def _record(row: Product, action: str, before: str, after: str, *, actor: str, now: datetime, **said) -> None:
    changes.record(
        merchant_id=row.merchant_id,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        before={"review": before},
        after={"review": after, **{name: value for name, value in said.items() if value}},
    )
