"""The worker's sweeps in a loop of their own, quicker than in production: run as a process by `tests.faults.shop`."""

import os
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")

import django


def main() -> None:
    """Sweep once a second until the test ends this process."""
    django.setup()
    from django.utils import timezone

    from checkout.actions import notices, orders, payments, refunds
    from checkout.payments.stripe import provider

    while True:
        now = timezone.now()
        orders.expire_due(now=now)
        notices.handle_open(provider=provider(), now=now)
        payments.check_open(provider=provider(), now=now, older_than=timedelta(seconds=3))
        refunds.send_open(provider=provider(), now=now)
        time.sleep(1)


if __name__ == "__main__":
    main()
