"""The forms of a listing: how it begins, and all that it says."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog import listings
from catalog.kinds import kinds
from catalog.models import AidedRegion, Category, LineKind, Product
from catalog.selectors.applications import region_label
from catalog.selectors.views import CategoryView
from storefront.console.fields import count, plain
from storefront.console.listing_labels import LISTING, PROCESSING, RETURN_RULES, STORAGE

_CHOOSE = ("", _("Please choose"))
_MARKDOWN = 20_000
_LANGUAGES = {"_zh": "zh-Hans", "_en": "en"}  # of what is typed, by the end of a field's name


def _english() -> bool:
    return get_language() == "en"


def _grouped_kinds(categories: list[CategoryView]) -> list:
    name = "name_en" if _english() else "name_zh"
    groups: dict[str, list] = {}
    for kind in kinds().values():
        groups.setdefault(kind.category, []).append((kind.slug, getattr(kind, name)))
    return [_CHOOSE, *((getattr(each, name), groups[each.slug]) for each in categories if each.slug in groups)]


def _text(name: str, most: int, *, rows: int = 0) -> forms.CharField:
    attrs = {"lang": lang} if (lang := _LANGUAGES.get(name[-3:])) else {}
    widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=LISTING[name], max_length=most, required=False, widget=widget)


class StartForm(forms.Form):
    """The first answers of a new listing."""

    line_kind = forms.ChoiceField(
        label=_("What is offered"),
        choices=[(LineKind.GOODS, _("Goods, sent by parcel")), (LineKind.SERVICE, _("A service on the spot"))],
        widget=forms.RadioSelect,
        initial=LineKind.GOODS,
    )
    name_zh = forms.CharField(
        label=LISTING["name_zh"], max_length=120, error_messages={"required": _("Please give the Chinese name.")}
    )
    name_en = _text("name_en", 160)
    category = forms.ChoiceField(label=LISTING["category"], error_messages={"required": _("Please choose a category.")})
    region = forms.TypedChoiceField(
        label=LISTING["region"],
        coerce=int,
        error_messages={"required": _("Please choose the county in which it is produced.")},
    )
    kind = forms.ChoiceField(label=LISTING["kind"], error_messages={"required": _("Please choose a drawing.")})

    def __init__(self, *args, categories: list[tuple[int, CategoryView]], counties: list[AidedRegion], **kwargs):
        super().__init__(*args, **kwargs)
        name = "name_en" if _english() else "name_zh"
        views = [view for _pk, view in categories]
        counties_named = [(row.pk, region_label(row, english=_english())) for row in counties]
        for field in ("category", "region", "kind"):
            choices = {
                "category": [_CHOOSE, *((str(pk), getattr(view, name)) for pk, view in categories)],
                "region": [_CHOOSE, *counties_named] if len(counties_named) > 1 else counties_named,
                "kind": _grouped_kinds(views),
            }[field]
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """Return the content of the draft: what was answered, and how such a thing is usually kept."""
        found = {name: self.cleaned_data[name] for name in ("name_zh", "name_en", "region", "kind")}
        found["category"] = int(self.cleaned_data["category"])
        if self.cleaned_data["line_kind"] == LineKind.GOODS:
            kind = kinds()[found["kind"]]
            found |= {name: getattr(kind, name) for name in ("storage", "shelf_life_days", "processing")}
        return found


class ListingForm(StartForm):
    """All that a listing says. A draft may lack most of it; `is_locked`: while it is being reviewed it stays."""

    line_kind = None  # type: ignore[assignment]  # it never changes
    description_zh = _text("description_zh", _MARKDOWN, rows=8)
    description_en = _text("description_en", _MARKDOWN, rows=6)
    storage = forms.ChoiceField(label=LISTING["storage"], choices=list(STORAGE.items()))
    shelf_life_days = count(LISTING["shelf_life_days"], 1, 7300, required=False)
    processing = forms.ChoiceField(label=LISTING["processing"], choices=list(PROCESSING.items()))
    return_rule = forms.ChoiceField(label=LISTING["return_rule"], choices=list(RETURN_RULES.items()))
    label_ingredients_zh = _text("label_ingredients_zh", 300)
    label_ingredients_en = _text("label_ingredients_en", 400)
    label_allergens_zh = _text("label_allergens_zh", 120)
    label_allergens_en = _text("label_allergens_en", 160)
    label_storage_zh = _text("label_storage_zh", 120)
    label_storage_en = _text("label_storage_en", 160)
    label_licence_number = _text("label_licence_number", 30)
    label_standard = _text("label_standard", 60)
    service_meeting_place_zh = _text("service_meeting_place_zh", 200)
    service_meeting_place_en = _text("service_meeting_place_en", 300)
    service_duration_zh = _text("service_duration_zh", 60)
    service_duration_en = _text("service_duration_en", 80)
    service_included_zh = _text("service_included_zh", 2000, rows=4)
    service_included_en = _text("service_included_en", 3000, rows=4)
    service_cancellation_zh = _text("service_cancellation_zh", 2000, rows=4)
    service_cancellation_en = _text("service_cancellation_en", 3000, rows=4)
    dispatch_hours = count(_("Sent within (hours of payment)"), 1, 720)

    def __init__(self, *args, row: Product, content: Mapping[str, Any], is_locked: bool, **kwargs):
        initial = {**content, "category": str(content["category"]), "dispatch_hours": row.dispatch_hours}
        super().__init__(*args, initial=initial, **kwargs)
        self.said, self.line_kind_of = content, row.line_kind
        own = {*listings.fields_of_kind(row.line_kind), "dispatch_hours"}
        for name in [name for name in self.fields if name not in own]:
            del self.fields[name]
        if row.line_kind == LineKind.SERVICE:
            del self.fields["dispatch_hours"]
        for name in self.fields:
            self.fields[name].disabled = is_locked and name != "dispatch_hours"

    def clean_label_licence_number(self) -> str:
        """Return the number without spaces, in capitals."""
        return "".join(plain(self.cleaned_data["label_licence_number"]).upper().split())

    def content(self) -> dict[str, Any]:
        """Return what the listing shall say, by field. An untouched proposal for returns follows what led to it."""
        found = {name: value for name, value in self.cleaned_data.items() if name in listings.FIELDS}
        found["category"] = int(found["category"])
        proposed = listings.proposed_return_rule(self.said, line_kind=self.line_kind_of)
        if "return_rule" in found and found["return_rule"] == self.said["return_rule"] == proposed:
            found["return_rule"] = listings.proposed_return_rule(found, line_kind=self.line_kind_of)
        return found


class ReasonForm(forms.Form):
    """Why something leaves the shop."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args, is_required: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required
        self.fields["reason"].error_messages["required"] = _("Please give a reason.")


def shelves() -> list[tuple[int, CategoryView]]:
    """Return the shelves by id, in the shop's order (one query)."""
    return [(row.pk, CategoryView(row.slug, row.name_zh, row.name_en, row.position)) for row in Category.objects.all()]
