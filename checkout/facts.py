"""Facts: what aid tracking is told of an order, versioned, frozen, without personal data.

The same `OrderFacts` come from an outbox row here and, with a Saleor server beside us, from its webhooks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

VERSION = 1
Event = Literal["order_paid", "refund_succeeded", "refund_failed"]


@dataclass(frozen=True)
class LineFacts:
    """One order line. `amount_minor` (fen, positive) is what this event moves: the total, or what is given back.

    Of "refund_failed", told only after "refund_succeeded": what was given back and came back to the shop.
    """

    line_id: int
    product_id: int
    merchant_id: int
    region_id: int
    category: str
    line_kind: str  # "goods" | "service"
    certificate_id: int | None
    tag: str  # the claimed zone, or ""
    sales_channel: str
    amount_minor: int


@dataclass(frozen=True)
class OrderFacts:
    """One event of one order. `event_key` is unique for ever (the outbox row's key); times are UTC.

    `undoes` is the key of the event that this one undoes: of a failed refund, its success; else "".
    """

    event: Event
    event_key: str
    order_id: int
    buyer_kind: str
    placed_at: datetime
    occurred_at: datetime
    lines: tuple[LineFacts, ...]
    undoes: str = ""


def read(payload: dict) -> OrderFacts:
    """Return the facts in an outbox payload. Raises ValueError for a version that this code does not know."""
    if payload.get("v") != VERSION:
        raise ValueError(f"facts of version {payload.get('v')!r} cannot be read; this code knows {VERSION}")
    return OrderFacts(
        event=payload["event"],
        event_key=payload["event_key"],
        order_id=payload["order_id"],
        buyer_kind=payload["buyer_kind"],
        placed_at=datetime.fromisoformat(payload["placed_at"]),
        occurred_at=datetime.fromisoformat(payload["occurred_at"]),
        lines=tuple(LineFacts(**line) for line in payload["lines"]),
        undoes=payload.get("undoes", ""),
    )


def write(facts: OrderFacts) -> dict:
    """Return the payload that `read` understands."""
    payload = {
        "v": VERSION,
        "event": facts.event,
        "event_key": facts.event_key,
        "order_id": facts.order_id,
        "buyer_kind": facts.buyer_kind,
        "placed_at": facts.placed_at.isoformat(),
        "occurred_at": facts.occurred_at.isoformat(),
        "lines": [vars(line) for line in facts.lines],
    }
    return payload | ({"undoes": facts.undoes} if facts.undoes else {})
