"""From 简体 to 繁體, for texts of our own: OpenCC's `s2tw`, then what somebody who read the outcome wrote down.

Only the message catalogue is made with it, once, and committed. Names and other data are never converted: no table can
know that 里耶 keeps its 里 and 张后生 his 后. Which configuration and why: docs/decisions/0007-traditional-chinese.md.
"""

import re
from functools import lru_cache
from pathlib import Path

from opencc import OpenCC

WORDS = Path(__file__).resolve().parent / "locale" / "zh_Hant" / "words.tsv"
CONFIGURATION = "s2tw"


def convert(text: str) -> str:
    """Return a text of the interface in 繁體; words of the list `words.tsv` become what stands beside them there."""
    words = _words()
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    return "".join(words.get(part) or _opencc().convert(part) for part in parts)


@lru_cache(maxsize=1)
def _opencc() -> OpenCC:
    return OpenCC(CONFIGURATION)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Read the list: 简体, tab, 繁體; lines that begin with # say why."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))
