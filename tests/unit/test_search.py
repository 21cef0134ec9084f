"""The embedded index over real rows: what queries find, what the database still refuses, and how it is written."""

from collections import Counter
from dataclasses import replace

import pytest
from django.db.models import F

from catalog import search
from catalog.actions import cards
from catalog.models import CatalogState, Division, ProductCard
from catalog.search import Query, directory
from catalog.search.directory import IndexBusy
from catalog.selectors import listing
from tests.factories import DAY, NOW, category, merchant, product, region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return settings.SEARCH_INDEX_DIR


def place(code, county, prefecture, province, english):
    return region(
        code=code,
        name_zh=county,
        name_en=f"{english} County",
        prefecture_code=f"{code[:4]}00",
        prefecture_zh=prefecture,
        prefecture_en="",
        province_code=f"{code[:2]}0000",
        province_zh=province,
        province_en="",
        slug=code,
    )


@pytest.fixture
def shop():
    """Apples of 延长 and 静宁, tea of 安化, a pickle of 静宁; 洛川 is a division without products."""
    yanchang = merchant(region=place("610621", "延长县", "延安市", "陕西省", "Yanchang"))
    jingning = merchant(region=place("620826", "静宁县", "平凉市", "甘肃省", "Jingning"))
    anhua = merchant(region=place("430923", "安化县", "益阳市", "湖南省", "Anhua"))
    shaanxi = Division.objects.create(code="610000", name="陕西省", level=1)
    yanan = Division.objects.create(code="610600", name="延安市", level=2, parent=shaanxi)
    Division.objects.create(code="610629", name="洛川县", level=3, parent=yanan)
    tea, pickles = category("tea", "茶叶", "Tea"), category("condiment", "调味酱菜", "Condiments & pickles")
    made = {
        "yanchang": product("延长苹果", merchant=yanchang, name_en="Yanchang apple"),
        "jingning": product("静宁苹果礼盒", merchant=jingning, name_en="Jingning apple gift box"),
        "tea": product("安化黑茶(茯砖)", merchant=anhua, name_en="Anhua dark tea", category=tea, kind="dark-tea"),
        "pickle": product("静宁酸菜", merchant=jingning, name_en="Jingning pickle", category=pickles, kind="pickle"),
    }
    cards.rebuild(now=NOW)
    search.rebuild()
    return made


def found(shop, text, **filters):
    ids = search.search(Query(text=text, **filters), at=NOW).product_ids
    return {name for name, row in shop.items() if row.pk in ids}


APPLES = {"yanchang", "jingning"}


@pytest.mark.parametrize(
    "text", ["苹果", "蘋果", "pingguo", "apple", "APPLE", "ＡＰＰＬＥ", "apples", "aple", "pg", "苹"]
)
def test_apples_are_found_in_every_spelling(shop, text):
    assert found(shop, text) == APPLES


@pytest.mark.parametrize(
    "text",
    [
        "延长苹果",
        "延长 苹果",
        "yanchang pingguo",
        "ycpg",
        "yanchangpingguo",
        "延安 苹果",
        "延安市苹果",
        "陕西 蘋果",
        "Yanchang",
    ],
)
def test_places_of_every_level_narrow(shop, text):
    assert found(shop, text) == {"yanchang"}


@pytest.mark.parametrize(
    ("text", "names", "relaxed"),
    [
        ("洛川 苹果", {"yanchang"}, "延安市 苹果"),
        ("洛川苹果", {"yanchang"}, "延安市 苹果"),
        ("洛川县", {"yanchang"}, "延安市"),
        ("luochuan pingguo", {"yanchang"}, "延安市 pingguo"),
        ("延长 酸菜", {"pickle"}, "酸菜"),
        ("苹果 沙发", APPLES, "苹果"),
        ("jingnign", {"jingning", "pickle"}, "jingning"),
    ],
)
def test_what_finds_nothing_is_widened_and_says_so(shop, text, names, relaxed):
    result = search.search(Query(text=text), at=NOW)
    assert found(shop, text) == names
    assert result.relaxed == relaxed


def test_slips_are_mended_and_the_text_can_still_be_taken_as_it_is(shop):
    mended = search.search(Query(text="静宁平果"), at=NOW)
    assert (mended.product_ids, mended.relaxed, mended.is_corrected) == ((shop["jingning"].pk,), "静宁 苹果", True)
    assert {"静宁", "苹果"} <= set(mended.marks)
    literal = search.search(Query(text="静宁平果", literal=True), at=NOW)
    assert (literal.total, literal.relaxed) == (0, "")


def test_initials_of_a_place_without_products_find_what_is_near(shop):
    found = search.search(Query(text="lcpg"), at=NOW)
    assert found.product_ids == (shop["yanchang"].pk,)
    assert "苹果" in found.relaxed


def test_an_editors_synonym_is_found_without_a_new_index(shop, settings, tmp_path):
    settings.SEARCH_SYNONYMS_FILE = tmp_path / "synonyms.txt"
    assert found(shop, "平安果") == set()
    settings.SEARCH_SYNONYMS_FILE.write_text("平安果 = 苹果\n", encoding="utf-8")
    assert found(shop, "平安果") == APPLES


@pytest.mark.parametrize("text", ["沙发", "zzzzzz", "!!!", "沙发 zzzz"])
def test_nothing_found_is_empty(shop, text):
    result = search.search(Query(text=text), at=NOW)
    assert (result.product_ids, result.total, result.degraded) == ((), 0, False)


def test_filters_that_leave_nothing_do_not_loosen_the_text(shop):
    result = search.search(Query(text="苹果", category="tea"), at=NOW)
    assert (result.total, result.relaxed) == (0, "")
    assert [(facet.value, facet.count) for facet in result.facets["category"]] == [("fruit", 2)]


def test_facets_count_and_sorts_order(shop):
    ProductCard.objects.filter(pk=shop["tea"].pk).update(sold_quantity=50)
    ProductCard.objects.filter(pk=shop["pickle"].pk).update(price_minor=100, sold_quantity=3)
    search.rebuild()
    result = search.search(Query(), at=NOW)
    assert result.total == 4
    assert result.product_ids[:2] == (shop["tea"].pk, shop["pickle"].pk)
    counts = {name: {facet.value: facet.count for facet in facets} for name, facets in result.facets.items()}
    assert counts["category"] == {"fruit": 2, "tea": 1, "condiment": 1}
    assert counts["province"] == {"620000": 2, "610000": 1, "430000": 1}
    assert counts["badge"] == {"aid-product": 4}
    assert counts["price"] == {"-2000": 1, "5000-10000": 3}
    assert search.search(Query(sort="price"), at=NOW).product_ids[0] == shop["pickle"].pk
    assert search.search(Query(sort="-price"), at=NOW).product_ids[-1] == shop["pickle"].pk
    assert search.search(Query(price_max_minor=2000), at=NOW).product_ids == (shop["pickle"].pk,)
    assert search.search(Query(size=3, page=2), at=NOW).product_ids == search.search(Query(), at=NOW).product_ids[3:]


def test_listing_drops_what_expired_since_it_was_indexed(shop, django_assert_num_queries):
    shop["jingning"].certificates.update(valid_until=NOW)
    cards.rebuild(product_ids=[shop["jingning"].pk], now=NOW)
    assert search.search(Query(text="苹果"), at=NOW).total == 2  # the index does not know yet
    search.suggest("静", at=NOW)
    with django_assert_num_queries(2):
        page = listing(Query(text="苹果"), at=NOW)
    assert [card.product_id for card in page.cards] == [shop["yanchang"].pk]
    assert (page.total, page.pages, page.sellable_until) == (1, 1, NOW + 100 * DAY)
    assert search.refresh_changed() == 1
    assert search.search(Query(text="苹果"), at=NOW).total == 1


def test_a_window_that_closes_by_itself_needs_no_refresh(shop):
    later = NOW + 100 * DAY
    assert listing(Query(), at=later - DAY).total == 4
    assert listing(Query(), at=later).cards == ()


def test_refresh_adds_changes_and_removes(shop):
    new = product("延长花椒", merchant=shop["yanchang"].merchant, kind="pepper")
    cards.rebuild(product_ids=[new.pk], now=NOW)
    assert search.search(Query(text="花椒"), at=NOW).total == 0
    before = CatalogState.objects.get().whole_version
    assert search.refresh_changed() == 1
    assert search.refresh_changed() == 0
    assert CatalogState.objects.get().whole_version == before  # kept lists end by themselves
    assert search.search(Query(text="花椒"), at=NOW).product_ids == (new.pk,)
    type(new).objects.filter(pk=new.pk).update(status="paused")
    cards.rebuild(product_ids=[new.pk], now=NOW)
    search.refresh_changed()
    assert search.search(Query(text="花椒"), at=NOW).total == 0


def test_one_writer_at_a_time(shop):
    with directory.writing():
        with pytest.raises(IndexBusy):
            search.rebuild()
        ProductCard.objects.update(version=99)
        assert search.refresh_changed() == 0
    assert search.refresh_changed() == 4


@pytest.mark.parametrize("harm", ["missing", "other schema", "damaged", "empty"])
def test_without_a_usable_index_the_database_answers_and_says_so(shop, index_dir, harm):
    current = index_dir / "CURRENT"
    if harm == "missing":
        current.unlink()
    elif harm == "other schema":
        current.write_text(current.read_text().replace("v-", "v-old"))
    elif harm == "empty":
        current.write_text("")
    else:
        for path in index_dir.glob("v-*/meta.json"):
            path.write_text("{")
        current.write_text(current.read_text() + " ")
        current.rename(index_dir / "moved")
        (index_dir / "moved").rename(current)
    page = listing(Query(category="tea"), at=NOW)
    assert page.degraded
    assert [card.name_zh for card in page.cards] == ["安化黑茶(茯砖)"]
    assert search.suggest("静", at=NOW) == ()
    search.rebuild()
    assert not listing(Query(category="tea"), at=NOW).degraded


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("静", "静宁县"),
        ("jing", "静宁县"),
        ("jn", "静宁县"),
        ("苹", "苹果"),
        ("ping", "苹果"),
        ("茶", "茶叶"),
        ("tea", "Tea"),
    ],
)
def test_suggestions_come_from_one_character_or_two_letters(shop, text, first):
    assert first in search.suggest(text, at=NOW)


def test_what_many_kinds_are_is_suggested_before_each_of_them(shop):
    seller = shop["yanchang"].merchant
    for kind, name in (("fuji", "延长红富士苹果"), ("gala", "延长嘎啦苹果"), ("vinegar", "延长苹果醋")):
        product(name, merchant=seller, kind=kind)
    cards.rebuild(now=NOW)
    search.rebuild()
    assert search.suggest("苹", at=NOW) == ("苹果", "苹果醋")
    assert search.suggest("pingg", at=NOW)[0] == "苹果"


def test_suggestions_are_few_and_real(shop):
    assert search.suggest("j", at=NOW) == ()
    assert search.suggest("", at=NOW) == ()
    assert search.suggest("洛川", at=NOW) == ()
    assert len(search.suggest("静", at=NOW, limit=1)) == 1


@pytest.fixture
def shelf():
    """Thirty products of three provinces, two shelves and ten prices, of which five each cost and sold the same."""
    places = [place(f"{code}0021", f"县{code}", f"市{code}", f"省{code}", f"P{code}") for code in (61, 62, 43)]
    shelves = [category("fruit", "水果", "Fruit"), category("tea", "茶叶", "Tea")]
    sellers = [merchant(region=one) for one in places]
    rows = []
    for n in range(1, 31):
        name = f"红茶{n}" if n % 2 else f"苹果{n}"
        rows.append(product(name, merchant=sellers[n % 3], category=shelves[n % 2], name_en=""))
    cards.rebuild(now=NOW)
    for row in rows:
        ProductCard.objects.filter(pk=row.pk).update(sold_quantity=row.pk % 6, price_minor=900 * (row.pk % 6))
    search.rebuild()
    return rows


@pytest.mark.parametrize("sort", ["relevance", "sales", "price", "-price", "newest"])
@pytest.mark.parametrize("text", ["", "苹果"])
def test_cursors_walk_a_whole_list_once_whatever_changes_behind_them(shelf, sort, text, monkeypatch):
    query, seen = Query(text=text, sort=sort, size=4), []
    whole = search.search(replace(query, size=100), at=NOW).product_ids
    monkeypatch.setattr("catalog.search.embedded.DEPTH_MAX", 8)  # pages end there, cursors do not
    page = search.search(query, at=NOW)
    while True:
        seen += page.product_ids
        if not page.more:
            break
        page = search.search(replace(query, after=page.cursors[-1]), at=NOW)
    assert tuple(seen) == whole
    assert len(set(seen)) == (30 if not text else 15)


def test_a_cursor_by_number_holds_while_the_list_changes(shelf):
    first = search.search(Query(sort="price", size=10), at=NOW)
    ProductCard.objects.filter(pk=first.product_ids[0]).update(price_minor=99999, version=F("version") + 1)
    search.refresh_changed()
    rest = search.search(Query(sort="price", size=100, after=first.cursors[-1]), at=NOW).product_ids
    assert not set(first.product_ids[1:]) & set(rest)
    assert rest[-1] == first.product_ids[0]


FILTERS = [{}, {"category": "tea"}, {"province": "610000"}, {"category": "fruit", "province": "430000"}]


@pytest.mark.parametrize("filters", [*FILTERS, {"price_max_minor": 2699}, {"category": "tea", "price_min_minor": 2700}])
def test_facets_count_what_each_choice_would_leave(shelf, filters):
    facets = search.search(Query(**filters), at=NOW).facets
    for name, column in (("category", "category_slug"), ("province", "province_code"), ("region", "region_slug")):
        others = {key: value for key, value in filters.items() if key != name}
        rows = ProductCard.objects.all()
        for key, value in others.items():
            rows = rows.filter(**{_COLUMNS[key]: value})
        counted = Counter(rows.values_list(column, flat=True))
        assert {facet.value: facet.count for facet in facets[name]} == counted
        for value, count in counted.items():
            assert search.search(Query(**(filters | {name: value})), at=NOW).total == count
    for facet in facets["price"]:
        low, _, high = facet.value.partition("-")
        bounds = {"price_min_minor": int(low) if low else None, "price_max_minor": int(high) - 1 if high else None}
        assert search.search(Query(**(filters | bounds)), at=NOW).total == facet.count


_COLUMNS = {
    "category": "category_slug",
    "province": "province_code",
    "price_max_minor": "price_minor__lte",
    "price_min_minor": "price_minor__gte",
}


def test_a_list_never_goes_deeper_than_its_bound(shop):
    assert search.search(Query(page=10**9), at=NOW).product_ids == ()
    assert search.search(Query(page=-3), at=NOW).total == 4
