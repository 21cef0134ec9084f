"""The bytes of an entry and the hash that chains it to the one before. Pure; docs/ledger.md is the same in prose."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

GENESIS = "0" * 64  # what the first entry names as the hash before it
VERSION = 1
FIELDS = (
    "seq",
    "campaign_id",
    "source",
    "line_id",
    "event_key",
    "round",
    "amount_minor",
    "reverses_id",
    "basis",
    "mode",
    "line_kind",
    "region_id",
    "province_code",
    "merchant_id",
    "category",
    "buyer_kind",
    "sales_channel",
    "zone",
    "certified",
    "rule_version",
    "day",
    "occurred_at",
    "recorded_at",
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def canonical(record: Mapping[str, object]) -> bytes:
    """Return the one spelling of a record that has `FIELDS`: JSON of integers and strings, keys sorted, pure ASCII.

    JSON quotes each string, so no value can pass for the end of another. Raises TypeError for any other type.
    """
    spelled = {name: _spell(record[name]) for name in FIELDS}
    spelled["v"] = VERSION
    return json.dumps(spelled, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def chain_hash(prev_hash: str, record: Mapping[str, object]) -> str:
    """Return the hash of a record that follows the one with `prev_hash`: SHA-256 over both, as 64 hex digits."""
    return hashlib.sha256(prev_hash.encode("ascii") + b"\n" + canonical(record)).hexdigest()


def day_of(moment: datetime) -> date:
    """Return the day in Asia/Shanghai to which a moment belongs."""
    return moment.astimezone(SHANGHAI).date()


def _spell(value: object) -> int | str:
    if value is None:
        return 0  # only `reverses_id`; entries are numbered from 1
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{value!r} has no canonical form")
