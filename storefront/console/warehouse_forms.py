"""Forms about warehouses: opening one, and moving what lies there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.warehouses import MOST, Code
from catalog.models import Product, Warehouse

KINDS = {
    Warehouse.Kind.ORIGIN.value: _("Warehouse at the origin"),
    Warehouse.Kind.COLD_STORE.value: _("Cold store at the origin"),
    Warehouse.Kind.CLOUD.value: _("Shared cloud warehouse"),
    Warehouse.Kind.BONDED.value: _("Bonded warehouse"),
    Warehouse.Kind.SMART_CABINET.value: _("Smart cabinet"),
    Warehouse.Kind.EXPERIENCE_SHOP.value: _("Experience shop"),
}
OWN = (Warehouse.Kind.ORIGIN.value, Warehouse.Kind.COLD_STORE.value)
STORAGE = {
    Product.Storage.AMBIENT.value: _("Ambient"),
    Product.Storage.CHILLED.value: _("Chilled"),
    Product.Storage.FROZEN.value: _("Frozen"),
}
_NUMBER = {"required": Code.QUANTITY.label, "invalid": Code.QUANTITY.label}
_NUMBER |= {"min_value": Code.QUANTITY.label, "max_value": Code.QUANTITY.label}


class OpeningForm(forms.Form):
    """A warehouse of the merchant's own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, KINDS[kind]) for kind in OWN])
    name_zh = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=160)
    address = forms.CharField(label=_("Address"), max_length=200)
    storage = forms.MultipleChoiceField(
        label=_("What it can keep"), choices=list(STORAGE.items()), widget=forms.CheckboxSelectMultiple
    )


def _units(label: Any, least: int = 1) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=MOST, error_messages=_NUMBER, widget=widget)


def _note() -> forms.CharField:
    return forms.CharField(label=_("Note"), max_length=200, required=False)


class ReceiptForm(forms.Form):
    """Units that came in."""

    prefix = "receipt"
    quantity = _units(_("Units that came in"))
    note = _note()


class CountForm(forms.Form):
    """Units that were counted, and what the page said before."""

    prefix = "count"
    counted = _units(_("Units counted"), least=0)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = _note()


class SendForm(forms.Form):
    """Units to be sent to another warehouse."""

    prefix = "send"
    destination = forms.TypedChoiceField(label=_("To"), coerce=int)
    quantity = _units(_("Units to send"))
    note = _note()

    def __init__(self, *args, places: list[Warehouse], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [(place.pk, place.name_zh) for place in places]  # type: ignore[attr-defined]
        self.fields["destination"].widget.attrs["lang"] = "zh-Hans"


class ArrivalForm(forms.Form):
    """Units of a transfer that arrived."""

    quantity = _units(_("Units that arrived"), least=0)
