"""A list's address is read strictly, and each link changes one thing of it."""

import pytest
from django.utils.datastructures import MultiValueDict

from catalog.search import Facet, Query
from catalog.selectors import Listing
from storefront.filters import Links, read
from storefront.names import Name, Names

NAMES = Names(
    categories={"tea": Name("茶叶", "Tea")},
    schemes={"organic": Name("有机产品", "Organic")},
    zones={},
    provinces={"610000": Name("陕西省", "Shaanxi"), "620000": Name("甘肃省", "Gansu")},
    regions={},
)


def links(query, fixed=()):
    return Links("/search/", query, NAMES, fixed)


def test_an_address_is_read():
    query = read({"q": "  洛川  苹果 ", "price": "2000-5000", "sort": "-price", "page": "3", "badge": "organic"})
    assert query == Query(
        text="洛川 苹果", badge="organic", price_min_minor=2000, price_max_minor=4999, sort="-price", page=3
    )


@pytest.mark.parametrize(
    "parameters", [{"sort": "magic"}, {"page": "-4"}, {"page": "x"}, {"page": "²"}, {"price": "1-2"}, {"price": "a'b"}]
)
def test_nonsense_is_ignored(parameters):
    assert read(parameters) == Query()


def test_nobody_pages_deeper_than_the_index_goes():
    assert read({"page": "99999999999"}).page == 100


def test_what_the_page_stands_for_cannot_be_changed_by_its_address():
    assert read({"category": "tea"}, category="fruit").category == "fruit"
    assert links(Query(category="fruit"), ("category",)).url(category="tea", page=2) == "/search/?page=2"


def test_a_link_changes_one_thing_and_starts_at_the_first_page():
    shown = links(Query(text="苹果", province="610000", sort="price", page=4))
    assert shown.url(province="") == "/search/?q=%E8%8B%B9%E6%9E%9C&sort=price"
    assert shown.url(page=5).endswith("&page=5") and "610000" in shown.url(page=5)
    assert shown.clear() == "/search/?q=%E8%8B%B9%E6%9E%9C&sort=price"


def test_a_price_survives_the_way_there_and_back():
    for value in ("-2000", "2000-5000", "20000-"):
        query = read(MultiValueDict({"price": [value]}))
        assert f"price={value}" in links(query).url(page=2)


def test_facets_show_names_counts_and_what_is_on():
    shown = links(Query(province="610000"))
    facets = {"province": (Facet("610000", 3), Facet("620000", 2)), "badge": (Facet("organic", 3),)}
    (group,) = shown.groups(facets)
    assert [(option.label, option.count, option.selected) for option in group.options] == [
        ("陕西省", 3, True),
        ("甘肃省", 2, False),
    ]
    assert group.options[0].url == "/search/" and group.options[1].url == "/search/?province=620000"
    assert [option.label for option in shown.active()] == ["陕西省"]


def test_a_facet_in_use_stays_even_when_it_narrows_nothing():
    assert [group.name for group in links(Query(badge="organic")).groups({"badge": (Facet("organic", 3),)})] == [
        "badge"
    ]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, ["1"]),
        (1, 9, ["1", "2", None, "9"]),
        (5, 9, ["1", None, "4", "5", "6", None, "9"]),
        (3, 4, ["1", "2", "3", "4"]),
    ],
)
def test_pages_show_the_ends_and_the_neighbours(page, pages, shown):
    listing = Listing(cards=(), total=0, page=page, pages=pages, facets={}, relaxed="", sellable_until=None)
    found = links(Query(page=page)).pages(listing)
    assert [option and option.label for option in found] == shown
    assert next(option for option in found if option and option.selected).label == str(page)
