"""The drawings are well-formed, small, self-contained, the same for the same seed and different for another."""

import csv
import re
import xml.etree.ElementTree as ET

import pytest

from catalog.illustrations import FAMILIES, KINDS_FILE, SCENES, UnknownArt, illustration, product_art

PALETTE = ("#d8433b", "#f0a24b", "#5f8f3e")
PALE = ("#f4efe0", "#fbf5e6", "#c4a45a")
LIMIT_BYTES = 4096


def _kinds() -> list[str]:
    with KINDS_FILE.open(encoding="utf-8", newline="") as file:
        return [row["kind"] for row in csv.DictReader(file)]


def _assert_sound(svg: str) -> None:
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 480 480"
    assert len(svg.encode()) <= LIMIT_BYTES
    names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert names <= {"svg", "g", "path", "circle", "ellipse", "rect", "use"}
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    links = [element.get("href") for element in root.iter() if element.get("href")]
    assert all(link and link[0] == "#" and link[1:] in ids for link in links)
    assert not re.search(r"nan|inf|None|url\(", svg)


@pytest.mark.parametrize("art", sorted(FAMILIES | SCENES))
def test_every_family_draws_small_sound_svg(art: str) -> None:
    for seed in range(12):
        _assert_sound(illustration(art, PALETTE, seed))
        _assert_sound(illustration(art, PALE, seed))


def test_every_kind_has_an_illustration() -> None:
    kinds = _kinds()
    for number, kind in enumerate(kinds):
        _assert_sound(product_art(kind, number))
    pictures = {product_art(kind, 7) for kind in kinds}
    assert len(pictures) == len(kinds)


@pytest.mark.parametrize("art", sorted(FAMILIES | SCENES))
def test_a_seed_decides_the_drawing(art: str) -> None:
    first = [illustration(art, PALETTE, seed) for seed in range(12)]
    assert first == [illustration(art, PALETTE, seed) for seed in range(12)]
    assert len(set(first)) == 12


def test_names_that_are_not_there_are_refused() -> None:
    with pytest.raises(UnknownArt):
        illustration("unicorn", PALETTE, 1)
    with pytest.raises(UnknownArt):
        product_art("unicorn", 1)
