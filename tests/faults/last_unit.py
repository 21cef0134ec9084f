"""T1: many buyers, few units, all at once, over HTTP against four server processes."""

import statistics
import threading
import time
from dataclasses import dataclass

from tests.faults.shop import COMPLETE, CREATE, Shop, basket


@dataclass(frozen=True)
class Outcome:
    """What became of the rounds: orders made, orders that should have been made, and how long the answers took."""

    sold: list[int]
    wanted: list[int]
    codes: frozenset[str]
    p95_seconds: float

    @property
    def oversold(self) -> int:
        """Units that were sold and are not there."""
        return sum(max(0, sold - wanted) for sold, wanted in zip(self.sold, self.wanted, strict=True))


def run(shop: Shop, variants: list[int], *, buyers: int, stock: int) -> Outcome:
    """One round for each variant: `buyers` carts are ready, then all are placed at one moment."""
    sold, codes, seconds = [], set(), []
    for variant in variants:
        carts = [
            shop.graphql(CREATE, {"input": basket({variant: 1})})["checkoutCreate"]["checkout"]["id"]
            for _ in range(buyers)
        ]
        answers, times = _all_at_once(shop, carts)
        sold.append(sum(1 for answer in answers if answer["order"]))
        codes |= {error["code"] for answer in answers for error in answer["errors"]}
        seconds += times
    return Outcome(
        sold=sold,
        wanted=[min(stock, buyers)] * len(variants),
        codes=frozenset(codes),
        p95_seconds=statistics.quantiles(seconds, n=20)[-1],
    )


def _all_at_once(shop: Shop, carts: list[str]) -> tuple[list[dict], list[float]]:
    gate = threading.Barrier(len(carts))
    answers: list[dict | BaseException] = []
    times: list[float] = []

    def buy(cart: str) -> None:
        gate.wait()
        begin = time.monotonic()
        try:
            answers.append(shop.graphql(COMPLETE, {"id": cart})["checkoutComplete"])
        except BaseException as error:
            answers.append(error)
        times.append(time.monotonic() - begin)

    threads = [threading.Thread(target=buy, args=(cart,)) for cart in carts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    assert not failed, f"{len(failed)} of {len(carts)} buyers got no answer: {failed[0]!r}"
    return [answer for answer in answers if isinstance(answer, dict)], times
