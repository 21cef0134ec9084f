"""Every address and every field of the API states who may have it; the test fails on one without a rule."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse
from graphql import GraphQLObjectType

from storefront import access
from storefront.schema import schema
from tests.graphql_client import code, post

OBJECTS = [
    kind
    for kind in schema.graphql_schema.type_map.values()
    if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
]
ROOTS = {
    f"{kind.name}.{field}": access.api_rule(kind.name, field)
    for kind in OBJECTS
    if kind.name in ("Query", "Mutation")
    for field in kind.fields
}


def addresses(resolver=None, namespace: str = ""):
    """Yield (namespace, name, pattern) of every address, those of installed apps too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace, pattern.name, pattern
        else:
            yield from addresses(pattern, namespace or pattern.namespace or "")


def test_every_address_has_a_rule():
    without = [
        (namespace, name or str(pattern.pattern))
        for namespace, name, pattern in addresses()
        if access.address_rule(name, namespace) not in access.RULES
    ]
    assert without == []


def test_no_rule_is_left_of_an_address_that_is_gone():
    assert set(access.ADDRESSES) <= {name for namespace, name, _ in addresses() if not namespace}


def test_every_field_of_the_api_has_a_rule():
    assert [name for name, rule in ROOTS.items() if rule not in access.RULES] == []
    kinds = [kind.name for kind in OBJECTS if kind.name not in ("Query", "Mutation")]
    assert [name for name in kinds if access.api_rule(name, "") not in access.RULES] == []


def test_no_rule_is_left_of_a_field_that_is_gone():
    assert set(access.API_RULES) == set(ROOTS)
    assert set(access.API_TYPES) == {kind.name for kind in OBJECTS} - {"Query", "Mutation"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, rule in access.ADDRESSES.items() if rule == "owner"])
def test_nobody_sees_an_account_without_signing_in(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_nobody_sees_the_office_without_its_rights(client):
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, rule in ROOTS.items() if rule == "staff"])
def test_staffs_verbs_are_refused_to_everybody_else(name):
    field = name.partition(".")[2]
    arguments = _arguments(field)
    answer = post(f"mutation {{ {field}{arguments} {{ errors {{ code }} }} }}")
    assert code(answer) == "PERMISSION_DENIED", answer.content


def _arguments(field: str) -> str:
    """Return the required arguments of a mutation, with values of the right kinds."""
    required = schema.graphql_schema.mutation_type.fields[field].args
    values = [f"{name}: {_value(arg.type)}" for name, arg in required.items() if str(arg.type).endswith("!")]
    return f"({', '.join(values)})" if values else ""


def _value(kind) -> str:
    text = str(kind).rstrip("!")
    if text.startswith("["):
        return "[]"
    if text in ("ID", "String"):
        return '"T3JkZXI6eA=="'
    if text in ("Int", "PositiveDecimal"):
        return "1"
    fields = schema.graphql_schema.type_map[text].fields
    inner = [f"{name}: {_value(each.type)}" for name, each in fields.items() if str(each.type).endswith("!")]
    return f"{{{', '.join(inner)}}}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, rule in ROOTS.items() if rule == "token" and name.startswith("Query")])
def test_without_the_token_there_is_nothing(name):
    field = name.partition(".")[2]
    assert post(f'{{ {field}(id: "T3JkZXI6eA==") {{ id }} }}').json()["data"] == {field: None}
    assert post(f"{{ {field} {{ id }} }}").json()["data"] == {field: None}


# What would fetch a person's row past `checkout.access`.
PAST_ACCESS = re.compile(r"selectors\.(order|orders_of|cart)\(|selectors import .*\b(order|orders_of|cart)\b")
TABLES = re.compile(r"\b(Order|Checkout)\.objects\.(get|filter|all)\(")
HOUSE = Path(__file__).resolve().parents[2]
OUTSIDE = [
    path
    for folder in ("storefront", "aid_tracking", "checkout/graphql")
    for path in sorted((HOUSE / folder).rglob("*.py"))
    if not {"demo", "migrations"} & set(path.relative_to(HOUSE).parts)
]


def test_carts_and_orders_are_fetched_by_the_functions_of_access_alone():
    past = [
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()}"
        for path in OUTSIDE
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if PAST_ACCESS.search(line) or TABLES.search(line)
    ]
    assert past == []
