"""The pictures of a product: what is kept, in which order, and what each change tells the pages."""

from pathlib import Path

import pytest
from django.conf import settings as shop

from catalog import pictures
from catalog.actions import cards, media
from catalog.models import ChangeRecord, ProductCard, ProductMedia
from catalog.selectors import product_detail
from tests import factories
from tests.factories import NOW
from tests.unit.test_pictures import folder, photo

__all__ = ["folder"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    made = factories.product()
    cards.rebuild(now=NOW)
    return made


def add(row, width: int = 700) -> ProductMedia:
    return media.add(product_id=row.pk, content=photo((width, 650)), actor="user 1", now=NOW)


def which(row, picture) -> dict:
    return {"product_id": row.pk, "media_id": picture.pk, "actor": "user 1", "now": NOW}


def order(row) -> list[int]:
    return [each.id for each in product_detail(row.slug, at=NOW).media]


def test_pictures_stand_in_the_order_in_which_they_came_the_first_on_the_card(row):
    first, second, third = (add(row, width) for width in (700, 710, 720))
    assert order(row) == [first.pk, second.pk, third.pk]
    assert ProductCard.objects.get().picture == first.token
    media.move(by=-1, **which(row, third))
    assert order(row) == [first.pk, third.pk, second.pk]
    media.move(by=-5, **which(row, second))
    assert order(row) == [second.pk, first.pk, third.pk]
    assert ProductCard.objects.get().picture == second.token
    media.move(by=1, **which(row, third))
    assert order(row) == [second.pk, first.pk, third.pk]
    assert [record.action for record in ChangeRecord.objects.order_by("pk")] == [
        *["media.added"] * 3,
        *["media.moved"] * 2,
    ]


def test_a_deleted_picture_is_gone_with_its_files(row):
    first, second = add(row, 700), add(row, 710)
    media.delete(**which(row, first))
    assert order(row) == [second.pk] and ProductCard.objects.get().picture == second.token
    assert {path.name[:32] for path in Path(shop.PICTURES_DIR).iterdir()} == {second.token}
    media.delete(**which(row, second))
    assert ProductCard.objects.get().picture == ""


def test_every_change_makes_pages_anew_that_show_the_product(row):
    seen = [ProductCard.objects.get().changed_in]
    first, second = add(row, 700), add(row, 710)
    for act in (
        lambda: media.describe(alt_zh="红苹果", alt_en="Red apples", **which(row, second)),
        lambda: media.move(by=-1, **which(row, second)),
        lambda: media.delete(**which(row, first)),
    ):
        seen.append(ProductCard.objects.get().changed_in)
        act()
    seen.append(ProductCard.objects.get().changed_in)
    assert seen == sorted(set(seen))


def test_the_same_picture_stands_there_once_and_there_are_so_many_at_most(row, monkeypatch):
    add(row)
    with pytest.raises(media.MediaError) as refused:
        add(row)
    assert refused.value.reason == "twice"
    monkeypatch.setattr(media, "MOST", 1)
    with pytest.raises(media.MediaError) as refused:
        add(row, 720)
    assert refused.value.reason == "many"
    assert ProductMedia.objects.count() == 1


def test_another_products_picture_is_out_of_reach(row):
    picture, other = add(row), factories.product()
    for act in (media.delete, lambda **values: media.move(by=1, **values)):
        with pytest.raises(media.MediaError) as refused:
            act(product_id=other.pk, media_id=picture.pk, actor="user 1", now=NOW)
        assert refused.value.reason == "gone"
    assert ProductMedia.objects.count() == 1


def test_what_is_no_picture_changes_nothing(row):
    with pytest.raises(pictures.BadPicture):
        media.add(product_id=row.pk, content=b"GIF89a", actor="user 1", now=NOW)
    assert not ProductMedia.objects.exists() and not ChangeRecord.objects.exists()
