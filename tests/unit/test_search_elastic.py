"""Elasticsearch request bodies against a committed snapshot, and the backend against a client that answers by hand.

`SNAPSHOT=write pytest …` writes the snapshot anew; look at the difference before committing it.
"""

import json
import os
from pathlib import Path

import elasticsearch
import pytest

from catalog import search
from catalog.actions import cards
from catalog.models import ProductCard
from catalog.search import Facet, Query, elastic
from catalog.search.documents import card_rows, document
from catalog.search.elastic_bodies import action, body, mappings
from catalog.search.understanding import Term
from tests import factories
from tests.factories import NOW

SNAPSHOT = Path(__file__).parent / "snapshots" / "elastic.json"
MOMENT = 1_770_696_000
CASES = {
    "list": body(Query(), (), MOMENT),
    "list, filtered": body(
        Query(tag="spring", province="610000", price_max_minor=5000, sort="price", page=3), (), MOMENT
    ),
    "text": body(Query(text="苹果"), (Term("苹果"),), MOMENT),
    "text, latin and place": body(
        Query(text="luochuan apple", category="fruit"), (Term("luochuan", ("延安市",)), Term("apple")), MOMENT
    ),
    "mappings": mappings(),
}


@pytest.mark.parametrize("name", CASES)
def test_bodies_are_as_committed(name):
    if os.environ.get("SNAPSHOT") == "write":
        SNAPSHOT.write_text(json.dumps(CASES, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert json.loads(json.dumps(CASES[name])) == json.loads(SNAPSHOT.read_text())[name]


def test_no_body_goes_deeper_than_the_bound():
    deep = body(Query(page=10**6), (), MOMENT)
    assert (deep["from"], deep["size"]) == (2400, 0)


@pytest.mark.django_db
def test_documents_hold_only_mapped_fields():
    row = factories.product(tags=("spring",))
    cards.rebuild(now=NOW)
    made = action(next(card_rows()), "index")
    assert made["_id"] == row.pk
    assert set(made["_source"]) == set(mappings()["mappings"]["properties"])
    assert made["_source"] == document(next(card_rows([row.pk])))


class Client:
    """Answers as a server would that holds one apple; remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def count(self, *, index, query):
        self.asked.append((index, query))
        return {"count": 1 if "苹果" in json.dumps(query, ensure_ascii=False) else 0}

    def search(self, *, index, **request):
        self.asked.append((index, request))
        buckets = [{"key": "fruit", "doc_count": 1}, {"key": "tea", "doc_count": 0}]
        return {
            "hits": {"total": {"value": 1}, "hits": [{"_id": "7", "_source": {"text": "苹果"}}]},
            "aggregations": {"category": {"doc_count": 1, "values": {"buckets": buckets}}},
        }


@pytest.fixture
def client(monkeypatch, settings):
    settings.SEARCH_BACKEND = "elasticsearch"
    made = Client()
    monkeypatch.setattr(elastic, "_client", lambda: made)
    elastic._PLACES.cache_clear()
    yield made
    elastic._PLACES.cache_clear()


@pytest.mark.django_db
def test_answers_are_read_into_results(client):
    found = search.search(Query(text="蘋果"), at=NOW)
    assert (found.product_ids, found.total, found.relaxed) == ((7,), 1, "")
    assert found.facets["category"] == (Facet("fruit", 1),)
    assert client.asked[-1] == ("bangmai-products", {"body": body(Query(text="蘋果"), (Term("苹果"),), MOMENT)})
    assert search.search(Query(text="沙发"), at=NOW).total == 0
    assert search.suggest("ping", at=NOW) == ("苹果",)
    assert search.suggest("p", at=NOW) == ()


@pytest.mark.django_db
def test_a_server_that_fails_leaves_a_bounded_list(client, monkeypatch):
    row = factories.product()
    cards.rebuild(now=NOW)

    def fail(**_):
        raise elasticsearch.ConnectionError("refused")

    monkeypatch.setattr(client, "search", fail)
    found = search.search(Query(), at=NOW)
    assert (found.product_ids, found.degraded) == ((row.pk,), True)


@pytest.mark.django_db
def test_refresh_sends_cards_and_deletions(client, monkeypatch):
    sold, paused = factories.product(), factories.product(status="paused")
    cards.rebuild(now=NOW)
    sent = []
    monkeypatch.setattr("elasticsearch.helpers.bulk", lambda _, actions, **__: sent.extend(actions))
    assert search.refresh_changed() == 2
    assert [(one["_op_type"], one["_id"]) for one in sent] == [("index", sold.pk), ("delete", paused.pk)]
    assert not ProductCard.objects.exclude(indexed_version=1).exists()
    assert search.refresh_changed() == 0
