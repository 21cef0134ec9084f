"""The office sets up shared places, and looks at what moves between warehouses."""

import pytest
from django.test import Client

from catalog.actions import warehouses
from catalog.models import Operator, Warehouse
from checkout.models import User
from tests.factories import NOW, product

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = {
    "kind": "cloud",
    "name_zh": "西安共建云仓",
    "name_en": "Xi'an cloud",
    "division_code": "610113",
    "address": "1",
}


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("office@example.com", "a-long-password-1"))
    return client


def tenancies(*rows: dict) -> dict:
    data = {"tenancies-TOTAL_FORMS": len(rows), "tenancies-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        data |= {f"tenancies-{index}-{name}": value for name, value in row.items()}
    return data


def test_a_shared_place_is_set_up_with_its_first_tenant(office):
    row = product()
    operator = Operator.objects.create(slug="op", name_zh="运营方甲", name_en="Operator")
    tenant = {"merchant": row.merchant_id, "valid_from_0": "2026-02-01", "valid_from_1": "00:00"}
    data = {**PLACE, "operator": operator.pk, "storage": ["ambient", "frozen"], **tenancies(tenant)}
    answer = office.post("/admin/catalog/warehouse/add/", data)
    assert answer.status_code == 302, answer.context["errors"]
    place = Warehouse.objects.get(name_zh="西安共建云仓")
    assert (place.merchant_id, place.storage) == (None, ["ambient", "frozen"])
    assert place in warehouses.usable_by(merchant_id=row.merchant_id, now=NOW)


def test_a_shared_place_needs_its_operator_and_the_form_keeps_what_was_typed(office):
    answer = office.post("/admin/catalog/warehouse/add/", {**PLACE, "storage": ["ambient"], **tenancies()})
    page = answer.content.decode()
    assert answer.status_code == 200 and "西安共建云仓" in page and "这个字段是必填项" in page
    assert not Warehouse.objects.filter(name_zh="西安共建云仓").exists()


def test_a_merchants_own_warehouse_is_only_looked_at(office):
    own = product().merchant.warehouses.get()
    address = f"/admin/catalog/warehouse/{own.pk}/change/"
    page = office.get(address).content.decode()
    assert own.name_zh in page and 'name="_save"' not in page
    assert office.post(address, {**PLACE, "storage": ["ambient"], **tenancies()}).status_code == 403


def test_no_place_is_deleted(office):
    own = product().merchant.warehouses.get()
    assert office.post(f"/admin/catalog/warehouse/{own.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_transfer_is_seen_with_its_movements(office):
    row = product(on_hand=9)
    variant = row.variants.get()
    source = row.merchant.warehouses.get()
    target = Warehouse.objects.create(merchant=row.merchant, name_zh="城里仓", name_en="Town")
    moved = {"variant_id": variant.pk, "source_id": source.pk, "destination_id": target.pk, "quantity": 4}
    sent = warehouses.send(**moved, actor="user 7", now=NOW)
    warehouses.arrive(transfer_id=sent.pk, quantity=4, actor="user 7", now=NOW)
    listed = office.get("/admin/catalog/stocktransfer/").content.decode()
    assert variant.sku in listed and "城里仓" in listed
    page = office.get(f"/admin/catalog/stocktransfer/{sent.pk}/change/").content.decode()
    assert "调拨出库" in page and "调拨入库" in page
