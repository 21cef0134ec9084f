"""Goods in warehouses, and on their way between them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.actions import stock as stocks
from catalog.actions import warehouses
from catalog.actions.warehouses import Code, StockRefused
from catalog.models import Operator, Stock, StockMovement, StockTransfer, Warehouse, WarehouseTenancy
from catalog.selectors.stock import available_by_product, available_by_variant
from catalog.selectors.variants import variants_by_id
from tests.factories import DAY, NOW, merchant, product

pytestmark = pytest.mark.django_db(transaction=True)
BY = {"actor": "user 7", "now": NOW}


def shared(kind: str = Warehouse.Kind.CLOUD, *, tenant=None, **values) -> Warehouse:
    """Return a shared place, kept by an operator; `tenant` may keep goods there."""
    operator, _ = Operator.objects.get_or_create(slug="operator", defaults={"name_zh": "运营方", "name_en": "Operator"})
    place = Warehouse.objects.create(operator=operator, kind=kind, name_zh=f"共享{kind}", name_en=kind, **values)
    if tenant is not None:
        WarehouseTenancy.objects.create(warehouse=place, merchant=tenant, valid_from=NOW - 10 * DAY)
    return place


def apples(on_hand: int = 10, **values):
    """Return (variant, its stock at the origin)."""
    row = product(on_hand=on_hand, **values).variants.get()
    return row, row.stocks.get()


def history(shelf: Stock) -> list[tuple[str, int, int]]:
    return list(shelf.movements.order_by("pk").values_list("reason", "delta", "on_hand"))


def refused(code: Code):
    return pytest.raises(StockRefused, check=lambda error: error.code == code)


def test_a_place_has_exactly_one_keeper():
    from django.db import IntegrityError

    for keepers in ({}, {"merchant": merchant(), "operator": shared().operator}):
        with pytest.raises(IntegrityError):
            Warehouse.objects.create(name_zh="仓", name_en="W", **keepers)


@pytest.mark.parametrize("kind", [Warehouse.Kind.SMART_CABINET, Warehouse.Kind.EXPERIENCE_SHOP])
def test_what_lies_in_a_cabinet_is_not_promised_to_an_order_that_is_shipped(kind):
    row, home = apples(on_hand=2)
    Stock.objects.create(variant=row, warehouse=shared(kind), on_hand=50)
    assert available_by_variant([row.pk]) == {row.pk: 2}
    assert available_by_product([row.product_id]) == {row.product_id: 2}
    assert variants_by_id([row.pk])[row.pk][1].available == 2
    assert stocks.allocate(variant_id=row.pk, quantity=3) is None
    assert stocks.allocate(variant_id=row.pk, quantity=2) == home.pk


def test_what_lies_only_in_a_cabinet_is_out_of_stock_and_not_an_error():
    row, home = apples(on_hand=1)
    home.delete()
    Stock.objects.create(variant=row, warehouse=shared(Warehouse.Kind.SMART_CABINET), on_hand=50)
    view = variants_by_id([row.pk])[row.pk][1]
    assert (view.available, view.availability) == (0, "out")


@pytest.mark.parametrize("kind", [Warehouse.Kind.CLOUD, Warehouse.Kind.BONDED, Warehouse.Kind.COLD_STORE])
def test_a_shared_warehouse_ships(kind):
    row, _ = apples(on_hand=1)
    shelf = Stock.objects.create(variant=row, warehouse=shared(kind), on_hand=5)
    assert available_by_variant([row.pk]) == {row.pk: 6}
    assert stocks.allocate(variant_id=row.pk, quantity=4) == shelf.pk


def test_nothing_is_shipped_from_a_closed_warehouse():
    row, home = apples(on_hand=5)
    Warehouse.objects.filter(pk=home.warehouse_id).update(closed_at=NOW)
    assert available_by_variant([row.pk]) == {}
    assert stocks.allocate(variant_id=row.pk, quantity=1) is None


def test_goods_come_in_and_the_shelf_remembers():
    row, home = apples(on_hand=5)
    warehouses.receive(variant_id=row.pk, warehouse_id=home.warehouse_id, quantity=7, note="新果", **BY)
    home.refresh_from_db()
    assert home.on_hand == 12
    assert history(home) == [("receipt", 7, 12)]
    assert home.movements.get().actor == "user 7"


def test_a_count_is_kept_with_its_difference():
    _, home = apples(on_hand=5)
    warehouses.count(stock_id=home.pk, counted=3, seen=5, **BY)
    warehouses.count(stock_id=home.pk, counted=3, seen=3, **BY)
    assert history(home) == [("count", -2, 3)]


def test_a_count_never_goes_below_what_orders_hold():
    row, home = apples(on_hand=5)
    stocks.allocate(variant_id=row.pk, quantity=4)
    with refused(Code.ALLOCATED):
        warehouses.count(stock_id=home.pk, counted=3, seen=5, **BY)
    home.refresh_from_db()
    assert (home.on_hand, history(home)) == (5, [])


def test_a_count_of_a_shelf_that_has_changed_is_refused():
    _, home = apples(on_hand=5)
    with refused(Code.CHANGED):
        warehouses.count(stock_id=home.pk, counted=9, seen=6, **BY)


@pytest.mark.parametrize("quantity", [0, -1, warehouses.MOST + 1])
def test_a_slip_of_the_keyboard_is_refused(quantity):
    row, home = apples()
    with refused(Code.QUANTITY):
        warehouses.receive(variant_id=row.pk, warehouse_id=home.warehouse_id, quantity=quantity, **BY)
    with refused(Code.QUANTITY):
        warehouses.send(variant_id=row.pk, source_id=home.warehouse_id, destination_id=1, quantity=quantity, **BY)


def test_a_transfer_leaves_one_shelf_and_reaches_the_other():
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    sent = warehouses.send(
        variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=6, note="春节备货", **BY
    )
    assert available_by_variant([row.pk]) == {row.pk: 4}
    done = warehouses.arrive(transfer_id=sent.pk, quantity=6, **BY)
    assert (done.state, done.received_quantity, done.ended_by) == ("received", 6, "user 7")
    assert available_by_variant([row.pk]) == {row.pk: 10}
    assert history(home) == [("transfer_out", -6, 4)]
    assert history(cloud.stocks.get()) == [("transfer_in", 6, 6)]


def test_what_is_lost_on_the_way_is_seen():
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    sent = warehouses.send(variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=6, **BY)
    with refused(Code.TOO_MANY):
        warehouses.arrive(transfer_id=sent.pk, quantity=7, **BY)
    done = warehouses.arrive(transfer_id=sent.pk, quantity=4, **BY)
    assert (done.quantity, done.received_quantity) == (6, 4)
    assert available_by_variant([row.pk]) == {row.pk: 8}


def test_a_transfer_that_is_called_off_comes_back():
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    sent = warehouses.send(variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=6, **BY)
    warehouses.cancel(transfer_id=sent.pk, **BY)
    assert history(home) == [("transfer_out", -6, 4), ("transfer_back", 6, 10)]
    with refused(Code.ENDED):
        warehouses.arrive(transfer_id=sent.pk, quantity=6, **BY)
    assert available_by_variant([row.pk]) == {row.pk: 10}


def test_what_orders_hold_does_not_travel():
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    stocks.allocate(variant_id=row.pk, quantity=7)
    with refused(Code.NOT_ENOUGH):
        warehouses.send(variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=4, **BY)
    assert not StockTransfer.objects.exists()
    assert history(home) == []


def test_goods_go_only_where_they_may_and_can_be_kept():
    row, home = apples(on_hand=10, storage="frozen")
    seller = row.product.merchant
    strange, ended, warm = shared(), shared(tenant=seller), shared(tenant=seller, storage=["ambient", "chilled"])
    WarehouseTenancy.objects.filter(warehouse=ended).update(valid_until=NOW)
    closed = shared(tenant=seller, closed_at=NOW)
    for place, code in (
        (strange, Code.NO_TENANCY),
        (ended, Code.NO_TENANCY),
        (warm, Code.STORAGE),
        (closed, Code.CLOSED),
    ):
        with refused(code):
            warehouses.send(variant_id=row.pk, source_id=home.warehouse_id, destination_id=place.pk, quantity=1, **BY)
        with refused(code):
            warehouses.receive(variant_id=row.pk, warehouse_id=place.pk, quantity=1, **BY)
    with refused(Code.SAME_PLACE):
        warehouses.send(
            variant_id=row.pk, source_id=home.warehouse_id, destination_id=home.warehouse_id, quantity=1, **BY
        )


def together(*steps) -> list[bool]:
    """Run steps in threads of their own; return which were done."""

    def run(step) -> bool:
        try:
            step()
        except StockRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_two_who_receive_the_same_transfer_at_once_receive_it_once():
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    for _ in range(5):
        sent = warehouses.send(
            variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=2, **BY
        )
        done = together(
            lambda: warehouses.arrive(transfer_id=sent.pk, quantity=2, **BY),  # noqa: B023  run before the next turn
            lambda: warehouses.cancel(transfer_id=sent.pk, **BY),  # noqa: B023
            lambda: warehouses.arrive(transfer_id=sent.pk, quantity=2, **BY),  # noqa: B023
        )
        assert sum(done) == 1
    assert Stock.objects.filter(variant=row).aggregate(Sum("on_hand"))["on_hand__sum"] == 10


def test_buyers_and_transfers_never_take_the_same_unit():
    row, home = apples(on_hand=8)
    cloud = shared(Warehouse.Kind.SMART_CABINET, tenant=row.product.merchant)
    sends = [
        lambda: warehouses.send(
            variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=3, **BY
        )
    ] * 3

    def buy() -> None:
        if stocks.allocate(variant_id=row.pk, quantity=3) is None:
            raise StockRefused(Code.NOT_ENOUGH)

    assert sum(together(*sends, buy, buy, buy)) == 2
    home.refresh_from_db()
    assert home.available == 2


@given(
    st.lists(
        st.tuples(st.sampled_from(["receive", "count", "send", "arrive", "cancel"]), st.integers(0, 9)), max_size=25
    )
)
@settings(max_examples=25, deadline=None)
def test_units_are_never_lost_or_made_by_moving_them(steps):
    """The newest row of each shelf's history is what lies there, whatever was tried; what is neither is on its way."""
    row, home = apples(on_hand=10)
    cloud = shared(tenant=row.product.merchant)
    brought = 10
    for step, number in steps:
        open_ones = list(StockTransfer.objects.filter(variant=row, state="in_transit").order_by("pk"))
        home.refresh_from_db()
        try:
            if step == "receive":
                warehouses.receive(variant_id=row.pk, warehouse_id=cloud.pk, quantity=number, **BY)
                brought += number
            elif step == "count":
                warehouses.count(stock_id=home.pk, counted=number, seen=home.on_hand, **BY)
                brought += number - home.on_hand
            elif step == "send":
                warehouses.send(
                    variant_id=row.pk, source_id=home.warehouse_id, destination_id=cloud.pk, quantity=number, **BY
                )
            elif open_ones and step == "arrive":
                warehouses.arrive(transfer_id=open_ones[0].pk, quantity=open_ones[0].quantity, **BY)
            elif open_ones:
                warehouses.cancel(transfer_id=open_ones[0].pk, **BY)
        except StockRefused:
            continue
    lying = sum(Stock.objects.filter(variant=row).values_list("on_hand", flat=True))
    travelling = sum(StockTransfer.objects.filter(variant=row, state="in_transit").values_list("quantity", flat=True))
    assert lying + travelling == brought
    for shelf in Stock.objects.filter(variant=row):
        newest = StockMovement.objects.filter(stock=shelf).order_by("-pk").first()
        assert newest is None or newest.on_hand == shelf.on_hand
