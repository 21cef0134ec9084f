"""The console's forms. They judge manners (a date is a date); what is whole is judged by `catalog.onboarding`."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import MerchantApplication
from catalog.selectors.applications import region_label, region_labels
from checkout import address
from checkout.models import Role
from storefront.console.labels import APPLICATION, BENEFIT_MODES, PRODUCER_TYPES
from storefront.forms.delivery import DeliveryForm

SCANS = ("licence", "food_permit", "benefit_evidence")
_CHOOSE = ("", _("Please choose"))


def _english() -> bool:
    return get_language() == "en"


class RegionField(forms.CharField):
    """An aided county, chosen by typing: the browser offers the list, and without a script a plain name does.

    Cleans to the region's id, or None. The options are in `choices`, for one `<datalist>` a page.
    """

    def __init__(self, **options):
        attrs = {"list": "regions", "autocomplete": "off", "maxlength": 200}
        super().__init__(required=False, max_length=200, widget=forms.TextInput(attrs=attrs), **options)
        self.choices: list[tuple[int, str, str]] = []

    def clean(self, value: Any) -> int | None:
        """Find the county that is meant. Raises ValidationError when it is none, or when several have the name."""
        text = "".join((super().clean(value) or "").split()).replace("(", "（").replace(")", "）").lower()
        if not text:
            return None
        labels = [
            (pk, "".join(label.split()).lower(), "".join(name.split()).lower()) for pk, label, name in self.choices
        ]
        exact = [pk for pk, label, name in labels if text == label]
        found = exact[:1] or [pk for pk, label, name in labels if text == name]
        found = found or [pk for pk, label, name in labels if name.startswith(text)]
        if len(found) == 1:
            return found[0]
        if found:
            some = [label for pk, label, name in self.choices if pk in found][:5]
            several = _("Several counties have this name; please write it as one of these: %(counties)s")
            raise forms.ValidationError(several, params={"counties": "; ".join(some)})
        raise forms.ValidationError(_("No aided county has this name; please choose one from the list."))


class _WithRegions(forms.Form):
    """A form with counties: fills in what can be chosen, once for all its fields (one query)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = region_labels(english=_english())
        for field in self.fields.values():
            if isinstance(field, RegionField):
                field.choices = self.regions


class StartForm(_WithRegions):
    """The first three answers of an applicant."""

    legal_name = forms.CharField(
        label=APPLICATION["legal_name"],
        max_length=100,
        error_messages={"required": _("Please give the name as it stands on the licence.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    producer_type = forms.ChoiceField(
        label=APPLICATION["producer_type"],
        choices=[_CHOOSE, *PRODUCER_TYPES.items()],
        error_messages={"required": _("Please choose what the applicant is.")},
    )
    region = RegionField(label=APPLICATION["region"])

    def clean_region(self) -> int:
        """Ask for the county at once: nothing can be judged without it."""
        if self.cleaned_data["region"] is None:
            raise forms.ValidationError(_("Please choose the county in which it is registered."))
        return self.cleaned_data["region"]


def _day(name: str) -> forms.DateField:
    return forms.DateField(
        label=APPLICATION[name],
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day as in 2026-01-31.")},
    )


def _scan(name: str) -> forms.FileField:
    accept = {"accept": "application/pdf,image/jpeg,image/png"}
    return forms.FileField(
        label=APPLICATION[name], required=False, allow_empty_file=True, widget=forms.FileInput(attrs=accept)
    )


class ApplicationForm(_WithRegions):
    """What a merchant states of itself. Nothing is required: a half-filled form is a draft."""

    legal_name = forms.CharField(label=APPLICATION["legal_name"], max_length=100, required=False)
    name_en = forms.CharField(label=APPLICATION["name_en"], max_length=160, required=False)
    credit_code = forms.CharField(
        label=APPLICATION["credit_code"],
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    producer_type = forms.ChoiceField(
        label=APPLICATION["producer_type"], choices=[_CHOOSE, *PRODUCER_TYPES.items()], required=False
    )
    producer_zh = forms.CharField(label=APPLICATION["producer_zh"], max_length=100, required=False)
    region = RegionField(label=APPLICATION["region"])
    production_region = RegionField(label=APPLICATION["production_region"])
    licence = _scan("licence")
    sells_food = forms.BooleanField(label=APPLICATION["sells_food"], required=False)
    food_permit = _scan("food_permit")
    benefit_mode = forms.ChoiceField(
        label=APPLICATION["benefit_mode"], choices=[_CHOOSE, *BENEFIT_MODES.items()], required=False
    )
    benefit_households = forms.IntegerField(
        label=APPLICATION["benefit_households"],
        required=False,
        min_value=1,
        max_value=1_000_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Please give a whole number between 1 and 1,000,000.")
        ),
    )
    benefit_from = _day("benefit_from")
    benefit_until = _day("benefit_until")
    benefit_evidence = _scan("benefit_evidence")

    def __init__(self, *args, application: MerchantApplication, **kwargs):
        initial = {name: getattr(application, name) for name in self.base_fields if name not in SCANS}
        for name in ("region", "production_region"):
            initial[name] = region_label(initial[name], english=_english()) if initial[name] else ""
        super().__init__(*args, initial=initial, **kwargs)
        for name in SCANS:
            self.fields[name].document = getattr(application, name)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was understood, by column; scans are taken in apart, what was not understood stays as it was."""
        columns = {"region": "region_id", "production_region": "production_region_id"}
        return {columns.get(name, name): value for name, value in self.cleaned_data.items() if name not in SCANS}


class ReturnAddressForm(DeliveryForm):
    """Where returned goods go; nobody is written to, so it asks for no e-mail address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["remark"]


class ContactForm(forms.Form):
    """Whom the programme, and a buyer with a question, may call."""

    name = forms.CharField(
        label=_("Contact person"),
        max_length=40,
        error_messages={"required": _("Please say whom to ask for.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=20,
        error_messages={"required": _("Please give a phone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, error_messages={"invalid": _("This is no e-mail address.")}
    )

    def clean_phone(self) -> str:
        """Ask for a number that can be called in China."""
        if not address.is_phone(self.cleaned_data["phone"]):
            raise forms.ValidationError(_("This is no phone number in China. Mobile numbers have 11 digits."))
        return self.cleaned_data["phone"]


class BankForm(forms.Form):
    """An account at a bank. The number is asked for whole each time: what is stored is not shown again."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=100,
        error_messages={"required": _("Please give the holder as the bank knows it.")},
    )
    bank = forms.CharField(
        label=_("Bank and branch"), max_length=100, error_messages={"required": _("Please give bank and branch.")}
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=50,
        error_messages={"required": _("Please give the account number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_number(self) -> str:
        """Return the digits alone."""
        digits = "".join(self.cleaned_data["number"].split()).replace("-", "")
        if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 30):
            raise forms.ValidationError(_("An account number has 8 to 30 digits and nothing else."))
        return digits


def _roles() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one role.")},
    )


class InviteForm(forms.Form):
    """Whom to ask to join, as what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"required": _("Please give an e-mail address."), "invalid": _("This is no e-mail address.")},
    )
    roles = _roles()


class RolesForm(forms.Form):
    """What somebody does for the merchant."""

    roles = _roles()
