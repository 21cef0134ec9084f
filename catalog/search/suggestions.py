"""Completions while somebody types: kinds of products, counties and categories that really have products."""

from bisect import bisect_left
from collections import Counter, defaultdict

from catalog.search.text import cut, fold, is_latin, pinyin, runs, short_place

Entry = tuple[str, int, str]  # (folded key, number of products, text to show)


class Tally:
    """Gathers suggestions and the vocabulary while documents are written."""

    def __init__(self, state: dict | None = None) -> None:
        """Begin with nothing, or go on with what `state` returned."""
        before = state or {}
        self._names: dict[str, Counter] = defaultdict(Counter)
        self._names.update({kind: Counter(names) for kind, names in before.get("names", {}).items()})
        self._weights: Counter = Counter({(chinese, latin): n for chinese, latin, n in before.get("weights", ())})
        self.words: Counter = Counter(before.get("words", {}))

    def state(self) -> dict:
        """Return all that was counted, as JSON can hold it."""
        weights = [[chinese, latin, n] for (chinese, latin), n in self._weights.items()]
        return {"names": self._names, "weights": weights, "words": self.words}

    def add(self, row: dict, written: dict) -> None:
        """Count one card: a row of `documents.card_rows` and the document made of it."""
        held = {word for field in ("name", "place", "more") for word in written[field].split()}
        self.words.update(held | {word for word in written["head"].split() if not is_latin(word)})
        county = short_place(row["county_zh"])
        # “延长红富士苹果 精选 礼盒”: the title stands before the first space, sort and packing after it.
        title = row["name_zh"].split(" ")[0]
        own = title.removeprefix(row["county_zh"]).removeprefix(county)
        self._names[row["kind"]][own or title] += 1
        english = row["county_en"].removesuffix(" County")
        for chinese, latin in ((row["county_zh"], english), (row["category_zh"], row["category_en"])):
            self._weights[chinese, latin] += 1

    def entries(self) -> list[Entry]:
        """Return all entries by key. A kind is shown as most of its products call it, and what it is by itself as well:
        红富士苹果 and 苹果.
        """
        kinds: Counter = Counter()
        heads: Counter = Counter()
        for kind, names in self._names.items():
            name = names.most_common(1)[0][0]
            kinds[name, kind.replace("-", " ").replace("_", " ")] += names.total()
            if head := _head(name):
                heads[head] += names.total()
        found = [(key, weight, head) for head, weight in heads.items() for key in {head, *pinyin(head)} if len(key) > 1]
        for (chinese, latin), weight in (kinds + self._weights).items():
            full, initials = pinyin(fold(chinese))
            found += [(key, weight, chinese) for key in {fold(chinese), full, initials}]
            found.append((fold(latin), weight, latin))
        return sorted(found)


def _head(name: str) -> str:
    """Return the last word of a name, or nothing when that is one character."""
    run = next((run for run in runs(name) if not is_latin(run)), "")
    word = cut(run)[-1] if run else ""
    return word if len(word) > 1 else ""


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
