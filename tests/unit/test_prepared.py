"""Prepared reads answer as their querysets do, whatever the keys."""

import pytest

from catalog.models import Product, ProductCard
from catalog.prepared import Prepared
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_prepared_read_is_the_queryset_with_other_keys(django_assert_num_queries):
    first, second, third = (factories.product(tags=("spring",)) for _ in range(3))
    columns = ("pk", "published_at", "slug", "shelf_life_days", "merchant__name_zh")
    wanted = Product.objects.filter(status="on_sale").order_by("-pk").values_list(*columns)
    read = Prepared(lambda ids: wanted.filter(pk__in=ids))
    for pair in ([first.pk, second.pk], [third.pk, first.pk], [second.pk, second.pk]):
        expected = list(wanted.filter(pk__in=pair))
        with django_assert_num_queries(1):
            assert read.rows(pair) == expected
    assert read.rows([third.pk])[0][1] == third.published_at
    assert read.rows([]) == []


def test_slugs_and_json_are_converted():
    row = factories.product(tags=("spring",))
    from catalog.actions import cards

    cards.rebuild(now=NOW)
    read = Prepared(lambda slugs: ProductCard.objects.filter(slug__in=slugs).values_list("tags", "is_key_county"))
    assert read.rows([row.slug, "' OR 1=1 --"]) == [(["spring"], False)]
    assert read.rows(["nobody", "' OR 1=1 --"]) == []
