"""The functions of the language."""

from __future__ import annotations

import ast
import re
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import tree, wording
from .asking import Asking
from .errors import suggest
from .schema import FUNCTIONS

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_DAYS = (date.max - date.min).days
MOST_COUNT = 2**31 - 1
MOST_PARTS = 50


def call(checker: Asking, node: ast.Call) -> tree.Node:
    if not isinstance(node.func, ast.Name):
        raise checker.fail(node, _("This cannot be called."), _("Only the functions of the reference have brackets."))
    name, at = node.func.id, checker.at(node)
    if name not in FUNCTIONS:
        hint = suggest(name, FUNCTIONS) or wording.known(FUNCTIONS)
        raise checker.fail(at, format_lazy(_("There is no function “{name}”."), name=name), hint)
    least, most = {"min": (2, MOST_PARTS), "max": (2, MOST_PARTS), "default": (2, 2), "days_between": (2, 2)}.get(
        name, (1, 1)
    )
    if node.keywords or not least <= len(node.args) <= most or any(isinstance(a, ast.Starred) for a in node.args):
        raise checker.fail(
            at, format_lazy(_("“{name}” is given the wrong number of values."), name=name),
            format_lazy(_("Write {form}."), form=wording.FORMS[name]),
        )  # fmt: skip
    return HANDLERS[name](checker, node.args, at)


def _present(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
    part = checker.check(args[0])
    if not part.nullable:
        raise checker.fail(part, _("This is never missing."), _("present() asks about a field that may have no value."))
    return tree.Present(type="bool", part=part, at=at)


def _default(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
    part, fallback = checker.check(args[0]), checker.check(args[1])
    kind = checker.common(part, fallback)
    if not part.nullable:
        raise checker.fail(part, _("This is never missing."), _("Leave default() out."))
    return tree.Default(
        type=kind, nullable=fallback.nullable, part=part, fallback=fallback, at=at,
        least=min(part.least, fallback.least), most=max(part.most, fallback.most),
    )  # fmt: skip


def _extreme(op: str):
    def handle(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
        first = checker.of_type(args[0], "int", "date")
        parts = (first, *(checker.of_type(arg, first.type) for arg in args[1:]))
        pick = min if op == "min" else max
        return tree.Extreme(
            type=first.type, nullable=any(p.nullable for p in parts), op=op, parts=parts, at=at,
            least=pick(p.least for p in parts), most=pick(p.most for p in parts),
        )  # fmt: skip

    return handle


def _days_between(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
    first, last = (checker.of_type(arg, "date") for arg in args)
    nullable = first.nullable or last.nullable
    return tree.DaysBetween(
        type="int", nullable=nullable, least=-MOST_DAYS, most=MOST_DAYS, first=first, last=last, at=at
    )


def _date(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
    text = args[0].value if isinstance(args[0], ast.Constant) else None
    try:
        if not isinstance(text, str) or not DATE.fullmatch(text):
            raise ValueError
        return tree.Literal(type="date", value=date.fromisoformat(text), at=at)
    except ValueError:
        raise checker.fail(
            args[0], _("This is no date."), _('Write year, month and day: date("2026-01-31").')
        ) from None


def _count(checker: Asking, args: list[ast.expr], at: int) -> tree.Node:
    part = checker.of_type(args[0], "set")
    return tree.Count(type="int", nullable=part.nullable, most=MOST_COUNT, part=part, at=at)


HANDLERS = {
    "present": _present, "default": _default, "min": _extreme("min"), "max": _extreme("max"),
    "days_between": _days_between, "date": _date, "count": _count,
}  # fmt: skip
