"""Divisions for address pickers: what lies directly below a province or a city."""

from catalog.models import Division


def provinces() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of all provinces."""
    return _pairs(parent=None)


def below(code: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the divisions directly below one; empty below a county, or for an unknown code."""
    return _pairs(parent=code) if code else ()


def _pairs(**where) -> tuple[tuple[str, str], ...]:
    return tuple(Division.objects.filter(**where).order_by("code").values_list("code", "name"))


def above(code: str) -> tuple[str, ...]:
    """Return the codes from the province down to this division, itself included; empty for an unknown one."""
    found = Division.objects.select_related("parent__parent").filter(pk=code).first()
    path: list[str] = []
    while found is not None:
        path.insert(0, found.code)
        found = found.parent
    return tuple(path)
