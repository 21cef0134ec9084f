"""Any interleaving of paid, refunded, doubled, late and interrupted gives the totals of a recount from scratch."""

import random
from collections import Counter

import pytest

from aid_tracking import audit, relay
from aid_tracking.ledger import day_of
from aid_tracking.models import DayTotal, RelayFailure
from checkout.models import Order, OrderLine, OutboxRow
from tests import aid, buying, factories
from tests.factories import DAY, NOW
from tests.fakes.provider import MemoryProvider

STEPS = 30


class Shop:
    """A small shop in which random things happen; it keeps its own account of what ought to count."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.provider = MemoryProvider()
        self.now = NOW
        self.orders: list[Order] = []
        self.held_back: list[OutboxRow] = []
        self.expected: Counter = Counter()  # campaign slug → fen
        self.by_day: Counter = Counter()  # day → fen of the shop's own total
        self.refunds = 0
        aid.spring()
        in_zone, certified = factories.product(tags=(aid.TAG,)), factories.product()
        plain = factories.product(certified=True, tags=("no-such-zone",))
        aid.campaign("certified", rule={"certified_only": True})
        self.variants = [product.variants.get() for product in (in_zone, certified, plain)]
        self.in_zone = in_zone.pk

    def campaigns_of(self, line: OrderLine) -> list[str]:
        counts = ["bangmai", "certified"]
        was_open = line.order.placed_at < NOW + 10 * DAY  # until then the zone is open and the product in it
        in_zone = line.product_id == self.in_zone and line.tag and was_open
        return [*counts, "year-2026", "spring-2026"] if in_zone else counts

    def count(self, line: OrderLine, amount_minor: int) -> None:
        for slug in self.campaigns_of(line):
            self.expected[slug] += amount_minor
        self.by_day[day_of(self.now)] += amount_minor

    def buy(self) -> None:
        chosen = self.random.sample(self.variants, self.random.randint(1, 3))
        lines = [(variant, self.random.randint(1, 3)) for variant in chosen]
        tag = self.random.choice(["", aid.TAG])
        order = buying.paid(self.provider, *lines, tag=tag, now=self.now)
        self.orders.append(order)
        for line in order.lines.all():
            self.count(line, line.total_minor)

    def refund(self) -> None:
        if not self.orders:
            return
        order = self.random.choice(self.orders)
        line = order.lines.first()
        left = line.total_minor - line.refunded_minor
        if left:
            amount = self.random.choice([left, self.random.randint(1, left)])
            self.refunds += 1
            for _ in range(self.random.randint(1, 3)):
                buying.refunded(self.provider, order, amount, key=f"refund-{self.refunds}", now=self.now)
            self.count(line, -amount)

    def relay(self) -> None:
        relay.run_once(now=self.now, batch=self.random.randint(1, 6), holder=self.random.choice("ab"))

    def lose_marks(self) -> None:
        ids = list(OutboxRow.objects.values_list("pk", flat=True))
        OutboxRow.objects.filter(pk__in=self.random.sample(ids, len(ids) // 2)).update(processed_at=None)

    def hold_back(self) -> None:
        """A fact arrives late, after others that happened later."""
        waiting = list(OutboxRow.objects.filter(processed_at=None, relay_failure=None))
        if waiting:
            row = self.random.choice(waiting)
            self.held_back.append(row)
            OutboxRow.objects.filter(pk=row.pk).delete()

    def deliver(self) -> None:
        for row in self.held_back:
            row.pk = None
            row.save(force_insert=True)
        self.held_back.clear()

    def wait(self) -> None:
        self.now += self.random.choice([DAY / 24, DAY / 2])

    def step(self) -> None:
        self.random.choice(
            [self.buy, self.buy, self.refund, self.relay, self.relay, self.lose_marks, self.hold_back, self.deliver]
        )()
        if self.random.random() < 0.3:
            self.wait()

    def settle(self) -> None:
        self.deliver()
        self.now += DAY
        for _ in range(2):  # the second time for refunds that came before their payment, perhaps long before
            relay.retry_failures(now=self.now)
            while relay.run_once(now=self.now, holder="a"):
                pass
            self.now += DAY


def check(seed: int, steps: int) -> None:
    shop = Shop(seed)
    for _ in range(steps):
        shop.step()
    shop.settle()
    assert not RelayFailure.objects.exists()
    assert aid.totals() == {(slug, ""): amount for slug, amount in shop.expected.items() if amount}
    days = DayTotal.objects.filter(campaign__slug="bangmai")
    assert {row.day: row.measured_direct_goods_minor for row in days if row.entries} == dict(shop.by_day)
    assert audit.chain() is None
    assert audit.totals() is None


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_totals_equal_a_recount(seed):
    check(seed, STEPS)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(100, 150))
def test_totals_equal_a_recount_at_length(seed):
    check(seed, 200)
