"""The languages of the site: 简体 first, 繁體, English. Each page stands under its language's prefix.

繁體 is the interface alone: names and other data stay as they were written, in 简体, and pages mark them so.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

# The parameters that choose what a page is about; filters, order and where one comes from make no page of their own.
_CONTENT = ("q", "province", "kind", "page")


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is Django's, `tag` stands in HTML (BCP 47), `prefix` begins addresses; the names are its own."""

    code: str
    tag: str
    name: str
    short: str
    prefix: str


LANGUAGES = (
    Language("zh-hans", "zh-Hans", "简体中文", "简体", ""),
    Language("zh-hant", "zh-Hant", "繁體中文", "繁體", "/zh-hant"),
    Language("en", "en", "English", "English", "/en"),
)
_BY_CODE = {language.code: language for language in LANGUAGES}


def current() -> Language:
    """Return the language of the page that is being made."""
    return _BY_CODE.get(get_language() or "", _BY_CODE[settings.LANGUAGE_CODE])


def addresses(path: str) -> list[tuple[Language, str]]:
    """Return an address of the site (path and query) in each language."""
    for language in LANGUAGES:
        if language.prefix and (path == language.prefix or path.startswith(f"{language.prefix}/")):
            path = "/" + path[len(language.prefix) :].lstrip("/")  # "//" would begin the address of another site
            break
    return [(language, language.prefix + path) for language in LANGUAGES]


def canonical(path: str) -> str:
    """Return the one address under which a page is known, among all that show the same."""
    place, _, query = path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name in _CONTENT]
    return f"{place}?{urlencode(kept)}" if kept else place


def nearest(header: str) -> str:
    """Return the code of the site's language that an Accept-Language header likes best; without one, the first."""
    for code, _ in parse_accept_lang_header(header.lower()):
        if code.startswith("en"):
            return "en"
        if code.startswith("zh"):
            return "zh-hant" if {"hant", "tw", "hk", "mo"} & set(code.split("-")) else "zh-hans"
    return settings.LANGUAGE_CODE


def spoken(thing, field: str = "name") -> tuple[str, str]:
    """Return `thing.<field>` in the page's language, or what there is instead, and the tag of the language it is in.

    On 繁體 pages `<field>_hant` where a table has it and somebody wrote it, else the 简体 text as it is.
    """
    code = current().code
    order = {"zh-hans": ("zh", "en"), "zh-hant": ("hant", "zh", "en"), "en": ("en", "zh")}[code]
    for part in order:
        text = getattr(thing, f"{field}_{part}", "")
        if text:
            return text, {"zh": "zh-Hans", "hant": "zh-Hant", "en": "en"}[part]
    return "", current().tag
