"""One small typed language for guards, routing, points rules and indicators. Its reference: docs/language.md."""

from .errors import ExpressionError
from .expressions import Expression, compile_expression
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
