"""A listing's content (`catalog.listings`) read from its tables and written to them."""

from collections.abc import Mapping
from typing import Any

from catalog import listings
from catalog.kinds import kinds
from catalog.models import AidedRegion, Category, FoodLabel, Product, ServiceTerms

_COLUMNS = {"category": "category_id", "region": "region_id"}


def content_of(row: Product) -> dict[str, Any]:
    """Return what a product says, by field; of its label and terms, which it may lack, empty text."""
    label = FoodLabel.objects.filter(pk=row.pk).first()
    terms = ServiceTerms.objects.filter(pk=row.pk).first()
    found = {name: getattr(row, _COLUMNS.get(name, name)) for name in listings.PRODUCT}
    found |= {name: getattr(label, name.removeprefix("label_"), "") for name in listings.LABEL}
    return found | {name: getattr(terms, name.removeprefix("service_"), "") for name in listings.SERVICE}


def write_content(row: Product, content: Mapping[str, Any]) -> None:
    """Let a product say this, inside the caller's transaction; a new row is saved whole. What is not given stays."""
    for name in listings.PRODUCT:
        if name in content:
            setattr(row, _COLUMNS.get(name, name), content[name])
    row.save(update_fields=[_COLUMNS.get(name, name) for name in listings.PRODUCT] if row.pk else None)
    if row.line_kind == "service":
        _write_part(ServiceTerms, row, content, listings.SERVICE, "service_")
    elif listings.is_food({"processing": row.processing}):
        _write_part(FoodLabel, row, content, listings.LABEL, "label_")
    else:
        FoodLabel.objects.filter(pk=row.pk).delete()


def _write_part(model, row: Product, content: Mapping[str, Any], names: tuple[str, ...], prefix: str) -> None:
    values = {name.removeprefix(prefix): content[name] for name in names if name in content}
    if any(values.values()) or model.objects.filter(pk=row.pk).exists():
        model.objects.update_or_create(product=row, defaults=values)


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content as the audit trail tells it: category, county and drawing by name."""
    found = dict(content)
    kind = kinds().get(found.pop("kind"))
    category = Category.objects.filter(pk=content["category"]).first()
    region = AidedRegion.objects.filter(pk=content["region"]).first()
    named = {"category": str(category or ""), "region": str(region or ""), "drawing": kind.name_zh if kind else ""}
    named["storage_class"] = found.pop("storage")
    return found | named
