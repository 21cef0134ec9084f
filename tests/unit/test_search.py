"""The embedded index over real rows: what queries find, what the database still refuses, and how it is written."""

import pytest

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


def test_suggestions_are_few_and_real(shop):
    assert search.suggest("j", at=NOW) == ()
    assert search.suggest("", at=NOW) == ()
    assert search.suggest("洛川", at=NOW) == ()
    assert len(search.suggest("静", at=NOW, limit=1)) == 1


def test_a_list_never_goes_deeper_than_its_bound(shop):
    assert search.search(Query(page=10**9), at=NOW).product_ids == ()
    assert search.search(Query(page=-3), at=NOW).total == 4
