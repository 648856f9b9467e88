"""The front door of the language: text in, a checked expression out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext_lazy as _

from . import scan, to_python, to_sql, tree
from .check import COSTLIEST, Checker
from .errors import ExpressionError
from .schema import Field, Schema
from .to_sql import json_columns
from .to_words import describe
from .visitor import Backend

__all__ = [
    "Backend",
    "Expression",
    "ExpressionError",
    "Field",
    "Schema",
    "compile_expression",
    "describe",
    "json_columns",
]

Out = TypeVar("Out")
Wanted = Literal["bool", "int", "text", "date"]


@dataclass(frozen=True)
class Expression:
    """A checked expression. All back-ends give the same value for the same fact."""

    text: str
    root: tree.Node

    @property
    def type(self) -> str:
        return self.root.type

    @property
    def nullable(self) -> bool:
        """May the value be missing? A condition's never is."""
        return self.root.nullable

    @property
    def bounds(self) -> tuple[int, int]:
        """The smallest and largest value that an int expression can take."""
        return self.root.least, self.root.most

    @property
    def fields(self) -> frozenset[str]:
        return tree.fields_of(self.root)

    @cached_property
    def closure(self) -> to_python.Closure:
        """`closure(fact)`: bool for a condition, else int, str or date, or None if missing. Never raises."""
        return to_python.closure(self.root)

    def sql(self, columns: Mapping[str, str]) -> tuple[str, list[Any]]:
        """A PostgreSQL value expression and its parameters. ValueError if a field that is read has no column."""
        text, params = self.emit(to_sql.ToSql(columns))
        return text, params

    def emit(self, backend: Backend[Out]) -> Out:
        return backend.emit(self.root)

    def describe(self, language: str | None = None) -> str:
        """A sentence for people, in this language (the current one if none is named)."""
        return describe(self.root, language)

    def __str__(self) -> str:
        return self.text


def compile_expression(text: str, schema: Schema, *, wants: Wanted = "bool") -> Expression:
    """The checked expression. ExpressionError says where it fails, what is wrong and what to do."""
    try:
        checker = Checker(text, schema)
        parsed = scan.parse(text)
        if wants == "bool":
            root = checker.condition(parsed)
        else:
            root = checker.of_type(parsed, *(("text", "choice") if wants == "text" else (wants,)))
        if tree.cost(root) > COSTLIEST:
            raise ExpressionError(_("The expression is too complicated."), 0, _("Split it into several."))
    except ExpressionError as error:
        error.source = text
        raise
    return Expression(text, root)
