"""The judged queries (`tests/judged/queries.tsv`) over the demo, what each kind owes to what, how they count."""

from datetime import date
from math import log2
from pathlib import Path

import pytest

from catalog import search
from catalog.search import Query, documents, embedded, understanding
from catalog.search.judging import Judgement, by_kind, judge, read_judged
from catalog.search.synonyms import Rules
from storefront import judging
from storefront.demo.seed import seed
from tests.factories import NOW

JUDGED = Path(__file__).resolve().parents[1] / "judged" / "queries.tsv"
KINDS = {"word", "place", "traditional", "pinyin", "initials", "typo", "synonym", "within"}
NDCG, RECALL = 0.85, 0.95
PRODUCTS = 4000
NOTHING = ["沙发", "手机壳", "qwertyuiop", "轮胎", "？？？", "手表", "汽车", "iphone"]


def test_the_set_is_large_and_of_every_kind():
    queries = read_judged(JUDGED)
    assert len({query.text for query in queries}) >= 150
    assert {query.kind for query in queries} == KINDS
    assert all(sum(query.kind == kind for query in queries) >= 15 for kind in KINDS)


@pytest.mark.django_db
def test_judged_queries_find_what_they_should(settings, tmp_path, monkeypatch, capsys):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_SYNONYMS_FILE = tmp_path / "synonyms.txt"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    seed(as_of=date(2026, 2, 10), now=NOW, products=PRODUCTS, orders=0)
    whole = _judged(capsys, "as it is")
    assert whole["all"][1] >= NDCG
    assert whole["all"][2] >= RECALL
    for text in NOTHING:
        assert search.search(Query(text=text), at=NOW).total == 0, text

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "rules", Rules)
        assert _judged(capsys, "without synonyms")["synonym"][1] < whole["synonym"][1] - 0.2
    with monkeypatch.context() as patch:
        patch.setattr(understanding, "_mended", lambda terms, *_: terms)
        search.rebuild()  # a new generation forgets how texts were understood
        assert _judged(capsys, "without mending")["typo"][1] < whole["typo"][1] - 0.2
    with monkeypatch.context() as patch:
        patch.setattr(documents, "pinyin_words", lambda _: ())
        patch.setattr("catalog.search.text.pinyin", lambda _: ("", ""))
        documents.head_words.cache_clear()
        search.rebuild()
        worse = _judged(capsys, "without pinyin")
    documents.head_words.cache_clear()
    assert worse["pinyin"][1] < whole["pinyin"][1] - 0.2
    assert worse["initials"][1] < whole["initials"][1] - 0.2


def _judged(capsys, title: str) -> dict[str, tuple[int, float, float]]:
    found: Judgement = judging.judge_here(JUDGED)
    assert found.unanswerable == ()
    figures = by_kind(found.scores)
    with capsys.disabled():
        print(f"\n{title}: " + ", ".join(f"{kind} {n:.3f}/{r:.3f}" for kind, (_, n, r) in figures.items()), end="")
    return figures


def test_grades_gains_and_recall(tmp_path):
    path = tmp_path / "queries.tsv"
    path.write_text("# remark\n= nuts walnut hazelnut\nword\tnut\t$nuts -hazel* @A\t*nut @A\t*\n", encoding="utf-8")
    (query,) = read_judged(path)
    products = {1: ("walnut", "A"), 2: ("hazelnut", "A"), 3: ("tea", "A"), 4: ("walnut", "B")}
    assert [query.grade(*one) for one in products.values()] == [3, 2, 1, 1]
    (score,) = judge([query], products, lambda _, __: [3, 1]).scores
    best = 7 + 3 / log2(3) + 1 / log2(4) + 1 / log2(5)
    assert score.ndcg == pytest.approx((1 + 7 / log2(3)) / best)
    assert (score.recall, score.relevant) == (0.5, 2)
    assert judge([query], {3: ("soap", "B")}, lambda _, __: []).unanswerable == ("nut",)


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "queries.tsv"
    path.write_text("word\tnut\t$nobody\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"queries.tsv:1"):
        read_judged(path)
