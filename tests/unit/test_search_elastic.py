"""Elasticsearch request bodies against a committed snapshot, and the backend against a client that answers by hand.

`SNAPSHOT=write pytest …` writes the snapshot anew; look at the difference before committing it.
"""

import json
import os
from functools import cache
from pathlib import Path

import elasticsearch
import pytest

from catalog import search
from catalog.actions import cards
from catalog.models import ProductCard
from catalog.search import Facet, Query, elastic
from catalog.search.documents import card_rows, document
from catalog.search.elastic_bodies import action, body, completion, deletion, moves, templates
from catalog.search.understanding import Term
from storefront.judging import judge_server
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
    "text, with the editor's rules, by price behind a cursor": body(
        Query(text="米", sort="price", after=(1_073_741_831,), size=10),
        (Term("米", also=("大米", "rice"), never=("玉米",)),),
        MOMENT,
    ),
    "text, behind a cursor by relevance": body(Query(text="苹果", after=(21.5, 7)), (Term("苹果"),), MOMENT),
    "suggestions": completion("ping", 8),
    "templates": templates("bangmai"),
    "aliases": moves("bangmai", "2", {"products": ["bangmai-products-1"], "suggestions": [], "words": []}),
    "deletion": deletion(7, "bangmai-products"),
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
    assert set(made["_source"]) == set(templates("x")["x-products"]["template"]["mappings"]["properties"])
    assert made["_source"] == document(next(card_rows([row.pk])))


class Indices:
    """Remembers what was done to indices."""

    def __init__(self):
        self.done = []

    def __getattr__(self, name):
        return lambda **arguments: self.done.append((name, arguments))

    def get(self, *, index):
        kind = index.removesuffix("-*")
        return {f"{kind}-1": {}, f"{kind}-left-behind": {}}


class Client:
    """Answers as a server would that holds one apple; remembers what it was asked."""

    def __init__(self):
        self.asked, self.indices = [], Indices()

    def get(self, *, index, id):
        assert (index.rsplit("-", 1)[1], id) == ("words", "words")
        return {"_source": {"counts": {"苹果": 1}}}

    def count(self, *, index, query):
        self.asked.append((index, query))
        return {"count": 1 if "苹果" in json.dumps(query, ensure_ascii=False) else 0}

    def search(self, *, index, body):
        self.asked.append((index, body))
        buckets = [{"key": "fruit", "doc_count": 1}, {"key": "tea", "doc_count": 0}]
        hits = [{"_id": str(pk), "sort": [9.5, pk], "_source": {"text": "苹果"}} for pk in (7, 8, 9)]
        return {
            "hits": {"total": {"value": 3}, "hits": hits[: body["size"]]},
            "aggregations": {"category": {"doc_count": 1, "values": {"buckets": buckets}}},
        }


@pytest.fixture
def client(monkeypatch, settings, tmp_path):
    settings.SEARCH_BACKEND = "elasticsearch"
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_SYNONYMS_FILE = tmp_path / "synonyms.txt"
    made = Client()
    elastic.forget()
    monkeypatch.setattr(elastic, "_client", cache(lambda: made))
    yield made
    elastic.forget()


@pytest.mark.django_db
def test_answers_are_read_into_results(client):
    found = search.search(Query(text="蘋果", size=2), at=NOW)
    assert (found.product_ids, found.total, found.relaxed) == ((7, 8), 3, "")
    assert (found.cursors, found.more, found.marks) == (((9.5, 7), (9.5, 8)), True, ("苹果",))
    assert found.facets["category"] == (Facet("fruit", 1),)
    term = Term("苹果", never=("苹果梨",))
    assert client.asked[-1] == ("bangmai-products", body(Query(text="蘋果", size=2), (term,), MOMENT))
    assert search.search(Query(text="沙发"), at=NOW).total == 0
    assert search.suggest("ping", at=NOW) == ("苹果",)
    assert search.suggest("p", at=NOW) == ()


@pytest.mark.django_db
def test_a_cursor_asks_for_one_more_to_know_whether_any_follows(client):
    last = search.search(Query(text="苹果", size=3, after=(9.5, 6)), at=NOW)
    assert (client.asked[-1][1]["size"], client.asked[-1][1]["search_after"]) == (4, [9.5, 6])
    assert (last.product_ids, last.more) == ((7, 8, 9), False)
    assert search.search(Query(text="苹果", size=2, after=(9.5, 6)), at=NOW).more


@pytest.mark.django_db
def test_both_backends_understand_a_text_alike(client):
    found = search.search(Query(text="平果"), at=NOW)
    assert (found.relaxed, found.is_corrected) == ("苹果", True)
    assert search.search(Query(text="平果", literal=True), at=NOW).relaxed == ""


@pytest.mark.django_db
def test_a_rebuild_fills_new_indices_and_moves_the_aliases_at_one_moment(client, monkeypatch):
    row = factories.product()
    cards.rebuild(now=NOW)
    sent, told = [], []
    monkeypatch.setattr("elasticsearch.helpers.bulk", lambda _, actions, **__: sent.extend(actions))
    assert search.rebuild(lambda done, of: told.append((done, of))) == 1
    done = client.indices.done
    assert [name for name, _ in done] == ["put_index_template"] * 3 + ["create"] * 3 + ["refresh", "update_aliases"]
    (moved,) = [arguments["actions"] for name, arguments in done if name == "update_aliases"]
    new = [one["add"] for one in moved if "add" in one]
    assert [one["alias"] for one in new] == ["bangmai-products", "bangmai-suggestions", "bangmai-words"]
    assert {one["remove_index"]["index"] for one in moved if "remove_index" in one} >= {"bangmai-products-left-behind"}
    assert [one["_id"] for one in sent if one["_index"] == new[0]["index"]] == [row.pk]
    assert any(one["_index"] == new[1]["index"] for one in sent)
    assert [one["counts"]["苹果"] for one in sent if one["_index"] == new[2]["index"]] == [1]
    assert told == [(1, 1)]
    assert ProductCard.objects.get(pk=row.pk).indexed_version == 1


@pytest.mark.django_db
def test_a_server_is_judged_in_indices_of_its_own_that_are_removed(client, monkeypatch, tmp_path):
    row = factories.product()
    cards.rebuild(now=NOW)
    ProductCard.objects.filter(pk=row.pk).update(kind="apple")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr("elasticsearch.helpers.bulk", lambda _, actions, **__: list(actions))
    path = tmp_path / "queries.tsv"
    path.write_text("word\t苹果\tapple\n", encoding="utf-8")
    (score,) = judge_server("http://search.example", path).scores
    assert score.recall == 0  # this server finds products that the shop does not have
    assert {index for index, _ in client.asked} == {"bangmai-judge-products"}
    assert next(arguments for name, arguments in client.indices.done if name == "delete")["index"] == (
        "bangmai-judge-products-*"
    )
    assert ProductCard.objects.get(pk=row.pk).indexed_version == 0  # the shop's own index is another's business


@pytest.mark.django_db
def test_a_server_that_fails_leaves_a_bounded_list(client, monkeypatch):
    row = factories.product()
    cards.rebuild(now=NOW)

    def fail(**_):
        raise elasticsearch.ConnectionError("refused")

    monkeypatch.setattr(client, "search", fail)
    found = search.search(Query(), at=NOW)
    assert search.suggest("苹", at=NOW) == ()
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
