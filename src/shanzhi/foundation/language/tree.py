"""The typed tree between text and back-ends. Only `check` makes nodes, so a back-end may trust types and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .schema import Field, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    type: Type
    nullable: bool = False  # may it be missing?
    least: int = 0  # bounds of an int, proved
    most: int = 0
    at: int = 0  # character of the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    value: int | bool | str | date


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue(Node):
    name: str
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    """op: + - * // %; the right side of // and % is a positive literal, the left never negative."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme(Node):
    """The smallest (op "min") or largest ("max"); missing if any part is."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysBetween(Node):
    """last - first in days."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Node):
    """How many different texts a set holds."""

    part: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """parts[0] ops[0] parts[1] ops[1] …; false as soon as a compared part is missing. ops: == != < <= > >="""

    ops: tuple[str, ...]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Node):
    """Is the part one of the literals (negated: none of them)? False if missing, either way."""

    part: Node
    options: tuple[Literal, ...]
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Node):
    """Does the set hold the text? False if either is missing, negated or not."""

    part: Node
    whole: Node
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Node):
    """A yes/no that may be missing, read as two-valued: missing is false."""

    part: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(Node):
    """op "and" or "or" over two-valued parts."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    part: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Node):
    part: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Default(Node):
    part: Node
    fallback: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Node):
    condition: Node
    yes: Node
    no: Node


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Arithmetic():
            return (node.left, node.right)
        case Extreme() | Compare() | Logic():
            return node.parts
        case DaysBetween():
            return (node.first, node.last)
        case Count() | Truth() | Not() | Present():
            return (node.part,)
        case Among():
            return (node.part, *node.options)
        case Member():
            return (node.part, node.whole)
        case Default():
            return (node.part, node.fallback)
        case Choose():
            return (node.condition, node.yes, node.no)
    return ()


def fields_of(node: Node) -> frozenset[str]:
    """Names of every field that is read."""
    if isinstance(node, FieldValue):
        return frozenset((node.name,))
    return frozenset().union(*(fields_of(part) for part in parts_of(node)))


def cost(node: Node) -> int:
    """How often leaves appear in the SQL: there a part that is both tested and used is written twice."""
    below = [cost(part) for part in parts_of(node)]
    match node:
        case Extreme() | Count():
            return 1 + 2 * sum(below)
        case Compare():
            return 1 + sum(below) + sum(below[1:-1])
        case Member():
            return 1 + sum(below) + below[0]
    return 1 + sum(below)
