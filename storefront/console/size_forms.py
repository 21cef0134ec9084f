"""The forms of a listing's sizes, of their prices, and of the days of a service."""

from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.actions.listings import Size
from catalog.models import Product, ProductVariant
from catalog.sheets.skus import LONGEST, own_sku
from storefront.console.fields import YuanField, count


def _named(variant: ProductVariant) -> str:
    return (variant.name_en if get_language() == "en" else "") or variant.name_zh


class SizeForm(forms.Form):
    """One size, its price, and its place among the others."""

    variant_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name_zh = forms.CharField(
        label=_("Size (Chinese)"), max_length=60, error_messages={"required": _("Please name the size, as 5kg.")}
    )
    name_en = forms.CharField(label=_("Size (English)"), max_length=80, required=False)
    sku = forms.CharField(
        label=_("Your number of it"),
        max_length=LONGEST,
        error_messages={"required": _("Please give the number that you know it by.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    price_minor = YuanField(label=_("Price (yuan)"))
    weight_grams = count(_("Weight (grams)"), 0, 1_000_000, required=False)
    position = count(_("Place in the list"), 1, 99, required=False)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def size(self) -> Size:
        """Return the size as the action takes it."""
        given = self.cleaned_data
        return Size(
            given["variant_id"],
            given["sku"],
            given["name_zh"],
            given["name_en"],
            given["price_minor"],
            given["weight_grams"] or 0,
        )


class _Sizes(forms.BaseFormSet):
    """The sizes of a listing, with empty rows for new ones."""

    def clean(self) -> None:
        """Refuse a number that is given twice."""
        seen: set[str] = set()
        for form in self.forms:
            sku = form.cleaned_data.get("sku") if not form.errors and form.has_changed() else None
            if sku and not form.cleaned_data.get("remove"):
                if sku in seen:
                    form.add_error("sku", _("This number is given to another size already."))
                seen.add(sku)

    def kept(self) -> list[SizeForm]:
        """Return the forms of the sizes that stay or are new, in the order wished for; ties stay as they were."""
        filled = [form for form in self.forms if form.cleaned_data and not form.cleaned_data["remove"]]
        return sorted(filled, key=lambda form: form.cleaned_data["position"] or 100)

    def wanted(self) -> tuple[list[Size], set[int]]:
        """Return the sizes in the order wished for, and the ids of those to be removed."""
        removed = {form.cleaned_data["variant_id"] for form in self.forms if form.cleaned_data.get("remove")} - {None}
        return [form.size() for form in self.kept()], removed


_SizeSet = forms.formset_factory(SizeForm, formset=_Sizes, extra=1, max_num=40, validate_max=True)


def sizes(row: Product, data: Any = None) -> _Sizes:
    """Return the sizes of a listing (with its variants loaded) as forms; `data` is what was posted."""
    initial = [
        {
            "variant_id": each.pk,
            "name_zh": each.name_zh,
            "name_en": each.name_en,
            "sku": own_sku(row.merchant_id, each.sku),
            "price_minor": each.price_minor,
            "weight_grams": each.weight_grams,
            "position": place,
        }
        for place, each in enumerate(row.variants.all(), start=1)
    ]
    return cast(_Sizes, _SizeSet(data, initial=initial, prefix="sizes"))


_WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


class DatesForm(forms.Form):
    """Days to add: from, to, on which weekdays, for how many people."""

    variant = forms.TypedChoiceField(label=_("Size"), coerce=int)
    first = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Please give a day as in 2026-01-31.")),
    )
    last = forms.DateField(
        label=_("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Please give a day as in 2026-01-31.")),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        coerce=int,
        choices=list(enumerate(_WEEKDAYS)),
        initial=list(range(7)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one weekday.")},
    )
    capacity = count(_("Places"), 1, 10_000)

    def __init__(self, *args, row: Product, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(each.pk, _named(each)) for each in row.variants.all()]
        self.fields["variant"].choices = named  # type: ignore[attr-defined]


class CapacityForm(forms.Form):
    """How many people a day has room for."""

    capacity = count(_("Places"), 1, 10_000)

    def __init__(self, *args, day: int, capacity: int, **kwargs):
        kwargs |= {"initial": {"capacity": capacity}, "auto_id": f"id_{day}_%s"}
        super().__init__(*args, **kwargs)
        self.day = day


class PricesForm(forms.Form):
    """The prices of one listing, a field for each of its sizes (which are loaded)."""

    def __init__(self, *args, row: Product, **kwargs):
        kwargs["auto_id"] = f"id_{row.pk}_%s"
        super().__init__(*args, **kwargs)
        self.row = row
        for each in row.variants.all():
            self.fields[f"price-{each.pk}"] = field = YuanField(label=_named(each), initial=each.price_minor)
            field.units = each.units or 0  # type: ignore[attr-defined]

    def prices(self) -> dict[int, int]:
        """Return variant → fen."""
        return {int(name.removeprefix("price-")): minor for name, minor in self.cleaned_data.items()}
