"""What a query's text means: terms that must all be met, and how to give way when nothing meets them. Pure.

`count` is asked of the index: how many documents meet all of the given terms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from catalog.search.gazetteer import Gazetteer
from catalog.search.synonyms import also_called
from catalog.search.text import fold, is_latin, query_words

_TYPO_LENGTH = 4  # a shorter Latin word has too many neighbours to guess


@dataclass(frozen=True)
class Term:
    """One thing to be met: the word or what is `also` called so; for places put in by widening, any of the `places`."""

    word: str
    places: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The term as a reader is told of it."""
        return "、".join(self.places) or self.word


@dataclass(frozen=True)
class Meaning:
    """Terms to search; `relaxed` is their text when it is not what was asked, `hopeless` when nothing is left."""

    terms: tuple[Term, ...]
    relaxed: str = ""
    hopeless: bool = False


Count = Callable[[tuple[Term, ...]], int]
Known = Callable[[str], int]


def understand(text: str, *, gazetteer: Gazetteer, count: Count, known: Known) -> Meaning:
    """Return the first reading of the text that finds something: whole, corrected, joined, widened, then shortened."""
    terms = tuple(Term(word, also=also_called(word)) for word in query_words(text))
    if not terms:
        return Meaning((), hopeless=bool(text.strip()))
    for reading in _readings(terms, gazetteer, count, known):
        if count(reading):
            relaxed = "" if reading == terms else " ".join(term.shown for term in reading)
            return Meaning(reading, relaxed)
    return Meaning(terms, hopeless=True)


def _readings(terms: tuple[Term, ...], gazetteer: Gazetteer, count: Count, known: Known):
    """Yield readings from the nearest to the furthest from what was asked. Later ones are not made unless needed."""
    yield terms
    terms = tuple(_corrected(term, gazetteer, known) for term in terms)
    yield terms
    yield _joined(terms)
    places = {term for term in terms if gazetteer.is_place(term.word)}
    unmet = {term for term in places if not count((term,))}
    for steps, chosen in ((1, unmet), (1, places), (2, places)):
        if chosen:
            yield tuple(_widened(term, gazetteer, steps) if term in chosen else term for term in terms)
    rest = [term for term in terms if term not in places]
    if places and rest:
        yield tuple(rest)
    # A single character that is left over says nothing of what was meant.
    rest = [term for term in terms if len(term.word) > 1 and count((term,))]
    while rest:
        yield tuple(rest)
        # The commonest word tells least.
        rest.remove(max(rest, key=lambda term: count((term,))))


def _joined(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return neighbouring Latin words as one, for pinyin written by syllables: ping guo."""
    runs = groupby(terms, key=lambda term: is_latin(term.word))
    return tuple(
        one for latin, group in runs for one in ([Term("".join(term.word for term in group))] if latin else group)
    )


def _corrected(term: Term, gazetteer: Gazetteer, known: Known) -> Term:
    """Return the term, or the commonest word one edit away from a Latin word that no document holds."""
    word = term.word
    if not is_latin(word) or len(word) < _TYPO_LENGTH or gazetteer.is_place(word) or known(word):
        return term
    best = max(_one_edit(word), key=lambda other: (known(other), other))
    return Term(best) if known(best) else term


def _one_edit(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + c + right[1:] for left, right in cuts if right for c in ascii_lowercase}
    return found | {left + c + right for left, right in cuts for c in ascii_lowercase}


def _widened(term: Term, gazetteer: Gazetteer, steps: int) -> Term:
    around = gazetteer.around(term.word, steps)
    return Term(term.word, tuple(fold(place) for place in around)) if around else term
