"""Works on a spreadsheet in a process of its own, that a test may kill; run by `tests.faults.test_sheets`.

`send N [M]`: send in N listings, numbered from M, and print the job's id. `decide JOB`: let it be written.
`work JOB SECONDS`: work until it waits or is over, with a clock that is so many seconds ahead. `facts JOB`: print what
came of it.
"""

import io
import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")


def _peak_mb() -> int:
    """Return the most memory that this program held; getrusage would tell that of whoever started it, if larger."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def send(rows: int, first: int = 0) -> dict:
    """Send in a file of so many listings of the first merchant, numbered from `first`."""
    from django.utils import timezone

    from catalog.actions import sheet_jobs
    from catalog.models import Merchant, Warehouse
    from tests.sheets import HEADER, csv, goods

    owner = Merchant.objects.order_by("pk").first()
    Warehouse.objects.get_or_create(merchant=owner, name_zh="产地仓", name_en="Origin")
    content = csv(HEADER, *[goods(number) for number in range(first, first + rows)])
    job = sheet_jobs.send_in(
        merchant=owner,
        sheet="listings",
        file=io.BytesIO(content),
        size=len(content),
        name="goods.csv",
        language="zh-hans",
        actor="user 1",
        now=timezone.now(),
    )
    return {"job": job.pk}


def decide(job: int) -> dict:
    """Let all rows be written."""
    from django.utils import timezone

    from catalog.actions import sheet_jobs
    from catalog.models import SheetJob

    found = SheetJob.objects.get(pk=job)
    return {"done": sheet_jobs.decide(job=found, choice="all", actor="user 1", now=timezone.now())}


def work(job: int, ahead: int) -> dict:
    """Work on the job. A killed worker's lease runs out sooner for whoever's clock is ahead."""
    from django.utils import timezone

    from catalog.actions import sheet_jobs, sheet_work
    from catalog.models import SheetJob
    from checkout.faults import reach

    begin = time.monotonic()
    while SheetJob.objects.get(pk=job).state in sheet_jobs.OPEN:
        sheet_work.run_due(clock=lambda: timezone.now() + timedelta(seconds=ahead), seconds=1, reach=reach)
    return {
        "state": SheetJob.objects.get(pk=job).state,
        "seconds": round(time.monotonic() - begin, 1),
        "cpu_seconds": round(time.process_time(), 1),
        "peak_mb": _peak_mb(),
    }


def facts(job: int) -> dict:
    """Tell what the shop has of the file."""
    from catalog.models import ChangeRecord, ProductCard, ProductVariant, SheetChunk, SheetJob, Stock

    found = SheetJob.objects.get(pk=job)
    own = ProductVariant.objects.filter(product__merchant=found.merchant_id, sku__startswith=f"{found.merchant_id}-")
    return {
        "state": found.state,
        "written": found.written,
        "variants": own.count(),
        "in_stock": Stock.objects.filter(variant__in=own, on_hand=10).count(),
        "cards": ProductCard.objects.filter(product__variants__in=own).count(),
        "records": ChangeRecord.objects.filter(action="sheet.row_added").count(),
        "pieces_left": SheetChunk.objects.filter(job=found).count(),
    }


def main() -> None:
    """Do the one thing that the arguments name, and print what came of it as JSON."""
    import django

    django.setup()
    verbs = {"send": send, "decide": decide, "work": work, "facts": facts}
    print(json.dumps(verbs[sys.argv[1]](*map(int, sys.argv[2:]))))


if __name__ == "__main__":
    main()
