"""A listing as the buyer would see it: the public page, made of what it says or asks to say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog import listings
from catalog.models import AidedRegion, Category, LineKind, Product
from catalog.selectors.places import region_view
from catalog.selectors.products import unpublished_detail
from catalog.selectors.services import service_of
from catalog.selectors.views import CategoryView, FoodLabelView, ProductDetail
from storefront import figures
from storefront.pages.product import context_of
from storefront.themes import render


def preview(request: HttpRequest, row: Product, fields: Mapping[str, Any], *, back: str, at: datetime) -> HttpResponse:
    """Answer with the page of a product as if it were on sale, with `fields` (`catalog.listings`) instead of its own.

    The caller has asked whether this reader may see it. Nothing on it can be bought, and no cache keeps it.
    """
    detail = _with(unpublished_detail(row.pk, at=at), fields)
    service = None
    if row.line_kind == LineKind.SERVICE:
        terms = {name.removeprefix("service_"): fields[name] for name in listings.SERVICE if name in fields}
        service = replace(service_of(row.pk, today=timezone.localdate(at, figures.BEIJING)), **terms)
    shown = replace(detail, sellable=True, reason="")
    context = {**context_of(shown, service), "preview": True, "preview_back": back, "zone": "", "zone_name": None}
    response = render(request, "pages/product.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _with(detail: ProductDetail, fields: Mapping[str, Any]) -> ProductDetail:
    plain = {name: fields[name] for name in listings.PRODUCT if name in fields and name not in ("category", "region")}
    if "category" in fields:
        shelf = Category.objects.get(pk=fields["category"])
        plain["category"] = CategoryView(shelf.slug, shelf.name_zh, shelf.name_en, shelf.position)
    if "region" in fields:
        plain["region"] = region_view(AidedRegion.objects.get(pk=fields["region"]))
    label = {name.removeprefix("label_"): fields[name] for name in listings.LABEL if name in fields}
    if label:
        empty = FoodLabelView(**dict.fromkeys(FoodLabelView.__dataclass_fields__, ""))
        plain["food_label"] = replace(detail.food_label or empty, **label)
    return replace(detail, **plain)
