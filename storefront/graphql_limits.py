"""What a document may ask for, decided before it is validated and long before anything is read.

Saleor's limits and those of ASVS 5.0 (4.3.1); docs/api.md has the figures. One walk without recursion, which ends at
the first limit: judging a document never costs more than a few thousand steps, however it is folded into fragments.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)

STEPS_MAX = 10_000
SAME_PLACE_MAX = 5  # fields that land in one place of the answer: validation compares each with each
DIRECTIVES_MAX = 50
ROOT_FIELD_MAX = 5
MUTATIONS_MAX = 1  # every verb there is buys, pays or gives back
HUGE = 10**9

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|[_A-Za-z]\w*|-?\d[\d.eE+-]*|\.\.\.|[!$&()\[\]{}:=@|]'
)
_ABOUT_SCHEMA = ("__schema", "__type")
_SIZES = ("first", "last", "limit")
DEFAULT_SIZES = {"listing": 24}
# How many rows a list has that is not asked for by number.
LIST_SIZES = {
    "badges": 3,
    "campaigns": 10,
    "certificates": 3,
    "coverage": 6,
    "days": 60,
    "facets": 7,
    "provinces": 30,
    "regions": 100,
    "tags": 2,
    "errors": 3,
    "fulfillments": 5,
    "lines": 20,
    "highlights": 24,
    "log": 6,
    "media": 4,
    "metadata": 4,
    "parts": 5,
    "priceTiers": 3,
    "salesProvinces": 31,
    "values": 30,
    "variants": 4,
    "zones": 5,
}
ASKED_ABOVE = {"edges", "products"}  # the rows are asked for by the field above, with `first`


class Refused(GraphQLError):
    """A document that asks for too much. `extensions.code` names the limit."""

    def __init__(self, code: str, message: str):
        super().__init__(message, extensions={"code": code})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one kind of caller may ask for in one document."""

    tokens: int
    depth: int
    cost: int
    aliases: int
    introspection: bool


def check_tokens(query: str, limits: Limits) -> None:
    """Refuse a text of too many tokens before it is parsed, which takes about 10 µs a token. Raises Refused."""
    if len(query) > limits.tokens and any(number >= limits.tokens for number, _ in enumerate(_TOKEN.finditer(query))):
        raise Refused("TOO_MANY_TOKENS", f"The document has more than {limits.tokens} tokens.")


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation to execute. Raises Refused when it is not clear which."""
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    chosen = [node for node in found if not name or (node.name and node.name.value == name)]
    if len(chosen) != 1:
        raise Refused("OPERATION", "Say with `operationName` which operation of the document to execute.")
    if chosen[0].operation == OperationType.SUBSCRIPTION:
        raise Refused("OPERATION", "There are no subscriptions.")
    return chosen[0]


def check(document: DocumentNode, variables: Mapping[str, Any], limits: Limits) -> frozenset[str]:
    """Refuse a document that is too deep, too dear or too broad; each of its operations counts. Raises Refused.

    Return the names of the variables that say how many rows are asked for: with others, the check has another answer.
    """
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    walk = _Walk(fragments, variables, limits)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            walk.operation(operation)
        elif not isinstance(operation, FragmentDefinitionNode):
            raise Refused("OPERATION", "A document holds operations and fragments.")
    if unused := fragments.keys() - walk.used:
        raise Refused("UNUSED_FRAGMENT", f"The fragment {min(unused)} is not used.")
    return frozenset(walk.size_variables)


@dataclass(slots=True)
class _Place:
    """A place in the answer: how many fields of the document land there, and the places below."""

    fields: int = 0
    below: "dict[str, _Place]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scope:
    """A selection to walk: where it lands, how often, and through which fragments it was reached."""

    selections: SelectionSetNode
    place: _Place
    depth: int
    times: int
    asked: int
    through: tuple[str, ...] = ()
    about_schema: bool = False  # within __schema: a rule of validation bounds its depth


class _Walk:
    """Walks operations with their fragments folded out."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], variables: Mapping[str, Any], limits: Limits):
        self._fragments, self._variables, self._limits = fragments, variables, limits
        self._defaults: dict[str, int] = {}
        self._steps = self._cost = self._aliases = self._directives = 0
        self.used: set[str] = set()
        self.size_variables: set[str] = set()

    def operation(self, operation: OperationDefinitionNode) -> None:
        """Walk one operation. Raises Refused."""
        self._defaults = {
            definition.variable.name.value: _number(definition.default_value)
            for definition in operation.variable_definitions or ()
            if isinstance(definition.default_value, IntValueNode)
        }
        self._count_directives(operation, *(operation.variable_definitions or ()))
        roots: Counter[str] = Counter()
        waiting = [_Scope(operation.selection_set, _Place(), 1, 1, 1)]
        while waiting:
            scope = waiting.pop()
            for node in scope.selections.selections:
                self._step(node)
                if isinstance(node, FieldNode):
                    roots[node.name.value] += scope.depth == 1 and not scope.about_schema
                    below = self._field(node, scope)
                else:
                    below = self._fragment(node, scope)
                if below:
                    waiting.append(below)
            self._check_roots(roots, operation)

    def _step(self, node: Any) -> None:
        self._steps += 1
        if self._steps > STEPS_MAX:
            raise Refused("TOO_COSTLY", "The document folds out to too many fields.")
        self._count_directives(node)

    def _count_directives(self, *nodes: Any) -> None:
        self._directives += sum(len(node.directives or ()) for node in nodes)
        if self._directives > DIRECTIVES_MAX:
            raise Refused("TOO_MANY_DIRECTIVES", f"The document has more than {DIRECTIVES_MAX} directives.")

    def _check_roots(self, roots: "Counter[str]", operation: OperationDefinitionNode) -> None:
        if operation.operation == OperationType.MUTATION and roots.total() > MUTATIONS_MAX:
            raise Refused("TOO_MANY_MUTATIONS", "A document executes one mutation.")
        if any(count > ROOT_FIELD_MAX for count in roots.values()):
            raise Refused("TOO_MANY_ROOT_FIELDS", f"The same field may be asked for {ROOT_FIELD_MAX} times at the top.")

    def _field(self, node: FieldNode, scope: _Scope) -> _Scope | None:
        name = node.name.value
        self._cost = min(HUGE, self._cost + scope.times)
        self._aliases += node.alias is not None
        place = scope.place.below.setdefault(node.alias.value if node.alias else name, _Place())
        place.fields += 1
        self._check(name, scope.depth, place)
        if node.selection_set is None:
            return None
        if scope.about_schema or name in _ABOUT_SCHEMA:
            return replace(scope, selections=node.selection_set, place=place, about_schema=True)
        asked = self._asked(node)
        rows = scope.asked if asked is None and name in ASKED_ABOVE else LIST_SIZES.get(name, 1)
        return _Scope(
            node.selection_set, place, scope.depth + 1, min(HUGE, scope.times * rows), asked or 1, scope.through
        )

    def _check(self, name: str, depth: int, place: _Place) -> None:
        limits = self._limits
        if depth > limits.depth:
            raise Refused("TOO_DEEP", f"The document is more than {limits.depth} levels deep.")
        if self._cost > limits.cost:
            raise Refused("TOO_COSTLY", f"The document asks for more than {limits.cost} values; ask for fewer rows.")
        if self._aliases > limits.aliases:
            raise Refused("TOO_MANY_ALIASES", f"The document has more than {limits.aliases} aliases.")
        if place.fields > SAME_PLACE_MAX:
            raise Refused("DUPLICATE_FIELDS", f"{name} is asked for more than {SAME_PLACE_MAX} times in one place.")
        if name in _ABOUT_SCHEMA and not limits.introspection:
            raise Refused("INTROSPECTION", "Introspection is switched off; the schema is published.")

    def _asked(self, node: FieldNode) -> int | None:
        """Return how many rows a field asks for, or None when it does not say."""
        for argument in node.arguments:
            if argument.name.value not in _SIZES:
                continue
            if isinstance(argument.value, IntValueNode):
                return _number(argument.value)
            if isinstance(argument.value, VariableNode):
                name = argument.value.name.value
                self.size_variables.add(name)
                given = self._variables.get(name, self._defaults.get(name))
                return min(HUGE, abs(given)) if isinstance(given, int) else 1  # no number: validation will say so
        return DEFAULT_SIZES.get(node.name.value)

    def _fragment(self, node: Any, scope: _Scope) -> _Scope | None:
        if not isinstance(node, FragmentSpreadNode):
            return replace(scope, selections=node.selection_set)
        name = node.name.value
        if name in scope.through:
            raise Refused("FRAGMENT_CYCLE", f"The fragment {name} contains itself.")
        fragment = self._fragments.get(name)
        if fragment is None:
            return None  # validation will say so
        self.used.add(name)
        self._count_directives(fragment)
        return replace(scope, selections=fragment.selection_set, through=(*scope.through, name))


def _number(node: IntValueNode) -> int:
    return abs(int(node.value)) if len(node.value) < 10 else HUGE
