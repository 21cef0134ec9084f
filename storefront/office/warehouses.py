"""Shared places and who keeps goods there, which the office sets up; transfers and movements to look at."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from catalog.models import Operator, Product, StockMovement, StockTransfer, Warehouse, WarehouseTenancy
from storefront.office.base import Rows, Table, spoken
from storefront.office.words import LABELS

_STORAGE = (
    (Product.Storage.AMBIENT.value, _("Ambient")),
    (Product.Storage.CHILLED.value, _("Chilled")),
    (Product.Storage.FROZEN.value, _("Frozen")),
)
_KINDS = (
    (Warehouse.Kind.CLOUD.value, _("Shared cloud warehouse")),
    (Warehouse.Kind.BONDED.value, _("Bonded warehouse")),
    (Warehouse.Kind.SMART_CABINET.value, _("Smart cabinet")),
    (Warehouse.Kind.EXPERIENCE_SHOP.value, _("Experience shop")),
)


class Labelled:
    """Fields are labelled in the reader's language."""

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs):
        """Label the fields."""
        return super().get_form(request, obj, change, labels=LABELS, **kwargs)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """A place is closed, never deleted: history names it."""
        return False


@admin.register(Operator)
class OperatorAdmin(Labelled, ModelAdmin):
    """Who runs shared places."""

    list_display = ("name_zh", "name_en", "slug")
    search_fields = ("name_zh", "name_en", "slug")


class SharedPlaceForm(forms.ModelForm):
    """A shared place. Merchants' own warehouses are made in their consoles."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS)
    storage = forms.MultipleChoiceField(
        label=_("What it can keep"),
        choices=_STORAGE,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Goods of another storage class cannot be brought here."),
    )

    class Meta:
        model = Warehouse
        fields = ("operator", "kind", "name_zh", "name_en", "division_code", "address", "storage", "closed_at")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "operator" in self.fields:  # not on the page that only shows
            self.fields["operator"].required = True


class TenancyRows(TabularInline):
    """Whose goods are kept there, and since when. A window is closed, never deleted."""

    model = WarehouseTenancy
    verbose_name_plural = _("Merchants who keep goods here")
    fields = ("merchant", "valid_from", "valid_until")
    autocomplete_fields = ("merchant",)
    extra = 0
    can_delete = False
    hide_title = True

    def get_formset(self, request: HttpRequest, obj=None, **kwargs):
        """Label the fields in the reader's language."""
        return super().get_formset(request, obj, labels=LABELS, **kwargs)


@admin.register(Warehouse)
class WarehouseAdmin(Labelled, Table):
    """Warehouses; only shared places are edited here."""

    form = SharedPlaceForm
    list_display = ("name_zh", "kind", "operator", "merchant", "division_code", "closed_at")
    list_filter = ("kind", "operator")
    list_select_related = ("operator", "merchant")
    search_fields = ("name_zh", "name_en", "merchant__name_zh", "operator__name_zh")
    inlines = (TenancyRows,)

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs):
        """Edit with the form above."""
        return ModelAdmin.get_form(self, request, obj, change, labels=LABELS, **kwargs)

    def get_fields(self, request: HttpRequest, obj=None) -> list:
        """Show what the form edits; of a merchant's own warehouse, all there is."""
        if self.has_change_permission(request, obj) or obj is None:
            return list(SharedPlaceForm.Meta.fields)
        return spoken(self.model, ["merchant", *SharedPlaceForm.Meta.fields[1:]])

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever may add warehouses."""
        return ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever may change warehouses; a merchant's own is its own business."""
        return (obj is None or obj.merchant_id is None) and ModelAdmin.has_change_permission(self, request, obj)


class MovementRows(Rows):
    """What a transfer did to shelves."""

    model = StockMovement
    verbose_name_plural = _("Movements")
    fields = ("at", "reason", "delta", "on_hand", "actor")


@admin.register(StockTransfer)
class TransferAdmin(Table):
    """Transfers between warehouses."""

    list_display = ("variant", "source", "destination", "quantity", "received_quantity", "state", "sent_at", "ended_at")
    list_filter = ("state", "destination__kind")
    list_select_related = ("variant", "source", "destination")
    search_fields = ("variant__sku", "variant__product__name_zh", "source__name_zh", "destination__name_zh")
    ordering = ("-sent_at",)
    inlines = (MovementRows,)
