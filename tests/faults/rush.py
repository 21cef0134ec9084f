"""Buyers who buy at a steady pace while something else goes on, and how long each purchase took them."""

import statistics
import threading
import time
from collections.abc import Callable

from tests.faults.kills import approve
from tests.faults.shop import COMPLETE, CREATE, INITIALIZE, PROCESS, Shop, basket

PACE_SECONDS = 0.5  # between the beginnings of two purchases of one buyer


def purchase(shop: Shop, variant: int) -> None:
    """Buy one unit: cart, order, payment at the stand-in, and the return from there."""
    cart = _answer(shop, CREATE, "checkoutCreate", input=basket({variant: 1}))["checkout"]["id"]
    order = _answer(shop, COMPLETE, "checkoutComplete", id=cart)["order"]["id"]
    payment = _answer(shop, INITIALIZE, "transactionInitialize", id=order)["transaction"]
    approve(shop, payment["pspReference"])
    _answer(shop, PROCESS, "transactionProcess", id=payment["id"])


def _answer(shop: Shop, query: str, field: str, **variables) -> dict:
    payload = shop.graphql(query, variables)[field]
    assert payload["errors"] == [], payload["errors"]
    return payload


def run(shop: Shop, variants: list[int], *, goes_on: Callable[[], bool]) -> list[float]:
    """Let one buyer for each variant buy for as long as `goes_on`; return the seconds of each purchase."""
    seconds: list[float] = []
    failed: list[BaseException] = []

    def buyer(variant: int, late: float) -> None:
        begin = time.monotonic() + late
        try:
            while goes_on() and not failed:
                time.sleep(max(0.0, begin - time.monotonic()))
                begin = time.monotonic()
                purchase(shop, variant)
                seconds.append(time.monotonic() - begin)
                begin += PACE_SECONDS
        except BaseException as error:
            failed.append(error)

    apart = PACE_SECONDS / len(variants)
    threads = [threading.Thread(target=buyer, args=(each, apart * number)) for number, each in enumerate(variants)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return seconds


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Return a `goes_on` that ends after so many seconds."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1]
