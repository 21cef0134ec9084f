"""Fills an empty database with a small catalogue for a race or a crash; runs as a process of its own.

Prints JSON: the variants by name, and the campaign whose total will be looked at.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")


def main(stock: int, variants: int) -> None:
    """Migrate, and make a zone with `variants` products of two merchants, `stock` units each."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from aid_tracking.actions.campaigns import ensure_root
    from aid_tracking.models import Campaign, CampaignRule, Zone
    from catalog.models import Division
    from tests import factories

    now = timezone.now()
    factories.NOW = now
    province = Division.objects.create(code="110000", name="北京市", level=1)
    city = Division.objects.create(code="110100", name="北京市", level=2, parent=province)
    Division.objects.create(code="110101", name="东城区", level=3, parent=city)
    root = ensure_root()
    Zone.objects.create(
        slug="spring-open",
        name_zh="春节不打烊",
        name_en="Open through the holiday",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
    )
    campaign = Campaign.objects.create(
        slug="spring",
        parent=root,
        name_zh="新春行动",
        name_en="Spring campaign",
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=9),
        target_minor=10**9,
    )
    CampaignRule.objects.create(
        campaign=campaign, version=1, valid_from=now - timedelta(days=1), definition={"tags": ["spring-open"]}
    )
    merchants = [factories.merchant(), factories.merchant()]
    made = [
        factories.product(f"延长苹果{number}", merchant=merchants[number % 2], on_hand=stock, tags=("spring-open",))
        for number in range(variants)
    ]
    from catalog.actions import cards

    cards.rebuild(now=now)
    print(json.dumps({"variants": [product.variants.get().pk for product in made], "campaign": campaign.slug}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
