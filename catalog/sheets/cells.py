"""Understanding one cell. Pure: a cell is None, text, Decimal, date, bool or Broken; what comes out is a value or Bad.

People write 59.90 as ５９．９０, "¥1,234.50 " and '59.9; dates as text and as Excel's serial numbers. What has one
meaning is taken; what has two is refused, with a reason.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

# What a spreadsheet program would run as a formula if a cell began with it (OWASP, CSV injection).
_DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_DANGEROUS_QUOTED = re.compile(r"'+[=+\-@＝＋－＠\t\r]")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')  # how CSV files keep the zeros of ="0012"
_CURRENCY = re.compile(r"^(?:CN¥|RMB|CNY|¥|人民币)|(?:元|圆|RMB|CNY)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what no file or database may hold
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's serials from March 1900 on
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
LONGEST_NUMBER = 40

Cell = None | str | bool | Decimal | date


@dataclass(frozen=True)
class Broken:
    """A cell whose value is not in the file: a formula that was never worked out, or an error of the program."""

    code: str
    text: str = ""


class Bad(Exception):
    """The cell cannot be taken. `code` names the reason (`problems.TEXTS`), `details` fill it in."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def fold(text: str) -> str:
    """Return text with full-width digits, letters and signs as plain ones, and without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def key(text: str) -> str:
    """Return text as names are compared: folded, without spaces, case and the star of a required column."""
    return re.sub(r"[\s*]+", "", fold(text)).casefold()


def guard(text: str) -> str:
    """Return text so that no spreadsheet program runs it; `unguard` gives it back unchanged."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard`, or a person, put before a sign."""
    return text[1:] if _DANGEROUS_QUOTED.match(text) else text


def is_empty(cell: Cell | Broken) -> bool:
    """Return whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell | Broken) -> str:
    """Return a cell as its file shows it, for reports."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Broken):
        return cell.text
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return "" if cell is None else str(cell)


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without needless zeros."""
    return format(number.normalize(), "f") if number else "0"


def text(cell: Cell | Broken, *, most: int) -> str:
    """Return text as it stands, with plain line ends and nothing around it. Raises Bad."""
    if isinstance(cell, Broken):
        raise Bad(cell.code, value=cell.text)
    if isinstance(cell, date):
        raise Bad("became_date", value=str(cell))
    found = shown(cell)
    if quoted := _QUOTED_FORMULA.fullmatch(found.strip()):
        found = quoted[1]
    found = clean(unguard(found.strip(" \n\r\u3000\xa0\ufeff")))
    if _UNSEEN.search(found):
        raise Bad("control")
    if len(found) > most:
        raise Bad("long", most=most, length=len(found))
    return found


def clean(found: str) -> str:
    """Return text with the line ends that every program keeps."""
    return found.replace("\r\n", "\n").replace("\r", "\n")


def code(cell: Cell | Broken, *, most: int) -> str:
    """Return a code: full-width characters folded; a number is its digits if a program kept all of them. Raises Bad."""
    if isinstance(cell, Decimal) and (cell != cell.to_integral_value() or abs(cell) >= 10**15):
        raise Bad("became_number", value=plain(cell))
    found = fold(text(cell, most=1000))
    if re.search(r"\s", found):
        raise Bad("spaces", value=found)
    if len(found) > most:
        raise Bad("long", most=most, length=len(found))
    return found


def number(cell: Cell | Broken, units: tuple[str, ...] = ()) -> Decimal:
    """Return the exact number in a cell, be it a number or text with units or thousands commas. Raises Bad."""
    if isinstance(cell, Broken):
        raise Bad(cell.code, value=cell.text)
    if isinstance(cell, date):
        raise Bad("became_date", value=str(cell))
    if isinstance(cell, Decimal):
        return cell
    found = fold(shown(cell)).replace("。", ".").replace("、", ",").lstrip("'").replace(" ", "")
    for unit in sorted(units, key=len, reverse=True):
        found = found.removesuffix(unit)
    if not _NUMBER.fullmatch(found) or len(found) > LONGEST_NUMBER:
        raise Bad("number", value=shown(cell)[:60])
    return Decimal(found.replace(",", ""))


def money(cell: Cell | Broken, *, most: int) -> int:
    """Return fen, above zero and at most `most`. Raises Bad."""
    if isinstance(cell, str):
        cell = _CURRENCY.sub("", _CURRENCY.sub("", fold(cell.replace("￥", "¥")).lstrip("'"))).strip() or "?"
    yuan = number(cell)
    if yuan <= 0:
        raise Bad("not_positive", value=plain(yuan))
    if yuan * 100 > most:
        raise Bad("too_much", value=plain(yuan), most=plain(Decimal(most) / 100))
    if yuan * 100 != (yuan * 100).to_integral_value():
        raise Bad("fen", value=plain(yuan))
    return int(yuan * 100)


def count(cell: Cell | Broken, *, least: int, most: int, units: tuple[str, ...] = ()) -> int:
    """Return a whole number from `least` to `most`. Raises Bad."""
    found = number(cell, units)
    if found != found.to_integral_value():
        raise Bad("whole", value=plain(found))
    if not least <= found <= most:
        raise Bad("range", value=plain(found), least=least, most=most)
    return int(found)


def day(cell: Cell | Broken) -> date:
    """Return a date: a date cell, text such as 2026-03-01 or 2026年3月1日, or Excel's serial number. Raises Bad."""
    if isinstance(cell, Broken):
        raise Bad(cell.code, value=cell.text)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        if cell == cell.to_integral_value() and int(cell) in _SERIALS:
            return _EPOCH + timedelta(days=int(cell))
        cell = plain(cell)
    found = fold(shown(cell)).lstrip("'")
    if found.isdecimal() and int(found) in _SERIALS:
        return _EPOCH + timedelta(days=int(found))
    if match := _DATE.fullmatch(found):
        parts = match[1], match[3], match[4]
    elif match := _COMPACT_DATE.fullmatch(found):
        parts = match[1], match[2], match[3]
    else:
        raise Bad("date", value=found[:60])
    try:
        return date(*map(int, parts))
    except ValueError:
        raise Bad("date", value=found[:60]) from None
