"""Shared places of the demo: cloud warehouses, cold stores, smart cabinets, experience shops, a bonded warehouse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from catalog.models import Merchant, Operator, Product, Stock, StockMovement, StockTransfer, Warehouse, WarehouseTenancy
from storefront.demo.dice import stream
from storefront.demo.plan import Plan

Kind, Reason = Warehouse.Kind, StockMovement.Reason
COLD = (Product.Storage.AMBIENT, Product.Storage.CHILLED, Product.Storage.FROZEN)
SINCE = -200  # days from `as_of`: tenancies and first receipts
ACTOR = "demo"
BATCH = 2000
# Slug of the operator: Chinese name, English name, the provinces whose merchants it keeps goods for.
# Every name is given "（演示）" or "(demo)" when it is written.
OPERATORS = {
    "demo-cloud-northwest": (
        "西北共建云仓运营方",
        "Northwest cloud warehouses",
        ("61", "62", "63", "64"),
    ),
    "demo-cloud-southwest": (
        "西南共建云仓运营方",
        "Southwest cloud warehouses",
        ("50", "51", "52", "53"),
    ),
    "demo-nearby": ("身边好物运营方", "Goods nearby", ("61", "62", "52", "53")),
    "demo-bonded": ("跨境保税仓运营方", "Cross-border bonded warehouse", ("53", "62")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A shared place: who runs it, its kind, names and division (GB/T 2260)."""

    operator: str
    kind: str
    name_zh: str
    name_en: str
    division: str


PLACES = (
    Place(
        "demo-cloud-northwest",
        Kind.CLOUD,
        "西安共建云仓",
        "Xi'an cloud warehouse",
        "610113",
    ),
    Place(
        "demo-cloud-northwest",
        Kind.CLOUD,
        "兰州共建云仓",
        "Lanzhou cloud warehouse",
        "620102",
    ),
    Place(
        "demo-cloud-southwest",
        Kind.CLOUD,
        "成都共建云仓",
        "Chengdu cloud warehouse",
        "510107",
    ),
    Place(
        "demo-cloud-southwest",
        Kind.CLOUD,
        "贵阳共建云仓",
        "Guiyang cloud warehouse",
        "520115",
    ),
    Place(
        "demo-nearby",
        Kind.SMART_CABINET,
        "朝阳社区智能专柜",
        "Chaoyang smart cabinet",
        "110105",
    ),
    Place(
        "demo-nearby",
        Kind.SMART_CABINET,
        "天河医院智能专柜",
        "Tianhe smart cabinet",
        "440106",
    ),
    Place("demo-nearby", Kind.EXPERIENCE_SHOP, "浦东消费帮扶体验店", "Pudong shop", "310115"),
    Place("demo-nearby", Kind.EXPERIENCE_SHOP, "市南消费帮扶体验店", "Shinan shop", "370202"),
    Place("demo-bonded", Kind.BONDED, "南沙保税仓", "Nansha bonded warehouse", "440115"),
)


def write_places(plan: Plan) -> None:
    """Make operators, their places, tenancies, some stock with its history, and transfers in each state; once."""
    if Operator.objects.exists():
        return
    with transaction.atomic(durable=True):
        _make_colder(plan)
        operators = {
            row.slug: row
            for row in Operator.objects.bulk_create(
                [
                    Operator(slug=slug, name_zh=f"{zh}（演示）", name_en=f"{en} (demo)")
                    for slug, (zh, en, _) in OPERATORS.items()
                ]
            )
        }
        places = Warehouse.objects.bulk_create(
            [
                Warehouse(
                    operator=operators[place.operator],
                    kind=place.kind,
                    name_zh=f"{place.name_zh}（演示）",
                    name_en=f"{place.name_en} (demo)",
                    division_code=place.division,
                    address="演示地址（非真实）",
                    storage=list(COLD if place.kind in (Kind.CLOUD, Kind.BONDED) else COLD[:1]),
                )
                for place in PLACES
            ]
        )
        for planned, place in zip(PLACES, places, strict=True):
            _furnish(plan, place, OPERATORS[planned.operator][2])


def _make_colder(plan: Plan) -> None:
    """What needs cold comes from a cold store at its origin."""
    chilled = Product.objects.filter(storage__in=COLD[1:]).values("merchant")
    Warehouse.objects.filter(merchant__in=chilled).update(kind=Kind.COLD_STORE)


def _furnish(plan: Plan, place: Warehouse, provinces: tuple[str, ...]) -> None:
    """Give a place its tenants, their stock, and what is on its way to it."""
    dice = stream(plan.seed, "place", place.name_en)
    tenants = [pk for pk, code in _merchants() if code[:2] in provinces and dice.random() < 0.4]
    WarehouseTenancy.objects.bulk_create(
        [WarehouseTenancy(warehouse=place, merchant_id=pk, valid_from=plan.day(SINCE)) for pk in tenants],
        batch_size=BATCH,
    )
    homes = list(_homes(tenants, place))
    chosen = dice.sample(homes, min(len(homes), 200 if place.is_shipping else 24))
    shelves = Stock.objects.bulk_create(
        [Stock(variant_id=home.variant_id, warehouse=place, on_hand=dice.randint(6, 60)) for home in chosen],
        batch_size=BATCH,
    )
    StockMovement.objects.bulk_create(
        [
            StockMovement(
                stock=shelf,
                reason=Reason.RECEIPT,
                delta=shelf.on_hand,
                on_hand=shelf.on_hand,
                actor=ACTOR,
                at=plan.day(SINCE + dice.randint(1, 100)),
            )
            for shelf in shelves
        ],
        batch_size=BATCH,
    )
    _send(plan, place, chosen[:3])


def _merchants() -> list[tuple[int, str]]:
    return list(Merchant.objects.order_by("pk").values_list("pk", "region__province_code"))


def _homes(tenants: list[int], place: Warehouse) -> Iterator[Stock]:
    """Yield the stocks at the origin of goods that tenants could keep at this place."""
    rows = Stock.objects.filter(
        warehouse__merchant__in=tenants,
        variant__product__line_kind="goods",
        variant__product__storage__in=place.storage,
    )
    yield from rows.order_by("pk")


def _send(plan: Plan, place: Warehouse, homes: list[Stock]) -> None:
    """Put one transfer on its way for each stock; units that travel are taken from the shelf at the origin."""
    for index, home in enumerate(homes):
        quantity = min(5, home.available)
        if quantity < 1:
            continue
        sent = plan.day(-2) + timedelta(hours=9 + index)
        transfer = StockTransfer.objects.create(
            variant_id=home.variant_id,
            source_id=home.warehouse_id,
            destination=place,
            quantity=quantity,
            sent_by=ACTOR,
            sent_at=sent,
        )
        Stock.objects.filter(pk=home.pk).update(on_hand=home.on_hand - quantity)
        StockMovement.objects.create(
            stock=home,
            reason=Reason.TRANSFER_OUT,
            delta=-quantity,
            on_hand=home.on_hand - quantity,
            transfer=transfer,
            actor=ACTOR,
            at=sent,
        )
