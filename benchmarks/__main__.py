"""`make bench`: the figures of the shop on this machine.

    python -m benchmarks [--products 7600] [--runs 5] [--seconds 2] [--home DIR]

For each work: CPU milliseconds a request of the server processes (from /proc; the median of interleaved runs),
requests a second at eight clients with the load generator on the same machine, and both as a ratio to an empty view
of the same run.
Timing on a shared machine drifts; the ratios and the CPU figures are what to compare.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks import purchases
from benchmarks.servers import ROOT, Servers
from benchmarks.works import works

BUDGET_MS = {"list of 24": 7.0, "product": 5.0, "search": 8.0, "a purchase": 60.0, "anonymous cache": 1.5}
SAMPLE = """
import json, random
from catalog.graphql.base import global_id
from catalog.models import Category, ProductCard, Stock, Warehouse
from django.utils import timezone
cards = ProductCard.objects.filter(sellable_until__gt=timezone.now(), line_kind="goods")
slugs = list(cards.order_by("product_id").values_list("slug", flat=True)[:20000])
random.Random(1).shuffle(slugs)
plenty = Stock.objects.filter(on_hand__gte=200, warehouse__kind__in=Warehouse.SHIPS, variant__product__card__in=cards)
stock = plenty.filter(variant__min_quantity=1, variant__product__sales_provinces=[]).order_by("-on_hand")[:300]
variants = [global_id("ProductVariant", pk) for pk in stock.values_list("variant", flat=True)]
categories = list(Category.objects.values_list("slug", flat=True))
print(json.dumps({"slugs": slugs[:400], "variants": variants, "categories": categories, "products": cards.count()}))
"""
CHANGE = """
import sys, time
from django.utils import timezone
from catalog.actions import cards
from catalog.models import Product
ids = list(Product.objects.order_by("pk").values_list("pk", flat=True)[:50])
for second in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
    cards.rebuild(product_ids=[ids[second % 50]], now=timezone.now())
    time.sleep(1)
"""


def load(servers: Servers, items: list, seconds: float) -> dict:
    """Send requests from a process of its own."""
    order = {"host": "127.0.0.1", "port": servers.port, "items": items, "clients": 8, "seconds": seconds}
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        cwd=ROOT,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(answer.stdout)
    if told["failed"]:
        raise SystemExit(f"a request failed with {told['failed'][0]}: {items[0]}")
    return told


def measure(servers: Servers, items: list, seconds: float) -> tuple[float, float, float]:
    """Return CPU ms a request, requests a second, and the share of answers from the cache."""
    before = servers.cpu("web")
    told = load(servers, items, seconds)
    used = servers.cpu("web") - before
    return used / told["requests"] * 1000, told["requests"] / told["seconds"], told["hits"] / told["requests"]


def table(title: str, figures: dict[str, list[tuple[float, ...]]]) -> None:
    """Print medians and ratios to the empty view."""
    print(f"\n{title}\n{'work':24}{'CPU ms':>9}{'× empty':>9}{'req/s':>9}{'× empty':>9}{'budget':>9}{'hits':>8}")
    empty = [median(column) for column in zip(*figures["empty view"], strict=True)]
    for work, runs in figures.items():
        cpu, rate, hits = (median(column) for column in zip(*runs, strict=True))
        budget = next((limit for name, limit in BUDGET_MS.items() if work.startswith(name)), None)
        verdict = f"{budget:g} {'ok' if cpu <= budget else 'OVER'}" if budget else ""
        share = f"{hits:.0%}" if hits else ""
        print(f"{work:24}{cpu:9.2f}{cpu / empty[0]:9.2f}{rate:9.0f}{rate / empty[1]:9.2f}{verdict:>9}{share:>8}")


def zipf(slugs: list[str], categories: list[str], count: int) -> list:
    """Return requests for product and category pages, drawn by a Zipf law (exponent 1)."""
    addresses = [f"/products/{slug}/" for slug in slugs] + [f"/categories/{slug}/" for slug in categories]
    chosen = random.Random(1)
    chosen.shuffle(addresses)
    weights = [1 / rank for rank in range(1, len(addresses) + 1)]
    return [("GET", address, "") for address in chosen.choices(addresses, weights, k=count)]


def main() -> None:
    """Fill a shop, then measure."""
    options = argparse.ArgumentParser(prog="python -m benchmarks")
    options.add_argument("--products", type=int, default=7600)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--seconds", type=float, default=2)
    options.add_argument("--purchases", type=int, default=64)
    options.add_argument("--home", type=Path, help="a data directory to fill once and use again")
    options.add_argument("--database", default="", help="postgresql://…; default: SQLite in the data directory")
    given = options.parse_args()
    home = given.home or Path(tempfile.mkdtemp(prefix="bangmai-bench-"))
    servers = Servers(home, database_url=given.database)
    print(f"data in {home}; rate limits × {servers.env['RATE_LIMIT_FACTOR']}; {servers.workers} web workers")
    servers.script(
        "from django.core.management import call_command as run; run('migrate', verbosity=0); "
        "run('createcachetable'); run('collectstatic', interactive=False, verbosity=0)"
    )
    servers.command("demo", "seed", "--products", str(given.products), "--orders", "500")
    sample = json.loads(servers.script(SAMPLE).splitlines()[-1])
    todo = works(sample["slugs"], sample["categories"])

    servers.start("standin", "web", "relay")
    try:
        cold(servers, todo, given, sample)
        buying(servers, given, sample)
    finally:
        servers.close()
    cached = Servers(home, page_cache=True, database_url=given.database)
    cached.start("web")
    try:
        warm(cached, given, sample)
    finally:
        cached.close()


def cold(servers: Servers, todo: dict, given: argparse.Namespace, sample: dict) -> None:
    """The works with the cache off."""
    figures = defaultdict(list)
    for items in todo.values():
        load(servers, items, 0.5)  # imports and first reads belong to nobody
    for _ in range(given.runs):
        for work, items in todo.items():
            figures[work].append(measure(servers, items, given.seconds))
    table(f"{sample['products']} products on sale, cache off, 8 clients", figures)


def buying(servers: Servers, given: argparse.Namespace, sample: dict) -> None:
    """Whole purchases."""
    for clients in (1, 4, 8, 16):
        runs = [
            purchases.run(servers, sample["variants"], purchases=given.purchases, clients=clients, seed=run)
            for run in range(given.runs if clients == 8 else 1)
        ]
        cpu, rate = median(run["cpu"] for run in runs), median(run["rate"] for run in runs)
        verdict = "ok" if cpu <= BUDGET_MS["a purchase"] else "OVER"
        print(
            f"a purchase, {clients:2} clients: {cpu:6.1f} CPU ms (budget 60 {verdict}), {rate:5.1f} purchases a second"
        )


def warm(servers: Servers, given: argparse.Namespace, sample: dict) -> None:
    """The anonymous cache, keys by a Zipf law, one catalogue change a second."""
    items = zipf(sample["slugs"], sample["categories"], 4000)
    figures = defaultdict(list)
    seconds = max(given.seconds, 4)
    changes = threading.Thread(
        target=servers.script, args=(CHANGE.replace("else 20", f"else {int(given.runs * seconds * 1.5)}"),)
    )
    load(servers, items, 1)
    changes.start()
    time.sleep(1)
    for _ in range(given.runs):
        figures["empty view"].append(measure(servers, [("GET", "/health/ping", "")], 1))
        figures["anonymous cache"].append(measure(servers, items, seconds))
    table("anonymous cache on, keys by a Zipf law, one catalogue change a second", figures)
    changes.join()


if __name__ == "__main__":
    main()
