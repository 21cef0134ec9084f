"""Documents made ready: parsed, judged and validated, and remembered, as clients send the same few again and again."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from graphql import DocumentNode, GraphQLError, MaxIntrospectionDepthRule, parse, specified_rules, validate

from storefront import graphql_limits
from storefront.graphql_limits import Limits, Refused
from storefront.schema import schema

_RULES = (*specified_rules, MaxIntrospectionDepthRule)
_REMEMBERED = 100
_LONGEST = 6_000  # characters; longer documents are rare, and their trees large
_CHECKS_REMEMBERED = 50


class Invalid(Exception):
    """A document that does not fit the schema; `errors` say where."""

    def __init__(self, errors: list[GraphQLError]):
        super().__init__(errors[0].message)
        self.errors = errors


@dataclass
class Document:
    """A document that was parsed and validated. `passed` are the limits and row numbers that it was judged with."""

    parsed: DocumentNode
    size_variables: frozenset[str]
    passed: set[tuple] = field(default_factory=set)

    def judge(self, variables: Mapping[str, Any], limits: Limits) -> None:
        """Refuse it if it asks for too much with these variables. Raises Refused."""
        sizes = [variables.get(name) for name in sorted(self.size_variables)]
        if not all(size is None or isinstance(size, int) for size in sizes):
            raise Refused("SIZE", "`first` is a whole number.")
        judged = (limits, *sizes)
        if judged not in self.passed:
            graphql_limits.check(self.parsed, variables, limits)
            if len(self.passed) < _CHECKS_REMEMBERED:
                self.passed.add(judged)


_documents: OrderedDict[str, Document] = OrderedDict()
_lock = Lock()


def prepare(query: str, variables: Mapping[str, Any], limits: Limits) -> Document:
    """Return a document that may be executed. Raises Refused for too much, GraphQLError for bad syntax, Invalid."""
    known = _documents.get(query)
    if known is not None:
        known.judge(variables, limits)
        return known
    graphql_limits.check_tokens(query, limits)
    parsed = parse(query, max_tokens=limits.tokens)
    document = Document(parsed, graphql_limits.check(parsed, variables, limits))
    errors = validate(schema.graphql_schema, parsed, _RULES, max_errors=10, hide_suggestions=not limits.introspection)
    if errors:
        raise Invalid(errors)
    if len(query) <= _LONGEST:
        _remember(query, document)
    return document


def _remember(query: str, document: Document) -> None:
    with _lock:
        _documents[query] = document
        while len(_documents) > _REMEMBERED:
            _documents.popitem(last=False)
