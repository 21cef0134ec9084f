"""What a query's text means: terms that must all be met, and how to give way when nothing meets them. Pure.

`count` is asked of the index: how many documents meet all of the given terms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from catalog.search.gazetteer import Gazetteer
from catalog.search.synonyms import Rules
from catalog.search.text import fold, is_latin, query_words
from catalog.search.vocabulary import Vocabulary

_PLACES_SHOWN = 3
_WORDS_JOINED = 4


@dataclass(frozen=True)
class Term:
    """One thing to be met: the word or what is `also` called so; for places put in by widening, any of the `places`.

    Within one of the words of `never` the word does not count.
    """

    word: str
    places: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The term as a reader is told of it."""
        return "、".join(self.places[:_PLACES_SHOWN]) or self.word


@dataclass(frozen=True)
class Meaning:
    """Terms to search; `hopeless` when nothing is left.

    `relaxed` is their text when it is not what was asked, and `is_corrected` says that only slips were mended.
    """

    terms: tuple[Term, ...]
    relaxed: str = ""
    hopeless: bool = False
    is_corrected: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The words to mark in names that were found."""
        return tuple(dict.fromkeys(word for term in self.terms for word in (term.word, *term.also, *term.places)))


@dataclass(frozen=True)
class Knowledge:
    """What a text is understood by: places, words that products hold, the editor's rules."""

    gazetteer: Gazetteer
    vocabulary: Vocabulary
    rules: Rules

    def is_place(self, word: str) -> bool:
        """Return whether a word names a place."""
        return self.gazetteer.is_place(word)

    def is_known(self, word: str) -> bool:
        """Return whether a word means something here although no product may hold it."""
        return word in self.rules or self.gazetteer.is_place(word)

    def terms(self, words: tuple[str, ...]) -> tuple[Term, ...]:
        """Return words as terms. Neighbouring words that are one word for the editor's rules are taken as one."""
        found: list[str] = []
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _WORDS_JOINED), start, -1)
            end = next((end for end in ends if "".join(words[start:end]) in self.rules), start + 1)
            found.append("".join(words[start:end]))
            start = end
        text = "".join(words)
        return tuple(
            Term(
                word,
                also=self.rules.also_called(word),
                never=tuple(longer for longer in self.rules.not_within(word) if longer not in text),
            )
            for word in dict.fromkeys(found)
        )


Count = Callable[[tuple[Term, ...]], int]


def understand(text: str, *, knowledge: Knowledge, count: Count, literal: bool = False) -> Meaning:
    """Return the first reading of the text that finds something: whole, corrected, joined, widened, then shortened.

    `literal` takes the text as it stands, whatever it finds.
    """
    terms = knowledge.terms(query_words(text))
    if not terms:
        return Meaning((), hopeless=bool(text.strip()))
    for reading, is_corrected in _readings(terms, knowledge, count):
        if literal or count(reading):
            relaxed = "" if reading == terms else " ".join(term.shown for term in reading)
            return Meaning(reading, relaxed, is_corrected=is_corrected)
    return Meaning(terms, hopeless=True)


def _readings(asked: tuple[Term, ...], knowledge: Knowledge, count: Count) -> Iterator[tuple[tuple[Term, ...], bool]]:
    """Yield readings from the nearest to the furthest from what was asked. Later ones are not made unless needed."""
    yield asked, False
    if (joined := _joined(asked)) != asked:
        yield joined, False
    terms = _mended(asked, knowledge, count)
    if terms != asked:
        yield terms, True
    for reading in _by_initials(asked, knowledge, count):
        yield reading, False
    gazetteer = knowledge.gazetteer
    places = {term for term in terms if gazetteer.is_place(term.word) and _means_place(term, count)}
    unmet = {term for term in places if not count((term,))}
    for steps, chosen in ((1, unmet), (1, places), (2, places)):
        if chosen:
            yield tuple(_widened(term, gazetteer, steps) if term in chosen else term for term in terms), False
    rest = [term for term in terms if term not in places]
    if places and rest:
        yield tuple(rest), False
    # A single character that is left over says nothing of what was meant.
    rest = [term for term in terms if len(term.word) > 1 and count((term,))]
    while rest:
        yield tuple(rest), False
        # The commonest word tells least.
        rest.remove(max(rest, key=lambda term: count((term,))))


def _means_place(term: Term, count: Count) -> bool:
    """Return whether the name of a place is one here: pingguo is 平果 only where no product is an 苹果."""
    return bool(count((Term(term.word, places=(term.word,)),))) or not count((term,))


def _joined(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return neighbouring Latin words as one, for pinyin written by syllables: ping guo."""
    runs = groupby(terms, key=lambda term: is_latin(term.word))
    return tuple(
        one for latin, group in runs for one in ([Term("".join(term.word for term in group))] if latin else group)
    )


def _mended(terms: tuple[Term, ...], knowledge: Knowledge, count: Count) -> tuple[Term, ...]:
    """Return the terms with slips mended: Chinese ones as the run that they are, Latin ones each by itself."""
    found: list[Term] = []
    for latin, group in groupby(terms, key=lambda term: is_latin(term.word)):
        run = list(group)
        if not latin:
            found += _mended_run("".join(term.word for term in run), knowledge) or run
            continue
        for term in run:
            found += [term] if count((term,)) else _mended_run(term.word, knowledge) or [term]
    return tuple(dict.fromkeys(found))


def _mended_run(run: str, knowledge: Knowledge) -> tuple[Term, ...]:
    return knowledge.terms(knowledge.vocabulary.mended(run, knowledge))


def _by_initials(terms: tuple[Term, ...], knowledge: Knowledge, count: Count) -> Iterator[tuple[Term, ...]]:
    """Yield readings of initials that name a place without products and goods: lcpg, 洛川苹果, finds what is near."""
    if len(terms) != 1 or not is_latin(terms[0].word) or not terms[0].word.isalpha():
        return
    word = terms[0].word
    for length in range(2, min(len(word) - 1, 5)):
        around = knowledge.gazetteer.around_initials(word[:length])
        meant = knowledge.vocabulary.of_initials(word[length:])
        if around and meant:
            rest = knowledge.terms((meant,))
            yield (Term(word[:length], tuple(fold(place) for place in around)), *rest)
            yield rest


def _widened(term: Term, gazetteer: Gazetteer, steps: int) -> Term:
    around = gazetteer.around(term.word, steps)
    return replace(term, places=tuple(fold(place) for place in around)) if around else term
