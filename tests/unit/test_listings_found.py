"""What the office has approved is found, and what it has not is not."""

import pytest

from catalog import search
from catalog.actions import cards
from catalog.search import Query
from tests.factories import NOW, certificate
from tests.listings import approve, draft, save, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


def found(words: str) -> int:
    search.refresh_changed()
    return search.search(Query(text=words), at=NOW).total


def test_a_listing_is_found_once_it_is_approved_under_the_name_that_was_approved():
    on_shelf = draft(name_zh="洛川苹果")
    certificate(on_shelf)
    submit(on_shelf)
    approve(on_shelf)
    cards.rebuild(now=NOW)
    search.rebuild()
    row = draft(name_zh="新季红富士e3a9f1")
    certificate(row)
    submit(row)
    assert found("新季红富士e3a9f1") == 0 and found("红富士") == 0
    approve(row)
    assert found("红富士") == 1 and found("新季红富士e3a9f1") == 1
    save(row, name_zh="高原花牛")
    submit(row)
    assert found("花牛") == 0
    approve(row)
    assert found("花牛") == 1
