"""Whole-number arithmetic. Bounds are carried along, so that nothing that compiles can leave 64 bits."""

from __future__ import annotations

import ast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import tree
from .asking import Asking
from .schema import INT64

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//", ast.Mod: "%"}


def signed(checker: Asking, node: ast.UnaryOp) -> tree.Node:
    if not isinstance(node.op, (ast.USub, ast.UAdd)):
        raise checker.fail(node, _("This sign is not known."), _("Write not, or a minus."))
    part = checker.of_type(node.operand, "int")
    if isinstance(node.op, ast.UAdd):
        return part
    at = checker.at(node)
    if isinstance(part, tree.Literal):
        return tree.Literal(type="int", value=-int(part.value), least=-part.most, most=-part.least, at=at)  # type: ignore[arg-type]
    zero = tree.Literal(type="int", value=0, at=at)
    return _made(checker, "-", zero, part, at)


def arithmetic(checker: Asking, node: ast.BinOp) -> tree.Node:
    op, at = SIGNS.get(type(node.op)), checker.at(node)
    if op is None:
        advice = _("Divide with //, which rounds down.") if isinstance(node.op, ast.Div) else _("Use + - * // %.")
        raise checker.fail(at, _("This kind of calculation is not known."), advice)
    left, right = checker.of_type(node.left, "int"), checker.of_type(node.right, "int")
    if op in ("//", "%"):
        if not isinstance(right, tree.Literal) or right.least <= 0:
            raise checker.fail(
                right, _("Only a written number above zero can divide."), _("Write for example: minutes // 60.")
            )
        if left.least < 0:
            raise checker.fail(
                left, _("What is divided could be negative."), _("Say what then: max(0, …) // 60 counts it as zero.")
            )
    return _made(checker, op, left, right, at)


def _made(checker: Asking, op: str, left: tree.Node, right: tree.Node, at: int) -> tree.Node:
    least, most = bounds(op, left, right)
    if least < -INT64 or most > INT64:
        raise checker.fail(
            at,
            format_lazy(
                _("The result could reach {number}, which is too large."), number=most if most > INT64 else least
            ),
            _("Bound a part, for example: min(amount, 1000000)."),
        )
    nullable = left.nullable or right.nullable
    return tree.Arithmetic(type="int", nullable=nullable, least=least, most=most, op=op, left=left, right=right, at=at)


def bounds(op: str, left: tree.Node, right: tree.Node) -> tuple[int, int]:
    match op:
        case "+":
            return left.least + right.least, left.most + right.most
        case "-":
            return left.least - right.most, left.most - right.least
        case "*":
            corners = [a * b for a in (left.least, left.most) for b in (right.least, right.most)]
            return min(corners), max(corners)
        case "//":
            return left.least // right.least, left.most // right.least
    return 0, min(left.most, right.least - 1)
