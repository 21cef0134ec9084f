"""The words that products really have, and the nearest of them to one that is mistyped. Pure.

Chinese is mistyped by sound (平果 for 苹果: the wrong one of the characters that an input method offers), by one
character of three and more, or by two characters in the wrong order; Latin letters by one edit.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Protocol

from catalog.search.text import is_latin, pinyin

TYPO_LENGTH = 4  # a shorter Latin word has too many neighbours to guess
_LONGEST = 6  # characters of a Chinese word that is looked for
_LONGEST_LATIN = 14
_MOST_LETTERS = 28  # a longer run of letters is not taken apart
# What speakers of many regions do not tell apart, and so mistype: z/zh, c/ch, s/sh, n/ng.
_BLURS = ((re.compile("([zcs])h"), r"\1"), (re.compile("ng"), "n"))
_KEPT, _MENDED, _LONE = 0.1, 1.1, 1.5  # what a known word, a mended one and a character of no word cost a reading


class Others(Protocol):
    """What is a word although no product holds it."""

    def is_place(self, word: str) -> bool:
        """Return whether the word names a place."""

    def is_known(self, word: str) -> bool:
        """Return whether the word names a place or has a rule of the editor's."""


class Vocabulary:
    """Words by how many products hold them. Made once for an index, and shared by threads."""

    def __init__(self, counts: dict[str, int]) -> None:
        """`counts`: folded Chinese and Latin words of names, places, categories and merchants."""
        self.counts = counts
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_pattern: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, str] = {}
        self._latin: Counter[str] = Counter()
        for word, count in counts.items():
            if is_latin(word):
                self._latin[word] += count
                continue
            if len(word) < 2:
                continue
            sound, initials = pinyin(word)
            self._latin[sound] += count
            self._by_sound[_blurred(sound)].append(word)
            if count > counts.get(self._by_initials.get(initials, ""), 0):
                self._by_initials[initials] = word
            if len(word) > 2:
                for pattern in _patterns(word):
                    self._by_pattern[pattern].append(word)

    def of_initials(self, letters: str) -> str:
        """Return the commonest Chinese word that begins its syllables with these letters, or nothing."""
        return self._by_initials.get(letters, "")

    def mended(self, run: str, others: Others) -> tuple[str, ...]:
        """Return the words of a run with its slips mended; nothing when there is no slip that can be named.

        Places and the editor's words (`others`) are right although no product holds them.
        The reading that leaves the fewest characters without a word wins, and of those the one with the fewest slips.
        """
        latin = is_latin(run)
        if latin and (len(run) < TYPO_LENGTH or len(run) > _MOST_LETTERS):
            return ()
        readings: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(run) + 1):
            longest = min(end, _LONGEST_LATIN if latin else _LONGEST)
            options = (
                (readings[end - length][0] + cost, (*readings[end - length][1], word))
                for length in range(1, longest + 1)
                for cost, word in self._readings(run[end - length : end], others)
            )
            readings.append(min(options))
        cost, words = readings[-1]
        mended = "".join(words) != run
        split = latin and len(words) > 1 and cost < _MENDED  # two known words that were written together
        return words if (mended or split) and cost < _MENDED * 2 + _LONE else ()

    def _readings(self, piece: str, others: Others) -> Iterator[tuple[float, str]]:
        if len(piece) == 1:
            yield _LONE, piece
        elif piece in (self._latin if is_latin(piece) else self.counts):
            yield _KEPT, piece
        else:
            # Who types a place without products as good as always means a product that sounds so: 平果, 苹果.
            near = self._alike(piece, others) if (known := others.is_known(piece)) else self._near(piece)
            if near:
                yield _MENDED - len(piece) / 100, near
            elif known:
                yield _KEPT, piece

    def _alike(self, piece: str, others: Others) -> str:
        """Return the commonest word that sounds the same and is no place itself."""
        sound = "" if is_latin(piece) else pinyin(piece)[0]
        alike = (word for word in self._by_sound.get(_blurred(sound), ()) if len(word) == len(piece))
        near = [word for word in alike if pinyin(word)[0] == sound and not others.is_place(word)]
        return self._commonest(near)

    def _near(self, piece: str) -> str:
        """Return the commonest word that `piece` may be a slip of."""
        if is_latin(piece):
            near = [word for word in _one_edit(piece) if word in self._latin] if len(piece) >= TYPO_LENGTH else []
            return max(near, key=lambda word: (self._latin[word], word), default="")
        near = [word for word in self._by_sound.get(_blurred(pinyin(piece)[0]), ()) if len(word) == len(piece)]
        if not near:
            swapped = (piece[:i] + piece[i + 1] + piece[i] + piece[i + 2 :] for i in range(len(piece) - 1))
            near = [word for word in swapped if word in self.counts]
        if not near and len(piece) > 2:
            near = [word for pattern in _patterns(piece) for word in self._by_pattern.get(pattern, ())]
            near += (word for i in range(len(piece)) if (word := piece[:i] + piece[i + 1 :]) in self.counts)
        return self._commonest(near)

    def _commonest(self, words: list[str]) -> str:
        return max(words, key=lambda word: (self.counts[word], word), default="")


def _blurred(sound: str) -> str:
    for pattern, plain in _BLURS:
        sound = pattern.sub(plain, sound)
    return sound


def _patterns(word: str) -> Iterator[str]:
    return (f"{word[:i]}*{word[i + 1 :]}" for i in range(len(word)))


def _one_edit(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + c + right[1:] for left, right in cuts if right for c in ascii_lowercase}
    return found | {left + c + right for left, right in cuts for c in ascii_lowercase}
