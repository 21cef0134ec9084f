"""Rights in the reader's words. Django stores their names in English and shows them so in every language."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

_ACTS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("look at")}
# Tables that no page of the office is about, so that only rights name them; as Django calls them.
THINGS = (
    *(gettext_noop("area set"), gettext_noop("area set member"), gettext_noop("pairing"), gettext_noop("division")),
    *(gettext_noop("merchant approval"), gettext_noop("food label"), gettext_noop("product variant")),
    *(gettext_noop("product tag"), gettext_noop("product card"), gettext_noop("catalog state")),
    *(gettext_noop("certificate scheme"), gettext_noop("certificate product")),
    *(gettext_noop("warehouse"), gettext_noop("stock"), gettext_noop("checkout"), gettext_noop("checkout line")),
    *(gettext_noop("merchant order"), gettext_noop("order line"), gettext_noop("allocation")),
    *(gettext_noop("fulfillment"), gettext_noop("refund part"), gettext_noop("journal posting")),
    *(gettext_noop("campaign rule"), gettext_noop("relay lock"), gettext_noop("total"), gettext_noop("day total")),
    *(gettext_noop("geographical indication"), gettext_noop("certificate reminder"), gettext_noop("service terms")),
    *(gettext_noop("sheet job"), gettext_noop("sheet chunk"), gettext_noop("demo seed")),
)
# Rights that are no “add”, “change”, “delete” or “look at”; as their tables name them.
DECISIONS = (
    gettext_noop("Can recommend merchants on behalf of a county"),
    gettext_noop("Can decide on merchant applications"),
    gettext_noop("Can recommend certificates for the county"),
    gettext_noop("Can approve certificates for the platform"),
    gettext_noop("Can decide on listings"),
)


def spoken_right(permission: Permission) -> str:
    """Return what a right allows: “Checkout · refund: add”. One of a table that is gone stays as it is stored."""
    kind = permission.content_type
    act = _ACTS.get(permission.codename.removesuffix(f"_{kind.model}"))
    model = kind.model_class()
    if act is None or model is None:
        return gettext(permission.name)
    words = {
        "area": apps.get_app_config(kind.app_label).verbose_name,
        "thing": gettext(str(model._meta.verbose_name)),
        "act": act,
    }
    return gettext("%(area)s · %(thing)s: %(act)s") % words


class RightsField(forms.ModelMultipleChoiceField):
    """A choice of rights."""

    def label_from_instance(self, permission: Any) -> str:
        """Return the right in the reader's words."""
        return spoken_right(permission)


class ChoosesRights:
    """Lets a page of the office show the rights that it gives in the reader's words."""

    def formfield_for_manytomany(self, field: ManyToManyField, request: HttpRequest, **options: Any) -> Any:
        """Return the form's field as Django makes it, with our labels where it is about rights."""
        if field.related_model is Permission:
            options["form_class"] = RightsField
            options["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(field, request, **options)  # type: ignore[misc]
