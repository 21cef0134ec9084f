"""The real map: 832 counties, their sets and pairings, and the divisions for addresses."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.actions import regions
from catalog.models import AidedRegion, AreaSet, AreaSetMember, Division, Pairing

NOW = datetime(2027, 1, 25, 4, tzinfo=UTC)


@pytest.fixture
def _map(db):
    regions.load_map(now=NOW)


@pytest.fixture
def _divisions(db):
    regions.load_divisions()


def test_every_county_of_the_list_is_there_once(_map):
    assert AidedRegion.objects.count() == 832
    assert AidedRegion.objects.values("province_code").distinct().count() == 22
    two = AidedRegion.objects.filter(code="632803").order_by("slug")
    assert [(region.slug, region.name_in_list) for region in two] == [("632803", "冷湖行委"), ("632803-2", "茫崖行委")]


def test_an_unknown_key_county_is_not_a_no(_map):
    assert AidedRegion.objects.filter(is_key_county=True).count() == 92
    assert AidedRegion.objects.filter(is_key_county=None).count() == 239
    assert set(AidedRegion.objects.filter(is_key_county=None).values_list("province_code", flat=True)) == {
        "530000", "610000", "620000", "630000", "640000",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "size", "first_moment"),
    [
        (regions.COUNTIES_832, 832, datetime(2013, 12, 31, 16, tzinfo=UTC)),
        (regions.KEY_COUNTIES_160, 92, datetime(2021, 8, 26, 16, tzinfo=UTC)),
    ],
)
def test_sets_are_dated_in_chinese_days(_map, slug, size, first_moment):
    members = AreaSet.objects.get(slug=slug).members
    assert members.at(first_moment).count() == size
    assert members.at(first_moment - timedelta(microseconds=1)).count() == 0
    assert members.at(NOW).count() == size


def test_pairings_know_their_window(_map):
    assert Pairing.objects.count() == len(regions.read_table("pairings.csv"))
    ended = Pairing.objects.exclude(valid_until=None)
    assert ended.exists()
    assert not Pairing.objects.at(NOW).filter(pk__in=ended).exists()


def test_loading_again_changes_nothing(_map):
    before = list(AidedRegion.objects.values()), list(AreaSetMember.objects.values()), list(Pairing.objects.values())
    assert regions.load_map(now=NOW + timedelta(days=1)) == regions.Loaded()
    after = list(AidedRegion.objects.values()), list(AreaSetMember.objects.values()), list(Pairing.objects.values())
    assert before == after


def test_a_changed_row_is_put_right_and_keeps_its_identity(_map):
    region = AidedRegion.objects.get(slug="610621")
    AidedRegion.objects.filter(pk=region.pk).update(name_zh="旧名")
    assert regions.load_map(now=NOW) == regions.Loaded(updated=1)
    region.refresh_from_db()
    assert region.name_zh == "延长县"


def test_a_member_that_left_the_list_is_closed_and_not_deleted(_map):
    outsider = AidedRegion.objects.filter(is_key_county=False).first()
    key_counties = AreaSet.objects.get(slug=regions.KEY_COUNTIES_160)
    AreaSetMember.objects.create(area_set=key_counties, region=outsider, valid_from=NOW - timedelta(days=9))
    assert regions.load_map(now=NOW) == regions.Loaded(updated=1)
    assert AreaSetMember.objects.get(area_set=key_counties, region=outsider).valid_until == NOW


def test_divisions_form_a_tree_of_three_levels(_divisions):
    assert Division.objects.filter(level=1).count() == 34
    assert Division.objects.count() > 3300
    assert not Division.objects.filter(level=1).exclude(parent=None).exists()
    for level in (2, 3):
        assert set(Division.objects.filter(level=level).values_list("parent__level", flat=True)) == {level - 1}
    assert not Division.objects.filter(code__startswith="99").exists()


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("610621", ["陕西省", "延安市", "延长县"]),
        ("110108", ["北京市", "北京市", "海淀区"]),
        ("500243", ["重庆市", "重庆市", "彭水苗族土家族自治县"]),
        ("429004", ["湖北省", "省直辖", "仙桃市"]),
        ("469002", ["海南省", "省直辖", "琼海市"]),
        ("659001", ["新疆维吾尔自治区", "自治区直辖", "石河子市"]),
        ("810101", ["香港特别行政区", "香港特别行政区", "中西区"]),
        ("820006", ["澳门特别行政区", "澳门特别行政区", "大堂区"]),
    ],
)
def test_every_kind_of_place_has_a_way_down_to_it(_divisions, code, path):
    county = Division.objects.select_related("parent__parent").get(code=code)
    assert [county.parent.parent.name, county.parent.name, county.name] == path


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"])
def test_a_city_without_counties_can_be_chosen(_divisions, code):
    city = Division.objects.get(code=code)
    assert city.level == 2
    assert not city.children.exists()


def test_a_municipality_is_one_city(_divisions):
    assert Division.objects.filter(parent="500000").count() == 1


def test_loading_divisions_again_changes_nothing(_divisions):
    Division.objects.filter(pk="610621").update(name="旧名")
    Division.objects.create(code="610699", name="撤销县", level=3, parent_id="610600")
    assert regions.load_divisions() == regions.Loaded(updated=1)
    assert not Division.objects.filter(pk="610699").exists()
    assert regions.load_divisions() == regions.Loaded()


def test_present_counties_of_the_map_are_places_that_parcels_can_go_to(_map, _divisions):
    codes = set(AidedRegion.objects.values_list("code", flat=True))
    assert codes - set(Division.objects.values_list("code", flat=True)) == set()
