"""Tells 简体 from 繁體 characters, and what a 繁體 page says in 简体 without marking it."""

import re

HAN = re.compile(r"[\u3400-\u9fff]")


def simplified(text: str) -> str:
    """Return the characters of a text that 繁體 does not have: those that its old national standard, Big5, lacks."""
    return "".join(character for character in text if HAN.match(character) and not _in_big5(character))


def unmarked(texts: list[tuple[str, str]], given: tuple[str, ...] = ()) -> list[str]:
    """Return what a 繁體 page says in 简体 outside its marked pieces; `given` is what the reader typed.

    Titles and attributes cannot be marked: there, what stands marked elsewhere on the page may stand again.
    """
    marked = sorted({text for tag, text in texts if tag == "zh-Hans"} | set(given), key=len, reverse=True)
    faults = []
    for tag, text in texts:
        if tag == "zh-Hant":
            own = "" if any(text.removesuffix("…") in whole for whole in marked) else text
            for piece in marked:
                own = own.replace(piece, "")
            if simplified(own):
                faults.append(f"{text[:70]!r}: {simplified(own)}")
    return faults


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
