"""Keeps free text and personal values out of facts, when a kind is declared.

The journal cannot be erased, so what a person wrote or is called must never get in. A fact may carry ids, codes, numbers,
dates and choices; words stay in their app's own tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 64
SAFE_FORMATS = {"uuid", "date", "date-time", "time", "duration"}
# What no constrained code may let through: sentences, and codes of any length.
SENTENCES = ("张三 住在幸福路3号", "张三", "Zhang San said so")
ENDLESS = ("a" * 65, "A" * 65, "0" * 65, "-" * 65)
PERSONAL = frozenset(
    [
        "name",
        "names",
        "phone",
        "mobile",
        "telephone",
        "address",
        "email",
        "words",
        "text",
        "note",
        "comment",
        "remark",
        "birthday",
        "id_number",
    ]
)


def objections(schema: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a fact's JSON schema, as sentences that name the field and say what to use instead."""
    definitions = schema.get("$defs", {})
    for name, field in schema.get("properties", {}).items():
        if name in PERSONAL:
            yield f"field {name!r} is called like a personal value or free text: keep it in your own table, put its id here"
        yield from _walk(name, field, definitions, ())


def _walk(where: str, node: Mapping[str, Any], definitions: Mapping[str, Any], seen: tuple[str, ...]) -> Iterator[str]:
    if "$ref" in node:
        target = node["$ref"].rsplit("/", 1)[-1]
        if target not in seen:
            yield from _walk(where, definitions[target], definitions, (*seen, target))
        return
    if "enum" in node or "const" in node:
        return
    for word in ("anyOf", "oneOf", "allOf"):
        for option in node.get(word, ()):
            yield from _walk(where, option, definitions, seen)
    if any(word in node for word in ("anyOf", "oneOf", "allOf")):
        return
    kind = node.get("type")
    if kind in ("integer", "boolean", "null"):
        return
    if kind == "string":
        yield from _text(where, node)
    elif kind == "array":
        for part in [*node.get("prefixItems", ()), *([node["items"]] if "items" in node else ())]:
            yield from _walk(f"{where}[]", part, definitions, seen)
        if "items" not in node and "prefixItems" not in node:
            yield f"field {where!r} is a list of anything: say of what"
    elif kind == "object":
        yield from _object(where, node, definitions, seen)
    elif kind == "number":
        yield f"field {where!r} is not a whole number: use an integer of a small unit (metres, cents, minutes)"
    else:
        yield f"field {where!r} may hold anything: give it a type"


def _text(where: str, node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("format") in SAFE_FORMATS:
        return
    pattern = node.get("pattern")
    if pattern is None:
        yield f"field {where!r} is free text: use journal.facts.Code, a Literal, an enum, or a pattern"
        return
    expression = re.compile(pattern)
    if any(expression.search(sentence) for sentence in SENTENCES):
        yield f"field {where!r}: its pattern lets a name or a sentence through"
    if node.get("maxLength", LONGEST + 1) > LONGEST and any(expression.search(text) for text in ENDLESS):
        yield f"field {where!r}: its pattern has no end: bound it, or give max_length up to {LONGEST}"


def _object(
    where: str, node: Mapping[str, Any], definitions: Mapping[str, Any], seen: tuple[str, ...]
) -> Iterator[str]:
    for name, field in node.get("properties", {}).items():
        if name in PERSONAL:
            yield f"field '{where}.{name}' is called like a personal value or free text: put an id here"
        yield from _walk(f"{where}.{name}", field, definitions, seen)
    rest = node.get("additionalProperties")
    values = dict(node.get("patternProperties", {}))
    if isinstance(rest, Mapping):
        values[None] = rest
    for pattern, value in values.items():
        key = node.get("propertyNames", {}) | ({"pattern": pattern} if pattern else {})
        yield from _text(f"keys of {where}", key)
        yield from _walk(f"{where}[…]", value, definitions, seen)
    if not values and rest is not False and "properties" not in node:
        yield f"field {where!r} may hold anything: give it a type"
