"""Runs the committed documents against the shop's own schema, in this process.

This module is the one place below the site that imports the API: the documents are Saleor's, and so is the schema that
executes them. A document is parsed and validated once for each process.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from graphql import GraphQLError, execute_sync, parse, validate
from graphql.language.ast import DocumentNode

from catalog.graphql.execution import PlainExecution
from checkout.access import Caller
from checkout.graphql.schema import schema

OPERATIONS = Path(__file__).resolve().parent.parent / "operations"


class TransportError(Exception):
    """A document failed in a way that its verb does not expect: a fault, never a buyer's mistake."""


@cache
def document(name: str) -> DocumentNode:
    """Return a committed document, parsed and validated. Raises TransportError when it does not fit the schema."""
    parsed = parse((OPERATIONS / f"{name}.graphql").read_text())
    wrong = validate(schema.graphql_schema, parsed)
    if wrong:
        raise TransportError(f"{name}: {wrong[0].message}")
    return parsed


def run(name: str, variables: dict[str, Any], *, caller: Caller) -> dict[str, Any]:
    """Execute a document and return its data. Raises TransportError.

    Never inside a transaction: a resolver that fails would answer with errors while half-done rows commit.
    """
    if connection.in_atomic_block and not _is_test_transaction():
        raise TransportError(f"{name}: a document is not executed inside a transaction")
    result = execute_sync(
        schema.graphql_schema,
        document(name),
        variable_values=variables,
        context_value=caller,
        execution_context_class=PlainExecution,
    )
    if result.errors:
        raise TransportError(f"{name}: {result.errors[0].message}") from _cause(result.errors[0])
    return result.data or {}


def _is_test_transaction() -> bool:
    return any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _cause(error: GraphQLError) -> BaseException:
    return error.original_error or error
