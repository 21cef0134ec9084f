"""Completions while somebody types: kinds of products, counties and categories that really have products."""

from bisect import bisect_left
from collections import Counter, defaultdict

from catalog.search.text import fold, pinyin, short_place

Entry = tuple[str, int, str]  # (folded key, number of products, text to show)


class Tally:
    """Gathers suggestions while documents are written."""

    def __init__(self) -> None:
        self._names: dict[str, Counter] = defaultdict(Counter)
        self._weights: Counter = Counter()

    def add(self, row: dict) -> None:
        """Count one card (a row of `documents.card_rows`)."""
        county = short_place(row["county_zh"])
        # “延长红富士苹果 精选 礼盒”: the title stands before the first space, sort and packing after it.
        title = row["name_zh"].split(" ")[0]
        own = title.removeprefix(row["county_zh"]).removeprefix(county)
        self._names[row["kind"]][own or title] += 1
        english = row["county_en"].removesuffix(" County")
        for chinese, latin in ((row["county_zh"], english), (row["category_zh"], row["category_en"])):
            self._weights[chinese, latin] += 1

    def entries(self) -> list[Entry]:
        """Return all entries by key. A kind is shown as most of its products call it."""
        kinds: Counter = Counter()
        for kind, names in self._names.items():
            kinds[names.most_common(1)[0][0], kind.replace("-", " ").replace("_", " ")] += names.total()
        found = []
        for (chinese, latin), weight in (kinds + self._weights).items():
            full, initials = pinyin(fold(chinese))
            found += [(key, weight, chinese) for key in {fold(chinese), full, initials}]
            found.append((fold(latin), weight, latin))
        return sorted(found)


def complete(text: str, entries: list[Entry], limit: int) -> tuple[str, ...]:
    """Return at most `limit` texts whose Chinese, pinyin, initials or English begin with `text`, most products first.

    Latin text needs two letters, Chinese one character.
    """
    prefix = " ".join(fold(text).split())
    if not prefix or (prefix.isascii() and len(prefix) < 2):
        return ()
    start = bisect_left(entries, (prefix,))
    end = bisect_left(entries, (prefix + "\U0010ffff",))
    ranked = sorted(entries[start:end], key=lambda entry: (-entry[1], len(entry[0]), entry[2]))
    return tuple(dict.fromkeys(shown for _, _, shown in ranked))[:limit]
