"""Template tags of the shop: names in the reader's language, money, moments, icons, static files of the theme."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from storefront import figures

register = template.Library()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def tr(thing, field: str = "name") -> str:
    """Return `thing.<field>_zh` or `thing.<field>_en` by the page's language; the other one where it is empty."""
    first, second = ("en", "zh") if _language() == "en" else ("zh", "en")
    return getattr(thing, f"{field}_{first}") or getattr(thing, f"{field}_{second}")


@register.filter
def money(minor: int) -> str:
    """Return fen as plain text: ¥59.90."""
    return figures.exact(minor)


@register.filter
def price(minor: int, highest: int | None = None) -> SafeString:
    """Return fen as a marked-up price; with a second, higher amount as a range."""
    if highest is not None and highest != minor:
        markup = '<span class="price"><small>¥</small>{}<span class="dash">–</span><small>¥</small>{}</span>'
        return format_html(markup, figures.exact(minor)[1:], figures.exact(highest)[1:])
    sign, digits = ("-¥", figures.exact(minor)[2:]) if minor < 0 else ("¥", figures.exact(minor)[1:])
    return format_html('<span class="price"><small>{}</small>{}</span>', sign, digits)


@register.filter
def headline(minor: int) -> SafeString:
    """Return a big sum in 万元 or 亿元 (English: thousand or million yuan), the unit smaller."""
    number, unit = figures.headline(minor, _language())
    return format_html("{}<small>{}</small>", number, unit)


@register.filter
def moment(at) -> str:
    """Return a moment to the minute, Beijing time."""
    return figures.moment(at, _language())


@register.filter
def day(at) -> str:
    """Return a day, Beijing time."""
    return figures.day(at, _language())


@register.filter
def short_day(at) -> str:
    """Return a day without its year, Beijing time."""
    return figures.short_day(at, _language())


@register.filter
def number(value: int) -> str:
    """Return a whole number with commas."""
    return f"{value:,}"


@lru_cache(maxsize=128)
def _icon(name: str, sprite: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite `img/icons.svg`; decoration only, words stand beside it."""
    return _icon(name, static("themes/default/img/icons.svg"))


@register.simple_tag(takes_context=True)
def theme_static(context, path: str) -> str:
    """Return the address of a static file of the page's theme."""
    return static(f"themes/{context.get('theme', settings.DEFAULT_THEME)}/{path}")


@register.simple_tag
def art(kind: str, seed: int) -> str:
    """Return the address of a product's illustration; it never changes, so browsers keep it for ever."""
    return f"/art/{kind}/{seed}.svg"
