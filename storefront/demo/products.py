"""Products to be made: natural names that are never the same twice, sizes, prices, stock, certificates. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.utils.text import slugify

from storefront.demo.certificates import CertificatePlan, Certifier
from storefront.demo.dice import stream
from storefront.demo.kinds import Kind, Spec
from storefront.demo.merchants import MerchantPlan
from storefront.demo.names import Namer
from storefront.demo.plan import KEY_COUNTY_ZONE, ZONE, Plan

# What becomes of goods that are not in the zone, and how often.
OUTSIDE = {"plain": 55, "paused": 13, "expired": 12, "revoked": 10, "pending": 10}
NEWEST_DAYS = 35  # products younger than this were not yet there in the month of the demo's orders


@dataclass(frozen=True, slots=True)
class VariantPlan:
    """A size of a product: price in fen, units in stock."""

    sku: str
    spec: Spec
    price_minor: int
    on_hand: int


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """A product to be made. `state`: "zone", "service", "suspended" or a key of `OUTSIDE`. Days count from `as_of`."""

    number: int
    slug: str
    merchant: MerchantPlan
    kind: Kind
    art_seed: int
    name_zh: str
    name_en: str
    description_zh: str
    description_en: str
    state: str
    tags: tuple[str, ...]
    published_day: int
    published_second: int
    variants: tuple[VariantPlan, ...]
    certificates: tuple[CertificatePlan, ...]


def plan_products(plan: Plan, merchants: list[MerchantPlan]) -> Iterator[list[ProductPlan]]:
    """Yield the products of each merchant in turn; nothing is kept but counters, so any size fits into memory."""
    states = _states(plan, merchants)
    namer, certifier = Namer(), Certifier()
    number = 0
    for merchant in merchants:
        dice = stream(plan.seed, "products", merchant.index)
        certifier.open(merchant, dice)
        made = []
        for index in range(merchant.size):
            number += 1
            made.append(
                _product(
                    merchant=merchant,
                    kind=merchant.kinds[index % len(merchant.kinds)],
                    number=number,
                    state=next(states),
                    dice=dice,
                    namer=namer,
                    certifier=certifier,
                )
            )
        yield made


def _states(plan: Plan, merchants: list[MerchantPlan]) -> Iterator[str]:
    """Yield the state of each product: exactly `plan.goods - plan.outside` goods are in the zone."""
    suspended = sum(merchant.size for merchant in merchants if merchant.suspended_day is not None)
    dice = stream(plan.seed, "states")
    outside = max(0, plan.outside - suspended)
    states = ["zone"] * (plan.goods - suspended - outside)
    states += dice.choices(list(OUTSIDE), list(OUTSIDE.values()), k=outside)
    dice.shuffle(states)
    mixed = iter(states)
    for merchant in merchants:
        for _ in range(merchant.size):
            if merchant.kinds[0].is_service:
                yield "service"
            elif merchant.suspended_day is not None:
                yield "suspended"
            else:
                yield next(mixed)


def _product(
    *,
    merchant: MerchantPlan,
    kind: Kind,
    number: int,
    state: str,
    dice: Random,
    namer: Namer,
    certifier: Certifier,
) -> ProductPlan:
    place = merchant.place
    name_zh, name_en = namer.name(kind, place)
    tags = () if state in ("service", "suspended") else _tags(state, place.is_key)
    is_new = dice.random() < 0.06
    # Some counties stand directly under their province: what the code table calls their prefecture is a heading.
    no_prefecture = "直辖" in place.prefecture_zh
    where_zh = place.zh if no_prefecture else f"{place.prefecture_zh}{place.zh}"
    where_en = place.en if no_prefecture else f"{place.en}, {place.prefecture_en}"
    return ProductPlan(
        number=number,
        slug=f"{slugify(place.short_en)}-{kind.slug}-{number}",
        merchant=merchant,
        kind=kind,
        art_seed=dice.randrange(1, 2**31 - 1),
        name_zh=name_zh,
        name_en=name_en,
        description_zh=f"{kind.description_zh}产自{where_zh}，由{merchant.name_zh}供应。",
        description_en=f"{kind.description_en} From {where_en}; supplied by {merchant.name_en}.",
        state=state,
        tags=tags,
        published_day=-dice.randint(1, NEWEST_DAYS) if is_new else -dice.randint(NEWEST_DAYS + 1, 365),
        published_second=dice.randint(8 * 3600, 20 * 3600),
        variants=_variants(kind, number, dice),
        certificates=certifier.certify(merchant, kind, state, dice),
    )


def _tags(state: str, is_key: bool) -> tuple[str, ...]:
    tags = (ZONE,) if state == "zone" else ()
    return (*tags, KEY_COUNTY_ZONE) if is_key else tags


def _variants(kind: Kind, number: int, dice: Random) -> tuple[VariantPlan, ...]:
    """One to three sizes. A larger one costs a little less for the same weight."""
    base = dice.randint(kind.price_min, kind.price_max)
    sizes = list(enumerate(kind.specs))
    count = dice.choices((1, 2, 3), (35, 50, 15))[0]
    chosen = sorted(dice.sample(sizes, min(count, len(sizes))))
    first = kind.specs[0]
    made = []
    for position, (index, spec) in enumerate(chosen):
        factor = spec.grams / first.grams if first.grams else index + 1
        price = round(base * factor * (1 - 0.04 * index))
        stock = 0 if kind.is_service else _stock(dice)
        made.append(VariantPlan(f"D{number:06d}-{position + 1}", spec, _rounded(price), stock))
    return tuple(made)


def _rounded(price_minor: int) -> int:
    """Prices end in 80 or 90 fen, as on a market stall; small ones are rounded to 10 fen."""
    if price_minor < 1000:
        return max(10, price_minor // 10 * 10)
    return price_minor // 100 * 100 + (90 if price_minor % 100 >= 50 else 80) - 100 * (price_minor % 100 < 20)


def _stock(dice: Random) -> int:
    """Mostly plenty, sometimes only a few, now and then none."""
    return dice.choices((dice.randint(20, 800), dice.randint(1, 9), 0), (90, 6, 4))[0]


def counts(products: Iterator[list[ProductPlan]]) -> Counter:
    """Return how many products there are in each state."""
    return Counter(product.state for made in products for product in made)
