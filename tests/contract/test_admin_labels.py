"""The office shows what a product promises and what its label says, and what a merchant does for households."""

import re
from datetime import date

import pytest
from django.test import Client

from checkout.models import User
from tests.factories import benefit_report, food_label, merchant, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    """A signed-in member of the office."""
    client = Client()
    client.force_login(User.objects.create_superuser("office@example.com", "a-long-password-1"))
    return client


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        (
            "",
            (
                "加工程度",
                "加工食品",
                "退货规则",
                "不适用七日无理由退货",
                "发货时限（小时）",
                "配料",
                "红枣、核桃仁",
                "生产许可证编号",
            ),
        ),
        ("/en", ("Processing", "Deep Processed", "Return rule", "Excluded", "Sent within (hours)", "Ingredients")),
    ],
)
def test_a_product_shows_its_promise_and_its_label_and_none_can_be_edited(office, prefix, words):
    row = product(processing="deep_processed", return_rule="excluded", dispatch_hours=24)
    food_label(row)
    html = office.get(f"{prefix}/admin/catalog/product/{row.pk}/change/").content.decode()
    assert [word for word in words if word not in html] == []
    for name in ("return_rule", "dispatch_hours", "ingredients_zh", "licence_number"):
        assert not re.search(rf'name="[^"]*{name}"', html), name


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        (
            "",
            (
                "生产者",
                "果业联合社",
                "联农带农",
                "订单收购",
                "126",
                "统计起始日",
                "填报单位",
                "县农业农村局",
                "填报日期",
            ),
        ),
        ("/en", ("Producer", "Fruit union", "Contract Purchase", "Households", "County bureau of agriculture")),
    ],
)
def test_a_merchant_shows_its_producer_and_all_its_reports(office, prefix, words):
    row = merchant(producer_type="agent", producer_zh="果业联合社", producer_en="Fruit union")
    benefit_report(row)
    benefit_report(row, households=98_765, mode="employment", reported_on=date(2025, 1, 5))
    html = office.get(f"{prefix}/admin/catalog/merchant/{row.pk}/change/").content.decode()
    assert [word for word in words if word not in html] == []
    assert html.index("126") < re.search(r"98,?765", html).start()
    assert not re.search(r'name="[^"]*households"', html)
