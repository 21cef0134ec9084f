"""Executes documents without the work that this schema never needs.

graphql-core asks of every value whether it is a coroutine, and makes a description (`ResolveInfo`) and a set of
arguments for every field. Here no resolver is a coroutine, none returns an exception as a value, and most fields just
read an attribute: those are read and serialised directly, and so are lists of objects. Whatever is unusual (arguments,
an own resolver, a null where none may be, a value that does not serialise) takes graphql-core's own way, so answers and
errors are the same: a test compares.
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
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLString,
    located_error,
)
from graphql.pyutils import Path

_TEXT = {GraphQLString, GraphQLID}


class _Leaf(NamedTuple):
    """A field that reads one attribute and serialises it."""

    attribute: str
    serialize: Callable[[Any], Any]
    as_it_is: type | None  # values of exactly this type need no serialising


class _Branch(NamedTuple):
    """A field that reads one attribute, which is an object."""

    attribute: str
    kind: GraphQLObjectType
    declared: GraphQLOutputType


_Plain = _Leaf | _Branch
_plain: dict[GraphQLObjectType, dict[str, _Plain | None]] = {}


def _unwrapped(kind: GraphQLOutputType) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _plain_field(field: GraphQLField) -> _Plain | None:
    resolver = field.resolve
    if field.args or not isinstance(resolver, partial) or resolver.func is not dict_or_attr_resolver:
        return None
    attribute, default = resolver.args
    kind = _unwrapped(field.type)
    if default is not None:
        return None
    if isinstance(kind, GraphQLObjectType) and kind.is_type_of is None:
        return _Branch(attribute, kind, field.type)
    if not isinstance(kind, GraphQLScalarType | GraphQLEnumType):
        return None
    return _Leaf(attribute, kind.serialize, str if kind in _TEXT else bool if kind is GraphQLBoolean else None)


def _plain_fields(kind: GraphQLObjectType) -> dict[str, _Plain | None]:
    found = _plain.get(kind)
    if found is None:
        found = _plain[kind] = {name: _plain_field(field) for name, field in kind.fields.items()}
    return found


class PlainExecution(ExecutionContext):
    """An execution without coroutines and without middleware."""

    is_awaitable = staticmethod(lambda value: False)

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: dict[str, list[FieldNode]]
    ) -> dict[str, Any]:
        """Return the fields of one object; plain ones are read directly."""
        plain = _plain_fields(parent_type)
        is_dict = isinstance(source_value, dict)
        results: dict[str, Any] = {}
        for name, nodes in fields.items():
            field = plain.get(nodes[0].name.value)
            if field is not None:
                value = source_value.get(field[0]) if is_dict else getattr(source_value, field[0], None)
                if isinstance(field, _Leaf):
                    if type(value) is field.as_it_is:
                        results[name] = value
                        continue
                    if value is not None and field.as_it_is is None:
                        try:
                            results[name] = field.serialize(value)
                            continue
                        except Exception:  # noqa: S110 - graphql-core, below, says it as clients expect
                            pass
                elif value is not None:
                    results[name] = self._branch(field, value, nodes, Path(path, name, parent_type.name))
                    continue
            results[name] = self.execute_field(parent_type, source_value, nodes, Path(path, name, parent_type.name))
        return results

    def _branch(self, field: _Branch, value: Any, nodes: list[FieldNode], path: Path) -> dict[str, Any] | None:
        try:
            return self.execute_fields(field.kind, value, path, self.collect_subfields(field.kind, nodes))
        except Exception as raw:
            self.handle_field_error(located_error(raw, nodes, path.as_list()), field.declared, path)
            return None

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        """Return a list; one of objects, none of them null, goes without a look at each."""
        item = return_type.of_type
        kind = _unwrapped(item)
        if (
            isinstance(result, list | tuple)
            and isinstance(item, GraphQLNonNull)
            and isinstance(kind, GraphQLObjectType)
            and kind.is_type_of is None
            and None not in result
        ):
            fields = self.collect_subfields(kind, field_nodes)
            return [self.execute_fields(kind, each, Path(path, at, None), fields) for at, each in enumerate(result)]
        return super().complete_list_value(return_type, field_nodes, info, path, result)
