"""What every page of the office shares: tables that are only read, and a page that asks before something is done."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.money import to_decimal
from storefront.office.words import LABELS, REASONS


def yuan(minor: int) -> str:
    """Return fen as ¥1,234.50."""
    return f"¥{to_decimal(minor):,}"


def told(reason: str) -> str:
    """Return a stored reason: one that the shop wrote by itself in the reader's words, any other as it is."""
    return gettext(reason) if reason in REASONS else reason


def column(field: str) -> Callable[[Model], Any]:
    """Return a column that shows a field under its label, choices in the reader's words."""

    @admin.display(description=LABELS[field], ordering=field)
    def show(row: Model) -> Any:
        words = getattr(row, f"get_{field}_display", None)
        value = words() if words else getattr(row, field)
        return gettext(str(value)) if (value and words) or isinstance(value, bool) else value

    show.__name__ = field
    return show


def spoken(model: type[Model], names: Iterable[Any]) -> list[Any]:
    """Return a page's fields, those with choices as columns: Django would show a choice as the code has it."""
    chosen = {field.name for field in model._meta.fields if field.choices and field.name in LABELS}
    return [column(name) if name in chosen else name for name in names]


class ChoicesFilter(admin.ChoicesFieldListFilter):
    """A filter by a field's choices, in the reader's words (`storefront.office.words`)."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Return the choices as Django does, each with its label looked up."""
        for choice in super().choices(changelist):
            yield {**choice, "display": gettext(str(choice["display"]))}


admin.FieldListFilter.register(lambda field: bool(field.choices), ChoicesFilter, take_priority=True)


class ReadOnly:
    """No row is added, edited or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False


class Table(ReadOnly, ModelAdmin):
    """A table that is looked at. Counting all its rows twice for each page is not worth it."""

    show_full_result_count = False
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> list:
        """Show fields under their labels in the reader's language."""
        return [column(name) if name in LABELS else name for name in super().get_list_display(request)]

    def get_fields(self, request: HttpRequest, obj=None) -> list:
        """Show choices in the reader's language."""
        return spoken(self.model, super().get_fields(request, obj))

    def get_changelist_instance(self, request: HttpRequest):
        """Name the filters in the reader's language."""
        changes = super().get_changelist_instance(request)
        for spec in changes.filter_specs:
            spec.title = LABELS.get(getattr(spec, "field_path", "").rpartition("__")[2], spec.title)
        return changes

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs):
        """Label the fields in the reader's language."""
        return super().get_form(request, obj, change, labels=LABELS, **kwargs)


class Rows(ReadOnly, TabularInline):
    """Rows that belong to what is looked at."""

    extra = 0
    can_delete = False
    show_change_link = False
    hide_title = True

    def get_fields(self, request: HttpRequest, obj=None) -> list:
        """Show choices in the reader's language."""
        return spoken(self.model, super().get_fields(request, obj))

    def get_formset(self, request: HttpRequest, obj=None, **kwargs):
        """Label the fields in the reader's language."""
        names = super().get_fields(request, obj)
        return super().get_formset(request, obj, **{"labels": LABELS, "fields": names, **kwargs})


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget())


def found_or_404(model: type[Model], object_id: int) -> Any:
    """Return a row by its number. Raises Http404."""
    found = model._default_manager.filter(pk=object_id).first()
    if found is None:
        raise Http404
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, also when it is nothing; None when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def confirm(
    page: ModelAdmin,
    request: HttpRequest,
    *,
    obj,
    permission: str,
    title: str,
    text: str,
    form: forms.Form,
    act: Callable[[dict], Iterable[str]],
    refusal: type[Exception] = ValueError,
) -> HttpResponse:
    """Show a form that says what will happen; POST does it. `act` gets the cleaned data and returns what to report.

    Never inside a transaction: an action opens its own. A `refusal` is shown above the form. Raises PermissionDenied.
    """
    if not request.user.has_perm(permission):
        raise PermissionDenied
    options = page.model._meta
    back = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[obj.pk])
    if request.method == "POST" and form.is_valid():
        try:
            for line in act(form.cleaned_data):
                messages.success(request, line)
            return HttpResponseRedirect(back)
        except refusal as error:
            form.add_error(None, gettext(str(error)))
    context = {
        **page.admin_site.each_context(request),
        "title": title,
        "text": text,
        "form": form,
        "opts": options,
        "object": obj,
        "back": back,
    }
    return TemplateResponse(request, "office/confirm.html", context)
