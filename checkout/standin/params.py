"""Reading request parameters: Stripe's bracketed forms, and the checks made before anything is done."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from urllib.parse import parse_qsl

from checkout.standin.errors import invalid, missing

# Currencies the stand-in takes. Amounts are in the smallest unit; the value is the number of decimals.
CURRENCIES = {
    "aud": 2, "cad": 2, "chf": 2, "cny": 2, "eur": 2, "gbp": 2, "hkd": 2, "jpy": 0, "krw": 0, "mop": 2,
    "myr": 2, "nzd": 2, "sgd": 2, "thb": 2, "twd": 2, "usd": 2,
}  # fmt: skip
LARGEST_AMOUNT = 99_999_999  # eight digits, Stripe's limit
LARGEST_PAGE = 100
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500
_BRACKET = re.compile(r"\[([^\]]*)\]")


def decode_form(text: str) -> dict:
    """Decode `a=1&metadata[order]=7&types[0]=card` into nested dicts and lists of strings.

    Lists come as `types[]=…` or `types[0]=…`, as every Stripe SDK sends them.
    """
    root: dict = {}
    for raw_name, value in parse_qsl(text, keep_blank_values=True):
        head = raw_name.split("[", 1)[0]
        _put(root, [head, *_BRACKET.findall(raw_name[len(head) :])], value)
    return _with_lists(root)


def _put(node: dict, path: list[str], value: str) -> None:
    for step in path[:-1]:
        child = node.setdefault(step or str(len(node)), {})
        if not isinstance(child, dict):
            raise invalid(f"Invalid object: {path[0]}", path[0])
        node = child
    node[path[-1] or str(len(node))] = value


def _with_lists(node):
    """Turn every dict whose keys are 0, 1, 2… into a list; metadata may have such keys and stays a dict."""
    if not isinstance(node, dict):
        return node
    if node and list(node) == [str(index) for index in range(len(node))]:
        return [_with_lists(value) for value in node.values()]
    return {name: value if name == "metadata" else _with_lists(value) for name, value in node.items()}


def fingerprint(params: dict) -> str:
    """A digest of the parameters: equal for equal bodies, whatever the order of their fields."""
    text = json.dumps(params, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def only(params: dict, allowed: Collection[str]) -> None:
    """Refuse a parameter that the endpoint (of the stand-in) does not take."""
    for name in params:
        if name not in allowed:
            raise invalid(f"Received unknown parameter: {name}", name, "parameter_unknown")


def not_removed(params: dict, name: str) -> None:
    """Refuse a parameter that the API took before version 2026-09-30.endive; the code is from Stripe's changelog."""
    if name in params:
        raise invalid(f"The parameter {name} is no longer supported.", name, f"{name}_no_longer_supported")


def integer(params: dict, name: str, *, least: int, most: int | None = None, required: bool = False) -> int | None:
    """An integer within [least, most], or None when it was not sent and need not be."""
    text = params.get(name)
    if text in (None, ""):
        if required:
            raise missing(name)
        return None
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise invalid(f"Invalid integer: {text}", name, "parameter_invalid_integer")
    number = int(text)
    if number < least:
        raise invalid(f"This value must be greater than or equal to {least}.", name, "parameter_invalid_integer")
    if most is not None and number > most:
        raise invalid(f"This value must be less than or equal to {most}.", name, "parameter_invalid_integer")
    return number


def amount(params: dict, *, required: bool) -> int | None:
    """An amount in the smallest unit of its currency, 1 to 99,999,999."""
    number = integer(params, "amount", least=1, required=required)
    if number is not None and number > LARGEST_AMOUNT:
        raise invalid(f"Amount must be no more than {LARGEST_AMOUNT}.", "amount", "amount_too_large")
    return number


def currency(params: dict) -> str:
    """A known ISO 4217 code, in lower case as Stripe answers it."""
    code = params.get("currency")
    if not code:
        raise missing("currency")
    if not isinstance(code, str) or code.lower() not in CURRENCIES:
        known = ", ".join(CURRENCIES)
        raise invalid(f"Invalid currency: {code}. The stand-in supports these currencies: {known}", "currency")
    return code.lower()


def metadata(params: dict) -> dict[str, str]:
    """The metadata: at most 50 keys of 40 characters, values of 500."""
    values = params.get("metadata") or {}
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise invalid("Invalid object", "metadata")
    if len(values) > METADATA_KEYS:
        raise invalid(f"Metadata can have at most {METADATA_KEYS} keys.", "metadata")
    for key, value in values.items():
        if len(key) > METADATA_KEY_LENGTH or len(value) > METADATA_VALUE_LENGTH:
            raise invalid(f"Metadata key or value too long: {key[:METADATA_KEY_LENGTH]}", f"metadata[{key}]")
    return {key: value for key, value in values.items() if value}


def choice(params: dict, name: str, allowed: Collection[str], default: str | None = None) -> str | None:
    """One of a closed set of words."""
    value = params.get(name) or default
    if value is not None and value not in allowed:
        raise invalid(f"Invalid {name}: must be one of {', '.join(allowed)}", name)
    return value


def flag(params: dict, name: str) -> bool:
    """A boolean, sent as `true` or `false`."""
    value = params.get(name, "false")
    if value not in ("true", "false"):
        raise invalid(f"Invalid boolean: {value}", name)
    return value == "true"
