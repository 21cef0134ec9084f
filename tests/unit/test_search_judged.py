"""Judged queries over one product of each real kind, each from a real county: recall of the first twenty."""

import re

import pytest

from catalog import search
from catalog.actions import cards
from catalog.actions.regions import load_divisions, load_map, read_table
from catalog.models import (
    AidedRegion,
    Certificate,
    CertificateProduct,
    Merchant,
    MerchantApproval,
    Product,
    ProductVariant,
)
from catalog.search import Query
from catalog.search.text import short_place
from tests.factories import DAY, NOW, category, scheme

pytestmark = pytest.mark.django_db

RECALL = 0.95
APPLE = "苹果"
# What is typed, what a relevant name holds (a regular expression, on Chinese and English name), and where it is from.
JUDGED = [
    ("苹果", APPLE),
    ("蘋果", APPLE),
    ("pingguo", APPLE),
    ("ping guo", APPLE),
    ("PINGGUO", APPLE),
    ("ｐｉｎｇｇｕｏ", APPLE),
    ("apple", r"\bapple\b"),
    ("apples", r"\bapple\b"),
    ("aplle", r"\bapple\b"),
    ("红富士苹果", "红富士苹果"),
    ("hongfushi", "红富士"),
    ("hfspg", "红富士苹果"),
    ("fuji apple", "Fuji apple"),
    ("延川 苹果", APPLE, "延川"),
    ("甘肃 苹果", APPLE, "甘肃"),
    ("甘肃省苹果", APPLE, "甘肃"),
    ("gansu pingguo", APPLE, "甘肃"),
    ("洛川 苹果", APPLE, "延安"),
    ("洛川苹果", APPLE, "延安"),
    ("luochuan apple", r"\bapple\b", "延安"),
    ("延安", "", "延安"),
    ("延安市", "", "延安"),
    ("陕西", "", "陕西"),
    ("陝西省", "", "陕西"),
    ("凉山", "", "凉山"),
    ("涼山彝族自治州", "", "凉山"),
    ("木耳", "木耳"),
    ("黑木耳", "黑木耳"),
    ("muer", "木耳"),
    ("小米", "小米"),
    ("xiaomi", "小米"),
    ("millet", "millet"),
    ("milet", "millet"),
    ("大米", "大米"),
    ("dami", "大米"),
    ("rice", r"\brice\b"),
    ("红枣", "红枣"),
    ("紅棗", "红枣"),
    ("hongzao", "红枣"),
    ("猕猴桃", "猕猴桃"),
    ("獼猴桃", "猕猴桃"),
    ("mihoutao", "猕猴桃"),
    ("kiwifruit", "kiwifruit"),
    ("脐橙", "脐橙"),
    ("臍橙", "脐橙"),
    ("navel orange", "navel orange"),
    ("辣椒", "辣椒"),
    ("lajiao", "辣椒"),
    ("chilli", "chilli"),
    ("chili", "chilli|chili"),
    ("大蒜", "大蒜"),
    ("荞麦", "荞"),
    ("蕎麥", "荞麦"),
    ("青稞", "青稞"),
    ("茶", "茶"),
    ("蜂蜜", "蜂蜜|蜜$"),
    ("honey", r"\bhoney\b"),
    ("hony", r"\bhoney\b"),
    ("牦牛", "牦牛"),
    ("犛牛", "牦牛"),
    ("香菇", "香菇"),
    ("xianggu", "香菇"),
    ("枸杞", "枸杞"),
    ("goji", "goji"),
    ("石榴", "石榴"),
    ("芒果", "芒果"),
    ("云南 芒果", "芒果", "云南"),
    ("mango", "mango"),
    ("土豆", "土豆|马铃薯"),
    ("洋芋", "土豆|马铃薯"),
    ("西红柿", "番茄"),
    ("橙子", "橙"),
    ("桃子", "[黄水蜜蟠冬]桃$"),
    ("地瓜", "红薯"),
]
NOTHING = ["沙发", "手机壳", "qwertyuiop", "轮胎", "？？？"]


def _middle(codes: list[str]) -> str:
    return codes[len(codes) // 2]


def _fill() -> list[tuple[int, str, str]]:
    """Offer one product of each kind from one of its counties; return (id, names, places)."""
    regions: dict[str, AidedRegion] = {}
    for row in AidedRegion.objects.order_by("slug"):
        regions.setdefault(row.code, row)
    shelves = {
        row["slug"]: category(row["slug"], row["name_zh"], row["name_en"]) for row in read_table("categories.csv")
    }
    admitting, shelf = scheme(), []
    for number, kind in enumerate(read_table("product_kinds.csv")):
        place = regions[_middle(kind["region_codes"].split(";"))]
        seller = Merchant.objects.create(
            slug=f"seller-{number}", name_zh="合作社", name_en="Cooperative", region=place, created_at=NOW
        )
        MerchantApproval.objects.create(merchant=seller, valid_from=NOW - DAY)
        title_zh, title_en = kind["title_pattern"], kind["title_pattern_en"]
        row = Product.objects.create(
            slug=f"product-{number}",
            merchant=seller,
            region=place,
            category=shelves[kind["category"]],
            kind=kind["kind"],
            name_zh=title_zh.format(place=short_place(place.name_zh), name=kind["name_zh"]),
            name_en=title_en.format(place=place.name_en.split()[0], name=kind["name_en"]),
            status=Product.Status.ON_SALE,
            published_at=NOW,
            updated_at=NOW,
        )
        ProductVariant.objects.create(product=row, sku=f"SKU-{number}", name_zh="1", name_en="1", price_minor=990)
        window = {"valid_from": NOW - DAY, "approved_at": NOW - DAY, "valid_until": NOW + DAY, "step": "approved"}
        names = {"number": f"C-{number}", "issuer_zh": "局", "issuer_en": "Bureau"}
        certificate = Certificate.objects.create(scheme=admitting, merchant=seller, region=place, **window, **names)
        CertificateProduct.objects.create(certificate=certificate, product=row, certified_name=row.name_zh)
        where = f"{place.name_zh} {place.prefecture_zh} {place.province_zh}"
        shelf.append((row.pk, f"{row.name_zh}\n{row.name_en}", where))
    return shelf


def test_judged_queries_find_what_they_should(settings, tmp_path, capsys):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    load_map(now=NOW)
    load_divisions()
    shelf = _fill()
    cards.rebuild(now=NOW)
    search.rebuild()
    recalls, empty = [], []
    for text, name, *place in JUDGED:
        wanted = re.compile(name, re.IGNORECASE | re.MULTILINE)
        relevant = {pk for pk, names, where in shelf if wanted.search(names) and all(one in where for one in place)}
        assert relevant, f"nothing on the shelf is judged relevant to {text}"
        found = search.search(Query(text=text, size=20), at=NOW)
        recalls.append(len(relevant & set(found.product_ids)) / min(20, len(relevant)))
        if not found.product_ids:
            empty.append(text)
        with capsys.disabled():
            print(f"\n{text:16} {len(relevant):3} relevant, {found.total:3} found, recall {recalls[-1]:.2f}", end=" ")
            print(found.relaxed, end="")
    mean = sum(recalls) / len(recalls)
    with capsys.disabled():
        print(f"\n{len(JUDGED)} queries over {len(shelf)} products: mean recall of the first twenty {mean:.3f}")
    assert empty == []
    assert mean >= RECALL
    for text in NOTHING:
        assert search.search(Query(text=text), at=NOW).total == 0, text
