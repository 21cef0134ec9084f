"""`python -m checkout.standin --port 12111 --data data/stripe.sqlite3 --webhook-url http://127.0.0.1:8000/…`"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from checkout.standin import serve
from checkout.standin.faults import BadFault, parse_api, parse_webhooks
from checkout.standin.paypage import DEFAULT_PREFIXES

_READERS = {"webhooks": parse_webhooks, "api": parse_api}


def _fault(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if name not in _READERS:
        raise argparse.ArgumentTypeError("expected webhooks=… or api=…")
    try:
        _READERS[name](value)
    except BadFault as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checkout.standin",
        description="A stand-in for Stripe: no money moves.",
        epilog="Secrets come from STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--data", type=Path, required=True, help="the SQLite file that keeps the state")
    parser.add_argument("--webhook-url", help="where events are sent; without it they can only be read")
    parser.add_argument(
        "--return-prefix",
        action="append",
        help=f"where the pay page may send the buyer back to (repeatable; default: {', '.join(DEFAULT_PREFIXES)})",
    )
    parser.add_argument(
        "--fault", action="append", type=_fault, default=[], help="webhooks=late:3, api=500:2, … (see the docs)"
    )
    return parser


def main() -> int:
    """Run the command; exits with 2 when a secret is missing."""
    parser = _parser()
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.INFO)
    secret_key, webhook_secret = (os.environ.get(f"STRIPE_{name}", "") for name in ("SECRET_KEY", "WEBHOOK_SECRET"))
    if not (secret_key and webhook_secret):
        parser.error("set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET")
    options.data.parent.mkdir(parents=True, exist_ok=True)
    serve(
        options.host,
        options.port,
        options.data,
        secret_key,
        webhook_secret,
        options.webhook_url,
        return_prefixes=tuple(options.return_prefix or DEFAULT_PREFIXES),
        faults=dict(options.fault),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
