"""Writing the audit trail, in the transaction of the change that it tells of."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from catalog.models import ChangeRecord

SYSTEM = "system"


def record(
    *,
    merchant_id: int,
    actor: str,
    now: datetime,
    action: str,
    subject: Model,
    label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> ChangeRecord | None:
    """Add a change of `subject` (a saved row) to the merchant's trail; of the fields only those that differ are kept.

    Nothing is written, and None returned, when fields are given and none differs. Amounts are fen, moments UTC; secrets
    are masked by the caller. Raises RuntimeError outside a transaction: a change and its record stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a change is recorded inside the transaction that makes it")
    old, new = _plain(before or {}), _plain(after or {})
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    if (old or new) and not changed:
        return None
    return ChangeRecord.objects.create(
        merchant_id=merchant_id,
        actor=actor,
        at=now,
        action=action,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        subject_label=(label or str(subject))[:200],
        before={name: value for name, value in old.items() if name in changed},
        after={name: value for name, value in new.items() if name in changed},
    )


def fields_of(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Return a row's fields by name, as they are now: take it before a change and after it. Relations as their id."""
    return {name: row.serializable_value(name) for name in names}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn dates and moments into ISO text, and what else JSON does not know into text."""
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return str(value)
