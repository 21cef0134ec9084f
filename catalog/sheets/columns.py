"""The columns of each kind of sheet: one table for reading, template, export and documentation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from catalog.models import FoodLabel, Product, ProductVariant, SheetJob
from catalog.sheets.skus import LONGEST

MOST_MINOR = 99_999_999_99  # ¥99,999,999.99: what a price column takes
MOST_UNITS = 10_000_000


class Kind(StrEnum):
    """How a cell is understood."""

    CODE = "code"  # a name for machines: full-width characters are folded, a whole number is its digits
    TEXT = "text"
    MONEY = "money"  # yuan in the cell, fen in the value
    COUNT = "count"  # a whole number, not negative
    DATE = "date"
    CHOICE = "choice"
    CATEGORY = "category"
    COUNTY = "county"
    WAREHOUSE = "warehouse"
    SHOWN = "shown"  # exported to be read; on import it is passed over


@dataclass(frozen=True)
class Column:
    """A column. `target` is (row, field) of what it sets, of "product", "variant", "label" or "stock"; None: a name.

    `most` bounds the characters of texts and the number of counts; `units` may stand behind a number.
    """

    key: str
    label: str | Promise
    help: str | Promise
    kind: Kind
    target: tuple[str, str] | None = None
    required: bool = False
    most: int = 0
    least: int = 0
    choices: tuple[tuple[str, str | Promise], ...] = ()
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    width: int = 16
    clears: bool = False  # an empty cell empties the field; otherwise it leaves what is there


STORAGE = (
    ("ambient", _("Ambient")),
    ("chilled", _("Chilled, 0 to 4 °C")),
    ("frozen", _("Frozen, −18 °C")),
    ("none", _("No storage")),
)
PROCESSING = (
    ("primary", _("Primary farm produce")),
    ("semi_finished", _("Semi-finished")),
    ("ready_to_cook", _("Ready to cook")),
    ("deep_processed", _("Deep-processed")),
    ("not_food", _("Not food")),
)
RETURNS = (("seven_days", _("Seven days, no reason")), ("excluded", _("Excluded: fresh or dated")))
STATES = (
    ("draft", _("Draft")),
    ("on_sale", _("On sale")),
    ("paused", _("Paused")),
    ("withdrawn", _("Withdrawn")),
)
PIECES = ("件", "个", "份", "pcs")

SKU = Column(
    "sku",
    _("SKU"),
    _("Your own code of this size; each only once in a file. It decides which row of the shop is meant."),
    Kind.CODE,
    required=True,
    most=LONGEST,
    aliases=("sku编码", "sku码", "货号", "商品编码", "商家编码"),
    width=18,
)
PRICE = Column(
    "price",
    _("Price (yuan)"),
    _("For one unit, with tax, at most two decimals: 59.90"),
    Kind.MONEY,
    ("variant", "price_minor"),
    required=True,
    most=MOST_MINOR,
    aliases=("价格", "单价", "售价", "销售价"),
    width=12,
)
WAREHOUSE = Column(
    "warehouse",
    _("Warehouse"),
    _("Where the stock lies; may stay empty if you have one warehouse."),
    Kind.WAREHOUSE,
    aliases=("仓库名称",),
)
ON_HAND = Column(
    "on_hand",
    _("On hand"),
    _("Units in the warehouse, those sold and not yet shipped included."),
    Kind.COUNT,
    ("stock", "on_hand"),
    most=MOST_UNITS,
    aliases=("库存", "数量", "stock"),
    units=PIECES,
    width=10,
)
COUNTED_ON = Column(
    "counted_on",
    _("Counted on"),
    _("Day of the count, 2026-03-01. A count older than the one on record is refused."),
    Kind.DATE,
    ("stock", "counted_on"),
    aliases=("盘点时间", "日期"),
    width=12,
)


def _text(key: str, label, help_, target: tuple[str, str], model, **more) -> Column:
    most = model._meta.get_field(target[1]).max_length
    return Column(key, label, help_, Kind.TEXT, target, most=most or 5000, **more)


LISTING = (
    SKU,
    Column(
        "listing",
        _("Listing number"),
        _("Sizes of one listing have the same number; empty: the SKU, for a listing of one size."),
        Kind.CODE,
        most=40,
        aliases=("商品编号", "货品编号", "spu"),
        width=18,
    ),
    _text(
        "name_zh",
        _("Chinese name"),
        _("As on the certificate."),
        ("product", "name_zh"),
        Product,
        required=True,
        aliases=("中文名称", "商品名称", "产品名称", "品名", "名称"),
        width=24,
    ),
    _text("name_en", _("English name"), _("Empty: the Chinese name."), ("product", "name_en"), Product, width=24),
    _text(
        "spec_zh",
        _("Size in Chinese"),
        _("What one unit is, such as 5kg/箱."),
        ("variant", "name_zh"),
        ProductVariant,
        required=True,
        aliases=("规格", "商品规格"),
    ),
    _text("spec_en", _("Size in English"), _("Empty: the Chinese size."), ("variant", "name_en"), ProductVariant),
    Column(
        "category",
        _("Category"),
        _("One of the shop's categories."),
        Kind.CATEGORY,
        ("product", "category_id"),
        required=True,
        aliases=("分类", "类目", "商品分类", "商品类目"),
    ),
    Column(
        "county",
        _("County of production"),
        _("Name or code of the county; empty: your own."),
        Kind.COUNTY,
        ("product", "region_id"),
        aliases=("产地", "产地县", "县"),
        width=24,
    ),
    PRICE,
    Column(
        "weight",
        _("Net weight (g)"),
        _("Whole grams; the price of 500 g is worked out from it. 0: not weighed."),
        Kind.COUNT,
        ("variant", "weight_grams"),
        most=1_000_000,
        aliases=("净重", "重量(克)", "净含量(克)"),
        units=("g", "克"),
        width=12,
    ),
    WAREHOUSE,
    ON_HAND,
    Column(
        "storage",
        _("Storage"),
        _("How it is kept."),
        Kind.CHOICE,
        ("product", "storage"),
        choices=STORAGE,
        aliases=("储存方式", "贮存方式"),
    ),
    Column(
        "shelf_life",
        _("Shelf life (days)"),
        _("Whole days from production; empty: not stated."),
        Kind.COUNT,
        ("product", "shelf_life_days"),
        least=1,
        most=36_500,
        aliases=("保质期",),
        units=("天", "日", "days"),
        width=12,
        clears=True,
    ),
    Column(
        "processing",
        _("Processing level"),
        _("All but primary farm produce needs a food production licence."),
        Kind.CHOICE,
        ("product", "processing"),
        choices=PROCESSING,
        aliases=("加工程度",),
    ),
    Column(
        "dispatch_hours",
        _("Dispatch within (hours)"),
        _("From payment to the courier, as promised."),
        Kind.COUNT,
        ("product", "dispatch_hours"),
        least=1,
        most=720,
        units=("小时", "h", "hours"),
        width=12,
    ),
    Column(
        "return_rule",
        _("Return rule"),
        _("Whether seven-day return without a reason holds."),
        Kind.CHOICE,
        ("product", "return_rule"),
        choices=RETURNS,
    ),
    _text(
        "about_zh",
        _("Chinese description"),
        "",
        ("product", "description_zh"),
        Product,
        aliases=("中文描述", "商品描述", "描述"),
        clears=True,
        width=40,
    ),
    _text("about_en", _("English description"), "", ("product", "description_en"), Product, clears=True, width=40),
    _text(
        "ingredients_zh",
        _("Ingredients in Chinese"),
        _("Of food: as on the label."),
        ("label", "ingredients_zh"),
        FoodLabel,
        aliases=("配料", "配料表"),
        clears=True,
        width=30,
    ),
    _text("ingredients_en", _("Ingredients in English"), "", ("label", "ingredients_en"), FoodLabel, clears=True),
    _text(
        "allergens_zh",
        _("Allergens in Chinese"),
        "",
        ("label", "allergens_zh"),
        FoodLabel,
        aliases=("过敏原", "致敏物质"),
        clears=True,
    ),
    _text("allergens_en", _("Allergens in English"), "", ("label", "allergens_en"), FoodLabel, clears=True),
    _text(
        "keeping_zh",
        _("Storage on the label, Chinese"),
        "",
        ("label", "storage_zh"),
        FoodLabel,
        aliases=("贮存条件", "储存条件"),
        clears=True,
    ),
    _text("keeping_en", _("Storage on the label, English"), "", ("label", "storage_en"), FoodLabel, clears=True),
    _text(
        "licence",
        _("Food production licence"),
        _("SC and 14 digits; none for primary farm produce."),
        ("label", "licence_number"),
        FoodLabel,
        aliases=("生产许可证", "sc编号"),
        clears=True,
        width=20,
    ),
    _text(
        "standard",
        _("Product standard"),
        _("Such as GB/T 10651."),
        ("label", "standard"),
        FoodLabel,
        aliases=("产品标准号", "执行标准"),
        clears=True,
    ),
    Column(
        "state",
        _("State"),
        _("Only shown: a file puts nothing on sale and takes nothing off."),
        Kind.SHOWN,
        choices=STATES,
        width=10,
    ),
)
NAME_SHOWN = Column("name", _("Product"), _("Only shown."), Kind.SHOWN, width=30)

SHEETS: dict[str, tuple[Column, ...]] = {
    SheetJob.Sheet.LISTINGS: LISTING,
    SheetJob.Sheet.STOCK: (SKU, NAME_SHOWN, WAREHOUSE, replace(ON_HAND, required=True), COUNTED_ON),
    SheetJob.Sheet.PRICES: (SKU, NAME_SHOWN, PRICE),
}
# What a file must have, by sheet; a listing that exists may be changed by a file with some of the columns.
NEEDED: dict[str, tuple[str, ...]] = {
    SheetJob.Sheet.LISTINGS: ("sku",),
    SheetJob.Sheet.STOCK: ("sku", "on_hand"),
    SheetJob.Sheet.PRICES: ("sku", "price"),
}


def by_key(sheet: str) -> dict[str, Column]:
    """Return the columns of a sheet by key, in its order."""
    return {column.key: column for column in SHEETS[sheet]}


@cache
def languages_of(text: str | Promise) -> tuple[str, ...]:
    """Return a text in every language of the site, so that a file from one is understood in another."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(str(text))
    return tuple(found)


def names_of(column: Column) -> Iterable[str]:
    """Return everything that a header may call this column."""
    return (column.key, *languages_of(column.label), *column.aliases)
