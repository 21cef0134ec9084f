"""Names of products: place, kind, sort and packing, in an order that never repeats one. Pure."""

from collections import Counter

from storefront.demo.dice import stream
from storefront.demo.kinds import Kind, Place
from storefront.demo.words import LOTS, OTHER_PACKS, PACKS, SORTS


class Namer:
    """Gives each product of the same title another combination of words."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def name(self, kind: Kind, place: Place) -> tuple[str, str]:
        """Return the next Chinese and English name of this kind from this place."""
        title_zh = kind.title_zh.format(place=place.short_zh, name=kind.zh)
        title_en = kind.title_en.format(place=place.short_en, name=kind.en)
        # Places that are written apart may sound alike: counting by the English title keeps both names unique.
        turn = self._used[title_en]
        self._used[title_en] += 1
        words = _words(kind.category, title_en, turn)
        zh = " ".join([title_zh, *(word[0] for word in words)])
        en = ", ".join([title_en[:1].upper() + title_en[1:], *(word[1] for word in words)])
        return zh, en


def _words(category: str, title: str, turn: int) -> list[tuple[str, str]]:
    sorts, packs = SORTS[category], OTHER_PACKS.get(category, PACKS)
    round_, turn = divmod(turn, len(sorts) * len(packs))
    # Each title walks through the combinations from another start, so that shelves do not look stamped.
    start = stream(0, "name", title).randrange(len(sorts) * len(packs))
    place = (start + turn * _stride(len(sorts) * len(packs))) % (len(sorts) * len(packs))
    words = [sorts[place % len(sorts)], packs[place // len(sorts)]]
    if round_:
        lot, cycle = LOTS[(round_ - 1) % len(LOTS)], (round_ - 1) // len(LOTS)
        words.insert(0, lot)
        if cycle:
            words.append((f"{cycle + 1}号", f"no. {cycle + 1}"))
    return words


def _stride(size: int) -> int:
    """A step that visits all combinations before it repeats: 11 has no factor in common with 42 or 49."""
    return 11 if size % 11 else 13
