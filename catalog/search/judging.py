"""How well a search answers judged queries: nDCG at 10 and recall at 20, by kind of query.

The judged set is a text file (`tests/judged/queries.tsv` says its form) about kinds of products and places, so that it
can be put to any backend that holds the demo.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import log2
from pathlib import Path
from statistics import mean

NDCG_AT, RECALL_AT = 10, 20
RELEVANT = 2  # recall counts what is good or best
_GRADES = (3, 2, 1)


@dataclass(frozen=True)
class Wanted:
    """Kinds of products, taken in and out by patterns, from a place or from anywhere."""

    patterns: tuple[str, ...]
    place: str

    def holds(self, kind: str, places: str) -> bool:
        """Return whether a product of this kind, from these places, is meant."""
        if self.place not in places:
            return False
        meant = False
        for pattern in self.patterns:
            if fnmatchcase(kind, pattern.removeprefix("-")):
                meant = not pattern.startswith("-")
        return meant


@dataclass(frozen=True)
class Judged:
    """One query with what answers it, best first (grades 3, 2 and 1)."""

    kind: str
    text: str
    wanted: tuple[Wanted, ...]

    def grade(self, kind: str, places: str) -> int:
        """Return how well a product answers: 0 to 3."""
        met = (grade for grade, wanted in zip(_GRADES, self.wanted, strict=False) if wanted.holds(kind, places))
        return next(met, 0)


@dataclass(frozen=True)
class Score:
    """What one query reached. `relevant` counts the products that recall looks for."""

    judged: Judged
    ndcg: float
    recall: float
    relevant: int


def read_judged(path: Path) -> list[Judged]:
    """Return the judged queries of a file. Raises ValueError with the line that cannot be read."""
    groups: dict[str, list[str]] = {}
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith("= "):
                name, *patterns = line[2:].split()
                groups[name] = patterns
            else:
                kind, text, *cells = line.split("\t")
                found.append(Judged(kind, text, tuple(_wanted(cell, groups) for cell in cells)))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path}:{number}: {error!r}") from error
    return found


def _wanted(cell: str, groups: dict[str, list[str]]) -> Wanted:
    patterns: list[str] = []
    place = ""
    for part in cell.split():
        if part.startswith("@"):
            place = part[1:]
        else:
            patterns += groups[part[1:]] if part.startswith("$") else [part]
    return Wanted(tuple(patterns), place)


@dataclass(frozen=True)
class Judgement:
    """The scores of a set, and the texts of queries that no product answers: those judge nothing."""

    scores: tuple[Score, ...]
    unanswerable: tuple[str, ...]


def judge(
    queries: Iterable[Judged],
    products: dict[int, tuple[str, str]],
    search: Callable[[str, int], Sequence[int]],
) -> Judgement:
    """Return the score of each query. `products`: kind and places by id; `search(text, size)` returns ids in order."""
    scores, unanswerable = [], []
    alike = set(products.values())
    for query in queries:
        answers = {one: grade for one in alike if (grade := query.grade(*one))}
        grades = {pk: answers[one] for pk, one in products.items() if one in answers}
        relevant = sum(grade >= RELEVANT for grade in grades.values())
        if not relevant:
            unanswerable.append(query.text)
            continue
        found = list(dict.fromkeys(search(query.text, RECALL_AT)))
        gained = _gain([grades.get(pk, 0) for pk in found])
        best = _gain(sorted(grades.values(), reverse=True))
        met = sum(grades.get(pk, 0) >= RELEVANT for pk in found)
        scores.append(Score(query, gained / best, met / min(RECALL_AT, relevant), relevant))
    return Judgement(tuple(scores), tuple(unanswerable))


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:NDCG_AT], 1))


def by_kind(scores: Iterable[Score]) -> dict[str, tuple[int, float, float]]:
    """Return number of queries, mean nDCG and mean recall by kind of query; all together under "all"."""
    kinds: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        kinds[score.judged.kind].append(score)
        kinds["all"].append(score)
    together = kinds.pop("all", [])
    return {
        kind: (len(some), mean(one.ndcg for one in some), mean(one.recall for one in some))
        for kind, some in [*kinds.items(), ("all", together)]
        if some
    }
