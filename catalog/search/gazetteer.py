"""Places that a query may name, also those without products, and what lies around them.

Built from the aided regions and the present divisions when the index is built, and kept beside it as JSON.
"""

from dataclasses import dataclass

from catalog.models import AidedRegion, Division
from catalog.search.text import fold, pinyin, place_names, short_place

AMBIGUOUS = 3  # a name that more places share than this is not widened
_INITIALS_SHARED = 40  # initials say less, and are only used together with goods


@dataclass(frozen=True)
class Gazetteer:
    """Chains of full names, from the place itself up to its province, by each way to write the place."""

    chains: dict[str, list[list[str]]]
    initials: dict[str, list[str]]  # of short names: the prefectures that they may mean

    def is_place(self, word: str) -> bool:
        """Return whether a folded word names a place, in Chinese, pinyin or English."""
        return word in self.chains

    def around(self, word: str, steps: int) -> tuple[str, ...]:
        """Return the places that lie `steps` levels above those that the word names; a province stays itself."""
        chains = self.chains.get(word, [])
        return tuple(dict.fromkeys(chain[min(steps, len(chain) - 1)] for chain in chains))

    def around_initials(self, letters: str) -> tuple[str, ...]:
        """Return the prefectures of the places whose short names have these initials."""
        return tuple(self.initials.get(letters, ()))


def build() -> Gazetteer:
    """Return the gazetteer of all aided regions and divisions (two queries)."""
    chains: dict[str, list[list[str]]] = {}
    initials: dict[str, dict[str, None]] = {}
    for chain, english in [*_region_chains(), *((chain, "") for chain in _division_chains())]:
        for form in _forms(chain[0], english):
            known = chains.setdefault(form, [])
            if chain not in known:
                known.append(chain)
        initials.setdefault(pinyin(fold(short_place(chain[0])))[1], {})[chain[min(1, len(chain) - 1)]] = None
    return Gazetteer(
        {form: known for form, known in chains.items() if len(known) <= AMBIGUOUS},
        {
            letters: list(found)
            for letters, found in initials.items()
            if len(letters) > 1 and len(found) <= _INITIALS_SHARED
        },
    )


def _forms(name: str, english: str) -> set[str]:
    forms = {fold(name), fold(short_place(name)), pinyin(fold(name))[0], pinyin(fold(short_place(name)))[0]}
    if english:
        forms.add(fold(english.split(maxsplit=1)[0]))
    return {form for form in forms if len(form) > 1}


def _region_chains() -> list[tuple[list[str], str]]:
    rows = AidedRegion.objects.order_by("code").values_list("name_zh", "prefecture_zh", "province_zh", "name_en")
    return [(_chain(*names), english) for *names, english in rows]


def _division_chains() -> list[list[str]]:
    rows = {code: (name, parent) for code, name, parent in Division.objects.values_list("code", "name", "parent")}
    found = []
    for name, parent in rows.values():
        names, above = [name], parent
        while above in rows:
            names.append(rows[above][0])
            above = rows[above][1]
        if place_names(name):
            found.append(_chain(*names))
    return found


def _chain(*names: str) -> list[str]:
    return list(dict.fromkeys(name for name in names if place_names(name)))
