"""/graphql/: takes a document by POST (JSON) or GET, and answers as Saleor does. docs/api.md tells it to clients.

A browser's session counts only where the browser says that the page is one of our own (`Origin`), so another site's
page cannot act as its reader, and no CSRF token is needed.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from graphql import ExecutionResult, GraphQLError, OperationType, execute_sync
from graphql.language.ast import FieldNode, OperationDefinitionNode

from catalog.graphql.context import Context
from catalog.graphql.execution import PlainExecution
from storefront import access, languages, page_cache, rate_limits
from storefront.graphql_documents import Invalid, prepare
from storefront.graphql_limits import Limits, Refused, operation_of
from storefront.schema import schema

BODY_MAX = 256 * 1024
KEY_MAX = 60
LONGEST_STATEMENT = {False: "5s", True: "15s"}  # by "is staff"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What a client sends."""

    query: str
    variables: Mapping[str, Any]
    operation: str | None


def limits_of(context: Context) -> Limits:
    """Return what this caller may ask for in one document."""
    if context.is_staff:
        return Limits(tokens=5_000, depth=15, cost=50_000, aliases=100, introspection=True)
    return Limits(tokens=2_000, depth=10, cost=5_000, aliases=30, introspection=settings.DEBUG or settings.DEMO)


@csrf_exempt
@page_cache.cached_for_anonymous
def graphql(request: HttpRequest) -> HttpResponse:
    """Answer one document: 200 when it was executed, 400 when it was not, 429 when this comes too often."""
    context = _context(request)
    who = rate_limits.caller(request, context.user_id)
    try:
        rate_limits.reads.count(who)
        return _answer(request, context, who)
    except rate_limits.TooOften as error:
        response = _refusal([GraphQLError(str(error), extensions={"code": "RATE_LIMITED"})], status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    except Invalid as error:
        return _refusal(error.errors)
    except GraphQLError as error:
        return _refusal([error])


def _answer(request: HttpRequest, context: Context, who: str) -> HttpResponse:
    if len(context.idempotency_key) > KEY_MAX:  # never cut: two that begin alike would be one
        raise Refused("IDEMPOTENCY_KEY", f"An Idempotency-Key has at most {KEY_MAX} characters.")
    question = _question(request)
    limits = limits_of(context)
    document = prepare(question.query, question.variables, limits)
    operation = operation_of(document.parsed, question.operation)
    changes = operation.operation == OperationType.MUTATION
    if changes:
        if request.method != "POST":
            raise Refused("METHOD", "A mutation is sent by POST.")
        rate_limits.count_write(who)
    with _statement_timeout(LONGEST_STATEMENT[context.is_staff]):
        result = execute_sync(
            schema.graphql_schema,
            document.parsed,
            context_value=context,
            variable_values=dict(question.variables),
            operation_name=question.operation,
            execution_context_class=PlainExecution,
        )
    response = _json(_formatted(result), 400 if result.data is None and _is_request_error(result) else 200)
    if not changes and not result.errors and _is_public(operation):
        page_cache.may_be_kept(response, context.loaders.shown, until=context.loaders.sellable_until)
    return response


def _context(request: HttpRequest) -> Context:
    language = languages.nearest(request.headers.get("Accept-Language", ""))
    user = request.user if _is_own_page(request) and request.user.is_authenticated else None
    if user is None:
        return Context(at=timezone.now(), language=language)
    return Context(
        at=timezone.now(),
        language=language,
        user_id=user.pk,
        is_staff=user.is_staff,
        permissions=frozenset(user.get_all_permissions()) if user.is_staff else frozenset(),
        actor=f"user {user.pk}",
        idempotency_key=request.headers.get("Idempotency-Key", ""),
    )


def _is_own_page(request: HttpRequest) -> bool:
    """Say whether a page of this shop sends the request, by the origin that browsers add to every POST."""
    origin = request.headers.get("Origin")
    return origin is not None and origin == f"{request.scheme}://{request.get_host()}"


def _question(request: HttpRequest) -> Question:
    """Read what is asked. Raises Refused."""
    if request.method == "GET":
        given: Any = request.GET.dict()
        given["variables"] = _parsed(given.get("variables") or "{}")
    elif request.method == "POST":
        given = _parsed(_body(request))
    else:
        raise Refused("METHOD", "Send a document by POST, or a query by GET.")
    if isinstance(given, list):
        raise Refused("BATCH", "One document a request; batches are not executed.")
    if not isinstance(given, dict) or not isinstance(given.get("query"), str) or not given["query"].strip():
        raise Refused("NO_QUERY", "Send JSON with a `query`, and `variables` and `operationName` where needed.")
    variables, operation = given.get("variables") or {}, given.get("operationName") or None
    if not isinstance(variables, dict) or not isinstance(operation, str | None):
        raise Refused("VARIABLES", "`variables` is a JSON object, `operationName` a text.")
    return Question(given["query"], variables, operation)


def _body(request: HttpRequest) -> bytes:
    if not (request.content_type or "").startswith(("application/json", "application/graphql-response+json")):
        raise Refused("CONTENT_TYPE", "Send the document as application/json.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > BODY_MAX:
        raise Refused("BODY_TOO_LARGE", f"The body may have {BODY_MAX} bytes.")
    return request.body


def _parsed(text: bytes | str) -> Any:
    if "\\u0000" in (text if isinstance(text, str) else text.decode(errors="replace")):
        raise Refused("BAD_JSON", "No text may hold a NUL character.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("BAD_JSON", "The body is no JSON.") from None


@contextmanager
def _statement_timeout(longest: str) -> Iterator[None]:
    """Have PostgreSQL give up on a statement that takes too long; SQLite has no such limit."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [longest])
        try:
            yield
        finally:
            cursor.execute("RESET statement_timeout")


def _is_public(operation: OperationDefinitionNode) -> bool:
    """Say whether all that an operation reads is the same for everybody; fragments at the top are not looked into."""
    fields = operation.selection_set.selections
    return all(isinstance(node, FieldNode) and access.api_rule("Query", node.name.value) == "public" for node in fields)


def _is_request_error(result: ExecutionResult) -> bool:
    """Say whether nothing was executed: such errors, of variables, have no path."""
    return all(error.path is None for error in result.errors or ())


def _formatted(result: ExecutionResult) -> dict[str, Any]:
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_shown(error) for error in result.errors]
    return answer


def _shown(error: GraphQLError) -> dict[str, Any]:
    """Return an error as the client may see it: what was not expected is logged, and not told."""
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        _log.error("resolver failed at %s", error.path, exc_info=cause)
        return {"message": "Internal error.", "path": error.path, "extensions": {"code": "INTERNAL"}}
    shown: dict[str, Any] = dict(error.formatted)
    shown["extensions"] = {"code": "GRAPHQL_ERROR", **(error.extensions or {})}
    return shown


def _refusal(errors: list[GraphQLError], status: int = 400) -> HttpResponse:
    return _json({"errors": [_shown(error) for error in errors]}, status)


def _json(answer: dict[str, Any], status: int) -> HttpResponse:
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    response["Vary"] = "Accept-Language, Origin"
    return response
