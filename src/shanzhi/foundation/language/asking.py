"""What the parts of the checker ask of it; apart, so that modules do not import each other in a ring."""

from __future__ import annotations

import ast
from typing import Any, Protocol

from . import tree
from .errors import ExpressionError
from .schema import Type


class Asking(Protocol):
    def at(self, node: ast.AST) -> int: ...

    def fail(self, node: ast.AST | tree.Node | int, message: Any, advice: Any = "") -> ExpressionError: ...

    def check(self, node: ast.AST) -> tree.Node: ...

    def of_type(self, node: ast.AST, *types: Type) -> tree.Node: ...

    def common(self, left: tree.Node, right: tree.Node) -> Type: ...
