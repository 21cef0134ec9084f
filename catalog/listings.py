"""What a listing says that the programme office looks at, what must be said, and what follows from it. Pure.

A listing's content is a flat dictionary: columns of the product, `label_…` of its food label, `service_…` of its
terms. Price, sizes, stock and hours to dispatch are not in it: they change at once.
"""

import re
from collections.abc import Mapping
from typing import Any

PRODUCT = (
    "name_zh",
    "name_en",
    "category",  # an id, as is the county
    "region",
    "kind",
    "description_zh",
    "description_en",
    "storage",
    "shelf_life_days",
    "processing",
    "return_rule",
)
LABEL = tuple(
    f"label_{name}"
    for name in (
        "ingredients_zh",
        "ingredients_en",
        "allergens_zh",
        "allergens_en",
        "storage_zh",
        "storage_en",
        "licence_number",
        "standard",
    )
)
SERVICE = tuple(
    f"service_{name}_{language}"
    for name in ("meeting_place", "duration", "included", "cancellation")
    for language in ("zh", "en")
)
FIELDS = (*PRODUCT, *LABEL, *SERVICE)
FRESH_DAYS = 120  # primary produce that keeps no longer is sold fresh
# 食品生产许可管理办法 (2020), article 29: SC and fourteen digits, the first three of them the category.
_LICENCE = re.compile(r"SC\d{14}")
_ALWAYS = ("name_zh", "name_en", "category", "region", "kind", "description_zh")
_OF_FOOD = ("label_ingredients_zh", "label_storage_zh", "shelf_life_days")
_OF_SERVICE = tuple(name for name in SERVICE if name.endswith("_zh"))


def is_food(content: Mapping[str, Any]) -> bool:
    """Whether it is eaten or drunk, and so has a label."""
    return content.get("processing") != "not_food"


def needs_licence(content: Mapping[str, Any]) -> bool:
    """Whether a food production licence is due: primary farm produce needs none (Food Safety Law, article 35)."""
    return is_food(content) and content.get("processing") != "primary"


def fields_of_kind(line_kind: str, processing: str = "") -> tuple[str, ...]:
    """Return the fields that a listing has: goods have storage and label, services their terms."""
    if line_kind == "service":
        goods_only = {"storage", "shelf_life_days", "processing", "return_rule"}
        return (*(name for name in PRODUCT if name not in goods_only), *SERVICE)
    return PRODUCT if processing == "not_food" else (*PRODUCT, *LABEL)


def problems(content: Mapping[str, Any], *, line_kind: str, sizes: int) -> dict[str, str]:
    """Return what keeps a listing from being handed in: field → "missing" or "format"."""
    required = list(_ALWAYS)
    if line_kind == "service":
        required += _OF_SERVICE
    elif is_food(content):
        required += _OF_FOOD
        required += ["label_licence_number"] if needs_licence(content) else []
    found = {name: "missing" for name in required if content.get(name) in (None, "")}
    licence = content.get("label_licence_number") or ""
    if line_kind != "service" and is_food(content) and licence and not _LICENCE.fullmatch(licence):
        found["label_licence_number"] = "format"
    if not sizes:
        found["sizes"] = "missing"
    return found


def proposed_return_rule(content: Mapping[str, Any], *, line_kind: str) -> str:
    """Return the rule that follows from what it is: what spoils soon and dated services are outside the seven days."""
    days = content.get("shelf_life_days")
    is_picked = content.get("processing") == "primary" and days is not None and days <= FRESH_DAYS
    is_cold = content.get("storage") in ("chilled", "frozen")
    return "excluded" if line_kind == "service" or is_picked or is_cold else "seven_days"


def changed(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of the wanted content that differs from what is said now."""
    return {name: value for name, value in wanted.items() if (now.get(name) or "") != (value or "")}
