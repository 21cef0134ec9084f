"""Fields as people type them on a Chinese keyboard: whole numbers, and prices exact to the fen."""

import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog.money import to_decimal, to_minor


def plain(value: Any) -> Any:
    """Return text with full-width digits and letters made plain, as people type them on a Chinese keyboard."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


class YuanField(forms.DecimalField):
    """A price in yuan, exact to the fen: `initial` and what it cleans to are fen."""

    def __init__(self, **options):
        wrong = _("Please give a price in yuan, as 59.90.")
        messages = {"required": wrong, "invalid": wrong, "min_value": wrong, "max_digits": wrong}
        messages |= {"max_decimal_places": wrong, "max_whole_digits": wrong}
        attrs = {"class": "input", "inputmode": "decimal", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(
            min_value=Decimal("0.01"), max_digits=9, decimal_places=2, error_messages=messages, widget=widget, **options
        )

    def to_python(self, value: Any) -> Any:
        """Read what is typed, with a sign of the currency or commas."""
        return super().to_python(plain(value).strip().lstrip("¥￥").replace(",", "") if value else value)

    def clean(self, value: Any) -> Any:
        """Return fen."""
        amount = super().clean(value)
        return None if amount is None else to_minor(amount)

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan; what was typed as it was typed."""
        return f"{to_decimal(value)}" if isinstance(value, int) else value


class CountField(forms.IntegerField):
    """A whole number, also in full-width digits."""

    def to_python(self, value: Any) -> Any:
        """Read what is typed."""
        return super().to_python(plain(value))


def count(name: Any, least: int, most: int, **options) -> CountField:
    """Return a field for a whole number between two."""
    wrong = format_lazy(_("Please give a whole number between {least} and {most}."), least=least, most=f"{most:,}")
    codes = ("required", "invalid", "min_value", "max_value")
    return CountField(
        label=name,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(codes, wrong),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
        **options,
    )
