"""What shoppers call what titles name otherwise: rules in text files that an editor keeps, read again when they change.

The form of a line stands at the head of `catalog/data/synonyms.txt`. Rules work when a query is read, so a change is
at work with the next search, without a new index. A line with an error is left out; `bangmai search synonyms` names it.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from catalog.search.text import fold, is_latin, pinyin

logger = logging.getLogger(__name__)
SHIPPED = Path(__file__).resolve().parent.parent / "data" / "synonyms.txt"
LONGEST_WORD = 12
MOST_BYTES = 512_000
_SIGN = re.compile("[=>!]")
_SOUND_LENGTH = 5
_BETWEEN = re.compile("[,、;]")


class Problem(NamedTuple):
    """What is wrong with a line, for an editor to mend."""

    path: Path
    line: int
    message: str


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of all files by folded word: what else to look for, and in which words it means something else."""

    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    never: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _by_sound(self) -> dict[str, tuple[str, ...]]:
        """What else to look for when a word with a rule is written in pinyin; a short one means too much."""
        words = ((pinyin(word)[0], word) for word in self.also if not is_latin(word))
        return {sound: (word, *self.also[word]) for sound, word in words if len(sound) >= _SOUND_LENGTH}

    def also_called(self, word: str) -> tuple[str, ...]:
        """Return what else to look for when `word` is searched."""
        return self.also.get(word) or self._by_sound.get(word, ())

    def not_within(self, word: str) -> tuple[str, ...]:
        """Return the longer words in which `word` does not count."""
        return self.never.get(word, ())

    def __contains__(self, word: str) -> bool:
        """Return whether there is a rule for the word."""
        return word in self.also or word in self.never


def rules() -> Rules:
    """Return the rules as the files are now; they are read again only when one of them has changed."""
    return _rules(tuple((path, *_stamp(path)) for path in (SHIPPED, Path(settings.SEARCH_SYNONYMS_FILE))))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _rules(files: tuple[tuple[Path, int, int], ...]) -> Rules:
    found = read([path for path, changed, _ in files if changed])
    for problem in found.problems:
        logger.warning("synonyms: %s line %d is left out: %s", *problem)
    return found


def read(paths: Iterable[Path]) -> Rules:
    """Return the rules of these files together, with what is wrong in them."""
    also: dict[str, dict[str, None]] = defaultdict(dict)
    never: dict[str, dict[str, None]] = defaultdict(dict)
    problems: list[Problem] = []
    for path in paths:
        seen: dict[tuple[str, str], int] = {}
        for number, line in _lines(path, problems):
            try:
                sign, words = _rule(line)
                _once(seen, sign, words if sign == "=" else words[:1], number)
            except ValueError as error:
                problems.append(Problem(path, number, str(error)))
                continue
            if sign == "=":
                for word in words:
                    also[word].update(dict.fromkeys(other for other in words if other != word))
            else:
                (also if sign == ">" else never)[words[0]].update(dict.fromkeys(words[1:]))
    return Rules(
        {word: tuple(others) for word, others in also.items()},
        {word: tuple(others) for word, others in never.items()},
        tuple(problems),
    )


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold a rule, folded, with their numbers."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        problems.append(Problem(path, 1, f"the file is larger than {MOST_BYTES} bytes"))
        return
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            text = fold(line.decode()).split("#")[0].strip()
        except UnicodeDecodeError:
            problems.append(Problem(path, number, "not UTF-8: save the file as UTF-8"))
            continue
        if text:
            yield number, text


def _rule(line: str) -> tuple[str, list[str]]:
    """Return the sign of a rule and its words. Raises ValueError with what to do."""
    signs = set(_SIGN.findall(line))
    if len(signs) != 1:
        raise ValueError("a rule has one kind of sign: = (the same), > (its sorts) or ! (not meant)")
    sign = signs.pop()
    left, *rest = (part.strip() for part in line.split(sign))
    if sign == "=":
        words = [left, *rest]
    elif len(rest) == 1:
        words = [left, *(word.strip() for word in _BETWEEN.split(rest[0]))]
    else:
        raise ValueError(f"{sign} stands once in a line, between the word and its list")
    for word in words:
        if not word:
            raise ValueError(f"a word is missing beside {sign} or a comma")
        if len(word.split()) > 1 or len(word) > LONGEST_WORD or _BETWEEN.search(word):
            raise ValueError(f"“{word}” is not one word of at most {LONGEST_WORD} characters")
        if sign == "!" and word is not words[0] and words[0] not in word:
            raise ValueError(f"“{word}” does not hold “{words[0]}”")
    if len(set(words)) < len(words):
        raise ValueError("a word stands twice in the line")
    return sign, words


def _once(seen: dict[tuple[str, str], int], sign: str, words: list[str], number: int) -> None:
    for word in words:
        first = seen.setdefault((sign, word), number)
        if first != number:
            raise ValueError(f"“{word}” has such a rule in line {first} already: put the words there")
