"""Which parts of a name answer a query, as plain text in pieces: whoever shows them escapes them. Pure."""

import re
from functools import lru_cache

from catalog.search.text import fold, is_latin, syllables

_LETTERS = re.compile(r"[a-z0-9]+")
_CHARACTERS = re.compile(r"[㐀-鿿]+")
_PINYIN_LONGEST = 8  # characters of a name that one pinyin word may stand for

Parts = tuple[tuple[str, bool], ...]


@lru_cache(maxsize=8192)
def highlight(name: str, marks: tuple[str, ...]) -> Parts:
    """Return the name in pieces, in order, each with whether it is to be marked. `marks` are folded words.

    A Chinese word is marked wherever it stands, a Latin one as a whole word or its beginning; pinyin and initials mark
    the characters that they stand for.
    """
    if not marks:
        return ((name, False),)
    folded = [fold(character) for character in name]
    marked = [False] * len(name)
    for word in marks:
        for start, end in _latin(folded, word) if is_latin(word) else _chinese(folded, word):
            marked[start:end] = [True] * (end - start)
    parts: list[tuple[str, bool]] = []
    for character, on in zip(name, marked, strict=True):
        if parts and parts[-1][1] == on:
            parts[-1] = parts[-1][0] + character, on
        else:
            parts.append((character, on))
    return tuple(parts)


def _chinese(folded: list[str], word: str) -> list[tuple[int, int]]:
    size = len(word)
    return [(at, at + size) for at in range(len(folded) - size + 1) if "".join(folded[at : at + size]) == word]


def _latin(folded: list[str], word: str) -> list[tuple[int, int]]:
    # Folding may lengthen a character (㎏) or empty it; names are cut by their own characters.
    plain = "".join(one if len(one) == 1 else " " for one in folded)
    found = [match.span() for match in _LETTERS.finditer(plain) if len(word) > 1 and match[0].startswith(word)]
    if len(word) < 2:
        return found
    for run in _CHARACTERS.finditer(plain):
        sounds = syllables(run[0])
        for start in range(len(sounds)):
            for end in range(start + 1, min(start + _PINYIN_LONGEST, len(sounds)) + 1):
                some = sounds[start:end]
                if word in ("".join(some), "".join(sound[0] for sound in some)):
                    found.append((run.start() + start, run.start() + end))
    return found
