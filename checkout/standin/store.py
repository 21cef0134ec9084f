"""The stand-in's state: API objects, kept answers and the queue of webhook deliveries, in one SQLite file.

One connection under one lock: every request is a short transaction, so waiting for the lock costs less than
opening connections would. WAL with `synchronous=NORMAL` survives the death of the process at any moment.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

KEY_LIFETIME = 24 * 3600  # seconds; Stripe may forget an idempotency key after that

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, payment_intent TEXT,
    label TEXT, created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_intent ON objects (payment_intent, kind);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, path TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    request_id TEXT NOT NULL, created REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    first_at REAL NOT NULL, due_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due_at);
"""


class Answer(NamedTuple):
    """An answer kept under an idempotency key."""

    path: str
    fingerprint: str
    status: int
    body: str
    request_id: str


class Delivery(NamedTuple):
    """One webhook to send: times are Unix seconds."""

    id: int
    event_id: str
    attempts: int
    first_at: float
    body: str


class Store:
    """All reads and writes of the stand-in. Every method may be called from any thread."""

    def __init__(self, path: str | Path):
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._db.execute("DELETE FROM answers WHERE created < ?", (time.time() - KEY_LIFETIME,))
        self._db.execute("UPDATE deliveries SET state='pending' WHERE state='sending'")

    def close(self) -> None:
        """Close the file once no transaction is running."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one at a time."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def get(self, kind: str, object_id: str) -> dict | None:
        """One object by its id, or None."""
        rows = self._rows("SELECT body FROM objects WHERE id = ? AND kind = ?", (object_id, kind))
        return json.loads(rows[0][0]) if rows else None

    def put(self, item: dict, label: str | None = None) -> None:
        """Insert or replace an object; `label` is an event's type."""
        values = (item["id"], item["object"], item.get("payment_intent"), label, item["created"], json.dumps(item))
        self._rows(
            "INSERT INTO objects (id, kind, payment_intent, label, created, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            values,
        )

    def page(self, kind: str, conditions: list[tuple[str, object]], limit: int, before: str | None, after: str | None):
        """Up to `limit` objects, newest first, and whether there are more.

        `conditions` are SQL comparisons with one value each; `before` and `after` are the cursors ending_before and
        starting_after (object ids).
        """
        clauses: list[str] = ["kind = ?"]
        values: list[object] = [kind]
        if after or before:
            clauses.append(f"seq {'<' if after else '>'} (SELECT seq FROM objects WHERE id = ?)")  # noqa: S608
            values.append(after or before)
        for clause, value in conditions:
            clauses.append(clause)
            values.append(value)
        order = "ASC" if before and not after else "DESC"
        # The clauses are this package's own words; what callers send is always a bound value.
        sql = f"SELECT body FROM objects WHERE {' AND '.join(clauses)} ORDER BY seq {order} LIMIT ?"  # noqa: S608
        found = [json.loads(body) for (body,) in self._rows(sql, (*values, limit + 1))]
        items = found[:limit]
        return (items[::-1] if order == "ASC" else items), len(found) > limit

    def answer(self, key: str) -> Answer | None:
        """The answer kept under an idempotency key, or None."""
        rows = self._rows("SELECT path, fingerprint, status, body, request_id FROM answers WHERE key = ?", (key,))
        return Answer(*rows[0]) if rows else None

    def keep_answer(self, key: str, answer: Answer) -> None:
        """Keep an answer, in the transaction of its effect."""
        self._rows("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", (key, *answer, time.time()))

    def queue(self, event_id: str, state: str, due_at: float) -> None:
        """Add a delivery: state `pending`, `held` (reordered later) or `lost` (never sent)."""
        self._rows(
            "INSERT INTO deliveries (event_id, state, attempts, first_at, due_at) VALUES (?, ?, 0, ?, ?)",
            (event_id, state, time.time(), due_at),
        )

    def claim_due(self, now: float) -> Delivery | None:
        """Take the delivery that is due the longest, so that no other thread sends it; None when none is due."""
        rows = self._rows(
            "UPDATE deliveries SET state = 'sending' WHERE id = (SELECT id FROM deliveries WHERE state = 'pending'"
            " AND due_at <= ? ORDER BY due_at, id LIMIT 1) RETURNING id, event_id, attempts, first_at",
            (now,),
        )
        return self._with_body(rows[0]) if rows else None

    def claim_held(self) -> list[Delivery]:
        """Take all held deliveries, newest first."""
        rows = self._rows(
            "UPDATE deliveries SET state = 'sending' WHERE state = 'held' RETURNING id, event_id, attempts, first_at",
            (),
        )
        return [self._with_body(row) for row in sorted(rows, reverse=True)]

    def held_since(self) -> tuple[float, float] | None:
        """When the oldest and the newest held delivery were queued, or None when none is held."""
        row = self._rows("SELECT min(first_at), max(first_at) FROM deliveries WHERE state = 'held'", ())[0]
        return None if row[0] is None else row

    def next_due(self) -> float | None:
        """When the next pending delivery is due."""
        return self._rows("SELECT min(due_at) FROM deliveries WHERE state = 'pending'", ())[0][0]

    def settle(self, delivery_id: int, state: str, attempts: int, due_at: float) -> None:
        """Write down how an attempt ended: `done`, `pending` again, or `given_up`."""
        self._rows(
            "UPDATE deliveries SET state = ?, attempts = ?, due_at = ? WHERE id = ?",
            (state, attempts, due_at, delivery_id),
        )

    def delivery_counts(self) -> dict[str, int]:
        """How many deliveries are in each state."""
        return dict(self._rows("SELECT state, count(*) FROM deliveries GROUP BY state", ()))

    def _with_body(self, row: tuple) -> Delivery:
        body = self._rows("SELECT body FROM objects WHERE id = ?", (row[1],))[0][0]
        delivery_id, event_id, attempts, first_at = row
        return Delivery(delivery_id, event_id, attempts, first_at, body)

    def _rows(self, sql: str, values: tuple) -> list[tuple]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()
