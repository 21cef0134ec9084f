"""The merchant's warehouses, shelves and transfers in the console."""

import pytest
from django.test import Client

from catalog.models import ChangeRecord, Operator, Stock, StockTransfer, Warehouse, WarehouseTenancy
from checkout.models import Role
from tests.factories import DAY, NOW, merchant, product
from tests.merchants import member

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {
    "kind": "cold_store",
    "name_zh": "二号冷库",
    "name_en": "Cold store 2",
    "address": "镇上",
    "storage": ["chilled"],
}


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return merchant(name_zh="延长果业")


@pytest.fixture
def keeper(shop) -> Client:
    return member(shop, Role.FULFILMENT)


@pytest.fixture
def shelf(shop) -> Stock:
    """Twelve boxes of the merchant's apples in its own warehouse."""
    return product(merchant=shop, on_hand=12).variants.get().stocks.get()


@pytest.fixture
def cloud(shop) -> Warehouse:
    """A cloud warehouse that the merchant is a tenant of."""
    operator = Operator.objects.create(slug="op", name_zh="西北云仓运营方", name_en="Operator")
    place = Warehouse.objects.create(operator=operator, kind="cloud", name_zh="西安云仓", name_en="Xi'an cloud")
    WarehouseTenancy.objects.create(warehouse=place, merchant=shop, valid_from=NOW - DAY)
    return place


def post(client: Client, shop, path: str, **data):
    return client.post(f"/console/{shop.slug}/{path}", data)


def text(client: Client, shop, path: str, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/console/{shop.slug}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_the_places_of_ones_goods_are_listed_with_their_figures(shop, keeper, shelf, cloud):
    Stock.objects.create(variant=shelf.variant, warehouse=cloud, on_hand=34)
    page = text(keeper, shop, "warehouses/")
    assert "产地仓" in page and "西安云仓" in page and "西北云仓运营方" in page and "34" in page
    assert "共建云仓" in page
    assert "Shared cloud warehouse" in text(keeper, shop, "warehouses/", "/en")


def test_a_merchant_without_a_warehouse_is_told_what_to_do(shop, keeper):
    assert "还没有仓库" in text(keeper, shop, "warehouses/")


def test_a_warehouse_is_opened_and_that_is_kept_in_the_trail(shop, keeper):
    assert post(keeper, shop, "warehouses/new/", **NEW).status_code == 303
    made = Warehouse.objects.get(name_zh="二号冷库")
    assert (made.merchant, made.kind, made.storage) == (shop, "cold_store", ["chilled"])
    assert ChangeRecord.objects.get(merchant=shop).action == "warehouse.opened"


def test_a_form_that_is_not_right_keeps_what_was_typed_and_says_what_to_do(shop, keeper):
    answer = post(keeper, shop, "warehouses/new/", **{**NEW, "storage": []})
    page = answer.content.decode()
    assert answer.status_code == 422 and "二号冷库" in page and "error" in page
    assert not Warehouse.objects.filter(merchant=shop).exists()


def test_no_shared_place_is_opened_by_a_merchant(shop, keeper):
    assert post(keeper, shop, "warehouses/new/", **{**NEW, "kind": "cloud"}).status_code == 422


def test_goods_come_in_are_counted_and_travel(shop, keeper, shelf, cloud):
    at = f"shelves/{shelf.pk}/"
    assert post(keeper, shop, at, do="receipt", **{"receipt-quantity": "8"}).status_code == 303
    assert post(keeper, shop, at, do="count", **{"count-counted": "19", "count-seen": "20"}).status_code == 303
    sent = {"send-destination": cloud.pk, "send-quantity": "9", "send-note": "备货"}
    assert post(keeper, shop, at, do="send", **sent).status_code == 303
    shelf.refresh_from_db()
    assert shelf.on_hand == 10
    page = text(keeper, shop, at)
    assert "调往西安云仓" in page and "+8 → 20" in page and "-1 → 19" in page
    transfer = StockTransfer.objects.get()
    assert "备货" in text(keeper, shop, "transfers/")
    assert post(keeper, shop, f"transfers/{transfer.pk}/", do="arrive", quantity="7").status_code == 303
    assert Stock.objects.get(warehouse=cloud).on_hand == 7
    assert "实收 7" in text(keeper, shop, "transfers/")
    assert text(keeper, shop, "warehouses/").count("place-figures") == 2


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (("receipt", {"receipt-quantity": "0"}), "请填写 1 至 1,000,000 之间的数量。"),
        (("receipt", {"receipt-quantity": "一箱"}), "请填写 1 至 1,000,000 之间的数量。"),
        (("count", {"count-counted": "5", "count-seen": "11"}), "库存刚刚有变动，请刷新后再操作。"),
        (("send", {"send-quantity": "13", "send-note": "年货"}), "可调出的数量不足"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_moves(keeper, shelf, cloud, case, said):
    do, data = case
    if do == "send":
        data = {**data, "send-destination": cloud.pk}
    answer = post(keeper, shelf.warehouse.merchant, f"shelves/{shelf.pk}/", do=do, **data)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert all(str(value) in page for value in data.values())
    shelf.refresh_from_db()
    assert shelf.on_hand == 12 and not shelf.movements.exists()


def test_goods_are_not_sent_where_the_merchant_keeps_none(shop, keeper, shelf):
    strange = product(on_hand=1).merchant.warehouses.get()
    sent = {"send-destination": strange.pk, "send-quantity": "1"}
    assert post(keeper, shop, f"shelves/{shelf.pk}/", do="send", **sent).status_code == 422
    assert not StockTransfer.objects.exists()


def test_a_transfer_is_called_off_once(shop, keeper, shelf, cloud):
    sent = {"send-destination": cloud.pk, "send-quantity": "9"}
    post(keeper, shop, f"shelves/{shelf.pk}/", do="send", **sent)
    transfer = StockTransfer.objects.get()
    for _ in range(2):
        post(keeper, shop, f"transfers/{transfer.pk}/", do="cancel")
    assert "此调拨单已经完结。" in text(keeper, shop, "transfers/")
    shelf.refresh_from_db()
    assert shelf.on_hand == 12


def test_only_an_empty_warehouse_is_closed(shop, keeper, shelf, cloud):
    at = f"warehouses/{shelf.warehouse_id}/close/"
    post(keeper, shop, at)
    assert "仓内仍有货物" in text(keeper, shop, f"warehouses/{shelf.warehouse_id}/")
    Stock.objects.filter(pk=shelf.pk).update(on_hand=0)
    away = StockTransfer.objects.create(
        variant=shelf.variant,
        source_id=shelf.warehouse_id,
        destination=cloud,
        quantity=3,
        sent_by="user 9",
        sent_at=NOW,
    )
    post(keeper, shop, at)
    assert Warehouse.objects.get(pk=shelf.warehouse_id).closed_at is None  # called off, they would lie in a closed one
    StockTransfer.objects.filter(pk=away.pk).update(state="received", received_quantity=3)
    assert post(keeper, shop, at)["Location"].endswith("/warehouses/")
    assert Warehouse.objects.get(pk=shelf.warehouse_id).closed_at == NOW


def test_others_goods_in_a_shared_warehouse_are_not_seen(shop, keeper, cloud):
    other = product("他家核桃", on_hand=5)
    theirs = Stock.objects.create(variant=other.variants.get(), warehouse=cloud, on_hand=77)
    page = text(keeper, shop, f"warehouses/{cloud.pk}/")
    assert "他家核桃" not in page and "暂无库存" in page
    own = other.merchant.warehouses.get()
    for path in (f"shelves/{theirs.pk}/", f"warehouses/{own.pk}/"):
        assert keeper.get(f"/console/{shop.slug}/{path}").status_code == 404
    assert post(keeper, shop, f"shelves/{theirs.pk}/", do="receipt", **{"receipt-quantity": "1"}).status_code == 404
    assert post(keeper, shop, f"warehouses/{own.pk}/close/").status_code == 404
    moved = StockTransfer.objects.create(
        variant=theirs.variant, source=own, destination=cloud, quantity=1, sent_by="user 9", sent_at=NOW
    )
    assert post(keeper, shop, f"transfers/{moved.pk}/", do="arrive", quantity="1").status_code == 404


def test_shelves_are_found_by_words_and_stock_numbers(shop, keeper, shelf):
    product("延长核桃", merchant=shop)
    at = f"warehouses/{shelf.warehouse_id}/"
    assert "延长核桃" not in text(keeper, shop, f"{at}?q=苹果")
    assert shelf.variant.sku in text(keeper, shop, f"{at}?q={shelf.variant.sku}")
    assert "没有找到" in text(keeper, shop, f"{at}?q=海参")


def test_pages_cost_a_bounded_number_of_queries(shop, keeper, shelf, cloud, django_assert_max_num_queries):
    for index in range(30):
        row = product(f"苹果{index}", merchant=shop)
        Stock.objects.create(variant=row.variants.get(), warehouse=cloud, on_hand=index)
    moved = {"variant": shelf.variant, "source": shelf.warehouse, "destination": cloud, "sent_by": "x", "sent_at": NOW}
    StockTransfer.objects.bulk_create([StockTransfer(quantity=1, **moved) for _ in range(30)])
    for path, most in (
        ("warehouses/", 8),
        (f"warehouses/{cloud.pk}/", 8),
        (f"shelves/{shelf.pk}/", 8),
        ("transfers/", 7),
    ):
        with django_assert_max_num_queries(most):
            text(keeper, shop, path)
