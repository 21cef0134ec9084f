"""The console's pages of spreadsheets: from an upload over its report and the choice to the history."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalog import tasks
from catalog.actions import sheet_jobs
from catalog.models import Product, SheetJob
from catalog.sheets import pieces
from checkout.models import Role
from tests.factories import NOW
from tests.merchants import employ, person, signed_in
from tests.sheets import HEADER, checked, csv, exported_job, goods, imported, shop, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(tasks, "wake_sheets", lambda: None)
    return shop()


@pytest.fixture
def client(owner) -> Client:
    someone = person()
    employ(someone, owner, Role.LISTINGS)
    return signed_in(someone)


def url(name: str, owner, *args, language: str = "zh-hans") -> str:
    with override(language):
        return reverse(f"console:{name}", args=[owner.slug, *args])


def upload(client, owner, content: bytes, name: str = "商品.csv", sheet: str = "listings"):
    file = SimpleUploadedFile(name, content)
    return client.post(url("sheets", owner), {"sheet": sheet, "file": file})


def test_a_file_goes_from_upload_to_the_shop(client, owner):
    answer = upload(client, owner, csv(HEADER, goods(1), goods(2, price="免费")))
    job = SheetJob.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url("sheet_job", owner, job.pk))
    assert client.get(url("sheet_state", owner, job.pk)).json() == {
        "mark": "reading",
        "percent": 0,
        "told": "正在读取文件",
    }
    work(job)
    page = client.get(url("sheet_job", owner, job.pk)).content.decode()
    assert "“免费”不是数字。" in page
    assert 'value="good"' in page
    assert 'value="all"' not in page
    english = client.get(url("sheet_job", owner, job.pk, language="en")).content.decode()
    assert "“免费” is not a number." in english
    client.post(url("sheet_decide", owner, job.pk), {"choice": "good"})
    assert work(job).state == "done"
    assert Product.objects.get(merchant=owner).code == "A-1"
    assert job.file_name in client.get(url("sheets", owner)).content.decode()


def test_the_report_is_the_file_with_its_bad_cells_marked_and_can_be_sent_again(client, owner):
    job = checked(owner, csv(["春季商品"], HEADER, goods(1), goods(2, price="免费")))
    answer = client.get(url("sheet_file", owner, job.pk))
    content = b"".join(answer.streaming_content)
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in page[1]] == ["行", "问题说明", *HEADER]
    assert [page.cell(row, 1).value for row in (2, 3)] == [3, 4]
    assert page["B3"].value == "价格（元）: “免费”不是数字。"
    assert page["H3"].fill.start_color.rgb != page["H2"].fill.start_color.rgb
    again = checked(owner, content)
    assert again.found == {"new": 1, "changed": 0, "same": 0, "bad": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "文件为空。"), (b"%PDF-1.7", "此文件不是表格，请选择 .xlsx 或 .csv 文件。")],
)
def test_what_is_no_sheet_is_refused_at_once_and_the_choice_stays(client, owner, content, words):
    answer = upload(client, owner, content, sheet="prices")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert '<option value="prices" selected>' in page
    assert not SheetJob.objects.exists()


def test_nothing_of_another_merchant_is_found(client, owner):
    other = shop()
    job = checked(other, csv(HEADER, goods(1)))
    for name in ("sheet_job", "sheet_state", "sheet_file"):
        assert client.get(url(name, owner, job.pk)).status_code == 404
    for name in ("sheet_decide", "sheet_stop"):
        assert client.post(url(name, owner, job.pk), {"choice": "all"}).status_code == 404
    job.refresh_from_db()
    assert job.state == "checked"


def test_a_decision_comes_once(client, owner):
    job = imported(owner, csv(HEADER, goods(1)))
    client.post(url("sheet_decide", owner, job.pk), {"choice": "all"})
    client.post(url("sheet_stop", owner, job.pk))
    job.refresh_from_db()
    assert (job.state, job.written["new"]) == ("done", 1)


def test_an_export_is_made_and_downloaded(client, owner):
    imported(owner, csv(HEADER, goods(1)))
    client.post(url("sheet_export", owner), {"sheet": "stock", "format": "csv"})
    job = work(SheetJob.objects.first())
    answer = client.get(url("sheet_file", owner, job.pk))
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == [
        "SKU编码,商品,仓库,库存数量,盘点日期",
        "A-1,延长苹果1 5kg/箱,产地仓,10,",
    ]
    assert answer["Content-Disposition"].startswith('attachment; filename="stock-')


def test_an_export_that_is_being_written_is_not_begun_twice_and_old_files_go(client, owner):
    old = exported_job(owner)
    SheetJob.objects.filter(pk=old.pk).update(finished_at=NOW - sheet_jobs.KEPT - sheet_jobs.KEPT)
    for _number in range(2):
        client.post(url("sheet_export", owner), {"sheet": "stock", "format": "csv"})
    assert SheetJob.objects.filter(state="exporting").count() == 1
    assert not pieces.has(old, "result")


def test_every_page_has_a_bound_on_its_queries(client, owner, django_assert_max_num_queries):
    rows = [goods(number, price="x") for number in range(450)]
    job = checked(owner, csv(HEADER, *rows))
    for _number in range(5):
        exported_job(owner)
    for address in (url("sheets", owner), url("sheet_job", owner, job.pk), url("sheet_state", owner, job.pk)):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
    page = client.get(url("sheet_job", owner, job.pk)).content.decode()
    assert page.count("不是数字。") == 100
    assert len(list(pieces.problems(job, "problems"))) == 450


def test_a_turn_of_the_worker_works_on_what_waits(owner, monkeypatch):
    job = exported_job(owner)
    SheetJob.objects.filter(pk=job.pk).update(state="exporting", lease_until=NOW)
    woken = []
    monkeypatch.setattr(tasks, "wake_sheets", lambda: woken.append(1))
    assert tasks.run_sheets() is True
    assert tasks.run_sheets() is False
    assert woken == []
