"""Imports: what is written, what is not, and that the same file twice changes nothing."""

import pytest

from catalog.models import ChangeRecord, Product, ProductCard, ProductVariant, SheetJob, Stock, Warehouse
from tests.factories import NOW, product, variant
from tests.sheets import HEADER, catalogue_digest, checked, csv, exported, goods, imported, problems, shop, xlsx

pytestmark = pytest.mark.django_db
Status = Product.Status


def test_new_listings_arrive_as_drafts_with_stock_price_card_and_trail():
    owner = shop()
    job = imported(owner, xlsx(HEADER, *[goods(number) for number in range(3)]))
    assert (job.state, job.written) == ("done", {"new": 3, "changed": 0, "same": 0, "bad": 0})
    rows = Product.objects.filter(merchant=owner)
    assert {(row.status, row.name_zh, row.region, row.kind) for row in rows} == {
        (Status.DRAFT, f"延长苹果{number}", owner.region, "apple-fuji") for number in range(3)
    }
    first = ProductVariant.objects.get(sku=f"{owner.pk}-A-0")
    assert (first.price_minor, first.name_zh, first.name_en) == (5990, "5kg/箱", "5kg/箱")
    assert list(first.stocks.values_list("on_hand", "allocated")) == [(10, 0)]
    assert ProductCard.objects.filter(product__in=rows, sellable_from=None).count() == 3
    assert [row.actor for row in ChangeRecord.objects.filter(merchant=owner)] == ["user 2"] * 3


def test_the_same_file_twice_changes_nothing():
    owner, file = shop(), xlsx(HEADER, *[goods(number) for number in range(3)])
    imported(owner, file)
    before = catalogue_digest()
    job = imported(owner, file)
    assert (job.state, job.written) == ("done", {"new": 0, "changed": 0, "same": 3, "bad": 0})
    assert catalogue_digest() == before


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("sheet", ["listings", "stock", "prices"])
def test_an_export_comes_back_unchanged(format_, language, sheet):
    owner = shop()
    texts = ["=1+1", "+86", "-", "@x", "'=x", "\t缩进", "a,b\"c'd", "两行\n文字", "  空格  ", "00012"]
    for number, text in enumerate(texts):
        one = product(text, merchant=owner, description_zh=text, status=Status.DRAFT, certified=False)
        variant(one, sku=f"{owner.pk}-00{number}", name_zh=text[:10], on_hand=number)
    before = catalogue_digest()
    job = imported(owner, exported(owner, sheet, format_=format_, language=language), sheet=sheet)
    assert problems(job) == []
    assert (job.state, job.written) == ("done", {"new": 0, "changed": 0, "same": 20, "bad": 0})
    assert catalogue_digest() == before


def test_a_dry_run_writes_nothing_and_names_row_column_and_reason():
    owner = shop()
    before = catalogue_digest()
    rows = [goods(1), goods(2, price="免费"), goods(1), goods(4, on_hand="-1"), goods(5, 分类="水")]
    job = checked(owner, csv(HEADER, *rows))
    assert (job.state, job.found) == ("checked", {"new": 1, "changed": 0, "same": 0, "bad": 4})
    assert problems(job) == [
        (3, "price", "number"),
        (4, "sku", "sku_twice"),
        (5, "on_hand", "range"),
        (6, "category", "category_unknown"),
    ]
    assert catalogue_digest() == before


def test_all_or_none_writes_none_while_a_row_is_bad():
    owner = shop()
    before = catalogue_digest()
    job = imported(owner, csv(HEADER, goods(1), goods(2, price="0")), choice="all")
    assert (job.state, job.choice, job.written) == ("checked", "", {})
    assert catalogue_digest() == before


def test_the_good_rows_are_written_if_so_chosen():
    owner = shop()
    job = imported(owner, csv(HEADER, goods(1), goods(2, price="0"), goods(3)), choice="good")
    assert (job.state, job.written) == ("done", {"new": 2, "changed": 0, "same": 0, "bad": 1})
    assert set(Product.objects.filter(merchant=owner).values_list("code", flat=True)) == {"A-1", "A-3"}


def test_a_row_that_goes_bad_between_check_and_choice_sends_all_or_none_back():
    owner = shop()
    imported(owner, csv(HEADER, goods(1)))
    job = checked(owner, csv(HEADER, goods(1, on_hand=2), goods(2)))
    assert job.found["bad"] == 0
    Stock.objects.filter(variant__sku=f"{owner.pk}-A-1").update(allocated=7)
    from catalog.actions import sheet_jobs
    from tests.factories import NOW
    from tests.sheets import work

    sheet_jobs.decide(job=job, choice="all", actor="user 2", now=NOW)
    job = work(job)
    assert (job.state, problems(job)) == ("checked", [(2, "on_hand", "below_allocated")])
    assert not ProductVariant.objects.filter(sku=f"{owner.pk}-A-2").exists()


def test_sizes_of_one_listing_share_a_number_and_may_not_contradict_each_other():
    owner = shop()
    rows = [goods(number, 商品编号="苹果", 中文名称="延长苹果", 规格=f"{number}kg") for number in (1, 2)]
    job = imported(owner, csv(HEADER, *rows))
    [one] = Product.objects.filter(merchant=owner)
    assert list(one.variants.values_list("name_zh", "position")) == [("1kg", 1), ("2kg", 2)]
    job = checked(owner, csv(HEADER, rows[0], goods(3, 商品编号="苹果", 中文名称="别的苹果")))
    assert problems(job) == [(3, "listing", "listing_differs")]


def test_two_merchants_may_use_the_same_sku():
    one, other = shop(), shop()
    imported(one, csv(HEADER, goods(1)))
    job = imported(other, csv(HEADER, goods(1, price="10")))
    assert job.written["new"] == 1
    rows = ProductVariant.objects.filter(sku__endswith="-A-1").order_by("pk")
    assert list(rows.values_list("price_minor", flat=True)) == [5990, 1000]


def test_an_older_sku_without_the_merchants_number_is_found():
    owner = shop()
    old = product(merchant=owner).variants.get()
    job = imported(owner, csv(["sku", "价格"], [old.sku, "12.5"]), sheet="prices")
    old.refresh_from_db()
    assert (job.written["changed"], old.price_minor) == (1, 1250)
    assert job.merchant.products.count() == 1


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.ON_SALE, Status.PAUSED])
def test_what_the_office_looks_at_is_fixed_once_the_listing_has_left_its_draft(status):
    owner = shop()
    one = product("延长苹果", merchant=owner, status=status)
    sku = one.variants.get().sku
    header = ["sku", "中文名称", "中文描述", "配料表", "价格"]
    job = checked(owner, csv(header, [sku, "进口苹果", "包治百病", "苹果", "12.50"]))
    assert problems(job) == [(2, "name_zh", "locked"), (2, "about_zh", "locked"), (2, "ingredients_zh", "locked")]
    job = imported(owner, csv(["sku", "中文名称", "价格"], [sku, "延长苹果", "12.50"]))
    assert (job.written["changed"], one.variants.get().price_minor) == (1, 1250)
    Product.objects.filter(pk=one.pk).update(status=Status.DRAFT)
    job = imported(owner, csv(["sku", "中文描述"], [sku, "好"]))
    one.refresh_from_db()
    assert (job.written["changed"], one.description_zh) == (1, "好")


def test_a_food_label_needs_its_ingredients():
    owner = shop()
    header = [*HEADER, "配料表", "生产许可证"]
    job = checked(owner, csv(header, [*goods(1), "", "SC10161062100001"], [*goods(2), "苹果", "SC1"]))
    assert problems(job) == [(2, "ingredients_zh", "ingredients"), (3, "licence", "licence")]
    imported(owner, csv(header, [*goods(1), "苹果", "SC10161062100001"]))
    assert Product.objects.get(code="A-1").food_label.ingredients_zh == "苹果"


def test_stock_never_falls_below_what_is_sold():
    owner = shop()
    one = product(merchant=owner).variants.get()
    Stock.objects.filter(variant=one).update(on_hand=10, allocated=4)
    header = ["sku", "仓库", "库存", "日期"]
    job = checked(owner, csv(header, [one.sku, "", "3", "2026-02-01"]), sheet="stock")
    assert problems(job) == [(2, "on_hand", "below_allocated")]
    job = imported(owner, csv(header, [one.sku, "产地仓", "4", "2026/2/1"]), sheet="stock")
    stock = Stock.objects.get(variant=one)
    assert (job.state, stock.on_hand, str(stock.counted_on)) == ("done", 4, "2026-02-01")
    job = checked(owner, csv(header, [one.sku, "", "9", "2026年1月31日"]), sheet="stock")
    assert problems(job) == [(2, "counted_on", "old_count")]
    Warehouse.objects.create(merchant=owner, name_zh="云仓", name_en="Cloud")
    job = checked(owner, csv(header, [one.sku, "", "9", ""], [one.sku, "天仓", "9", ""]), sheet="stock")
    assert problems(job) == [(2, "warehouse", "which_warehouse"), (3, "warehouse", "warehouse_unknown")]


def test_nothing_is_brought_into_a_closed_warehouse():
    owner = shop()
    one = product(merchant=owner, on_hand=0).variants.get()
    closed = Warehouse.objects.create(merchant=owner, name_zh="旧仓", name_en="Old", closed_at=NOW)
    Stock.objects.create(variant=one, warehouse=closed, on_hand=0)
    header = ["sku", "仓库", "库存"]
    job = checked(owner, csv(header, [one.sku, "旧仓", "9"]), sheet="stock")
    assert problems(job) == [(2, "warehouse", "warehouse_unknown")]
    job = imported(owner, csv(header, [one.sku, "", "9"]), sheet="stock")  # the only one that is open
    assert (job.state, one.stocks.get(warehouse__closed_at=None).on_hand) == ("done", 9)
    job = imported(owner, exported(owner, "stock"), sheet="stock")
    assert job.written == {"new": 0, "changed": 0, "same": 1, "bad": 0}


def test_another_file_waits_its_turn_and_replaces_one_that_is_not_decided_on():
    from catalog.sheets.cells import Bad
    from tests.sheets import send

    owner = shop()
    send(owner, csv(HEADER, goods(1)))
    with pytest.raises(Bad) as refused:
        send(owner, csv(HEADER, goods(1)))
    assert refused.value.code == "busy"


def test_a_stopped_job_writes_no_more():
    from catalog.actions import sheet_jobs
    from tests.factories import NOW
    from tests.sheets import work

    owner = shop()
    job = checked(owner, csv(HEADER, goods(1)))
    sheet_jobs.decide(job=job, choice="all", actor="user 2", now=NOW)
    assert sheet_jobs.stop(job=job, now=NOW)
    assert work(job).state == SheetJob.State.STOPPED
    assert not Product.objects.filter(merchant=owner).exists()
