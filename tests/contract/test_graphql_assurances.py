"""What stands behind a product over /graphql/: its promise and label, its producer, what is done for households."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import ExecutionContext, execute, parse

from catalog import search
from catalog.actions import cards
from catalog.graphql.context import Context
from catalog.graphql.execution import PlainExecution
from storefront.rate_limits import reads
from storefront.schema import schema
from tests.factories import NOW, benefit_report, food_label, merchant, product
from tests.graphql_client import data

pytestmark = pytest.mark.django_db

FIELDS = """dispatchHours returnRule processing
  foodLabel { ingredients allergens storage licenceNumber standard }
  merchant { producerType producer
    benefit { mode households periodFrom periodUntil reporter reportedOn } }"""
PRODUCT = f'{{ product(slug: "cake") {{ {FIELDS} }} }}'
LISTING = f"query($first: Int) {{ listing(first: $first) {{ products {{ slug {FIELDS} }} }} }}"


@pytest.fixture(autouse=True)
def shop(settings, tmp_path, monkeypatch):
    """A cake that an agent sells, and apples of a dozen co-operatives of which nothing was reported."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    reads.forget()
    agent = merchant(producer_type="agent", producer_zh="果业联合社", producer_en="Fruit union")
    benefit_report(agent)
    cake = product("枣糕", slug="cake", merchant=agent, processing="deep_processed", dispatch_hours=72)
    food_label(cake)
    for number in range(12):
        product(f"苹果{number}", slug=f"apple-{number}", return_rule="excluded", processing="primary")
    cards.rebuild(now=NOW)
    search.rebuild()


CHINESE = {
    "dispatchHours": 72,
    "returnRule": "SEVEN_DAYS",
    "processing": "DEEP_PROCESSED",
    "foodLabel": {
        "ingredients": "红枣、核桃仁",
        "allergens": "坚果",
        "storage": "置于阴凉干燥处",
        "licenceNumber": "SC00000000000007",
        "standard": "GB/T 22165",
    },
    "merchant": {
        "producerType": "agent",
        "producer": "果业联合社",
        "benefit": {
            "mode": "CONTRACT_PURCHASE",
            "households": 126,
            "periodFrom": "2025-01-01",
            "periodUntil": "2026-01-01",
            "reporter": "县农业农村局",
            "reportedOn": "2026-01-12",
        },
    },
}


def test_a_product_says_what_stands_behind_it():
    assert data(PRODUCT)["product"] == CHINESE


def test_it_says_so_in_english_too():
    found = data(PRODUCT, accept_language="en")["product"]
    assert found["foodLabel"]["ingredients"] == "Jujube, walnut kernels"
    assert (found["foodLabel"]["allergens"], found["foodLabel"]["storage"]) == ("tree nuts", "Keep cool and dry")
    assert found["merchant"]["producer"] == "Fruit union"
    assert found["merchant"]["benefit"]["reporter"] == "County bureau of agriculture"


def test_what_nobody_has_said_is_null():
    found = data(PRODUCT.replace("cake", "apple-0"))["product"]
    assert (found["returnRule"], found["processing"], found["dispatchHours"]) == ("EXCLUDED", "PRIMARY", 48)
    assert found["foodLabel"] is None
    assert found["merchant"] == {"producerType": "cooperative", "producer": None, "benefit": None}


def test_a_list_costs_the_same_however_long():
    def queries(first: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(data(LISTING, {"first": first})["listing"]["products"]) == first
        return len([query for query in captured if "statement_timeout" not in query["sql"]])

    queries(13)
    assert queries(13) == queries(2)
    assert queries(13) <= 5


def test_the_quick_execution_answers_as_graphql_core_does():
    def run(kind):
        return execute(
            schema.graphql_schema, parse(LISTING), variable_values={"first": 13},
            context_value=Context(at=NOW), execution_context_class=kind,
        ).formatted  # fmt: skip

    assert run(PlainExecution) == run(ExecutionContext)
    assert "errors" not in run(PlainExecution)
