"""Who works for a merchant: beginning with one, inviting, joining, changing roles, leaving."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from pypinyin import lazy_pinyin

from catalog.actions import applications, changes
from catalog.models import Merchant
from checkout import selectors
from checkout.models import MerchantStaff, Role, StaffInvitation, User

INVITATION_DAYS = 7
MOST_INVITATIONS = 20  # open at a time, for a merchant
MOST_A_DAY = 40  # sent in 24 hours, whatever became of them: each is a mail to whoever was named
MOST_UNAPPROVED = 5  # merchants that one account may have applied for


class StaffError(Exception):
    """What was asked cannot be done; `reason` is a word for it, listed where it is raised."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def begin(*, user_id: int, name: str, region_id: int, producer_type: str, language: str, now: datetime) -> Merchant:
    """Make a merchant that may not sell yet, this account its owner, and open its application.

    Raises StaffError("many") when the account has as many that were never approved.
    """
    who = selectors.actor(user_id)
    with transaction.atomic(durable=True):
        User.objects.select_for_update().get(pk=user_id)
        mine = Merchant.objects.filter(staff__user=user_id, staff__role=Role.OWNER, staff__until=None, approvals=None)
        if mine.distinct().count() >= MOST_UNAPPROVED:
            raise StaffError("many")
        merchant = Merchant.objects.create(
            slug=_slug(name),
            name_zh=name,
            name_en="",
            region_id=region_id,
            producer_type=producer_type,
            created_at=now,
        )
        _employ(user_id, merchant.pk, [Role.OWNER], invited_by=None, now=now)
        _record(merchant.pk, who, now, "staff.joined", user_id, after=[Role.OWNER])
        values: dict[str, Any] = {"legal_name": name, "region_id": region_id, "producer_type": producer_type}
        applications.begin(merchant_id=merchant.pk, values=values, language=language, actor=who, now=now)
        return merchant


def invite(
    *, merchant_id: int, email: str, roles: Iterable[str], language: str, by: int, now: datetime
) -> StaffInvitation:
    """Ask somebody to join with these roles; the caller sends the link. An older open invitation of theirs ends.

    Raises StaffError: "roles" (none), "member" (works here already), "many" (too many invitations are open), "often"
    (too many were sent since yesterday).
    """
    wanted = _checked(roles)
    with transaction.atomic(durable=True):
        _lock(merchant_id)
        if MerchantStaff.objects.at(now).filter(merchant=merchant_id, user__email__iexact=email).exists():
            raise StaffError("member")
        sent = StaffInvitation.objects.filter(merchant=merchant_id, created_at__gt=now - timedelta(days=1))
        if sent.count() >= MOST_A_DAY:
            raise StaffError("often")
        waiting = selectors.open_invitations(merchant_id, at=now)
        waiting.filter(email__iexact=email).update(withdrawn_at=now)
        if waiting.count() >= MOST_INVITATIONS:
            raise StaffError("many")
        row = StaffInvitation.objects.create(
            merchant_id=merchant_id,
            email=email,
            roles=wanted,
            language=language,
            invited_by_id=by,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        changes.record(
            merchant_id=merchant_id,
            actor=selectors.actor(by),
            now=now,
            action="staff.invited",
            subject=row,
            label=email,
            after={"roles": wanted},
        )
        return row


def withdraw(*, invitation_id: int, merchant_id: int, by: int, now: datetime) -> bool:
    """End an invitation that nobody has accepted. Return whether this call did it."""
    with transaction.atomic(durable=True):
        found = selectors.open_invitations(merchant_id, at=now).filter(pk=invitation_id)
        row = found.first()
        if row is None or not found.update(withdrawn_at=now):
            return False
        changes.record(
            merchant_id=merchant_id,
            actor=selectors.actor(by),
            now=now,
            action="staff.invitation_withdrawn",
            subject=row,
            label=row.email,
        )
        return True


def accept(*, invitation_id: int, user_id: int, now: datetime) -> Merchant:
    """Join a merchant by an invitation to this account's own address, once.

    Raises StaffError: "used" (accepted, withdrawn or expired), "address" (it is somebody else's).
    """
    with transaction.atomic(durable=True):
        row = StaffInvitation.objects.select_related("merchant").filter(pk=invitation_id).first()
        user = User.objects.get(pk=user_id)
        if row is not None and row.email.lower() != user.email.lower():
            raise StaffError("address")
        open_ones = StaffInvitation.objects.filter(
            pk=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=now
        )
        if row is None or not open_ones.update(accepted_at=now, accepted_by=user_id):
            raise StaffError("used")
        _lock(row.merchant_id)
        held = _held(user_id, row.merchant_id, now)
        _employ(user_id, row.merchant_id, set(row.roles) - held, invited_by=row.invited_by_id, now=now)
        _record(row.merchant_id, selectors.actor(user_id), now, "staff.joined", user_id, after=row.roles)
        return row.merchant


def change_roles(*, merchant_id: int, user_id: int, roles: Iterable[str], by: int, now: datetime) -> None:
    """Give somebody these roles and no others. Raises StaffError: "roles", "gone", "last_owner"."""
    wanted = set(_checked(roles))
    with transaction.atomic(durable=True):
        _lock(merchant_id)
        held = _held(user_id, merchant_id, now)
        if not held:
            raise StaffError("gone")
        _close(merchant_id, user_id, held - wanted, now)
        _employ(user_id, merchant_id, wanted - held, invited_by=by, now=now)
        if held != wanted:
            who = selectors.actor(by)
            _record(merchant_id, who, now, "staff.roles_changed", user_id, before=held, after=wanted)


def remove(*, merchant_id: int, user_id: int, by: int, now: datetime) -> None:
    """End somebody's work for a merchant; what they did stays in the trail. Raises StaffError: "gone", "last_owner"."""
    with transaction.atomic(durable=True):
        _lock(merchant_id)
        held = _held(user_id, merchant_id, now)
        if not held:
            raise StaffError("gone")
        _close(merchant_id, user_id, held, now)
        _record(merchant_id, selectors.actor(by), now, "staff.removed", user_id, before=held)


def _slug(name: str) -> str:
    """Return a name for addresses: pinyin, and a random end that keeps it apart from others and from our own pages."""
    return f"{slugify(' '.join(lazy_pinyin(name)))[:40].strip('-') or 'm'}-{secrets.token_hex(3)}"


def _checked(roles: Iterable[str]) -> list[str]:
    """Return the roles in their order, each once. Raises StaffError("roles") when there is none."""
    wanted = [str(role) for role in Role if role in set(roles)]
    if not wanted:
        raise StaffError("roles")
    return wanted


def _lock(merchant_id: int) -> None:
    """Let one change of a merchant's staff happen at a time: two owners must not remove each other at once."""
    Merchant.objects.select_for_update().get(pk=merchant_id)


def _held(user_id: int, merchant_id: int, now: datetime) -> set[str]:
    rows = MerchantStaff.objects.at(now).filter(user=user_id, merchant=merchant_id)
    return set(rows.values_list("role", flat=True))


def _employ(user_id: int, merchant_id: int, roles: Iterable[str], *, invited_by: int | None, now: datetime) -> None:
    MerchantStaff.objects.bulk_create(
        MerchantStaff(user_id=user_id, merchant_id=merchant_id, role=role, since=now, invited_by_id=invited_by)
        for role in sorted(roles)
    )


def _close(merchant_id: int, user_id: int, roles: set[str], now: datetime) -> None:
    """End roles from now on. Raises StaffError("last_owner") when nobody would be left to decide."""
    rows = MerchantStaff.objects.at(now).filter(merchant=merchant_id)
    if Role.OWNER in roles and not rows.filter(role=Role.OWNER).exclude(user=user_id).exists():
        raise StaffError("last_owner")
    rows.filter(user=user_id, role__in=roles).update(until=now)


def _record(merchant_id: int, actor: str, now: datetime, action: str, user_id: int, *, before=(), after=()) -> None:
    user = User.objects.get(pk=user_id)
    told = {"before": {"roles": sorted(before)}, "after": {"roles": sorted(after)}}
    changes.record(merchant_id=merchant_id, actor=actor, now=now, action=action, subject=user, label=user.email, **told)
