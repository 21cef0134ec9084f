"""The demo's two zones and two campaigns, one the parent of the other; made once, and moved on by `refresh`."""

from django.db import transaction

from aid_tracking.actions.campaigns import ensure_root, set_rule
from aid_tracking.models import Campaign, Zone
from catalog.actions.regions import COUNTIES_832
from catalog.models import AreaSet
from storefront.demo.plan import KEY_COUNTY_ZONE, ZONE, Plan

PARENT, CHILD = "new-year-drive", "spring-open-drive"
OPENS, CLOSES = -10, 20  # days from `as_of`, for the zones and for the child campaign
PARENT_STARTS, PARENT_ENDS = -40, 45
_ORGANIZER = {"organizer_zh": "演示主办方（非真实）", "organizer_en": "Demonstration organiser (not real)"}
_YUAN_AN_ORDER = 500  # the parent's target, so that a demo of any size is part of the way there


def write_campaigns(plan: Plan) -> None:
    """Make zones and campaigns, unless they are there."""
    with transaction.atomic(durable=True):
        _write_zones(plan)
        root = ensure_root()
        parent = _campaign(
            plan,
            slug=PARENT,
            parent=root,
            starts=PARENT_STARTS,
            ends=PARENT_ENDS,
            target_minor=max(plan.orders, 100) * _YUAN_AN_ORDER * 100,
            rule={"area_set": COUNTIES_832, "certified_only": True},
        )
        _campaign(
            plan,
            slug=CHILD,
            parent=parent,
            starts=OPENS,
            ends=CLOSES,
            target_minor=max(plan.orders, 100) * _YUAN_AN_ORDER * 60,
            rule={"tags": [ZONE]},
        )


def names(plan: Plan) -> dict[str, dict[str, str]]:
    """Return names and descriptions of the campaigns by slug; the year is that of the coming spring festival."""
    return {
        PARENT: {
            "name_zh": f"{plan.year}消费帮扶新春行动（演示）",
            "name_en": f"{plan.year} New Year aid purchase drive (demo)",
            "description_zh": "凡购买832个脱贫县经认定的产品，自付款时起计入；退款即扣减，运费不计入。",
            "description_en": "Every certified product from the 832 counties counts once it is paid for; "
            "what is refunded is taken off again, and shipping does not count.",
        },
        CHILD: {
            "name_zh": "春节不打烊专项（演示）",
            "name_en": "Open through the holiday (demo)",
            "description_zh": "在“春节不打烊”专区购买的产品计入本专项，同时计入新春行动。",
            "description_en": "What is bought in the zone “Open through the holiday” counts here, "
            "and for the New Year drive as well.",
        },
    }


def _campaign(
    plan: Plan, *, slug: str, parent: Campaign, starts: int, ends: int, target_minor: int, rule: dict
) -> Campaign:
    campaign, is_new = Campaign.objects.get_or_create(
        slug=slug,
        defaults={
            "parent": parent,
            "starts_at": plan.day(starts),
            "ends_at": plan.day(ends),
            "target_minor": target_minor,
            "area_set": AreaSet.objects.get(slug=COUNTIES_832),
            **names(plan)[slug],
            **_ORGANIZER,
        },
    )
    if is_new:
        set_rule(campaign=campaign, definition=rule, now=plan.day(starts))
    return campaign


def _write_zones(plan: Plan) -> None:
    window = {"opens_at": plan.day(OPENS), "closes_at": plan.day(CLOSES)}
    Zone.objects.get_or_create(
        slug=ZONE,
        defaults={
            "name_zh": "春节不打烊",
            "name_en": "Open through the holiday",
            "theme": "spring-festival",
            "rule_zh": "专区里的产品都经过消费帮扶产品认定，春节期间照常接单、发货。",
            "rule_en": "Every product here is certified as an aid product, and is sold and sent through the holiday.",
            "position": 1,
            **window,
        },
    )
    Zone.objects.get_or_create(
        slug=KEY_COUNTY_ZONE,
        defaults={
            "name_zh": "重点帮扶县专区",
            "name_en": "From the key counties",
            "theme": "default",
            "rule_zh": "产品来自国家乡村振兴重点帮扶县。",
            "rule_en": "Products from the national key counties for rural revitalisation.",
            "position": 2,
            **window,
        },
    )
