"""Spreadsheets of tests, made as other programs make them, and the work on them without a worker."""

import hashlib
import io
from datetime import datetime
from itertools import count

import openpyxl
from django.apps import apps

from catalog.actions import sheet_jobs, sheet_work
from catalog.models import Merchant, SheetJob, Warehouse
from catalog.sheets import pieces
from tests.factories import NOW, category, merchant

HEADER = ["SKU", "商品编号", "中文名称", "规格", "分类", "价格", "库存"]
_numbers = count(1)


def xlsx(*rows, book: openpyxl.Workbook | None = None) -> bytes:
    """Return a workbook with these rows."""
    book = book or openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return a CSV file with these rows, written plainly."""
    return "".join(delimiter.join(str(cell) for cell in row) + "\r\n" for row in rows).encode(encoding)


def goods(number: int, *, price: object = "59.90", on_hand: object = 10, **values) -> list:
    """Return a good row under `HEADER`."""
    row = dict(zip(HEADER, [f"A-{number}", "", f"延长苹果{number}", "5kg/箱", "新鲜水果", price, on_hand], strict=True))
    return list({**row, **values}.values())


def shop() -> Merchant:
    """Return a merchant with one warehouse, and a category to sell in."""
    category()
    row = merchant()
    Warehouse.objects.create(merchant=row, name_zh="产地仓", name_en="Origin")
    return row


def send(owner: Merchant, content: bytes, *, sheet: str = "listings", language: str = "zh-hans") -> SheetJob:
    """Send a file in."""
    return sheet_jobs.send_in(
        merchant=owner,
        sheet=sheet,
        file=io.BytesIO(content),
        size=len(content),
        name="商品.xlsx",
        language=language,
        actor="user 1",
        now=NOW,
    )


def work(job: SheetJob, *, now: datetime = NOW, turns: int = 200) -> SheetJob:
    """Work until the job waits for somebody or is over."""
    for _turn in range(turns):
        job.refresh_from_db()
        if job.state not in sheet_jobs.OPEN:
            return job
        sheet_work.run_due(clock=lambda: now, seconds=2)
    raise AssertionError(f"job {job.pk} is still {job.state} at {job.position}")


def checked(owner: Merchant, content: bytes, **options) -> SheetJob:
    """Send a file in and let it be checked."""
    return work(send(owner, content, **options))


def imported(owner: Merchant, content: bytes, choice: str = "all", **options) -> SheetJob:
    """Send a file in and let it be written."""
    job = checked(owner, content, **options)
    if job.state == SheetJob.State.CHECKED:
        assert sheet_jobs.decide(job=job, choice=choice, actor="user 2", now=NOW)
    return work(job)


def exported(owner: Merchant, sheet: str = "listings", *, format_: str = "xlsx", language: str = "zh-hans") -> bytes:
    """Return an export as a file."""
    job = exported_job(owner, sheet, format_=format_, language=language)
    assert job.state == SheetJob.State.DONE, job.failure
    return b"".join(pieces.file_of(job, "result"))


def exported_job(owner: Merchant, sheet: str = "listings", *, format_: str = "xlsx", language: str = "en") -> SheetJob:
    """Return an export that is done."""
    return work(
        sheet_jobs.export(merchant=owner, sheet=sheet, format_=format_, language=language, actor="user 1", now=NOW)
    )


def problems(job: SheetJob) -> list[tuple[int, str | None, str]]:
    """Return what is wrong with a job's rows: (row, column, reason)."""
    return [(row, column, code) for row, (column, code, _) in pieces.problems(job, "problems", "refused")]


def catalogue_digest() -> str:
    """Return a digest of every table of the catalogue but those of the jobs themselves."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_app_config("catalog").get_models(), key=lambda each: each.__name__):
        if not model.__name__.startswith("Sheet"):
            digest.update(model.__name__.encode())
            for row in model._base_manager.order_by("pk").values_list():
                digest.update(repr(row).encode())
    return digest.hexdigest()
