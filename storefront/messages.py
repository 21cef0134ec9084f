"""Message catalogues: `python -m storefront.messages update|check|compile`.

Message ids are the English texts in code and templates; `storefront/locale/zh_Hans` holds the Chinese, and `zh_Hant` is
made from it (`storefront.hant`): nobody edits that file. Babel does what GNU gettext does for Django elsewhere, so that
nothing but wheels is needed. The compiled files are not committed.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from storefront import hant

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "storefront" / "locale"
HANS, HANT = (LOCALES / name / "LC_MESSAGES" / "django.po" for name in ("zh_Hans", "zh_Hant"))
FOLDERS = ("aid_tracking", "catalog", "checkout", "storefront", "themes")
TEMPLATES = {".html", ".txt", ".xml"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# Only what has a meaning: dates and names in a header change with every run.
HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
# What Django's `templatize` makes of {% translate %} and {% blocktranslate %}: calls among blanked-out text.
_TEXT = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(?:(?:n|p|np)?gettext|_)\({_TEXT}(?:,\s*(?:{_TEXT}|count))*\)")


def sources() -> Iterator[Path]:
    """Every file that may hold messages, in a fixed order."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            code = path.suffix == ".py" and "migrations" not in path.parts
            if code or (path.suffix in TEMPLATES and "templates" in path.parts):
                yield path


def found() -> Catalog:
    """Return the messages that code and templates use now, each with the files that use it."""
    catalog = Catalog(fuzzy=False)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = _calls_of(text, path)
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(message, locations=[(str(path.relative_to(ROOT)), 1)], auto_comments=comments, context=context)
    return catalog


def _calls_of(template: str, path: Path) -> str:
    """Return the translation calls of a Django template, as lines of Python."""
    from django.utils.translation.template import templatize

    return "\n".join(match[0] for match in _CALL.finditer(templatize(template, origin=str(path))))


def catalogues() -> list[Path]:
    """The committed catalogues, one for each language but English."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as handle:
        return read_po(handle, locale=path.parts[-3], domain="django")


def update() -> None:
    """Add new messages to the catalogues, empty, and drop those that nobody uses."""
    template = found()
    for path in set(catalogues()) - {HANT}:
        catalog = _read(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.write_bytes(_written(catalog, path.parts[-3]))
    HANT.write_bytes(in_hant())


def in_hant() -> bytes:
    """Return the 繁體 catalogue as the 简体 one makes it."""
    catalog = _read(HANS)
    for message in catalog:
        if message.id:
            texts = [hant.convert(text) for text in _texts(message.string)]
            message.string = texts[0] if isinstance(message.id, str) else texts
    return _written(catalog, HANT.parts[-3])


def _written(catalog: Catalog, locale: str) -> bytes:
    buffer = io.BytesIO(HEADER.format(locale=locale, plural_forms=catalog.plural_forms).encode())
    buffer.seek(0, io.SEEK_END)
    write_po(buffer, catalog, width=110, include_lineno=False, sort_output=True, omit_header=True)
    return buffer.getvalue()


def problems() -> list[str]:
    """Return what is wrong with the catalogues, one line each; empty when every message has its translation."""
    wrong = []
    template = found()
    if not HANT.exists() or HANT.read_bytes() != in_hant():
        wrong.append(f"{HANT.relative_to(ROOT)}: not what zh_Hans makes of it: run `storefront.messages update`")
    wanted = {(message.context, _key(message.id)) for message in template if message.id}
    for path in catalogues():
        catalog = _read(path)
        where = path.relative_to(ROOT)
        present = {(message.context, _key(message.id)) for message in catalog if message.id}
        wrong += [f"{where}: not in the catalogue: {key!r}" for _context, key in sorted(wanted - present, key=str)]
        wrong += [f"{where}: used nowhere: {key!r}" for _context, key in sorted(present - wanted, key=str)]
        for message in catalog:
            if message.id and (message.fuzzy or not all(_texts(message.string))):
                wrong.append(f"{where}: not translated: {_key(message.id)!r}")
        for message, errors in catalog.check():
            wrong += [f"{where}: {_key(message.id)!r}: {error}" for error in errors]
    return wrong


def _key(id_: str | Sequence[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _texts(string: str | Sequence[str] | None) -> Sequence[str]:
    return (string or "",) if isinstance(string, str | None) else string


def compile_all() -> int:
    """Compile every catalogue whose compiled file is missing or older; return how many were."""
    done = 0
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        fresh = path.with_suffix(".mo.new")
        with fresh.open("wb") as handle:
            write_mo(handle, _read(path))
        fresh.replace(compiled)
        done += 1
    return done


def main(arguments: list[str]) -> int:
    """Run one of the three commands; return the exit code."""
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            wrong = problems()
            sys.stdout.writelines(f"{line}\n" for line in wrong)
            return 1 if wrong else 0
        case _:
            sys.stderr.write("usage: python -m storefront.messages update|check|compile\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
