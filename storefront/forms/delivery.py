"""The delivery form: whom to write to, and where the parcels go. It works without a script, one "update" at a time."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.selectors import divisions
from checkout import address
from checkout.address import Address

_WRONG = {
    ("name", "required"): _("Please give the recipient’s name."),
    ("phone", "required"): _("Please give a phone number for the courier."),
    ("phone", "invalid"): _("This is no phone number in China. Mobile numbers have 11 digits."),
    ("street", "required"): _("Please give street, house and room."),
}
_PLACES = {
    "province": _("Please choose a province."),
    "city": _("Please choose a city."),
    "county": _("Please choose a county or district."),
}


class DeliveryForm(forms.Form):
    """Address and contact. What is `offered` as city and county follows from what is chosen above (`places`)."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"required": _("Please give an e-mail address."), "invalid": _("This is no e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    name = forms.CharField(
        label=_("Recipient"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 40})
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel", "maxlength": 20}),
    )
    province = forms.CharField(label=_("Province"), required=False)
    city = forms.CharField(label=_("City"), required=False)
    county = forms.CharField(label=_("County or district"), required=False)
    street = forms.CharField(
        label=_("Street address"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "maxlength": 120}),
    )
    remark = forms.CharField(
        label=_("Note to the shops"), required=False, max_length=200, widget=forms.TextInput(attrs={"maxlength": 200})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._fill_places()

    def _value(self, name: str) -> str:
        given = self.data.get(name) if self.is_bound else self.initial.get(name)
        return (given or "").strip()

    def _fill_places(self) -> None:
        """Offer what lies below each choice; a choice that does not lie below the one above it is none."""
        self.places: dict[str, str] = {}
        self.offered: dict[str, tuple[tuple[str, str], ...]] = {}
        offered = divisions.provinces()
        for name in ("province", "city", "county"):
            chosen = self._value(name) if self._value(name) in dict(offered) else ""
            self.places[name] = chosen
            self.offered[name] = offered
            if name == "county":
                self.has_counties = bool(offered) or not self.places["city"]
            else:
                offered = divisions.below(chosen)

    def unjudged(self) -> Self:
        """Return the same form, filled in, but with nothing found wrong yet."""
        return type(self)(initial={name: self._value(name) for name in self.fields})

    def clean(self) -> dict:
        """Judge the address by the shop's own rule (`checkout.address`)."""
        cleaned = super().clean() or {}
        found = self.address()
        wrong = address.problems(found)
        for field in ("name", "phone", "street"):
            if field in wrong:
                self.add_error(field, _WRONG.get((field, wrong[field]), _("This text is too long.")))
        missing = next((name for name in _PLACES if self._is_missing(name)), None)
        if missing:
            self.add_error(missing, _PLACES[missing])
        return cleaned

    def _is_missing(self, name: str) -> bool:
        return not self.places[name] and (name != "county" or self.has_counties)

    def address(self) -> Address:
        """Return the address as typed; the divisions' names are looked up again when it is stored."""
        return Address(
            name=self._value("name"),
            phone=self._value("phone"),
            province="",
            city="",
            county="",
            street=self._value("street"),
            division_code=self.places["county"] or self.places["city"],
        )


def initial_from(stored: dict[str, str], email: str) -> dict[str, str]:
    """Return the form's initial values from a stored address ({} where there is none) and an e-mail address."""
    path = divisions.above(stored.get("division_code", ""))
    places = dict(zip(("province", "city", "county"), path, strict=False))
    return {"email": email, **{name: stored.get(name, "") for name in ("name", "phone", "street")}, **places}
