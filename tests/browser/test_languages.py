"""Each page speaks one language: no English on Chinese pages, no Chinese on English ones, no 简体 on 繁體 ones, but
where it is marked."""

import re

import pytest

from tests import scripts
from tests.browser import probes
from tests.browser.buying import PREFIX
from tests.browser.places import NAMES, NO_WORD, WORD

pytestmark = pytest.mark.browser

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff，。；：！？、「」（）]")
WORDS = re.compile(r"[A-Za-z]{2,}")
# Units, codes of certificates and orders, addresses: the same in every language.
EVERYWHERE = re.compile(r"\d+(\.\d+)?\s?(kg|g|ml|L|mm|cm)\b|\b[A-Z]{1,6}(-?[A-Z0-9]+)*-?\d[\dA-Z-]*\b|\S+@\S+")
NAMES_OF_THINGS = {"Bangmai", "GraphQL", "English"}
# Languages of pages and of marked pieces inside them.
TAG = {"zh": "zh-Hans", "hant": "zh-Hant", "en": "en"}
SWITCH = {"简体", "简体中文"}


def unmarked(page, *, given: set[str]) -> list[str]:
    """Return texts that are in another language than they are marked as. `given`: what the visitor typed himself."""
    texts = probes.texts(page)
    faults = scripts.unmarked(texts, tuple(given))
    for tag, text in texts:
        found = _foreign(tag, _without(text, given))
        faults += [f"{tag}: {text[:70]!r}: {found[:6]}"] if found else []
    return faults


def _without(text: str, pieces: set[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, "")
    return text


def _foreign(tag: str, text: str) -> list[str]:
    if tag == "en":
        return HAN.findall(text)
    if tag in ("zh-Hans", "zh-Hant"):
        return [word for word in WORDS.findall(EVERYWHERE.sub("", text)) if word not in NAMES_OF_THINGS]
    return [f"lang={tag!r}"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_speaks_its_language_and_leads_to_itself_in_the_others(new_context, places, name, language):
    page = places.open(new_context(viewport={"width": 1280, "height": 900}), name, language)
    assert page.evaluate("document.documentElement.lang") == TAG[language]
    faults = unmarked(page, given={WORD[language], NO_WORD[language]})
    assert not faults, "\n".join(faults)
    path = page.evaluate("location.pathname + location.search").removeprefix(PREFIX[language])
    each = "(links) => links.map((link) => [link.lang, link.getAttribute('href')])"
    links = page.locator(".header-languages a").evaluate_all(each)
    assert links == [[TAG[other], PREFIX[other] + path] for other in TAG if other != language]


@pytest.mark.parametrize(
    ("language", "stranger"),
    [("zh", "Add to cart"), ("hant", "Add to cart"), ("hant", "加入购物车"), ("en", "加入购物车"), ("en", "¥1，")],
)
def test_a_forgotten_translation_would_be_seen(new_context, places, language, stranger):
    """The control, for a text and for one that is only read out."""
    page = places.open(new_context(viewport={"width": 1280, "height": 900}), "home", language)
    page.evaluate("(text) => { document.querySelector('main p').textContent = text; }", stranger)
    assert len(unmarked(page, given=set())) == 1
    page.evaluate("(text) => document.querySelector('main a').setAttribute('aria-label', text)", stranger)
    assert len(unmarked(page, given=set())) == 2


def test_english_pages_mark_what_stays_chinese(new_context, places):
    """The language switch, certified names and places of an address are Chinese, and a screen reader is told so."""
    page = places.open(new_context(viewport={"width": 1280, "height": 900}), "product", "en")
    marked = {text for tag, text in probes.texts(page) if tag == "zh-Hans"}
    assert marked >= SWITCH
    assert len(marked) > len(SWITCH), "the certificate's own words are missing"
    home = places.open(new_context(viewport={"width": 1280, "height": 900}), "home", "en")
    assert {text for tag, text in probes.texts(home) if tag == "zh-Hans"} == SWITCH
