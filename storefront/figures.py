"""How money, counts and moments are written in each language. Pure: fen, numbers and aware times in, text out.

Rules: `¥59.90` with the sign close to the digits; sums from ten thousand yuan on are headlined in 万 or 亿 (in English
in million), with the exact figure beside them; times are Beijing time.
"""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# (from this many yuan on, divisor, unit): headlines are cut, never rounded up past what was reached.
_UNITS = {
    "zh-hans": ((100_000_000, 100_000_000, "亿元"), (10_000, 10_000, "万元"), (0, 1, "元")),
    "zh-hant": ((100_000_000, 100_000_000, "億元"), (10_000, 10_000, "萬元"), (0, 1, "元")),
    "en": ((1_000_000, 1_000_000, "million yuan"), (0, 1, "yuan")),
}
_AXIS = {"zh-hans": (10_000, "万"), "zh-hant": (10_000, "萬"), "en": (1000, "k")}


class Headline(NamedTuple):
    """A big sum: its digits and the unit beside them."""

    number: str
    unit: str


def exact(minor: int) -> str:
    """Return fen as `¥1,234.56`."""
    sign = "-" if minor < 0 else ""
    yuan, fen = divmod(abs(minor), 100)
    return f"{sign}¥{yuan:,}.{fen:02}"


def short(minor: int) -> str:
    """Return fen as `¥59` when whole, else `¥59.90`; for cards only."""
    return exact(minor).removesuffix(".00")


def headline(minor: int, language: str, *, whole: bool = False) -> Headline:
    """Return fen as a headline, cut to two decimals: 123_456_700 → ("123.45", "万元"); `whole` drops `.00`."""
    yuan = Decimal(minor) / 100
    for least, divisor, unit in _UNITS.get(language, _UNITS["en"]):
        if abs(yuan) >= least:
            digits = f"{(yuan / divisor).quantize(Decimal('0.01'), ROUND_DOWN):,}"
            return Headline(digits.removesuffix(".00") if whole else digits, unit)
    raise AssertionError("the last unit takes everything")


def axis(minor: int, language: str) -> str:
    """Return fen as the label of a grid line: 0, 500, 2万 (English: 20k)."""
    yuan = minor // 100
    least, ending = _AXIS.get(language, _AXIS["en"])
    return f"{yuan / least:g}{ending}" if abs(yuan) >= least else f"{yuan:,}"


def percent(part: int, whole: int) -> str:
    """Return part of whole as `45.2%`, cut to one decimal; empty when there is no whole."""
    if whole <= 0:
        return ""
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'), ROUND_DOWN)}%"


def moment(at: datetime, language: str) -> str:
    """Return a moment to the minute, Beijing time: `2027年2月6日 18:00`, `6 Feb 2027, 18:00`."""
    local = at.astimezone(BEIJING)
    separator = ", " if language == "en" else " "
    return f"{day(at, language)}{separator}{local:%H:%M}"


def day(at: datetime, language: str) -> str:
    """Return a day, Beijing time: `2027年2月6日`, `6 Feb 2027`."""
    local = at.astimezone(BEIJING)
    if language == "en":
        return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{local.year}年{local.month}月{local.day}日"


def short_day(at: datetime, language: str) -> str:
    """Return a day without its year: `2月6日`, `6 Feb`."""
    local = at.astimezone(BEIJING)
    return f"{local.day} {_MONTHS[local.month - 1]}" if language == "en" else f"{local.month}月{local.day}日"
