"""The quick execution answers as graphql-core does, errors and nulls included."""

import graphene
import pytest
from graphql import ExecutionContext, execute, parse

from catalog.graphql.execution import PlainExecution


class Shade(graphene.Enum):
    """A shade."""

    DARK = "dark"


class Leaf(graphene.ObjectType):
    """The innermost object."""

    text = graphene.String()
    must = graphene.String(required=True)
    number = graphene.Int()
    yes = graphene.Boolean()
    shade = Shade()
    broken = graphene.String()

    @staticmethod
    def resolve_broken(row, info):
        """Fail."""
        raise ValueError("broken")


class Branch(graphene.ObjectType):
    """Objects and lists of them, in every nullability."""

    one = graphene.Field(Leaf)
    sure = graphene.Field(Leaf, required=True)
    many = graphene.List(graphene.NonNull(Leaf))
    holes = graphene.List(Leaf)
    words = graphene.List(graphene.NonNull(graphene.String))


class Query(graphene.ObjectType):
    """One branch."""

    branch = graphene.Field(Branch)

    @staticmethod
    def resolve_branch(root, info):
        """Return what the test put in."""
        return root


schema = graphene.Schema(query=Query).graphql_schema
WHOLE = {"text": "a", "must": "b", "number": 3, "yes": True, "shade": "dark"}


class Row:
    """An object with attributes."""

    text, must, number, yes, shade = "a", "b", 3, False, "dark"


@pytest.mark.parametrize(
    "row",
    [
        {"one": WHOLE, "sure": Row(), "many": [WHOLE, Row()], "holes": [WHOLE, None], "words": ["a", "b"]},
        {"one": None, "sure": WHOLE, "many": [], "holes": None, "words": ()},
        {"sure": None, "one": WHOLE},
        {"sure": WHOLE, "one": {**WHOLE, "must": None}, "many": [WHOLE]},
        {"sure": {**WHOLE, "must": None}},
        {"sure": WHOLE, "many": [WHOLE, {**WHOLE, "must": None}]},
        {"sure": WHOLE, "many": [WHOLE, None]},
        {"sure": WHOLE, "holes": [{**WHOLE, "must": None}, WHOLE]},
        {"sure": {**WHOLE, "number": "seven"}, "one": {**WHOLE, "number": 2**40}},
        {"sure": {**WHOLE, "shade": "light"}, "one": {**WHOLE, "text": 5, "yes": 1}},
        {"sure": WHOLE, "many": {1: WHOLE}.values(), "words": ["a", None]},
        {"sure": WHOLE, "many": 3, "words": "text"},
    ],
)
@pytest.mark.parametrize("failing", ["", "broken"])
def test_both_executions_answer_alike(row, failing):
    leaf = f"{{ text must number yes shade __typename {failing} }}"
    document = parse(f"{{ branch {{ one {leaf} sure {leaf} many {leaf} holes {leaf} words }} }}")

    def run(kind):
        return execute(schema, document, row, execution_context_class=kind).formatted

    assert run(PlainExecution) == run(ExecutionContext)
