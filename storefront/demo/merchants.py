"""Made-up merchants in real counties: no person, no real firm, and each name says that it is a demo. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from storefront.demo.dice import stream
from storefront.demo.kinds import Kind, Place
from storefront.demo.plan import Plan
from storefront.demo.words import CRAFT_FORMS, FORMS, TRADES

GOODS_EACH = 13
MOST = 4000
FEES_MINOR = (0, 600, 800, 1000, 1200)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, eq=False)
class MerchantPlan:
    """A merchant to be made: what it offers (`kinds`), and of how many products (`size`). Days count from `as_of`.

    An agent sells for a named producer; all others have produced themselves what they sell.
    """

    index: int
    slug: str
    name_zh: str
    name_en: str
    place: Place
    producer_type: str
    producer_zh: str
    producer_en: str
    fee_minor: int
    kinds: tuple[Kind, ...]
    size: int
    approved_day: int
    suspended_day: int | None


def plan_merchants(plan: Plan, kinds: list[Kind], places: dict[str, Place]) -> list[MerchantPlan]:
    """Return the merchants of goods, then those of services. Together they offer exactly `plan.products`."""
    names: Counter[tuple[str, str, str]] = Counter()
    goods = [kind for kind in kinds if not kind.is_service]
    services = [kind for kind in kinds if kind.is_service]
    count = min(MOST, max(1, round(plan.goods / GOODS_EACH)))
    sizes = [*_sizes(plan, plan.goods, count)]
    service_count = min(plan.services, max(1, plan.services // 2)) if plan.services else 0
    sizes += _sizes(plan, plan.services, service_count)
    homes = [*_homes(plan, "goods", goods, count), *_homes(plan, "services", services, service_count)]
    by_code = _offered(goods)
    suspended = _suspended(count)
    return [
        _merchant(
            plan,
            index=index,
            home=kind,
            place=places[code],
            offered=by_code[code],
            size=size,
            is_suspended=index in suspended,
            names=names,
        )
        for index, ((kind, code), size) in enumerate(zip(homes, sizes, strict=True))
    ]


def _sizes(plan: Plan, total: int, count: int) -> list[int]:
    """Share products among merchants, unevenly, at least one each."""
    if not count:
        return []
    dice = stream(plan.seed, "sizes", total)
    suspended = _suspended(count)
    weights = [0.3 if index in suspended else dice.uniform(0.4, 1.6) for index in range(count)]
    left, scale = total - count, sum(weights)
    sizes = [1 + int(left * weight / scale) for weight in weights]
    for index in range(total - sum(sizes)):
        sizes[index % count] += 1
    return sizes


def _suspended(count: int) -> set[int]:
    """A merchant in a hundred has lost its approval; a very small demo has none."""
    return set(range(57, count, 100))


def _homes(plan: Plan, part: str, kinds: list[Kind], count: int) -> Iterator[tuple[Kind, str]]:
    """Yield the main kind and county of each merchant: every kind once, then every pair of kind and county."""
    dice = stream(plan.seed, "homes", part)
    order = dice.sample(kinds, len(kinds))
    pairs = [(kind, dice.choice(kind.codes)) for kind in order]
    first = set(pairs)
    rest = [(kind, code) for kind in kinds for code in kind.codes if (kind, code) not in first]
    pairs += dice.sample(rest, len(rest))
    for index in range(count):
        yield pairs[index % len(pairs)]


def _offered(kinds: list[Kind]) -> dict[str, list[Kind]]:
    by_code: dict[str, list[Kind]] = defaultdict(list)
    for kind in kinds:
        for code in kind.codes:
            by_code[code].append(kind)
    return by_code


def _merchant(
    plan: Plan,
    *,
    index: int,
    home: Kind,
    place: Place,
    offered: list[Kind],
    size: int,
    is_suspended: bool,
    names: Counter,
) -> MerchantPlan:
    dice = stream(plan.seed, "merchant", index)
    form = dice.choices(list(FORMS), [FORMS[name][0] for name in FORMS])[0]
    if home.is_service and form in ("enterprise", "agent"):
        form = "cooperative"
    others = [kind for kind in offered if kind.category == home.category and kind != home]
    more = dice.sample(others, min(len(others), 3))
    name_zh, name_en = _name(place, home.category, form, names)
    producer_zh, producer_en = _producer(place, home.category) if form == "agent" else ("", "")
    return MerchantPlan(
        index=index,
        slug=f"{slugify(place.short_en)}-{home.category}-{index + 1}",
        name_zh=name_zh,
        name_en=name_en,
        place=place,
        producer_type=form,
        producer_zh=producer_zh,
        producer_en=producer_en,
        fee_minor=dice.choices(FEES_MINOR, (25, 20, 25, 20, 10))[0],
        kinds=(home, *([] if home.is_service else more)),
        size=size,
        approved_day=-dice.randint(400, 1200),
        suspended_day=-dice.randint(3, 25) if is_suspended else None,
    )


def _name(place: Place, category: str, form: str, names: Counter) -> tuple[str, str]:
    trade_zh, trade_en = TRADES[category]
    form_zh, form_en = FORMS[form][1:]
    if category == "handicraft":
        form_zh, form_en = CRAFT_FORMS.get(form, (form_zh, form_en))
    base = f"{place.en} {trade_en} {form_en}"  # counties that sound alike share numbers, so both names stay unique
    names[base] += 1
    number = names[base]
    ordinal_zh, ordinal_en = ("", "") if number == 1 else (f"第{_chinese(number)}", f" No. {number}")
    return f"{place.zh}{trade_zh}{ordinal_zh}{form_zh}（演示）", f"{base}{ordinal_en} (demo)"


def _producer(place: Place, category: str) -> tuple[str, str]:
    trade_zh, trade_en = TRADES[category]
    return f"{place.zh}{trade_zh}联合社（演示）", f"{place.en} {trade_en} union of co-operatives (demo)"


def _chinese(number: int) -> str:
    """Return a number below 100 in Chinese; a larger one in digits."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")
