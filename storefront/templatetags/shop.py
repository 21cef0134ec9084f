"""Template tags of the shop: names in the reader's language, money, moments, icons, static files of the theme."""

from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags import i18n
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from catalog import descriptions, pictures
from catalog.search.highlight import Parts, highlight
from checkout.models import Role
from storefront import figures, languages, rich_text
from storefront.names import names
from storefront.provinces import PROVINCES

register = template.Library()
BADGE_ICONS = {"green-food": "herb", "organic": "herb", "gi": "pin", "geographical-indication": "pin"}


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def tr(thing, field: str = "name") -> str:
    """Return a name (`<field>_zh`, `<field>_en` …) in the page's language; where it is in another one, it is marked so.

    For what stands between tags. In titles and attributes `plain` must be used, which marks nothing.
    """
    return _marked(*languages.spoken(thing, field))


@register.filter
def plain(thing, field: str = "name") -> str:
    """Return a name as `tr` does, but without markup: for titles and attributes."""
    return languages.spoken(thing, field)[0]


@register.filter
def lang(thing, field: str = "name") -> str:
    """Return the attribute ` lang="…"` for an element whose text `plain` wrote, where it is in another language."""
    tag = languages.spoken(thing, field)[1]
    return "" if tag == languages.current().tag else format_html(' lang="{}"', tag)


@register.filter
def rich(thing, field: str = "body") -> SafeString:
    """Return a text with headings and lists (`storefront.rich_text`), marked with its language where it is another."""
    text = languages.spoken(thing, field)[0]
    return format_html('<div class="article-text"{}>{}</div>', lang(thing, field), rich_text.safe(text))


def _marked(text: str, tag: str) -> str:
    """Return a text as it is; with its language where that is not the page's."""
    return text if tag == languages.current().tag else format_html('<bdi lang="{}">{}</bdi>', tag, text)


@register.filter
def described(thing, field: str = "description") -> SafeString:
    """Return a merchant's text (Markdown) as harmless HTML, marked with its language where it is another."""
    text = rich_text.safe(descriptions.html(languages.spoken(thing, field)[0]))
    return format_html('<div class="described"{}>{}</div>', lang(thing, field), text)


@register.filter
def plain_words(text: str) -> str:
    """Return a merchant's description as words in one line."""
    return descriptions.plain(text)


@register.filter
def of(mapping, key):
    """Return what a mapping has for a key, or None."""
    return mapping.get(key)


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
def headline(minor: int, whole: bool = False) -> SafeString:
    """Return a big sum in 万元 or 亿元 (English: million yuan), the unit smaller."""
    digits, unit = figures.headline(minor, _language(), whole=whole)
    return format_html("{}<small>{}</small>", digits, unit)


@register.filter
def moment(at) -> str:
    """Return a moment to the minute, Beijing time."""
    return figures.moment(at, _language())


@register.filter
def day(at) -> str:
    """Return a day, Beijing time."""
    return figures.day(at, _language())


@register.filter
def last_day(until) -> str:
    """Return the last day, Beijing time, of what holds until a moment: the paper of a certificate names it so."""
    return figures.day(until - timedelta(microseconds=1), _language())


@register.filter
def short_day(at) -> str:
    """Return a day without its year, Beijing time."""
    return figures.short_day(at, _language())


@register.filter
def plain_day(date, length: str = "") -> str:
    """Return a calendar date as `day`, or without its year."""
    noon = datetime(date.year, date.month, date.day, 12, tzinfo=figures.BEIJING)
    return short_day(noon) if length == "short" else day(noon)


@register.filter
def axis(minor: int) -> str:
    """Return fen as the label of a grid line."""
    return figures.axis(minor, _language())


@register.filter
def number(value: int) -> str:
    """Return a whole number with commas."""
    return f"{value:,}"


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """Return an icon of the sprite `img/icons.svg`; decoration only, words stand beside it."""
    sprite = static("themes/default/img/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


class FixedText(template.Node):
    """A text that only the language changes, looked up once for each language.

    Django's own node makes and resolves a lazy string at every rendering: on a page of eighty texts that was a third
    of the time.
    """

    def __init__(self, message: str, context: str | None):
        self.message, self.context = message, context
        self.found: dict[str, str] = {}

    def render(self, context) -> str:
        """Return the text in the active language; it is the project's own, so it is not escaped."""
        language = _language()
        if language not in self.found:
            text = pgettext(self.context, self.message) if self.context else gettext(self.message)
            self.found[language] = text
        return self.found[language]


@register.tag("translate")
def translate(parser, token):
    """Read Django's `{% translate %}`; what is a plain text becomes a FixedText, all else stays as Django has it."""
    node = i18n.do_translate(parser, token)
    expression, context = node.filter_expression, node.message_context
    plain = not (node.noop or node.asvar or expression.filters) and (context is None or context.is_var is False)
    message = getattr(expression.var, "literal", None)
    if not plain or not isinstance(message, str) or "%" in message:
        return node
    return FixedText(str(message), str(context.resolve(template.Context())) if context else None)


@register.simple_tag(takes_context=True)
def theme_static(context, path: str) -> str:
    """Return the address of a static file of the page's theme."""
    return static(f"themes/{context.get('theme', settings.DEFAULT_THEME)}/{path}")


@register.simple_tag
def art(kind: str, seed: int) -> str:
    """Return the address of a product's illustration; it never changes, so browsers keep it for ever."""
    return f"/art/{kind}/{seed}.svg"


@register.simple_tag
def photo(token: str, width: int = pictures.LEAST_WIDTH, kind: str = "jpg", least: int = 0) -> str:
    """Return the `srcset` of an uploaded picture `width` px wide; with `least`, the address of one size so wide."""
    if least:
        return pictures.address(token, pictures.fitting(width, least), kind)
    return pictures.source_set(token, pictures.widths_of(width), kind)


@register.filter
def short_province(place) -> str:
    """Return a province's everyday name: 陕西省 → 陕西, 内蒙古自治区 → 内蒙古; English names are short already."""
    name, tag = languages.spoken(place, "province" if hasattr(place, "province_zh") else "name")
    if tag != "en":
        name = name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]
    return _marked(name, tag)


@register.filter
def where(place) -> str:
    """Return province, prefecture and county; what is no prefecture but a heading of the code table is left out."""
    county = "county" if hasattr(place, "county_zh") else "name"
    parts = [languages.spoken(place, field) for field in ("province", "prefecture", county)]
    if parts[0] == parts[1] or "直辖" in place.prefecture_zh:
        parts.pop(1)
    return _marked(" · ".join(text for text, _ in parts), parts[-1][1])


@register.filter
def per_500g(minor: int) -> str:
    """Return a unit price: ¥6.96 / 500g."""
    return gettext("%(price)s / 500 g") % {"price": figures.exact(minor)}


@register.simple_tag(takes_context=True)
def kept(context, name: str, tab: str = "") -> SafeString:
    """Return a part of the frame that depends on language, theme and current entry alone; it is rendered once."""
    return _kept(context.template.engine, name, tab, _language(), settings.DEMO)


@lru_cache(maxsize=256)
def _kept(engine, name: str, tab: str, language: str, demo: bool) -> SafeString:
    values = {"tab": tab, "LANGUAGE_CODE": language, "DEMO": demo}
    return mark_safe(engine.get_template(name).render(template.Context(values)))  # noqa: S308


@register.simple_tag(takes_context=True)
def product_card(context, card, zone: str = "", marks: tuple[str, ...] = ()) -> SafeString:
    """Return a product card (`parts/card.html` of the theme). Equal cards are rendered once: lists show them often.

    `marks` are the words of a search, to be marked in the name.
    """
    known = names().schemes
    badges = tuple((slug, tr(known[slug])) for slug in card.badges[:2] if slug in known)
    return _card(context.template.engine, card, zone, (_language(), highlight(plain(card), tuple(marks)), badges))


@lru_cache(maxsize=8192)
def _card(engine, card, zone: str, texts: tuple[str, Parts, tuple[tuple[str, str], ...]]) -> SafeString:
    _, name, badges = texts
    state = card.availability.partition(":")[0]
    unit_price = card.price_per_500g_minor
    address = reverse("product", args=[card.slug])
    values = {
        "name": name,
        "lang": lang(card),
        "place": format_html("{} · {}", short_province(card), tr(card, "county")),
        "address": f"{address}?zone={zone}" if zone else address,
        "picture": card.picture,
        "drawing": art(card.kind, card.art_seed),
        "tint": card.art_seed % 4,
        "price": price(card.price_minor),
        "has_more": card.price_max_minor > card.price_minor,
        "unit_price": per_500g(unit_price) if unit_price else "",
        "badges": [(BADGE_ICONS.get(slug, "seal"), label) for slug, label in badges],
        "state": state,
        "words": availability(card.availability),
    }
    return mark_safe(engine.get_template("parts/card.html").render(template.Context(values)))  # noqa: S308


@register.filter
def availability(state: str) -> str:
    """Return the words for "in", "low:N" or "out"."""
    word, _, units = state.partition(":")
    if word == "low":
        return ngettext("Only %(units)s left", "Only %(units)s left", int(units)) % {"units": units}
    return gettext("In stock") if word == "in" else gettext("Restocking")


@register.filter
def province(code: str) -> str:
    """Return a province's everyday name by its code (GB/T 2260)."""
    return plain(PROVINCES[code]) if code in PROVINCES else code


@register.filter
def roles(held) -> list[str]:
    """Return the roles that somebody holds at a merchant, in words, the owner's first."""
    return [str(role.label) for role in Role if role in held]
