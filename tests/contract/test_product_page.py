"""The product page shows all that it must, in both languages: promise, certificate, households, label, returns."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront import live, names
from tests import scripts
from tests.factories import (
    DAY,
    NOW,
    benefit_report,
    category,
    certificate,
    food_label,
    merchant,
    product,
    region,
    scheme,
    variant,
)
from tests.page_text import Page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
OF_SERVICE = 14  # its terms and its days
ORGANIC = {"slug": "organic", "name_zh": "有机产品", "name_en": "Organic product"}


@pytest.fixture(autouse=True)
def shop(settings, monkeypatch):
    """Nothing is kept from the test before, and it is NOW."""
    settings.PAGE_CACHE = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    names.forget()
    live.forget()


def _organic():
    row = scheme("organic", admits_sale=False)
    row.name_zh, row.name_en = ORGANIC["name_zh"], ORGANIC["name_en"]
    row.save()
    return row


def _cake(**values):
    """A jujube cake of two sizes that an agent sells, organic, with label and report."""
    agent = merchant(
        region=region(slug="yanchang"), producer_type="agent", producer_zh="果业联合社", producer_en="Fruit union",
        name_zh="供销站", name_en="Supply station",
    )  # fmt: skip
    benefit_report(agent, households=1260)
    row = product(
        "枣糕", slug="cake", name_en="Jujube cake", merchant=agent, certified=False, shelf_life_days=90,
        dispatch_hours=48, processing="deep_processed", **values,
    )  # fmt: skip
    variant(row, name_zh="500g/盒", name_en="500 g box", weight_grams=500)
    certificate(row, number="BM-1").coverage.update(scope="枣糕，两种规格")
    certificate(row, number="ORG-1", scheme=_organic())
    food_label(row)
    return row


def _text(client, path: str, *, most: int = MOST_QUERIES) -> str:
    """Return what a page says, tags taken out and blanks folded."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200
    assert len(queries) <= most
    return " ".join(text for _, text in Page.of(response.content.decode()).texts)


MUST_SHOW = {
    "": (
        # promise
        "付款后 48 小时内发货", "每单每家店运费 ¥8.00", "支持七日无理由退货", "延长县发货，收货地址下单时填写",
        # certificate
        "枣糕", "BM-1", "县农业农村局", "枣糕，两种规格", "2025年11月2日", "2026年5月21日", "有效", "延长县", "610621",
        "由 果业联合社 生产，委托 供销站 销售。".replace(" ", ""),
        # households
        "联农带农", "订单收购农户产品", "1,260 户", "2025年1月1日", "2025年12月31日", "2026年1月12日",
        # marks of quality
        "有机产品", "编号 ORG-1，县农业农村局",
        # facts and label
        "加工食品", "红枣、核桃仁", "含坚果", "5kg、500g/盒", "陕西省 · 延安市 · 延长县", "见产品包装", "90 天",
        "置于阴凉干燥处", "SC00000000000007", "GB/T 22165",
        # returns and shop
        "退回运费由您承担（《消费者权益保护法》第二十五条）", "生产者委托的代理商",
    ),
    "/en": (
        "Sent within 48 hours of payment", "Delivery ¥8.00 for each shop and order",
        "Seven days to send it back without a reason", "Ships from Yanchang County, to the address",
        "枣糕", "BM-1", "County bureau of agriculture", "枣糕，两种规格", "2 Nov 2025", "21 May 2026", "Valid today",
        "610621", "Fruit union produces it and has entrusted Supply station with the sale.",
        "What it does for farming households", "Buys households’ harvests under contract", "1,260 households",
        "1 Jan 2025", "31 Dec 2025", "12 Jan 2026",
        "Organic product", "No. ORG-1, County bureau of agriculture",
        "Processed food", "Jujube, walnut kernels", "Contains tree nuts", "5 kg, 500 g box",
        "Shaanxi · Yan'an City · Yanchang County", "Printed on each package", "90 days", "Keep cool and dry",
        "SC00000000000007", "GB/T 22165",
        "you pay the way back (Consumer Protection Law, article 25)", "Agent of the producer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("prefix", MUST_SHOW)
def test_it_shows_all_that_it_must(client, prefix):
    _cake()
    text = _text(client, f"{prefix}/products/cake/")
    assert [words for words in MUST_SHOW[prefix] if words not in text] == []


def test_each_page_keeps_to_its_language(client):
    _cake()
    english = Page.of(client.get("/en/products/cake/").content.decode()).texts
    assert [text for language, text in english if language == "en" and re.search(r"[\u3400-\u9fff]", text)] == []
    chinese = Page.of(client.get("/products/cake/").content.decode()).texts
    words = {word for language, text in chinese if language == "zh-Hans" for word in re.findall(r"[A-Za-z]{3,}", text)}
    assert words <= {"English", "ORG"}
    traditional = Page.of(client.get("/zh-hant/products/cake/").content.decode()).texts
    assert scripts.unmarked(traditional) == []
    words = {
        word for language, text in traditional if language == "zh-Hant" for word in re.findall("[A-Za-z]{3,}", text)
    }
    assert words <= {"English", "ORG"}


def test_sections_stand_in_their_order(client):
    _cake()
    html = client.get("/products/cake/").content.decode()
    marks = ("product-price", "<h1", 'class="promise"', "product-variants", 'id="certificate"', 'id="county-title"',
             'id="facts-title"', 'id="label"', 'id="returns"', 'id="shop-title"')  # fmt: skip
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    assert 'href="#returns"' in html
    assert 'href="#certificate"' in html


STATES = {
    "valid": ({}, ("good", "check", "有效", "Valid today")),
    "expiring": ({"valid_until": NOW + 9 * DAY}, ("warn", "clock", "2026年2月19日", "Valid, ends on")),
    "expired": ({"valid_until": NOW - DAY}, ("bad", "stop", "已过期", "Expired")),
    "revoked": ({"revoked_at": NOW - DAY}, ("bad", "stop", "已撤销", "Revoked")),
    "pending": ({"valid_from": NOW + DAY}, ("warn", "clock", "尚未生效", "Not yet in force")),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["admitting", "mark"])
def test_each_state_has_colour_icon_and_words(client, state, kind):
    values, (colour, icon, chinese, english) = STATES[state]
    row = product(slug="apple", certified=kind == "mark")
    certificate(row, scheme=_organic() if kind == "mark" else scheme(), **values)
    for prefix, words in (("", chinese), ("/en", english)):
        html = client.get(f"{prefix}/products/apple/").content.decode()
        panel = html[html.index('id="certificate"') : html.index('id="county-title"')]
        told = panel if kind == "admitting" else panel[panel.index('class="marks"') :]
        badge = told[told.index('class="state ') :].split("</span>", 1)[0]
        assert badge.startswith(f'class="state {colour}"')
        assert f"#{icon}" in badge
        assert words in badge
    if state == "revoked":
        assert "9 Feb 2026" in told


def test_a_mark_that_has_ended_is_no_badge_under_the_title(client):
    row = product(slug="apple")
    mark = certificate(row, scheme=_organic())
    assert "Organic product" in _head(client)
    mark.valid_until = NOW - DAY
    mark.save()
    assert "Organic product" not in _head(client)


def _head(client) -> str:
    html = client.get("/en/products/apple/").content.decode()
    return html[: html.index('class="promise"')]


def test_what_is_in_force_stands_before_what_was_revoked(client):
    row = product(slug="apple", certified=False)
    certificate(row, number="BM-OLD", valid_until=NOW + 400 * DAY, revoked_at=NOW - DAY)
    certificate(row, number="BM-NEW")
    text = _text(client, "/products/apple/")
    assert text.index("BM-NEW") < text.index("BM-OLD")


def test_a_product_without_any_certificate_says_so_and_still_who_sells(client):
    product(slug="apple", certified=False, merchant=merchant(name_zh="合作社", name_en="Cooperative"))
    text = _text(client, "/products/apple/")
    assert "未认定" in text
    assert "由合作社自产自销。" in text


def test_who_produces_is_said_in_words(client):
    farm = merchant(name_zh="农场", name_en="Farm", producer_type="family_farm")
    product(slug="apple", merchant=farm)
    assert "由农场自产自销。" in _text(client, "/products/apple/")
    assert "Farm produces and sells it itself." in _text(client, "/en/products/apple/")
    agent = merchant(name_zh="代理", name_en="Agency", producer_type="agent")
    product(slug="pear", merchant=agent)
    assert "由代理代理销售，生产者尚未填报。" in _text(client, "/products/pear/")
    assert "the producer is not named yet" in _text(client, "/en/products/pear/")


def test_where_nothing_was_reported_no_figure_is_given(client):
    product(slug="apple")
    assert "暂无填报数据，故此处不列数字。" in _text(client, "/products/apple/")
    text = _text(client, "/en/products/apple/")
    assert "Nothing has been reported yet" in text
    assert "household " not in text


def test_the_newest_report_is_the_one_that_is_shown(client):
    row = product(slug="apple")
    benefit_report(row.merchant, households=1, mode="employment")
    benefit_report(row.merchant, households=77, mode="shareholding", reported_on=date(2026, 2, 1))
    text = _text(client, "/products/apple/")
    assert "农户入股分红" in text
    assert "77 户" in text
    assert "吸纳农户务工" not in text


def test_fresh_goods_say_that_they_cannot_be_sent_back_and_need_no_licence(client):
    row = product(slug="apple", return_rule="excluded", processing="primary", dispatch_hours=24, shelf_life_days=30)
    food_label(row, licence_number="", standard="", allergens_zh="", allergens_en="")
    text = _text(client, "/products/apple/")
    for words in ("付款后 24 小时内发货", "生鲜易腐，不支持七日无理由退货", "不适用七日无理由退货", "下单前会请您确认",
                  "初级农产品，无需食品生产许可", "标签未标示致敏物质"):  # fmt: skip
        assert words in text
    assert "支持七日无理由退货" not in text.replace("不支持七日无理由退货", "")
    assert "执行标准" not in text
    assert "needs no food production licence" in _text(client, "/en/products/apple/")


def test_handicraft_has_no_food_label(client):
    product(slug="batik", processing="not_food", category=category("handicraft", "手工艺品", "Handicrafts"))
    text = _text(client, "/products/batik/")
    for words in ("食品标签", "配料", "加工程度"):
        assert words not in text
    assert "陕西省 · 延安市 · 延长县" in text


def test_free_delivery_is_said_in_words(client):
    product(slug="apple", merchant=merchant(shipping_fee_minor=0))
    assert "包邮" in _text(client, "/products/apple/")
    assert "¥0.00" not in client.get("/en/products/apple/").content.decode()


def test_a_service_promises_no_parcel(client):
    product(
        "采摘一日", slug="picking", name_en="Picking day", line_kind="service", storage="none", on_hand=None,
        return_rule="excluded", merchant=merchant(name_zh="合作社", name_en="Co-op"),
    )  # fmt: skip
    text = _text(client, "/products/picking/", most=OF_SERVICE)
    for words in ("服务地点：延长县", "按日期预约，不支持七日无理由退货", "由合作社直接提供服务。", "服务按日期预约"):
        assert words in text
    for words in ("小时内发货", "运费", "食品标签", "储存", "生鲜"):
        assert words not in text
    english = _text(client, "/en/products/picking/", most=OF_SERVICE)
    assert "Takes place in Yanchang County" in english
    assert "Co-op gives this service itself." in english
