"""What the address picker asks for: the divisions directly below one."""

from django.http import HttpRequest, JsonResponse

from catalog.selectors.divisions import below

_DAY = 24 * 3600


def divisions(request: HttpRequest, code: str) -> JsonResponse:
    """Answer [{code, name}, …]; the same for everybody, for a day."""
    response = JsonResponse([{"code": key, "name": name} for key, name in below(code)], safe=False)
    response["Cache-Control"] = f"public, max-age={_DAY}"
    return response
