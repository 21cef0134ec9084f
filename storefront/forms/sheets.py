"""The forms of the console's spreadsheets: a file to be checked, an export to be made, a choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import SheetJob


class UploadForm(forms.Form):
    """A file, and what it is about."""

    sheet = forms.ChoiceField(label=_("What is in it"), choices=SheetJob.Sheet.choices)
    file = forms.FileField(
        label=_("File (.xlsx or .csv)"),
        allow_empty_file=True,  # the reason is given by what is in it
        error_messages={"required": _("Please choose a file.")},
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv"}
        ),
    )


class ExportForm(forms.Form):
    """What is exported, and as what."""

    sheet = forms.ChoiceField(label=_("What to export"), choices=SheetJob.Sheet.choices)
    format = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV (UTF-8)")])


class ChoiceForm(forms.Form):
    """What becomes of a checked file."""

    choice = forms.ChoiceField(choices=[(choice, choice) for choice in (SheetJob.Choice.ALL, SheetJob.Choice.GOOD)])
