"""Executes documents without the work that this schema never needs.

graphql-core asks of every value whether it is a coroutine, and makes a description (`ResolveInfo`), a path and a set of
arguments for every field. No resolver here is a coroutine, and most fields just read an attribute: those are read and
serialised directly. Whatever is unusual (arguments, an own resolver, a null where none may be, a value that does not
serialise) takes graphql-core's own way, so answers and errors are the same: a test compares the two.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
)
from graphql.pyutils import Path

_TEXT = {GraphQLString, GraphQLID}


class _Leaf(NamedTuple):
    """A field that reads one attribute and serialises it."""

    attribute: str
    serialize: Callable[[Any], Any]
    as_it_is: type | None  # values of exactly this type need no serialising


_leaves: dict[GraphQLObjectType, dict[str, _Leaf | None]] = {}


def _leaf(field: GraphQLField) -> _Leaf | None:
    resolver = field.resolve
    if field.args or not isinstance(resolver, partial) or resolver.func is not dict_or_attr_resolver:
        return None
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if (
        not isinstance(kind, GraphQLScalarType | GraphQLEnumType) or resolver.args[1] is not None
    ):  # the second argument is a default value
        return None
    as_it_is = str if kind in _TEXT else bool if kind is GraphQLBoolean else None
    return _Leaf(resolver.args[0], kind.serialize, as_it_is)


def _leaves_of(kind: GraphQLObjectType) -> dict[str, _Leaf | None]:
    found = _leaves.get(kind)
    if found is None:
        found = _leaves[kind] = {name: _leaf(field) for name, field in kind.fields.items()}
    return found


class PlainExecution(ExecutionContext):
    """An execution without coroutines and without middleware."""

    is_awaitable = staticmethod(lambda value: False)

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: dict[str, list[FieldNode]]
    ) -> dict[str, Any]:
        """Return the fields of one object; plain ones are read directly."""
        leaves = _leaves_of(parent_type)
        results: dict[str, Any] = {}
        for response_name, nodes in fields.items():
            leaf = leaves.get(nodes[0].name.value)
            if leaf is not None:
                value = (
                    source_value.get(leaf.attribute)
                    if isinstance(source_value, dict)
                    else getattr(source_value, leaf.attribute, None)
                )
                if type(value) is leaf.as_it_is:
                    results[response_name] = value
                    continue
                if value is not None and leaf.as_it_is is None:
                    try:
                        results[response_name] = leaf.serialize(value)
                        continue
                    except Exception:  # noqa: S110 - graphql-core's own way below says it as the client expects
                        pass
            results[response_name] = self.execute_field(
                parent_type, source_value, nodes, Path(path, response_name, parent_type.name)
            )
        return results
