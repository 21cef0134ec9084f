"""Forms about certificates in the office: a scheme, and a decision."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from catalog.certification import Move
from catalog.models import CertificateScheme


class SchemeForm(forms.ModelForm):
    """A kind of certificate."""

    issuer_kind = forms.ChoiceField(
        label=_("Issued by"),
        choices=[
            ("authority", _("a public authority")),
            ("association", _("an association")),
            ("certifier", _("a certification body")),
        ],
        widget=UnfoldAdminSelectWidget(),
    )

    class Meta:
        model = CertificateScheme
        fields = (
            "slug",
            "name_zh",
            "name_en",
            "admits_sale",
            "issuer_kind",
            "needs_county",
            "validity_months",
            "number_pattern",
            "is_geographical",
            "evidence_zh",
            "evidence_en",
            "position",
        )
        labels = {
            "slug": _("Name in addresses"),
            "name_zh": _("Chinese name"),
            "name_en": _("English name"),
            "admits_sale": _("Admits to sale"),
            "needs_county": _("The county recommends first"),
            "validity_months": _("Longest term (months)"),
            "number_pattern": _("Form of the number (regular expression)"),
            "is_geographical": _("Geographical indication: asks for kind, holder and user"),
            "evidence_zh": _("Papers that are asked for, one a line"),
            "evidence_en": _("Papers that are asked for (English)"),
            "position": _("Position"),
        }
        widgets = {
            **dict.fromkeys(("slug", "name_zh", "name_en", "number_pattern"), UnfoldAdminTextInputWidget()),
            **dict.fromkeys(("admits_sale", "needs_county", "is_geographical"), UnfoldBooleanSwitchWidget()),
            **dict.fromkeys(("validity_months", "position"), UnfoldAdminIntegerFieldWidget()),
            **dict.fromkeys(("evidence_zh", "evidence_en"), UnfoldAdminTextareaWidget()),
        }

    def clean_number_pattern(self) -> str:
        """A pattern must be one."""
        pattern = self.cleaned_data["number_pattern"]
        try:
            re.compile(pattern)
        except re.error:
            raise forms.ValidationError(_("This is not a regular expression.")) from None
        return pattern


class DecisionForm(forms.Form):
    """What is decided on one case or several, and why."""

    move = forms.ChoiceField(choices=[(move.value, move.value) for move in Move])
    reason = forms.CharField(max_length=400, required=False)
    field = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("the whole")),
            ("number", _("the number")),
            ("issuer_zh", _("the issuer")),
            ("valid_until", _("the dates")),
            ("products", _("the products")),
            ("document", _("the document")),
        ],
    )
