"""What a campaign counts: the definition of a rule, read once into a frozen form. Pure."""

from dataclasses import dataclass, fields

_WORDS = ("tags", "line_kinds", "sales_channels", "buyer_kinds", "categories", "provinces")


class BadRule(ValueError):
    """A definition that cannot be read; the message names the part."""


@dataclass(frozen=True)
class Rule:
    """Conditions that must all hold; an empty one asks for nothing.

    `tags`: the line's tag, once proven, is one of these. `area_set`: the region belonged to this set when the order
    was placed. `certified_only`: the line's certificate spoke then.
    """

    tags: frozenset[str] = frozenset()
    area_set: str = ""
    line_kinds: frozenset[str] = frozenset()
    sales_channels: frozenset[str] = frozenset()
    buyer_kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    certified_only: bool = False


def parse(definition: object) -> Rule:
    """Return the rule that a JSON object states.

    Example: {"tags": ["spring-open"], "area_set": "counties-832", "certified_only": true}. Raises BadRule for a key
    that this code does not know: a condition that is not understood must not be taken for one that is not there.
    """
    if not isinstance(definition, dict):
        raise BadRule("a rule is a JSON object")
    unknown = set(definition) - {field.name for field in fields(Rule)}
    if unknown:
        raise BadRule(f"unknown conditions: {', '.join(sorted(map(str, unknown)))}")
    for name in _WORDS:
        words = definition.get(name, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise BadRule(f"{name} is a list of words")
    if not isinstance(definition.get("area_set", ""), str):
        raise BadRule("area_set is the slug of one area set")
    if not isinstance(definition.get("certified_only", False), bool):
        raise BadRule("certified_only is true or false")
    words = {name: frozenset(definition.get(name, [])) for name in _WORDS}
    return Rule(
        **words, area_set=definition.get("area_set", ""), certified_only=definition.get("certified_only", False)
    )
