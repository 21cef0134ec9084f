"""What every page of the office shares: tables that are only read, and a page that asks before something is done."""

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.money import to_decimal


def yuan(minor: int) -> str:
    """Return fen as ¥1,234.50."""
    return f"¥{to_decimal(minor):,}"


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


class Rows(ReadOnly, TabularInline):
    """Rows that belong to what is looked at."""

    extra = 0
    can_delete = False
    show_change_link = False


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget())


def confirm(
    admin: ModelAdmin,
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
    options = admin.model._meta
    back = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[obj.pk])
    if request.method == "POST" and form.is_valid():
        try:
            for line in act(form.cleaned_data):
                messages.success(request, line)
            return HttpResponseRedirect(back)
        except refusal as error:
            form.add_error(None, str(error))
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "text": text,
        "form": form,
        "opts": options,
        "object": obj,
        "back": back,
    }
    return TemplateResponse(request, "office/confirm.html", context)
