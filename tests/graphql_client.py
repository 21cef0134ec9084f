"""A client of /graphql/ for tests: over the whole stack of the site."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client


def post(
    query: str, variables: dict[str, Any] | None = None, *, client: Client | None = None, **headers
) -> HttpResponse:
    """Send a document and return the answer as it is."""
    body = json.dumps({"query": query, "variables": variables or {}})
    return (client or Client()).post("/graphql/", body, content_type="application/json", headers=headers)


def data(query: str, variables: dict[str, Any] | None = None, **headers) -> dict[str, Any]:
    """Send a document that must succeed, and return its data."""
    answer = post(query, variables, **headers)
    assert answer.status_code == 200, answer.content
    assert "errors" not in answer.json(), answer.json()["errors"]
    return answer.json()["data"]


def code(answer: HttpResponse) -> str:
    """Return the code of a refused document's first error."""
    return answer.json()["errors"][0]["extensions"]["code"]
