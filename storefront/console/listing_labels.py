"""What a listing's fields and choices are called, and what is wrong with them: for form, office and audit trail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Product

LISTING: dict[str, Any] = {
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "category": _("Category"),
    "region": _("County of production"),
    "kind": _("Drawing"),
    "description_zh": _("Description (Chinese)"),
    "description_en": _("Description (English)"),
    "storage": _("Storage class"),
    "shelf_life_days": _("Shelf life (days)"),
    "processing": _("Processing"),
    "return_rule": _("Return without a reason"),
    "label_ingredients_zh": _("Ingredients (Chinese)"),
    "label_ingredients_en": _("Ingredients (English)"),
    "label_allergens_zh": _("Allergens (Chinese)"),
    "label_allergens_en": _("Allergens (English)"),
    "label_storage_zh": _("How to keep it (Chinese)"),
    "label_storage_en": _("How to keep it (English)"),
    "label_licence_number": _("Food production licence"),
    "label_standard": _("Product standard"),
    "service_meeting_place_zh": _("Meeting place (Chinese)"),
    "service_meeting_place_en": _("Meeting place (English)"),
    "service_duration_zh": _("Duration (Chinese)"),
    "service_duration_en": _("Duration (English)"),
    "service_included_zh": _("Included in the price (Chinese)"),
    "service_included_en": _("Included in the price (English)"),
    "service_cancellation_zh": _("Cancellation terms (Chinese)"),
    "service_cancellation_en": _("Cancellation terms (English)"),
}
STORAGE: dict[str, Any] = {
    Product.Storage.AMBIENT: _("Ambient"),
    Product.Storage.CHILLED: _("Chilled"),
    Product.Storage.FROZEN: _("Frozen"),
    Product.Storage.NONE: _("Not applicable"),
}
PROCESSING: dict[str, Any] = {
    Product.Processing.PRIMARY: _("Primary farm produce"),
    Product.Processing.SEMI_FINISHED: _("Semi-finished"),
    Product.Processing.READY_TO_COOK: _("Ready to cook"),
    Product.Processing.DEEP_PROCESSED: _("Processed food"),
    Product.Processing.NOT_FOOD: _("No food"),
}
RETURN_RULES: dict[str, Any] = {
    Product.ReturnRule.SEVEN_DAYS: _("Within seven days"),
    Product.ReturnRule.EXCLUDED: _("Excluded: fresh, perishable, or on a day"),
}
STATUS: dict[str, Any] = {
    Product.Status.DRAFT: _("Draft"),
    Product.Status.IN_REVIEW: _("In review"),
    Product.Status.ON_SALE: _("On sale"),
    Product.Status.PAUSED: _("Paused"),
    Product.Status.WITHDRAWN: _("Withdrawn"),
}
_MISSING: dict[str, Any] = {
    "name_zh": _("Please give the Chinese name."),
    "name_en": _("Please give the English name."),
    "category": _("Please choose a category."),
    "region": _("Please choose the county in which it is produced."),
    "kind": _("Please choose a drawing."),
    "description_zh": _("Please describe it in Chinese."),
    "label_ingredients_zh": _("Food names its ingredients; of primary produce its own name is enough."),
    "label_storage_zh": _("Food says how it is to be kept."),
    "shelf_life_days": _("Food says how many days it keeps."),
    "label_licence_number": _("Processed food has a food production licence; please give its number."),
    "service_meeting_place_zh": _("Please say where one meets."),
    "service_duration_zh": _("Please say how long it takes."),
    "service_included_zh": _("Please say what the price includes."),
    "service_cancellation_zh": _("Please say until when it can be cancelled, and at what cost."),
    "sizes": _("Please add at least one size with its price."),
}
LICENCE_FORMAT = _("A food production licence is SC and 14 digits; please compare it with the licence.")
OBSTACLES: dict[str, Any] = {
    "merchant": _("The merchant is not approved to sell."),
    "certificate": _("No certificate that admits it to sale covers it."),
    "certificate_pending": _("Its certificate is not in force yet."),
    "certificate_expired": _("Its certificate has expired."),
    "certificate_revoked": _("Its certificate was revoked."),
}
REFUSALS: dict[str, Any] = {
    "gone": _("This was changed or removed meanwhile; please look at it again."),
    "stopped": _("The programme office has paused this listing; only the office can put it back on sale."),
    "closed": _("It is not in a state in which this can be done; please look at it again."),
    "sku_taken": _("This number is given to another size already."),
    "size_in_use": _("A size with units in stock, on order or booked cannot be removed."),
    "last_size": _("The last size cannot be removed; pause or withdraw the listing instead."),
    "many_sizes": _("A listing has 30 sizes at most."),
}
DATES: dict[str, Any] = {
    "gone": REFUSALS["gone"],
    "period": _("No such weekday lies in this period; it may span a year at most."),
    "capacity": _("Please give a number of people between 1 and 10,000."),
    "booked": _("More people than that have booked this day."),
}


def problem(field: str, reason: str) -> Any:
    """Return what to say of a field, for a reason of `catalog.listings.problems`."""
    return LICENCE_FORMAT if reason == "format" else _MISSING[field]
