"""What a list's address means, and the links that change it: facets, active filters, sorting, pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext, gettext_lazy

from catalog.search import PRICE_BUCKETS, SORTS, Facet, Query
from catalog.search.types import DEPTH_MAX
from catalog.selectors import Listing, WayOut
from storefront import figures
from storefront.names import Name, Names
from storefront.templatetags.shop import tr

_PARAMETERS = ("category", "province", "region", "badge", "storage")
_SORT_LABELS = {
    "relevance": gettext_lazy("Best match"),
    "sales": gettext_lazy("Sales"),
    "price": gettext_lazy("Price ↑"),
    "-price": gettext_lazy("Price ↓"),
    "newest": gettext_lazy("Newest"),
}
_GROUP_LABELS = {
    "category": gettext_lazy("Category"),
    "province": gettext_lazy("Province"),
    "region": gettext_lazy("County"),
    "badge": gettext_lazy("Certificate"),
    "price": gettext_lazy("Price"),
    "storage": gettext_lazy("Storage"),
}
STORAGE_LABELS = {
    "ambient": gettext_lazy("Ambient"),
    "chilled": gettext_lazy("Chilled"),
    "frozen": gettext_lazy("Frozen"),
    "none": gettext_lazy("Not applicable"),
}
_MOST_OPTIONS = 24


@dataclass(frozen=True, slots=True)
class Option:
    """One link: what it says, where it leads, whether it is on. `count` is None where nothing is counted."""

    label: str
    url: str
    selected: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One facet with its options."""

    name: str
    label: str
    options: tuple[Option, ...]


def read(parameters: Mapping[str, str], **fixed: str) -> Query:
    """Return the query in an address. Unknown values are ignored; `fixed` is what the page itself stands for."""
    chosen: dict[str, Any] = {name: parameters.get(name, "")[:60] for name in _PARAMETERS}
    low, high = _bucket(parameters.get("price", ""))
    sort = parameters.get("sort", "")
    query = Query(
        text=" ".join(parameters.get("q", "").split())[:60],
        price_min_minor=low,
        price_max_minor=high - 1 if high else None,
        sort=sort if sort in SORTS else "relevance",
        literal=parameters.get("exact") == "1",
        **(chosen | fixed),
    )
    return replace(query, page=_page(parameters.get("page", ""), query.size))


def _bucket(value: str) -> tuple[int | None, int | None]:
    for low, high in PRICE_BUCKETS:
        if value and value == bucket_value(low, high):
            return low, high
    return None, None


def bucket_value(low: int | None, high: int | None) -> str:
    """Return a price bucket as it stands in facets and addresses: `2000-5000`, `-2000`, `20000-`."""
    return f"{'' if low is None else low}-{'' if high is None else high}"


def _page(value: str, size: int) -> int:
    number = int(value) if value.isascii() and value.isdigit() else 1
    return min(max(number, 1), DEPTH_MAX // size)


class Links:
    """The links of one list page: its path, what is fixed by the page, and the query that is shown."""

    def __init__(self, path: str, query: Query, names: Names, fixed: tuple[str, ...] = ()):
        self.path, self.query, self.fixed = path, query, fixed
        values = {"q": query.text, **{name: getattr(query, name) for name in _PARAMETERS}, "price": self._price()}
        values["exact"] = "1" if query.literal else ""
        values["sort"] = "" if query.sort == "relevance" else query.sort
        # Encoded once: a list has some fifty links, and each differs from its address in one place.
        self._parts = {key: _part(key, value) for key, value in values.items() if key not in fixed}
        self._known: dict[str, dict[str, Name]] = {
            "category": names.categories,
            "province": names.provinces,
            "region": names.regions,
            "badge": names.schemes,
        }

    def url(self, **changes: str | int) -> str:
        """Return the address of this list with changes; a change of anything but the page starts at page 1."""
        parts = self._parts | {key: _part(key, value) for key, value in changes.items() if key not in self.fixed}
        kept = "&".join(filter(None, parts.values()))
        return f"{self.path}?{kept}" if kept else self.path

    def _price(self) -> str:
        low, high = self.query.price_min_minor, self.query.price_max_minor
        if low is None and high is None:
            return ""
        return bucket_value(low, high + 1 if high is not None else None)

    def _selected(self, name: str) -> str:
        return self._price() if name == "price" else getattr(self.query, name)

    def label(self, name: str, value: str) -> str:
        """Return what a value of a facet is called on this page."""
        if name == "price":
            low, _, high = value.partition("-")
            return _price_label(int(low) if low else None, int(high) if high else None)
        if name == "storage":
            return str(STORAGE_LABELS.get(value, value))
        found = self._known[name].get(value)
        return tr(found) if found else value

    def groups(self, facets: Mapping[str, tuple[Facet, ...]]) -> tuple[Group, ...]:
        """Return the facets that can still narrow this list, and those in use."""
        return tuple(group for group in self._groups(facets) if group.options)

    def _groups(self, facets: Mapping[str, tuple[Facet, ...]]) -> Iterator[Group]:
        for name, label in _GROUP_LABELS.items():
            if name in self.fixed or (name == "region" and not self.query.province):
                continue
            used = self._selected(name)
            found = [facet for facet in facets.get(name, ()) if facet.count][:_MOST_OPTIONS]
            options = [
                Option(
                    self.label(name, facet.value),
                    self.url(**{name: "" if facet.value == used else facet.value}),
                    facet.value == used,
                    facet.count,
                )
                for facet in found
            ]
            if used or len(options) > 1:
                yield Group(name, str(label), tuple(options))

    def active(self) -> tuple[Option, ...]:
        """Return the filters in use; each link takes one away."""
        return tuple(
            Option(self.label(name, self._selected(name)), self.url(**{name: ""}), selected=True)
            for name in (*_PARAMETERS, "price")
            if name not in self.fixed and self._selected(name)
        )

    def sorts(self) -> tuple[Option, ...]:
        """Return the orders; without a text there is nothing to match, and sales come first."""
        return tuple(
            Option(
                str(label) if self.query.text or key != "relevance" else gettext("Overall"),
                self.url(sort="" if key == "relevance" else key),
                key == self.query.sort,
            )
            for key, label in _SORT_LABELS.items()
        )

    def clear(self) -> str:
        """Return the address of this list without filters, with its text."""
        return self.url(**dict.fromkeys((*_PARAMETERS, "price"), ""))

    def literal(self) -> str:
        """Return the address of this list for the text as it was typed, uncorrected."""
        return self.url(exact="1")

    def ways_out(self, ways: Iterable[WayOut]) -> tuple[Option, ...]:
        """Return links that give up a part of a query that finds nothing, with what they find."""
        return tuple(
            Option(
                gettext("Without “%(part)s”") % {"part": self._part_name(way.name)},
                self.url(**{"q" if way.name == "text" else way.name: ""}),
                count=way.total,
            )
            for way in ways
            if way.name not in self.fixed and way.name in (*_PARAMETERS, "price", "text")
        )

    def _part_name(self, name: str) -> str:
        return self.query.text if name == "text" else self.label(name, self._selected(name))

    def pages(self, listing: Listing) -> tuple[Option | None, ...]:
        """Return links to pages: the first, the last, two around this one; None stands for a gap."""
        last = min(listing.pages, DEPTH_MAX // self.query.size)
        near = sorted({1, last, *range(max(1, listing.page - 1), min(last, listing.page + 1) + 1)})
        links: list[Option | None] = []
        for before, number in zip([0, *near], near, strict=False):
            if number - before > 1:
                links.append(None)
            links.append(Option(str(number), self.url(page=number if number > 1 else ""), number == listing.page))
        return tuple(links)


def _part(key: str, value: str | int) -> str:
    """Return one parameter as it stands in an address; nothing for an empty one."""
    return f"{key}={quote_plus(str(value))}" if value else ""


def _price_label(low: int | None, high: int | None) -> str:
    if low is None:
        return gettext("Under %(price)s") % {"price": figures.short(high or 0)}
    if high is None:
        return gettext("%(price)s and more") % {"price": figures.short(low)}
    return f"{figures.short(low)}–{figures.short(high)[1:]}"
