"""From an application to a sale, click by click: a co-op gets in, brings its spreadsheet, and somebody buys from it."""

import io
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import buying
from tests.browser.buying import ZONE
from tests.browser.test_console import applicant, officers, onboard, people, scan, visitor
from tests.faults.shop import Shop
from tests.sheets import xlsx

pytestmark = pytest.mark.browser
__all__ = ["people"]

HEADER = ["SKU", "中文名称", "规格", "分类", "价格", "库存", "保质期", "中文介绍", "配料", "贮存条件"]
ROWS, FIRST = 200, 2  # the first row stands under the header
# What is wrong: row of the file → (column, value, what is said about it).
BAD = {
    11: ("价格", "面议", "“面议”不是数字"),
    24: ("价格", 0, "价格须大于零"),
    57: ("价格", 59.999, "小数超过两位"),
    88: ("分类", "奢侈品", "没有品类“奢侈品”"),
    120: ("中文名称", "", "此单元格不能为空"),
    163: ("库存", -3, "-3"),
    201: ("SKU", "A-1", "与第 2 行重复"),
}


def goods(word: str, number: int) -> list:
    name = f"延长红富士{number:03d}{word}"
    return [f"A-{number}", name, "5kg", "新鲜水果", 59.9, 80, 60, "**脆甜**", "苹果", "阴凉通风处"]


def file_of(rows: list[list]) -> dict:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "商品.xlsx", "mimeType": kind, "buffer": xlsx(HEADER, *rows)}


def with_mistakes(rows: list[list]) -> list[list]:
    """Return the rows with the seven mistakes in them."""
    spoiled = [list(row) for row in rows]
    for row, (column, value, _) in BAD.items():
        spoiled[row - FIRST][HEADER.index(column)] = value
    return spoiled


def mended(report: Path, rows: list[list]) -> dict:
    """Put right what the report marks, as its reader would: in its own cells. Return it as a file to be sent in."""
    book = openpyxl.load_workbook(io.BytesIO(report.read_bytes()))
    page = book.active
    titles = [cell.value for cell in page[1]]
    marked = [line for line in page.iter_rows(min_row=2) if line[1].value]
    assert [line[0].value for line in marked] == list(BAD)
    for line in marked:
        column = BAD[line[0].value][0]
        cell = line[titles.index(column)]
        assert cell.fill.fgColor.rgb == "FFF8D7D2", cell.coordinate
        cell.value = rows[line[0].value - FIRST][HEADER.index(column)]
    written = io.BytesIO()
    book.save(written)
    return {**file_of([]), "name": "商品-改.xlsx", "buffer": written.getvalue()}


def counts(coop: Page) -> list[str]:
    """Return what the job's page counts: new, changed, unchanged, bad rows."""
    return coop.locator(".sheet-counts dd").all_inner_texts()


def send_in(coop: Page, console: str, file: dict) -> None:
    coop.goto(f"{console}sheets/")
    coop.select_option("[name=sheet] >> nth=0", "listings")
    coop.set_input_files("[name=file]", file)
    coop.locator("form[enctype] button").click()
    expect(coop.locator(".sheet-state.checked")).to_be_visible(timeout=60_000)


def choose(coop: Page, choice: str) -> None:
    coop.locator(f"button[name=choice][value={choice}]").click()
    expect(coop.locator(".sheet-state.done")).to_be_visible(timeout=60_000)


def draft_certificate(coop: Page, console: str, number: str) -> str:
    """Write down what stands on the certificate, with its scan; return the draft's address."""
    coop.goto(f"{console}certificates/new/")
    coop.select_option("[name=scheme]", label="消费帮扶产品认定")
    coop.fill("[name=number]", number)
    coop.fill("[name=issuer_zh]", "陕西省消费帮扶协会（演示）")
    coop.select_option("[name=region]", index=1)
    coop.fill("[name=valid_from]", f"{datetime.now(UTC).date() - timedelta(days=30)}")
    coop.fill("[name=valid_until]", f"{datetime.now(UTC).date() + timedelta(days=300)}")
    coop.set_input_files("[name=document]", scan())
    coop.locator("button[name=save]").click()
    expect(coop).to_have_url(re.compile(r"/certificates/\d+/$"))
    return coop.url


def certify(coop: Page, draft: str, name: str, desks: tuple[Page, Page], shop: Shop) -> str:
    """Mark the product and send the certificate in; the county recommends it, the platform approves it."""
    coop.goto(draft)
    number = coop.locator("[name=number]").input_value()
    coop.locator(".covers-mark", has_text=name).click()
    coop.locator("button[name=submit]").click()
    expect(coop).to_have_url(re.compile(r"/certificates/$"))
    for desk, state in zip(desks, ("county", "platform"), strict=True):
        desk.goto(f"{shop.url}/admin/catalog/certificate/queue/?state={state}")
        desk.locator(".review-list a", has_text=number).click()
        expect(desk.locator("#case-title")).to_have_text(number)
        desk.locator("[data-approve]").click()
        expect(desk.get_by_text("1 件已办结")).to_be_visible()
    return number


def put_on_sale(coop: Page, console: str, name: str, office: Page, shop: Shop) -> None:
    """Hand the draft in; the programme office approves it."""
    coop.goto(f"{console}listings/?q={name}")
    coop.get_by_role("link", name=name, exact=True).click()
    coop.locator("button[name=submit]").click()
    expect(coop.get_by_text("项目办公室正在审核；撤回后方可修改内容")).to_be_visible()
    office.goto(f"{shop.url}/admin/catalog/listingrevision/")
    office.locator(".review-list a", has_text=name).click()
    expect(office.locator("#case-title")).to_have_text(name)
    office.locator("[data-approve]").click()
    expect(office.get_by_text("已处理 1 件商品")).to_be_visible()
    coop.reload()
    expect(coop.locator(".badge", has_text="在售")).to_be_visible()


def into_the_zone(shop: Shop, name: str) -> None:
    """Tag the product for the zone, as the programme does with what it has chosen."""
    shop.execute(
        "INSERT INTO catalog_producttag (product_id, tag, valid_from) "
        f"SELECT id, '{ZONE}', CURRENT_TIMESTAMP FROM catalog_product WHERE name_zh = '{name}'"
    )
    shop.command("cards", "rebuild")


def found(buyer: Page, shop: Shop, name: str) -> str:
    """Search for the product until the index has it, open it, and return its slug."""
    link = buyer.locator("main a[href*='/products/']", has_text=name)
    for _ in range(40):  # the worker indexes what changed every ten seconds
        buyer.goto(f"{shop.url}/search/?q={name}")
        if link.count():
            break
        buyer.wait_for_timeout(1000)
    link.first.click()
    expect(buyer.locator("h1")).to_have_text(name)
    return buyer.url.partition("/products/")[2].partition("/")[0]


@pytest.fixture
def working(shop: Shop):
    """The shop with its worker: files are read, the index follows."""
    shop.start_worker()
    yield shop
    shop.stop("worker")


def walk(browser: Browser, shop: Shop, people: dict[str, str]) -> dict[str, str]:
    """Go the whole way; return what was seen, by step."""
    told: dict[str, str] = {}
    word = secrets.token_hex(3)
    rows = [goods(word, number) for number in range(1, ROWS + 1)]
    name = rows[9][1]  # row 11, one of those that were bad
    coop = visitor(browser)
    applicant(coop, shop)
    county, office = officers(browser, shop, people)
    onboard(coop, county, office, shop, f"延长县果业合作社{word}")
    console = coop.url
    told["merchant"] = "applied, returned, mended, recommended, approved"

    coop.goto(f"{console}warehouses/new/")
    for field, value in {"name_zh": "产地仓", "name_en": "Origin", "address": "延长县"}.items():
        coop.fill(f"[name={field}]", value)
    coop.check("[name=storage][value=ambient]")
    coop.locator("main form button").last.click()
    expect(coop).to_have_url(re.compile(r"/warehouses/\d+/$"))
    draft = draft_certificate(coop, console, f"ZS-{word}")

    send_in(coop, console, file_of(with_mistakes(rows)))
    assert counts(coop) == ["193", "0", "0", "7"]
    lines = [
        [cell.strip() for cell in line.split("\t")]
        for line in coop.locator(".sheet-problems tbody tr").all_inner_texts()
    ]
    assert [(int(row), column.rstrip("*")) for row, column, _ in lines] == [
        (row, _LABEL.get(column, column)) for row, (column, _, _) in BAD.items()
    ]
    assert all(reason in line[2] for line, (_, _, reason) in zip(lines, BAD.values(), strict=True)), lines
    told["dry run"] = f"{len(lines)} bad rows named"
    choose(coop, "good")
    assert counts(coop) == ["193", "0", "0", "7"]
    with coop.expect_download() as download:
        coop.locator("a[href$='/file']").click()
    send_in(coop, console, mended(download.value.path(), rows))
    assert counts(coop) == ["7", "0", "193", "0"]
    choose(coop, "all")
    told["import"] = "193 rows, then the 7 mended ones"

    told["certificate"] = certify(coop, draft, name, (county, office), shop)
    put_on_sale(coop, console, name, office, shop)
    into_the_zone(shop, name)
    buyer = visitor(browser)
    slug = found(buyer, shop, name)
    before = buying.total(shop, f"zone/{ZONE}")
    buying.fill_cart(buyer, shop, "zh", [slug])
    buying.check_out(buyer, shop, "zh")
    buying.pay(buyer)
    expect(buyer).to_have_url(re.compile(r"/orders/[0-9a-f-]{36}/$"))
    expect(buyer.locator("h1")).to_contain_text("已付款")
    paid = buying.lines_minor(shop, buying.token_of(buyer))
    took = buying.wait_for_total(shop, f"zone/{ZONE}", before + paid, seconds=30)
    assert paid == 5990
    told["sale"] = f"found by search, ¥{paid / 100:.2f} paid, in the zone's total after {took:.1f} s"
    for page in (coop, county, office, buyer):
        page.context.close()
    return told


_LABEL = {
    "分类": "品类",
    "中文名称": "中文名",
    "价格": "价格（元）",
    "库存": "库存数量",
    "SKU": "SKU编码",
}  # the shop's own titles


def test_from_the_application_to_the_sale(browser, working, people):
    assert list(walk(browser, working, people)) == ["merchant", "dry run", "import", "certificate", "sale"]
    assert working.broken() == []
