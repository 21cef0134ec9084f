"""What a kind's label says, whether it may be sent back, and how soon it leaves: from the data file, and by rule."""

from dataclasses import dataclass
from functools import cache

from catalog.actions.regions import read_table
from catalog.models import FoodLabel, Product
from storefront.demo.kinds import Kind, read_kinds
from storefront.demo.products import ProductPlan

FRESH_DAYS = 120  # produce that keeps no longer is sold fresh: potatoes and garlic are, dried mushrooms are not
# Shelves whose goods a licence is needed for even when they are no more than cleaned, milled or strained.
_LICENSED = {"grain", "honey", "beverage"}
_ALLERGENS = {
    "barley": ("大麦", "barley"),
    "crustaceans": ("甲壳纲动物", "crustaceans"),
    "egg": ("蛋类", "eggs"),
    "fish": ("鱼类", "fish"),
    "milk": ("乳", "milk"),
    "nuts": ("坚果", "tree nuts"),
    "oats": ("燕麦", "oats"),
    "peanut": ("花生", "peanuts"),
    "soy": ("大豆", "soybeans"),
    "wheat": ("小麦", "wheat"),
}
_KEEPING = {
    Product.Storage.CHILLED: ("0–8℃冷藏，收到后请尽快食用", "Keep chilled at 0–8 °C; eat soon after it arrives"),
    Product.Storage.FROZEN: ("-18℃以下冷冻，解冻后请勿再次冷冻", "Keep frozen at −18 °C or below; do not refreeze"),
    Product.Storage.AMBIENT: (
        "置于阴凉干燥处，避免阳光直射，开封后请密封保存",
        "Keep cool and dry, out of the sun; close it again once opened",
    ),
}
_KEEPING_FRESH = ("置于阴凉通风处，避免挤压", "Keep cool and aired; do not stack anything on it")


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """A food's label. `standard` is empty where none is certain; `is_licensed`: a production licence is needed."""

    ingredients_zh: str
    ingredients_en: str
    allergens_zh: str
    allergens_en: str
    storage_zh: str
    storage_en: str
    standard: str
    is_licensed: bool


@cache
def plan_labels() -> dict[str, LabelPlan]:
    """Return the labels of the edible kinds, by slug; produce that the file says nothing of is its own ingredient."""
    told = {row["kind"]: row for row in read_table("food_labels.csv")}
    return {kind.slug: _label(kind, told.get(kind.slug, {})) for kind in read_kinds() if is_food(kind)}


def is_food(kind: Kind) -> bool:
    """Whether it is eaten or drunk."""
    return kind.processing != Product.Processing.NOT_FOOD


def is_fresh(kind: Kind) -> bool:
    """Whether it spoils soon: chilled or frozen, or produce as it was picked."""
    keeps_long = (kind.shelf_life_days or 0) > FRESH_DAYS
    picked = is_food(kind) and kind.processing == Product.Processing.PRIMARY and not keeps_long
    return picked or kind.storage in (Product.Storage.CHILLED, Product.Storage.FROZEN)


def return_rule(kind: Kind) -> str:
    """Return the rule for sending back: neither what spoils nor a dated service is within the seven days."""
    excluded = kind.is_service or is_fresh(kind)
    return Product.ReturnRule.EXCLUDED if excluded else Product.ReturnRule.SEVEN_DAYS


def dispatch_hours(kind: Kind) -> int:
    """Return how soon it is sent: a day for what spoils, two for what keeps, three for what is made by hand."""
    if is_fresh(kind):
        return 24
    return 48 if is_food(kind) else 72


def write_labels(pairs: list[tuple[ProductPlan, Product]], *, batch_size: int) -> None:
    """Make the labels of the foods among products that were just made."""
    labels = plan_labels()
    FoodLabel.objects.bulk_create(
        [_row(labels[product.kind.slug], product, row) for product, row in pairs if is_food(product.kind)],
        batch_size=batch_size,
    )


def _row(label: LabelPlan, product: ProductPlan, row: Product) -> FoodLabel:
    # No category of food has the code 000, so this is nobody's licence.
    number = f"SC000{product.merchant.index + 1:011d}（演示）" if label.is_licensed else ""
    return FoodLabel(
        product=row,
        ingredients_zh=label.ingredients_zh,
        ingredients_en=label.ingredients_en,
        allergens_zh=label.allergens_zh,
        allergens_en=label.allergens_en,
        storage_zh=label.storage_zh,
        storage_en=label.storage_en,
        licence_number=number,
        standard=label.standard,
    )


def _label(kind: Kind, told: dict[str, str]) -> LabelPlan:
    allergens = [_ALLERGENS[code] for code in told.get("allergens", "").split(";") if code]
    fresh = kind.storage == Product.Storage.AMBIENT and is_fresh(kind)
    storage_zh, storage_en = _KEEPING_FRESH if fresh else _KEEPING[Product.Storage(kind.storage)]
    return LabelPlan(
        ingredients_zh=told.get("ingredients_zh") or kind.zh,
        ingredients_en=told.get("ingredients_en") or f"{kind.en[:1].upper()}{kind.en[1:]}",
        allergens_zh="、".join(zh for zh, _ in allergens),
        allergens_en=", ".join(en for _, en in allergens),
        storage_zh=storage_zh,
        storage_en=storage_en,
        standard=told.get("standard", ""),
        is_licensed=kind.processing != Product.Processing.PRIMARY or kind.category in _LICENSED,
    )
