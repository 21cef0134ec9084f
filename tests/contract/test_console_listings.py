"""The console's listings as pages: what was typed stays, errors stand at their field, prices are exact."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import listing_reviews, products
from catalog.models import Product, ServiceDate
from checkout.models import Role, User
from tests.factories import NOW, category, merchant
from tests.listings import asked, draft, on_sale, save, submit
from tests.merchants import member, person, signed_in
from tests.page_text import Page

pytestmark = pytest.mark.django_db
CJK = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
MOST_QUERIES = 22


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    category()
    return merchant()


@pytest.fixture
def console(shop) -> Client:
    return member(shop, Role.LISTINGS)


def address(row, name: str = "") -> str:
    return f"/console/{row.merchant.slug}/listings/{row.pk}/{name}"


def form_of(client: Client, row) -> dict[str, str]:
    """Return what the page of a listing would post when nothing is changed."""
    context = client.get(address(row)).context
    form, sizes = context["form"], context["sizes"]
    found = {name: form[name].value() for name in form.fields}
    found |= {field.html_name: field.value() for field in sizes.management_form}
    found |= {field.html_name: field.value() for size in sizes for field in size}
    return {name: value for name, value in found.items() if value not in (None, False)}


def test_a_listing_is_begun_and_then_written(console, shop):
    begin = {"line_kind": "goods", "name_zh": "延长苹果", "kind": "apple-fuji", "region": shop.region_id}
    wrong = console.post(f"/console/{shop.slug}/listings/new/", begin)
    assert wrong.status_code == 422
    assert "请选择分类" in wrong.content.decode() and 'value="延长苹果"' in wrong.content.decode()
    answer = console.post(f"/console/{shop.slug}/listings/new/", {**begin, "category": category().pk})
    row = Product.objects.get()
    assert answer["Location"] == address(row)
    assert (row.status, row.storage, row.processing, row.shelf_life_days) == ("draft", "ambient", "primary", 60)


def test_what_was_typed_stays_and_the_error_stands_at_its_field(console, shop):
    row = draft(shop)
    typed = {
        **form_of(console, row),
        "name_zh": "改了的名",
        "sizes-0-price_minor": "5９.９０１",
        "shelf_life_days": "很久",
    }
    answer = console.post(address(row), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="改了的名"' in page and 'value="5９.９０１"' in page and 'value="很久"' in page
    assert 'id="id_sizes-0-price_minor_error"' in page and 'id="id_shelf_life_days_error"' in page
    row.refresh_from_db()
    assert (row.name_zh, row.variants.get().price_minor) == ("延长红富士", 5990)


@pytest.mark.parametrize(("typed", "fen"), [("19.9", 1990), ("￥1,299.00", 129900), ("０.２９", 29), ("8", 800)])
def test_prices_are_exact_to_the_fen_however_they_are_typed(console, shop, typed, fen):
    row = draft(shop)
    size = row.variants.get()
    for name, data in (
        ("", {**form_of(console, row), "sizes-0-price_minor": typed}),
        ("prices/", {f"price-{size.pk}": typed}),
    ):
        size.__class__.objects.filter(pk=size.pk).update(price_minor=1)
        assert console.post(address(row, name), data).status_code == 303
        size.refresh_from_db()
        assert size.price_minor == fen


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.234", "abc", "1e9", "NaN", "99999999999"])
def test_a_price_that_is_none_is_refused_in_the_list_and_kept(console, shop, typed):
    row = draft(shop)
    size = row.variants.get()
    answer = console.post(address(row, "prices/"), {f"price-{size.pk}": typed})
    assert answer.status_code == 422 and "以元为单位的价格" in answer.content.decode()
    if typed:
        assert f'value="{typed}"' in answer.content.decode()
    size.refresh_from_db()
    assert size.price_minor == 5990


def test_handing_in_says_at_each_field_what_is_missing_and_keeps_new_sizes_once(console, shop):
    row = draft(shop, description_zh="", processing="deep_processed")
    new = {"sizes-1-name_zh": "1kg", "sizes-1-sku": "K1", "sizes-1-price_minor": "15"}
    answer = console.post(address(row), {**form_of(console, row), **new, "submit": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_description_zh_error"' in page and 'id="id_label_licence_number_error"' in page
    assert row.variants.count() == 2
    mended = {"description_zh": "好", "label_licence_number": "ｓｃ 10161062100001", "submit": "1"}
    assert console.post(address(row), {**form_of(console, row), **mended}).status_code == 303
    row.refresh_from_db()
    assert (row.status, row.variants.count(), row.food_label.licence_number) == ("in_review", 2, "SC10161062100001")


def test_what_is_returned_is_read_beside_its_field(console, shop):
    row = draft(shop)
    found = submit(row)
    listing_reviews.give_back(
        revision_id=found.pk, revision=1, reasons={"name_zh": "与包装不符"}, note="请核对", actor="user 9", now=NOW
    )
    page = console.get(address(row)).content.decode()
    assert "与包装不符" in page and "请核对" in page and 'href="#id_name_zh"' in page
    assert "没有可准入销售的证书覆盖该商品" in page


def test_while_it_is_reviewed_its_words_stand_still_and_prices_do_not(console, shop):
    row = on_sale(shop)
    save(row, name_zh="新名")
    submit(row)
    posted = {**form_of(console, row), "name_zh": "偷换", "sizes-0-price_minor": "1.00", "dispatch_hours": "24"}
    assert console.post(address(row), posted).status_code == 303
    row.refresh_from_db()
    assert (row.name_zh, row.dispatch_hours, row.variants.get().price_minor) == ("延长红富士", 24, 100)
    assert asked(row).fields == {"name_zh": "新名"}


def test_the_county_is_one_of_the_merchants_own(console, shop):
    row, elsewhere = draft(shop), merchant().region
    answer = console.post(address(row), {**form_of(console, row), "region": elsewhere.pk})
    assert answer.status_code == 422 and 'id="id_region_error"' in answer.content.decode()


def test_a_preview_shows_what_is_asked_for_to_its_staff_and_the_office_alone(console, shop):
    row = on_sale(shop)
    save(row, name_zh="新名字", description_zh="**新的**<script>alert(1)</script>")
    page = console.get(address(row, "preview/"))
    assert page["Cache-Control"] == "private, no-store"
    text = page.content.decode()
    assert "新名字" in text and "<strong>新的</strong>" in text and "<script>alert" not in text
    assert "预览：本页仅商家人员和项目办公室可见" in text and 'action="/cart/add/"' not in text
    assert member(merchant(), Role.OWNER).get(address(row, "preview/")).status_code == 404
    assert "新名字" not in Client().get(f"/products/{row.slug}/").content.decode()


def test_a_draft_has_no_public_page(console, shop):
    row = draft(shop)
    assert Client().get(f"/products/{row.slug}/").status_code == 404
    submit(row)
    assert Client().get(f"/products/{row.slug}/").status_code == 404
    assert console.get(address(row, "preview/")).status_code == 200


def test_pausing_and_withdrawing_ask_for_the_reason(console, shop):
    row = on_sale(shop)
    assert console.post(address(row, "withdraw/"), {}).status_code == 422
    console.post(address(row, "pause/"), {"reason": "断货"})
    console.post(address(row, "resume/"))
    console.post(address(row, "withdraw/"), {"reason": "不再生产"})
    row.refresh_from_db()
    assert row.status == "withdrawn"
    trail = member(shop).get(f"/console/{shop.slug}/trail/").content.decode()
    assert "断货" in trail and "不再生产" in trail and "恢复销售" in trail


def test_what_the_office_has_paused_its_merchant_does_not_put_back_on_sale(console, shop):
    row, officer = on_sale(shop), person()
    products.pause(product_id=row.pk, now=NOW, actor=f"user {officer.pk}", reason="抽检不合格")
    assert "resume/" not in console.get(address(row)).content.decode()
    answer = console.post(address(row, "resume/"), follow=True).content.decode()
    row.refresh_from_db()
    assert row.status == "paused" and "由项目办公室暂停" in answer
    products.resume(product_id=row.pk, now=NOW)
    console.post(address(row, "pause/"), {"reason": "断货"})
    assert "resume/" in console.get(address(row)).content.decode()
    console.post(address(row, "resume/"))
    row.refresh_from_db()
    assert row.status == "on_sale"


def test_the_office_can_stop_what_its_merchant_has_paused(console, shop):
    row, officer = on_sale(shop), person()
    console.post(address(row, "pause/"), {"reason": "断货"})
    User.objects.filter(pk=officer.pk).update(is_staff=True, is_superuser=True)
    signed_in(User.objects.get(pk=officer.pk)).post(f"/admin/catalog/product/{row.pk}/pause/", {"reason": ""})
    console.post(address(row, "resume/"))
    row.refresh_from_db()
    assert row.status == "paused"


def test_days_are_added_by_the_week_given_room_and_taken_off(console, shop):
    row = draft(shop, name_zh="采摘", line_kind="service")
    add = {"variant": row.variants.get().pk, "first": "2026-02-10", "last": "2026-03-09", "capacity": "２０"}
    assert console.post(address(row, "dates/"), add).status_code == 422
    console.post(address(row, "dates/"), {**add, "weekdays": ["5", "6"]})
    days = list(ServiceDate.objects.all())
    assert len(days) == 8 and {day.day.weekday() for day in days} == {5, 6} and {day.capacity for day in days} == {20}
    console.post(address(row, "dates/"), {**add, "weekdays": ["4", "5"], "capacity": "9"})
    assert ServiceDate.objects.filter(capacity=20).count() == 8 and ServiceDate.objects.filter(capacity=9).count() == 4
    ServiceDate.objects.filter(pk=days[0].pk).update(booked=5)
    console.post(address(row, f"dates/{days[0].pk}/"), {"capacity": "4", "save": "1"})
    console.post(address(row, f"dates/{days[0].pk}/"), {"remove": "1"})
    console.post(address(row, f"dates/{days[1].pk}/"), {"remove": "1"})
    days[0].refresh_from_db()
    assert days[0].capacity == 20 and not ServiceDate.objects.filter(pk=days[1].pk).exists()
    assert console.post(address(row, f"dates/{days[2].pk}/"), {"capacity": "x", "save": "1"}).status_code == 422
    page = console.get(address(row, "preview/")).content.decode()
    assert "余 15 位" in page and "余 20 位" in page


def test_a_day_of_another_merchant_is_not_changed(console, shop):
    own, other = draft(shop, line_kind="service"), draft(line_kind="service")
    day = ServiceDate.objects.create(variant=other.variants.get(), day="2026-03-01", capacity=3)
    console.post(address(own, f"dates/{day.pk}/"), {"capacity": "9", "save": "1"})
    console.post(address(own, f"dates/{day.pk}/"), {"remove": "1"})
    day.refresh_from_db()
    assert day.capacity == 3
    wrong = {"variant": other.variants.get().pk, "first": "2026-03-02", "last": "2026-03-02", "weekdays": ["0"]}
    assert console.post(address(own, "dates/"), {**wrong, "capacity": "3"}).status_code == 422


def test_the_list_stays_where_it_was_and_costs_the_same_for_a_hundred(console, shop):
    rows = [draft(shop, name_zh=f"苹果{number}") for number in range(60)]
    path = f"/console/{shop.slug}/listings/"

    def order(query: str = "") -> list[str]:
        return re.findall(r'id="listing-(\d+)"', console.get(path + query).content.decode())

    before = order()
    assert len(before) == 50
    with CaptureQueriesContext(connection) as queries:
        order()
    assert len(queries) <= 12
    size = rows[30].variants.get()
    answer = console.post(address(rows[30], "prices/"), {f"price-{size.pk}": "1", "page": "1", "status": "draft"})
    assert answer["Location"] == f"{path}?status=draft&page=1#listing-{rows[30].pk}"
    assert order() == before and order("?page=2") == [str(row.pk) for row in reversed(rows[:10])]
    assert order("?q=苹果59") == [str(rows[59].pk)] and order(f"?q={rows[7].variants.get().sku}") == [str(rows[7].pk)]
    assert order("?status=paused") == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_is_whole_in_its_language(shop, prefix):
    named = {"name_zh": "苹果", "name_en": "Apple", "description_zh": "好", "description_en": "Good"}
    rows = [draft(shop, **named), on_sale(shop, **named), draft(shop, line_kind="service", **named)]
    save(rows[1], name_en="Apples")
    submit(rows[1])
    client = signed_in(_owner(shop))
    base = f"{prefix}/console/{shop.slug}/listings/"
    pages = [base, f"{base}new/", f"{base}{rows[1].pk}/pause/", f"{base}{rows[1].pk}/withdraw/"]
    pages += [f"{base}{row.pk}/" for row in rows]
    pages += [f"{base}{rows[2].pk}/dates/", f"{base}{rows[0].pk}/discard/"]
    wrong = {}
    for path in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        found = [*_problems(answer, prefix)]
        if len(queries) > MOST_QUERIES:
            found.append(f"{len(queries)} queries")
        if found:
            wrong[path] = found
    assert wrong == {}


def _owner(shop):
    from tests.merchants import employ

    return employ(person("11@22.cn"), shop)


def _problems(answer, prefix: str):
    page = Page.of(answer.content.decode())
    if answer.status_code != 200:
        yield answer.status_code
    if page.inline:
        yield f"code inside the page: {page.inline}"
    if len(page.ids) != len(set(page.ids)):
        yield f"an id stands twice: {sorted({each for each in page.ids if page.ids.count(each) > 1})}"
    if page.headings.count(1) != 1 or any(b > a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False)):
        yield f"headings: {page.headings}"
    if prefix:
        yield from (text for language, text in page.texts if language == "en" and CJK.search(text))
    else:
        known = {"English", "SC", "GB", "kg", "JPEG", "PNG", "WebP", "MB"}
        yield from {word for lang, text in page.texts if lang == "zh-Hans" for word in LATIN.findall(text)} - known
