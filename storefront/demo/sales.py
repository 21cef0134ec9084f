"""Past orders to be made: when, by whom, of what. Pure: goods come in as `Offer` rows, orders go out as plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from checkout.models import BuyerKind, SalesChannel
from storefront.demo.campaigns import OPENS
from storefront.demo.dice import stream
from storefront.demo.plan import ZONE, Plan

DAYS = 30
UNSENT = timedelta(hours=36)  # what was paid later than this before `as_of` has not been sent yet
IN_ZONE = 0.82  # of the orders since the zone is open, which is about 55 in 100 of all
OPENING = 1.6  # how much more is sold once it is open
REFUNDED = 0.03
# Orders by hour of the day in China: quiet nights, a lunch break, long evenings.
HOURS = (2, 1, 1, 0, 0, 1, 3, 8, 14, 20, 24, 22, 24, 20, 18, 19, 20, 19, 20, 26, 34, 36, 22, 8)
BUYERS = {
    BuyerKind.CONSUMER: 82,
    BuyerKind.UNION: 7,
    BuyerKind.ENTERPRISE: 5,
    BuyerKind.GOVERNMENT: 2,
    BuyerKind.PUBLIC_INSTITUTION: 2,
    BuyerKind.UNIVERSITY: 1.5,
    BuyerKind.SOCIAL_ORGANIZATION: 0.5,
}
CHANNELS = {
    SalesChannel.WEB: 88,
    SalesChannel.UNION_APP: 5,
    SalesChannel.LIVESTREAM: 4,
    SalesChannel.EXPERIENCE_SHOP: 2,
    SalesChannel.SMART_CABINET: 1,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant that could be bought during the whole month, with all that an order line repeats of it."""

    variant_id: int
    stock_id: int
    product_id: int
    product_slug: str
    kind: str
    art_seed: int
    product_zh: str
    product_en: str
    variant_zh: str
    variant_en: str
    sku: str
    line_kind: str
    category_slug: str
    region_id: int
    merchant_id: int
    price_minor: int
    certificate_id: int
    is_in_zone: bool


@dataclass(frozen=True, slots=True)
class LinePlan:
    """Some units of an offer; `tag` is the zone that the buyer came from."""

    offer: Offer
    quantity: int
    tag: str

    @property
    def total_minor(self) -> int:
        """Price times quantity (fen)."""
        return self.offer.price_minor * self.quantity


@dataclass(frozen=True, slots=True)
class SalePlan:
    """An order to be made. `refund`: None, "whole" or "line" (the first alone). `sent_at` None: not yet."""

    number: int
    placed_at: datetime
    paid_at: datetime
    sent_at: datetime | None
    buyer_kind: str
    sales_channel: str
    language: str
    lines: tuple[LinePlan, ...]
    refund: str | None
    refunded_at: datetime | None


class Shelf:
    """The offers, some of them far more popular than others."""

    def __init__(self, offers: Sequence[Offer], dice: Random) -> None:
        offers = dice.sample(offers, len(offers))
        self._zone = [offer for offer in offers if offer.is_in_zone]
        self._all = offers
        self._zone_weights = _popularity(len(self._zone))
        self._all_weights = _popularity(len(offers))
        self._by_merchant: dict[int, list[Offer]] = {}
        for offer in offers:
            self._by_merchant.setdefault(offer.merchant_id, []).append(offer)

    def pick(self, dice: Random, *, in_zone: bool) -> Offer:
        """Return one offer, the popular ones more often."""
        if in_zone:
            return dice.choices(self._zone, cum_weights=self._zone_weights)[0]
        return dice.choices(self._all, cum_weights=self._all_weights)[0]

    def neighbour(self, offer: Offer, dice: Random) -> Offer:
        """Return an offer of the same merchant, maybe the same one."""
        return dice.choice(self._by_merchant[offer.merchant_id])


def plan_moments(plan: Plan) -> list[datetime]:
    """Return when the orders were placed, in order: all before `as_of`, more of them lately."""
    dice = stream(plan.seed, "moments")
    days = range(-DAYS, 0)
    weights = [(1 + 4 * ((DAYS + day) / DAYS) ** 2) * (OPENING if day >= OPENS else 1) for day in days]
    moments = []
    for day in dice.choices(days, weights, k=plan.orders):
        hour = dice.choices(range(24), HOURS)[0]
        moments.append(plan.day(day) + timedelta(hours=hour, seconds=dice.randrange(3600)))
    return sorted(moments)


def plan_sale(plan: Plan, number: int, placed_at: datetime, shelf: Shelf) -> SalePlan:
    """Return the order with this number (from 1)."""
    dice = stream(plan.seed, "sale", number)
    paid_at = placed_at + timedelta(seconds=dice.randint(25, 540))
    is_sent = paid_at < plan.day(0) - UNSENT
    sent_at = paid_at + timedelta(hours=dice.uniform(5, 30)) if is_sent else None
    buyer = dice.choices(list(BUYERS), list(BUYERS.values()))[0]
    through_zone = placed_at >= plan.day(OPENS) and dice.random() < IN_ZONE
    refund = dice.choices((None, "line", "whole"), (1 - REFUNDED, REFUNDED * 0.6, REFUNDED * 0.4))[0]
    return SalePlan(
        number=number,
        placed_at=placed_at,
        paid_at=paid_at,
        sent_at=sent_at,
        buyer_kind=buyer,
        sales_channel=dice.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        language=dice.choices(("zh-hans", "en"), (95, 5))[0],
        lines=_lines(shelf, dice, through_zone=through_zone, is_consumer=buyer == BuyerKind.CONSUMER),
        refund=refund if sent_at else None,  # nobody sends back what has not come
        refunded_at=sent_at + min(plan.day(0) - sent_at, timedelta(days=4)) * dice.uniform(0.2, 0.9)
        if sent_at and refund
        else None,
    )


def _lines(shelf: Shelf, dice: Random, *, through_zone: bool, is_consumer: bool) -> tuple[LinePlan, ...]:
    chosen: dict[int, Offer] = {}
    last = shelf.pick(dice, in_zone=through_zone)
    for _ in range(dice.choices((1, 2, 3, 4), (52, 28, 13, 7))[0]):
        chosen[last.variant_id] = last
        last = shelf.neighbour(last, dice) if dice.random() < 0.4 else shelf.pick(dice, in_zone=through_zone)
    quantities, weights = ((1, 2, 3, 5), (68, 20, 7, 5)) if is_consumer else ((2, 5, 10, 20), (48, 35, 13, 4))
    return tuple(
        LinePlan(
            offer=offer,
            quantity=dice.choices(quantities, weights)[0],
            tag=ZONE if through_zone and offer.is_in_zone else "",
        )
        for offer in chosen.values()
    )


def _popularity(count: int) -> list[float]:
    """Return cumulative weights by Zipf's law, flattened so that nothing takes it all."""
    return list(accumulate(1 / (rank + 20) ** 0.8 for rank in range(count)))
