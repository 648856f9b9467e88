"""From Python's tree to ours: whitelisted, typed, with bounds proved. Everything else is refused with advice."""

from __future__ import annotations

import ast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import calls, numbers, scan, tree, wording
from .errors import ExpressionError, suggest
from .schema import FUNCTIONS, INT64, Schema, Type

DEEPEST, COSTLIEST, MOST_OPTIONS = 40, 2000, 500
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
TRUTHS = {"true": True, "True": True, "false": False, "False": False}


class Checker:
    def __init__(self, text: str, schema: Schema) -> None:
        self.text, self.schema, self.depth = text, schema, 0

    def at(self, node: ast.AST) -> int:
        return scan.position(node, self.text)

    def fail(self, node: ast.AST | tree.Node | int, message, advice="") -> ExpressionError:
        at = node if isinstance(node, int) else node.at if isinstance(node, tree.Node) else self.at(node)
        return ExpressionError(message, at, advice)

    def check(self, node: ast.AST) -> tree.Node:
        method = getattr(self, f"_{type(node).__name__}", None)
        if method is None:
            raise self.fail(node, *wording.refused(node))
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(node, _("The expression is too deep."), _("Split it into several."))
        found = method(node)
        self.depth -= 1
        return found

    def condition(self, node: ast.AST) -> tree.Node:
        """A two-valued yes/no."""
        return self.two_valued(self.check(node))

    def two_valued(self, found: tree.Node) -> tree.Node:
        if found.type != "bool":
            raise self.fail(
                found,
                format_lazy(_("A condition is wanted here, this is {type}."), type=wording.type_name(found.type)),
                _("Compare it with something, for example: stars >= 4, or ask present(stars)."),
            )
        return tree.Truth(type="bool", part=found, at=found.at) if found.nullable else found

    def of_type(self, node: ast.AST, *types: Type) -> tree.Node:
        found = self.check(node)
        if found.type not in types:
            raise self.fail(
                found,
                format_lazy(
                    _("Here stands {found}, but {wanted} is needed."),
                    found=wording.type_name(found.type), wanted=wording.type_name(types[0]),
                ),
                wording.conversion(found.type, types[0]),
            )  # fmt: skip
        return found

    def _Constant(self, node: ast.Constant) -> tree.Node:
        value, at = node.value, self.at(node)
        if isinstance(value, bool):
            return tree.Literal(type="bool", value=value, at=at)
        if isinstance(value, int):
            if value > INT64:
                raise self.fail(at, _("The number is too large."), _("Numbers reach up to 9223372036854775807."))
            return tree.Literal(type="int", value=value, least=value, most=value, at=at)
        if isinstance(value, str):
            return tree.Literal(type="text", value=value, at=at)
        raise self.fail(node, *wording.refused(node))

    def _Name(self, node: ast.Name) -> tree.Node:
        name, at = node.id, self.at(node)
        if name in TRUTHS:
            return tree.Literal(type="bool", value=TRUTHS[name], at=at)
        field = self.schema.get(name)
        if field is None:
            if name in FUNCTIONS:
                raise self.fail(
                    at, format_lazy(_("“{name}” is a function."), name=name), _("Give it brackets: present(stars).")
                )
            if name in ("null", "none"):
                raise self.fail(node, *wording.NOTHING)
            hint = suggest(name, [*self.schema, *FUNCTIONS]) or wording.known(self.schema)
            raise self.fail(at, format_lazy(_("There is no field “{name}”."), name=name), hint)
        return tree.FieldValue(
            type=field.type, nullable=True, least=field.least, most=field.most, name=name, field=field, at=at
        )

    def _BoolOp(self, node: ast.BoolOp) -> tree.Node:
        op = "and" if isinstance(node.op, ast.And) else "or"
        parts = tuple(self.condition(value) for value in node.values)
        return tree.Logic(type="bool", op=op, parts=parts, at=self.at(node))

    def _UnaryOp(self, node: ast.UnaryOp) -> tree.Node:
        if isinstance(node.op, ast.Not):
            return tree.Not(type="bool", part=self.condition(node.operand), at=self.at(node))
        return numbers.signed(self, node)

    def _BinOp(self, node: ast.BinOp) -> tree.Node:
        return numbers.arithmetic(self, node)

    def _IfExp(self, node: ast.IfExp) -> tree.Node:
        condition, yes, no = self.condition(node.test), self.check(node.body), self.check(node.orelse)
        if yes.type == no.type == "bool":
            yes, no = self.two_valued(yes), self.two_valued(no)
        kind = self.common(yes, no)
        return tree.Choose(
            type=kind, nullable=yes.nullable or no.nullable, condition=condition, yes=yes, no=no, at=self.at(node),
            least=min(yes.least, no.least), most=max(yes.most, no.most),
        )  # fmt: skip

    def _Call(self, node: ast.Call) -> tree.Node:
        return calls.call(self, node)

    def _Compare(self, node: ast.Compare) -> tree.Node:
        if any(isinstance(op, (ast.In, ast.NotIn)) for op in node.ops):
            return self._among(node)
        for op in node.ops:
            if type(op) not in COMPARISONS:
                raise self.fail(node, _("“is” compares nothing here."), _("Write == or !=, or ask present(field)."))
        parts = tuple(self.check(part) for part in (node.left, *node.comparators))
        ops = tuple(COMPARISONS[type(op)] for op in node.ops)
        for sign, left, right in zip(ops, parts, parts[1:], strict=False):
            kind = self.common(left, right)
            if kind == "set":
                raise self.fail(right, _("Sets cannot be compared."), _('Ask for one text: "fire" in tags.'))
            if sign not in ("==", "!=") and kind not in ("int", "date"):
                raise self.fail(
                    left,
                    format_lazy(_("{type} has no order."), type=wording.type_name(kind)),
                    _("Only numbers and dates can be larger or smaller; write == or in."),
                )
        return tree.Compare(type="bool", ops=ops, parts=parts, at=self.at(node))

    def _among(self, node: ast.Compare) -> tree.Node:
        if len(node.ops) > 1:
            raise self.fail(node, _("“in” cannot be chained."), _("Join two conditions with and."))
        part, right, at = self.check(node.left), node.comparators[0], self.at(node)
        negated = isinstance(node.ops[0], ast.NotIn)
        if isinstance(right, (ast.List, ast.Tuple)):
            if not 1 <= len(right.elts) <= MOST_OPTIONS:
                raise self.fail(
                    right, _("The list must hold 1 to 500 values."), _("Split a longer list in two with or.")
                )
            options = []
            for element in right.elts:
                option = self.check(element)
                if not isinstance(option, tree.Literal) or option.type == "bool":
                    raise self.fail(
                        element, _("A list holds only written values."), _('Write for example: ["a", "b"] or [1, 2].')
                    )
                self.common(part, option)
                options.append(option)
            return tree.Among(type="bool", part=part, options=tuple(options), negated=negated, at=at)
        whole = self.check(right)
        if whole.type != "set":
            raise self.fail(
                whole, _("After “in” stands a list or a set."), _('Write for example: category in ["a", "b"].')
            )
        if part.type not in ("text", "choice"):
            raise self.fail(part, _("A set holds texts."), _('Ask for a text: "fire" in tags.'))
        self._known_choice(whole, part)
        return tree.Member(type="bool", part=part, whole=whole, negated=negated, at=at)

    def common(self, left: tree.Node, right: tree.Node) -> Type:
        """The type of both. A choice is a text whose written values must be known."""
        kinds = {left.type, right.type}
        if kinds <= {"text", "choice"}:
            self._known_choice(left, right)
            self._known_choice(right, left)
            return "text"
        if len(kinds) > 1:
            raise self.fail(
                right,
                format_lazy(
                    _("{left} and {right} do not go together."),
                    left=wording.type_name(left.type), right=wording.type_name(right.type),
                ),
                wording.conversion(right.type, left.type),
            )  # fmt: skip
        return left.type

    def _known_choice(self, field: tree.Node, value: tree.Node) -> None:
        if not (isinstance(field, tree.FieldValue) and field.field.choices and isinstance(value, tree.Literal)):
            return
        if value.value not in field.field.choices:
            hint = suggest(str(value.value), field.field.choices) or wording.known(field.field.choices)
            raise self.fail(
                value, format_lazy(_("“{value}” is no value of “{name}”."), value=value.value, name=field.name), hint
            )

    def _List(self, node: ast.List | ast.Tuple) -> tree.Node:
        raise self.fail(node, _("A list stands only after “in”."), _('Write for example: category in ["a", "b"].'))

    _Tuple = _List
