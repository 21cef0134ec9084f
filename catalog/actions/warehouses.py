"""Goods on their way into warehouses and between them. What is scarce is checked and taken in one statement (I1)."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalog.actions import changes
from catalog.actions.stock import record
from catalog.models import ProductVariant, Stock, StockMovement, StockTransfer, Warehouse, WarehouseTenancy

Reason = StockMovement.Reason
MOST = 1_000_000  # units in one step; more is a slip of the keyboard


class Code(models.TextChoices):
    """Why something cannot be done; the labels say what to do."""

    QUANTITY = "quantity", _("Give a number of units from 1 to 1,000,000.")
    NOT_ENOUGH = "not_enough", _("Fewer units than that are free: some belong to orders, or have been sold meanwhile.")
    ALLOCATED = "allocated", _("More units than that belong to orders. Send these off, or cancel them, first.")
    CHANGED = "changed", _("The stock has just changed. Look at it again.")
    SAME_PLACE = "same_place", _("Choose two different warehouses.")
    NO_TENANCY = "no_tenancy", _("This warehouse does not keep goods of this merchant.")
    CLOSED = "closed", _("This warehouse is closed.")
    STORAGE = "storage", _("Goods of this storage class cannot be kept in this warehouse.")
    ENDED = "ended", _("This transfer has ended already.")
    NOT_EMPTY = "not_empty", _("Goods still lie here, or are on their way here. Move them first.")
    TOO_MANY = "too_many", _("More units than were sent cannot arrive.")


class StockRefused(ValueError):
    """A step that is not done, and nothing of it; `code` says why, and `str()` says it to the reader."""

    def __init__(self, code: Code) -> None:
        super().__init__(str(code.label))
        self.code = code


def usable_by(*, merchant_id: int, now: datetime) -> models.QuerySet[Warehouse]:
    """Return the open warehouses in which a merchant may keep goods: its own, and those it is a tenant of."""
    tenancies = WarehouseTenancy.objects.at(now).filter(merchant=merchant_id)
    own = models.Q(merchant=merchant_id) | models.Q(pk__in=tenancies.values("warehouse"))
    return Warehouse.objects.filter(own, closed_at=None).order_by("kind", "name_zh", "pk")


def open_own(*, merchant_id: int, actor: str, now: datetime, **fields: object) -> Warehouse:
    """Open a warehouse of a merchant's own; `fields` are columns: kind, names, division_code, address, storage."""
    with transaction.atomic(durable=True):
        warehouse = Warehouse.objects.create(merchant_id=merchant_id, **fields)
        changes.record(
            merchant_id=merchant_id,
            actor=actor,
            now=now,
            action="warehouse.opened",
            subject=warehouse,
            after=changes.fields_of(warehouse, ("kind", "name_en", "address", "storage")),
        )
    return warehouse


def close_own(*, warehouse_id: int, actor: str, now: datetime) -> Warehouse:
    """Close an empty warehouse of a merchant's own, for good. Raises StockRefused."""
    with transaction.atomic(durable=True):
        lying = Stock.objects.filter(warehouse=warehouse_id, on_hand__gt=0)
        on_its_way = StockTransfer.objects.filter(state=StockTransfer.State.IN_TRANSIT)
        # What left may come back: a transfer that is called off puts its units where they came from.
        closed = (
            Warehouse.objects.exclude(pk__in=lying.values("warehouse"))
            .exclude(pk__in=on_its_way.filter(destination=warehouse_id).values("destination"))
            .exclude(pk__in=on_its_way.filter(source=warehouse_id).values("source"))
        )
        if not closed.filter(pk=warehouse_id, closed_at=None).exclude(merchant=None).update(closed_at=now):
            raise StockRefused(Code.NOT_EMPTY)
        warehouse = Warehouse.objects.get(pk=warehouse_id)
        changes.record(
            merchant_id=warehouse.merchant_id,  # type: ignore[arg-type]  # its own
            actor=actor,
            now=now,
            action="warehouse.closed",
            subject=warehouse,
        )
    return warehouse


def receive(*, variant_id: int, warehouse_id: int, quantity: int, actor: str, now: datetime, note: str = "") -> Stock:
    """Units come in from the producer. Raises StockRefused."""
    _check_quantity(quantity)
    variant, warehouse = _variant(variant_id), Warehouse.objects.get(pk=warehouse_id)
    _check_place(variant, warehouse, now)
    with transaction.atomic(durable=True):
        stock = _add(variant_id, warehouse_id, quantity)
        record(stock_id=stock.pk, delta=quantity, reason=Reason.RECEIPT, actor=actor, now=now, note=note)
    return stock


def count(*, stock_id: int, counted: int, seen: int, actor: str, now: datetime, note: str = "") -> Stock:
    """Somebody counted a shelf: that many units lie there. Raises StockRefused.

    `seen` is what the page said lay there; when that has changed meanwhile, the count no longer fits and is refused.
    """
    if not 0 <= counted <= MOST:
        raise StockRefused(Code.QUANTITY)
    with transaction.atomic(durable=True):
        if not Stock.objects.filter(pk=stock_id, on_hand=seen, allocated__lte=counted).update(on_hand=counted):
            stock = Stock.objects.get(pk=stock_id)
            raise StockRefused(Code.CHANGED if stock.on_hand != seen else Code.ALLOCATED)
        if counted != seen:
            record(stock_id=stock_id, delta=counted - seen, reason=Reason.COUNT, actor=actor, now=now, note=note)
    return Stock.objects.get(pk=stock_id)


def send(
    *, variant_id: int, source_id: int, destination_id: int, quantity: int, actor: str, now: datetime, note: str = ""
) -> StockTransfer:
    """Take free units out of one warehouse, on their way to another. Raises StockRefused."""
    _check_quantity(quantity)
    if source_id == destination_id:
        raise StockRefused(Code.SAME_PLACE)
    variant = _variant(variant_id)
    _check_place(variant, Warehouse.objects.get(pk=destination_id), now)
    with transaction.atomic(durable=True):
        shelf = Stock.objects.filter(variant=variant_id, warehouse=source_id)
        if not shelf.filter(on_hand__gte=F("allocated") + quantity).update(on_hand=F("on_hand") - quantity):
            raise StockRefused(Code.NOT_ENOUGH)
        transfer = StockTransfer.objects.create(
            variant=variant,
            source_id=source_id,
            destination_id=destination_id,
            quantity=quantity,
            note=note,
            sent_by=actor,
            sent_at=now,
        )
        record(
            stock_id=shelf.get().pk,
            delta=-quantity,
            reason=Reason.TRANSFER_OUT,
            actor=actor,
            now=now,
            transfer=transfer,
        )
    return transfer


def arrive(*, transfer_id: int, quantity: int, actor: str, now: datetime) -> StockTransfer:
    """Units of a transfer reach their warehouse, once; fewer than were sent means that the rest was lost.

    Raises StockRefused.
    """
    transfer = StockTransfer.objects.get(pk=transfer_id)
    if not 0 <= quantity <= transfer.quantity:
        raise StockRefused(Code.TOO_MANY)
    with transaction.atomic(durable=True):
        _end(transfer, StockTransfer.State.RECEIVED, actor, now, received_quantity=quantity)
        if quantity:
            stock = _add(transfer.variant_id, transfer.destination_id, quantity)
            record(
                stock_id=stock.pk, delta=quantity, reason=Reason.TRANSFER_IN, transfer=transfer, actor=actor, now=now
            )
    return StockTransfer.objects.get(pk=transfer_id)


def cancel(*, transfer_id: int, actor: str, now: datetime) -> StockTransfer:
    """Put what is on its way back where it came from, once. Raises StockRefused."""
    transfer = StockTransfer.objects.get(pk=transfer_id)
    with transaction.atomic(durable=True):
        _end(transfer, StockTransfer.State.CANCELED, actor, now)
        sent = transfer.quantity
        stock = _add(transfer.variant_id, transfer.source_id, sent)
        record(stock_id=stock.pk, delta=sent, reason=Reason.TRANSFER_BACK, transfer=transfer, actor=actor, now=now)
    return StockTransfer.objects.get(pk=transfer_id)


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise StockRefused(Code.QUANTITY)


def _variant(variant_id: int) -> ProductVariant:
    return ProductVariant.objects.select_related("product").get(pk=variant_id)


def _check_place(variant: ProductVariant, warehouse: Warehouse, now: datetime) -> None:
    """Refuse a warehouse that may not, or cannot, keep these goods."""
    if warehouse.closed_at is not None:
        raise StockRefused(Code.CLOSED)
    if not usable_by(merchant_id=variant.product.merchant_id, now=now).filter(pk=warehouse.pk).exists():
        raise StockRefused(Code.NO_TENANCY)
    if not warehouse.keeps(variant.product.storage):
        raise StockRefused(Code.STORAGE)


def _end(transfer: StockTransfer, state: str, actor: str, now: datetime, **more: object) -> None:
    """End a transfer that is on its way; whoever comes second is refused."""
    on_its_way = StockTransfer.objects.filter(pk=transfer.pk, state=StockTransfer.State.IN_TRANSIT)
    if not on_its_way.update(state=state, ended_by=actor, ended_at=now, **more):
        raise StockRefused(Code.ENDED)


def _add(variant_id: int, warehouse_id: int, quantity: int) -> Stock:
    """Put units on a shelf, which is made where there is none yet; inside the caller's transaction."""
    shelf = Stock.objects.filter(variant=variant_id, warehouse=warehouse_id)
    if not shelf.update(on_hand=F("on_hand") + quantity):
        try:
            with transaction.atomic():
                return Stock.objects.create(variant_id=variant_id, warehouse_id=warehouse_id, on_hand=quantity)
        except IntegrityError:  # somebody else has just made it
            shelf.update(on_hand=F("on_hand") + quantity)
    return shelf.get()
