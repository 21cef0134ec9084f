"""Environment variables of the shop: each is read once, checked, and listed in `REGISTRY`."""

import os
from dataclasses import dataclass


class BadEnvironment(ValueError):
    """A variable is missing or cannot be understood; the message names it and says what is expected."""


@dataclass(frozen=True)
class EnvVar:
    """One variable: its default as text (None: it must be set) and what it means."""

    name: str
    default: str | None
    doc: str


REGISTRY: dict[str, EnvVar] = {}


def text(name: str, default: str | None, doc: str) -> str:
    """Return the variable as text. Raises BadEnvironment when it has no default and is not set."""
    REGISTRY[name] = EnvVar(name, default, doc)
    value = os.environ.get(name, default)
    if value is None:
        raise BadEnvironment(f"{name} is not set: {doc}")
    return value


def flag(name: str, default: bool, doc: str) -> bool:
    """Return the variable as a boolean: 1/true/yes/on or 0/false/no/off."""
    value = text(name, "1" if default else "0", doc).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise BadEnvironment(f"{name}={value!r} is neither yes nor no: {doc}")


def integer(name: str, default: int, doc: str) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default), doc)
    try:
        return int(value)
    except ValueError:
        raise BadEnvironment(f"{name}={value!r} is not a whole number: {doc}") from None


def words(name: str, default: str, doc: str) -> list[str]:
    """Return the variable as a list, split at commas."""
    return [word.strip() for word in text(name, default, doc).split(",") if word.strip()]
