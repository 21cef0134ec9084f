"""Imports that are killed, raced, and large. A worker dies by SIGKILL at each point; another goes on where it was."""

import json
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection, transaction
from django.db.models import F

from catalog.actions import sheet_work, stock
from catalog.models import Stock
from tests.factories import product
from tests.faults.shop import ROOT, Shop
from tests.sheets import csv, imported
from tests.sheets import shop as a_merchant

ROWS = 500  # twenty chunks
FULL, SMALL = 50_000, 2_000
MOST_MB = 400


def run(shop: Shop, *args: object, check: bool = True) -> dict | None:
    """Run `tests.faults.sheets`; return what it prints, or None when it was killed."""
    line = [sys.executable, "-m", "tests.faults.sheets", *map(str, args)]
    done = subprocess.run(line, cwd=ROOT, env=shop.env, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0 or (done.returncode == -signal.SIGKILL and not check), done.stderr
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def through(shop: Shop, rows: int, points: list[str]) -> tuple[dict, int]:
    """Import a file while its worker dies once at each point; return the facts, and how often it died."""
    shop.fill(stock=1)
    job = run(shop, "send", rows)["job"]
    ahead = deaths = 0
    for step in ("check", "write"):
        for point in points:
            if (point == "reading") == (step == "check"):
                shop.arm(point)
        while (answer := run(shop, "work", job, ahead, check=False)) is None:
            deaths, ahead = deaths + 1, ahead + 100
            assert deaths < 20
        if step == "check":
            assert answer["state"] == "checked"
            assert run(shop, "decide", job)["done"]
            ahead = 0 if not ahead else ahead + 100
    return run(shop, "facts", job), deaths


def whole(rows: int) -> dict:
    """What is true when each row was written once."""
    return {
        "state": "done",
        "written": {"new": rows, "changed": 0, "same": 0, "bad": 0},
        **dict.fromkeys(("variants", "in_stock", "cards", "records"), rows),
        "pieces_left": 0,
    }


def test_an_import_that_is_killed_goes_on_and_writes_each_row_once(shop):
    facts, deaths = through(shop("killed"), ROWS, ["reading", "in_chunk", "after_chunk"])
    assert deaths == 3
    assert facts == whole(ROWS)


def test_control_with_the_position_outside_the_transaction_rows_are_lost(shop):
    one = shop("control", flags={"BANGMAI_TEST_UNGUARDED": "sheets"})
    facts, deaths = through(one, ROWS, ["before_chunk"])
    assert deaths == 1
    assert facts["state"] == "done"
    assert facts["variants"] == ROWS - sheet_work.CHUNK
    assert facts != whole(ROWS)


def measured(shop: Shop, rows: int) -> None:
    shop.fill(stock=1)
    job = run(shop, "send", rows)["job"]
    check = run(shop, "work", job, 0)
    run(shop, "decide", job)
    write = run(shop, "work", job, 0)
    print(f"\n{rows:,} rows: checked in {check['seconds']} s ({check['cpu_seconds']} s CPU, {check['peak_mb']} MB),")
    print(f"written in {write['seconds']} s ({write['cpu_seconds']} s CPU, {write['peak_mb']} MB)")
    assert run(shop, "facts", job) == whole(rows)
    assert max(check["peak_mb"], write["peak_mb"]) < MOST_MB


def test_many_rows_take_little_memory(shop):
    measured(shop("many"), SMALL)


@pytest.mark.full
def test_fifty_thousand_rows_take_little_memory(shop):
    measured(shop("full"), FULL)


@pytest.mark.django_db(transaction=True)
def test_stock_imports_race_with_purchases_and_never_take_what_is_sold():
    owner = a_merchant()
    variants = [product(merchant=owner, on_hand=40).variants.get() for _number in range(5)]
    stop, sold, errors = threading.Event(), [], []

    def buy() -> None:
        try:
            while not stop.is_set():
                for variant in variants:
                    with transaction.atomic():
                        if stock.allocate(variant_id=variant.pk, quantity=1):
                            sold.append(variant.pk)
                time.sleep(0.01)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    buyers = [threading.Thread(target=buy) for _number in range(2)]
    for buyer in buyers:
        buyer.start()
    refused = 0
    try:
        for units in (30, 3, 60, 1, 50):
            rows = [[variant.sku, units] for variant in variants]
            job = imported(owner, csv(["SKU", "库存"], *rows), sheet="stock", choice="good")
            refused += (job.written or job.found)["bad"]
    finally:
        stop.set()
        for buyer in buyers:
            buyer.join(timeout=30)
    assert errors == []
    assert refused > 0
    rows = Stock.objects.filter(variant__in=variants)
    assert not rows.filter(on_hand__lt=F("allocated")).exists()
    assert sum(rows.values_list("allocated", flat=True)) == len(sold)


@pytest.mark.django_db
def test_a_sale_between_plan_and_write_makes_the_row_bad():
    from catalog.actions import sheets
    from catalog.sheets.lookups import Lookups
    from catalog.sheets.plan import plan
    from catalog.sheets.rows import Row
    from catalog.sheets.state import load
    from tests.factories import NOW

    owner = a_merchant()
    variant = product(merchant=owner, on_hand=10).variants.get()
    lookups, rows = Lookups(owner.pk), [Row(2, {"sku": variant.sku, "on_hand": 4})]
    state = load(merchant_id=owner.pk, region_id=owner.region_id, rows=rows)
    entries = plan(sheet="stock", rows=rows, state=state, lookups=lookups)
    assert entries[0].problems == []
    Stock.objects.filter(variant=variant).update(allocated=5)
    with transaction.atomic():
        assert sheets.write(merchant=owner, entries=entries, lookups=lookups, actor="user 1", now=NOW) == []
    assert (entries[0].outcome, [code for _, code, _ in entries[0].problems]) == ("bad", ["below_allocated"])
    assert Stock.objects.get(variant=variant).on_hand == 10
