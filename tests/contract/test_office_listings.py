"""The queue of listings in the office: who may decide, reasons by field, several at once, the slower is told."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import ListingRevision, Product
from checkout.models import User
from storefront.office.roles import COUNTY, REVIEWERS, make_groups
from tests.factories import DAY, NOW, certificate, merchant
from tests.listings import asked, draft, on_sale, save, submit
from tests.merchants import employ, person, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/catalog/listingrevision/"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def officer(group: str = REVIEWERS) -> User:
    make_groups()
    user = person()
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=group))
    return user


def waiting(number: int = 1, *, certified: bool = True, shop=None) -> list[Product]:
    rows = [draft(shop or merchant(), name_zh=f"苹果{each}", name_en=f"Apple {each}") for each in range(number)]
    for row in rows:
        if certified:
            certificate(row)
        submit(row)
    return rows


def decide(client: Client, rows: list[Product], move: str = "approve", **data):
    found = [asked(row) for row in rows]
    seen = {f"seen-{each.pk}": each.revision for each in found}
    return client.post(f"{QUEUE}decide/", {"case": [each.pk for each in found], "move": move, **seen, **data})


def states(rows: list[Product]) -> list[str]:
    return [Product.objects.get(pk=row.pk).status for row in rows]


def test_a_listing_is_approved_and_on_sale():
    rows = waiting()
    client = signed_in(officer())
    page = client.get(QUEUE).content.decode()
    assert "苹果0" in page and "¥59.90" in page
    assert decide(client, rows).status_code == 302
    assert states(rows) == ["on_sale"]
    assert Client().get(f"/products/{rows[0].slug}/").status_code == 200


def test_it_is_returned_with_reasons_by_field():
    rows = waiting()
    client = signed_in(officer())
    decide(client, rows, "return")
    assert states(rows) == ["in_review"]
    decide(client, rows, "return", reason_name_zh="与包装不符", reason_label_ingredients_zh="缺配料", note="请核对")
    assert states(rows) == ["draft"]
    assert asked(rows[0]).reasons == {"name_zh": "与包装不符", "label_ingredients_zh": "缺配料"}
    assert "与包装不符" in client.get(f"{QUEUE}?state=returned").content.decode()


def test_what_has_no_certificate_is_not_approved_and_the_others_are():
    rows = waiting(2) + waiting(certified=False)
    answer = decide(signed_in(officer()), rows)
    assert states(rows) == ["on_sale", "on_sale", "in_review"]
    page = signed_in(officer()).get(answer["Location"]).content.decode()
    assert "没有可准入销售的证书覆盖该商品" in page


def test_of_two_reviewers_the_slower_is_told():
    rows = waiting()
    quick, slow = signed_in(officer()), signed_in(officer())
    seen = {"case": asked(rows[0]).pk, f"seen-{asked(rows[0]).pk}": 1}
    quick.post(f"{QUEUE}decide/", {**seen, "move": "return", "note": "x"})
    answer = slow.post(f"{QUEUE}decide/", {**seen, "move": "approve"}, follow=True)
    assert "其他审核人员已作出决定" in answer.content.decode()
    assert states(rows) == ["draft"]


def test_a_change_is_shown_beside_what_buyers_read():
    row = on_sale(name_zh="旧名")
    save(row, name_zh="新名")
    submit(row)
    client = signed_in(officer())
    page = client.get(QUEUE).content.decode()
    assert re.search(r"<del>(<p>)?旧名", page) and re.search(r"<ins>(<p>)?新名", page)
    preview = client.get(f"{QUEUE}{asked(row).pk}/preview/").content.decode()
    assert "新名" in preview and "预览" in preview
    decide(client, [row])
    assert Product.objects.get(pk=row.pk).name_zh == "新名"


def test_who_may_not_decide_does_not_and_who_works_for_the_merchant_neither():
    rows = waiting()
    county = signed_in(officer(COUNTY))
    assert county.get(QUEUE).status_code == 403
    assert decide(county, rows).status_code == 403
    looker = officer(COUNTY)
    looker.user_permissions.add(Permission.objects.get(codename="view_listingrevision"))
    page = signed_in(looker).get(QUEUE)
    assert page.status_code == 200 and "data-approve" not in page.content.decode()
    assert decide(signed_in(looker), rows).status_code == 403
    own = employ(officer(), rows[0].merchant)
    decide(signed_in(own), rows)
    assert states(rows) == ["in_review"]
    assert Client().get(QUEUE).status_code == 302
    assert Client().get(f"{QUEUE}{asked(rows[0]).pk}/preview/").status_code == 302


def test_filters_age_and_order_and_a_bounded_number_of_queries():
    shop = merchant()
    rows = waiting(30, shop=shop)
    ListingRevision.objects.filter(product=rows[29]).update(submitted_at=NOW - 8 * DAY)
    client = signed_in(officer())

    def order(query: str = "") -> list[str]:
        return re.findall(r'name="case" value="(\d+)" aria', client.get(QUEUE + query).content.decode())

    first = order()
    assert first[0] == str(asked(rows[29]).pk) and len(first) == 30
    assert order("?days=7") == [first[0]] and order("?category=tea") == [] and order("?province=110000") == []
    with CaptureQueriesContext(connection) as few:
        order("?days=7")
    with CaptureQueriesContext(connection) as many:
        order()
    assert len(many) == len(few) <= 26


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_queue_speaks_one_language(prefix):
    waiting()
    page = signed_in(officer()).get(prefix + QUEUE).content.decode()
    assert ("商品审核" in page) is (prefix == "")
    assert ("Listings to review" in page) is (prefix == "/en")
