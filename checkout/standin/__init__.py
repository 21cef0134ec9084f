"""A stand-in for the part of Stripe that the shop uses: its own process, real HTTP, no money.

A verified fake: the contract tests that describe Stripe's behaviour run against Stripe's test mode too, when a key
is given. It imports nothing of the shop. See docs/stripe-standin.md.
"""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path

from checkout.standin.paypage import DEFAULT_PREFIXES
from checkout.standin.server import Server

logger = logging.getLogger("checkout.standin")


def serve(  # noqa: PLR0917 - six plain facts, all needed
    host: str,
    port: int,
    database_path: str | Path,
    secret_key: str,
    webhook_secret: str,
    webhook_url: str | None = None,
    *,
    return_prefixes: tuple[str, ...] = DEFAULT_PREFIXES,
    faults: dict[str, str] | None = None,
) -> None:
    """Run the stand-in until SIGTERM or SIGINT. Call it in the main thread of its own process.

    `faults` are in force from the start: {"webhooks": …, "api": …}, the words of POST /_faults.
    """
    server = Server(
        (host, port),
        database_path,
        secret_key=secret_key,
        webhook_secret=webhook_secret,
        webhook_url=webhook_url,
        return_prefixes=return_prefixes,
    )
    server.faults.change(faults or {})

    def stop(_signal, _frame) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    logger.info("Stripe stand-in on http://%s:%d (demo: no money moves)", host, server.server_address[1])
    with server:
        server.serve_forever(poll_interval=0.2)
