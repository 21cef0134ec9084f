"""A merchant's shelves: where its goods lie, what travels, and what happened to one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from catalog.actions.warehouses import usable_by
from catalog.models import Stock, StockMovement, StockTransfer, Warehouse


@dataclass(frozen=True)
class Place:
    """A warehouse as one merchant sees it: units of its own goods there, held by orders, and on their way there."""

    warehouse: Warehouse
    sizes: int
    on_hand: int
    allocated: int
    arriving: int


def places_of(merchant_id: int, *, now: datetime) -> list[Place]:
    """Return the warehouses a merchant uses, or still has goods in, with what lies there (three queries)."""
    own = Stock.objects.filter(variant__product__merchant=merchant_id)
    lying = {
        row["warehouse"]: row
        for row in own.order_by()
        .values("warehouse")
        .annotate(units=Sum("on_hand"), held=Sum("allocated"), sizes=Count("pk", filter=Q(on_hand__gt=0)))
    }
    arriving = dict(
        StockTransfer.objects.filter(variant__product__merchant=merchant_id, state=StockTransfer.State.IN_TRANSIT)
        .order_by()
        .values_list("destination")
        .annotate(Sum("quantity"))
    )
    usable = Q(pk__in=usable_by(merchant_id=merchant_id, now=now).values("pk"))
    seen = Q(merchant=merchant_id) | Q(pk__in=[pk for pk, row in lying.items() if row["units"]])
    rows = Warehouse.objects.filter(usable | seen).select_related("operator").order_by("closed_at", "merchant", "pk")
    nothing = {"sizes": 0, "units": 0, "held": 0}
    found = [(row, lying.get(row.pk, nothing)) for row in rows]
    return [Place(row, sums["sizes"], sums["units"], sums["held"], arriving.get(row.pk, 0)) for row, sums in found]


def shelves_of(merchant_id: int, *, warehouse_id: int, words: str = "") -> QuerySet[Stock]:
    """Return what a merchant has on the shelves of a warehouse; `words` are looked for in names and stock numbers."""
    rows = Stock.objects.filter(variant__product__merchant=merchant_id, warehouse=warehouse_id)
    for word in words.split():
        rows = rows.filter(
            Q(variant__product__name_zh__icontains=word)
            | Q(variant__product__name_en__icontains=word)
            | Q(variant__sku__icontains=word)
        )
    return (
        rows.select_related("variant__product")
        .annotate(free=F("on_hand") - F("allocated"))
        .order_by("variant__product_id", "variant__position", "pk")
    )


def transfers_of(merchant_id: int) -> QuerySet[StockTransfer]:
    """Return a merchant's transfers: what is on its way first, then the newest."""
    rows = StockTransfer.objects.filter(variant__product__merchant=merchant_id)
    return rows.select_related("variant__product", "source", "destination").order_by(
        F("ended_at").desc(nulls_first=True), "-pk"
    )


def history_of(stock_id: int) -> QuerySet[StockMovement]:
    """Return what happened to a shelf, newest first."""
    rows = StockMovement.objects.filter(stock=stock_id).order_by("-pk")
    return rows.select_related("transfer__source", "transfer__destination")
