"""Building the embedded index: it can be stopped and goes on, it misses nothing, and the shop goes on meanwhile."""

import json
from datetime import timedelta

import pytest

from catalog import search
from catalog.actions import cards
from catalog.models import ProductCard
from catalog.search import Query, building, directory
from catalog.search.engine import schema_hash
from catalog.selectors import listing
from tests.factories import NOW, merchant, product

pytestmark = pytest.mark.django_db
STEP = 2


class Stop(Exception):
    """Stands for a process that is killed."""


@pytest.fixture
def shop(settings, tmp_path, monkeypatch):
    """Seven apples, and an index of them that is in use; the next build commits after every second product."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(building, "STEP", STEP)
    monkeypatch.setattr(building, "TOLD", 1)
    seller = merchant()
    made = [product(f"延长苹果{number}", merchant=seller) for number in range(7)]
    cards.rebuild(now=NOW)
    search.rebuild()
    return made


def _stop_after(count):
    def tell(done, of):
        if done == count:
            raise Stop

    return tell


def _found(text="苹果"):
    return set(search.search(Query(text=text, size=100), at=NOW).product_ids)


def test_a_stopped_build_leaves_the_shop_as_it_was_and_goes_on(shop, settings):
    before = directory.current(schema_hash())
    with pytest.raises(Stop):
        search.rebuild(_stop_after(5))
    assert directory.current(schema_hash()) == before
    assert len(_found()) == 7
    told = []
    assert search.rebuild(lambda done, of: told.append((done, of))) == 7
    assert told == [(5, 7), (6, 7), (7, 7)]  # four were committed before
    assert _found() == {row.pk for row in shop}
    assert search.refresh_changed() == 0
    assert [path.name for path in settings.SEARCH_INDEX_DIR.glob("v-*/building.json")] == []
    assert search.suggest("苹", at=NOW)  # from those that were counted before the stop as well


def test_what_changed_while_a_build_was_stopped_is_not_missed(shop):
    with pytest.raises(Stop):
        search.rebuild(_stop_after(5))
    ProductCard.objects.filter(pk=shop[0].pk).delete()  # has been written; comes back below as something new
    gone, renamed = shop[1], shop[2]
    type(gone).objects.filter(pk=gone.pk).update(status="paused")
    type(renamed).objects.filter(pk=renamed.pk).update(name_zh="延长花椒")
    cards.rebuild(now=NOW)
    search.refresh_changed()  # of the index in use: the stopped build must survive it
    search.rebuild()
    search.refresh_changed()
    assert _found() == {row.pk for row in shop} - {gone.pk, renamed.pk}
    assert _found("花椒") == {renamed.pk}
    assert search.refresh_changed() == 0


def test_a_card_that_came_in_before_the_last_step_is_written(shop):
    early = shop[0]
    ProductCard.objects.filter(pk=early.pk).update(sellable_until=None)
    with pytest.raises(Stop):
        search.rebuild(_stop_after(5))
    ProductCard.objects.filter(pk=early.pk).update(sellable_until=NOW + timedelta(days=9))
    assert search.rebuild() == 7
    assert early.pk in _found()


def test_anew_begins_from_nothing_and_a_damaged_note_does_too(shop, settings):
    for harm in (False, True):
        with pytest.raises(Stop):
            search.rebuild(_stop_after(5))
        if harm:
            for note in settings.SEARCH_INDEX_DIR.glob("v-*/building.json"):
                note.write_text("{")
        told = []
        search.rebuild(lambda done, of, told=told: told.append(done), anew=not harm)
        assert told[0] == 1
        assert len(_found()) == 7


def test_an_index_of_an_older_form_is_not_read_and_one_command_mends_it(shop, settings):
    note = json.loads((settings.SEARCH_INDEX_DIR / "CURRENT").read_text())
    old = settings.SEARCH_INDEX_DIR / "v-0123456789-1"
    (settings.SEARCH_INDEX_DIR / note["directory"]).rename(old)
    (settings.SEARCH_INDEX_DIR / "CURRENT").write_text(json.dumps(note | {"directory": old.name}))
    assert listing(Query(text="苹果"), at=NOW).degraded
    search.rebuild()
    assert not listing(Query(text="苹果"), at=NOW).degraded
    assert len(_found()) == 7


def test_the_command_can_be_stopped_and_says_how_to_go_on(shop, monkeypatch):
    from click.testing import CliRunner

    from storefront.commands.search import rebuild

    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("catalog.search.rebuild", stopped)
        result = CliRunner().invoke(rebuild)
    assert result.exit_code == 1
    assert "run this again" in result.output
    result = CliRunner().invoke(rebuild)
    assert (result.exit_code, "7 products are in the index" in result.output) == (0, True)
