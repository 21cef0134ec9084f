"""Rendering with a theme. A pack is a folder in `themes/`: theme.toml, templates, static files; no Python."""

import re
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

_DEFINED = re.compile(r"^\s*(--[a-z0-9-]+)\s*:\s*([^;]+);", re.MULTILINE)
_ASSIGNED = re.compile(r"(--[a-z0-9-]+)\s*:")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")  # with a second value it may be defined elsewhere, as in the office


def render(
    request: HttpRequest, template: str, context: dict | None = None, *, theme: str = "", status: int = 200
) -> HttpResponse:
    """Render a template with a theme's engine; an unknown or empty theme is the default one."""
    chosen = theme if theme in settings.THEMES else settings.DEFAULT_THEME
    return django_render(request, template, {**(context or {}), "theme": chosen}, using=chosen, status=status)


def tokens(theme: str) -> dict[str, str]:
    """Return the design tokens that a pack defines, name → value. Empty when it has no tokens file."""
    path = Path(settings.THEMES_DIR) / theme / "static" / "css" / "tokens.css"
    return {name: value.strip() for name, value in _DEFINED.findall(path.read_text())} if path.exists() else {}


@register()
def check_tokens(**kwargs) -> list[Error]:
    """Refuse a pack that lacks a token of the default theme, and a stylesheet that uses one which nobody defines."""
    defined = set(tokens(settings.DEFAULT_THEME))
    errors = [
        Error(f"theme {theme!r} lacks the token {name}", id="storefront.E001")
        for theme in settings.THEMES
        for name in sorted(defined - set(tokens(theme)))
    ]
    sheets = {path: path.read_text() for path in sorted(Path(settings.THEMES_DIR).glob("*/static/css/*.css"))}
    assigned = {name for text in sheets.values() for name in _ASSIGNED.findall(text)}
    for path, text in sheets.items():
        errors += [
            Error(f"{path.name} of {path.parts[-4]!r} uses {name}, which is no token", id="storefront.E002")
            for name in sorted(set(_USED.findall(text)) - assigned)
        ]
    return errors
