"""The back-end for readers: a sentence for decision tables, in the current language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.texts import pick

from . import tree
from .visitor import Backend


def describe(root: tree.Node, language: str | None = None) -> str:
    if language is None:
        return ToWords().emit(root)
    with translation.override(language):
        return ToWords().emit(root)


class ToWords(Backend[str]):
    def inner(self, node: tree.Node) -> str:
        """A part of a larger sentence: in brackets where it could be read two ways."""
        text = self.emit(node)
        several = isinstance(node, (tree.Logic, tree.Arithmetic, tree.Choose, tree.DaysBetween))
        return pgettext("expression", "({text})").format(text=text) if several else text

    def Literal(self, node: tree.Literal) -> str:
        return self.value(node.value)

    def value(self, value: Any, title: Any = None) -> str:
        match value:
            case bool():
                return pgettext("expression", "yes") if value else pgettext("expression", "no")
            case int():
                return str(value)
            case date():
                return date_format(value, "DATE_FORMAT")
        return pgettext("expression", "“{value}”").format(value=pick(title) or value)

    def FieldValue(self, node: tree.FieldValue) -> str:
        return pgettext("expression", "“{field}”").format(field=pick(node.field.title) or node.name)

    def Arithmetic(self, node: tree.Arithmetic) -> str:
        left, right = self.inner(node.left), self.inner(node.right)
        match node.op:
            case "//":
                return _("{left} ÷ {right} (rounded down)").format(left=left, right=right)
            case "%":
                return _("the remainder of {left} ÷ {right}").format(left=left, right=right)
        sign = {"*": "×", "-": "−"}.get(node.op, node.op)
        if node.op == "-" and isinstance(node.left, tree.Literal) and node.left.value == 0:
            return f"−{right}"
        return f"{left} {sign} {right}"

    def Extreme(self, node: tree.Extreme) -> str:
        parts = pgettext("expression", ", ").join(self.inner(part) for part in node.parts)
        dates = node.type == "date"
        if node.op == "min":
            text = _("the earliest of {parts}") if dates else _("the smallest of {parts}")
        else:
            text = _("the latest of {parts}") if dates else _("the largest of {parts}")
        return text.format(parts=parts)

    def DaysBetween(self, node: tree.DaysBetween) -> str:
        return _("days from {first} to {last}").format(first=self.inner(node.first), last=self.inner(node.last))

    def Count(self, node: tree.Count) -> str:
        return _("number of {part}").format(part=self.emit(node.part))

    def Compare(self, node: tree.Compare) -> str:
        pairs = zip(node.parts, node.ops, node.parts[1:], strict=False)
        return pgettext("expression", " and ").join(self.pair(left, op, right) for left, op, right in pairs)

    def pair(self, left: tree.Node, op: str, right: tree.Node) -> str:
        if isinstance(left, tree.Literal) and not isinstance(right, tree.Literal):
            left, right = right, left
            op = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
        signs = {
            "==": _("{left} is {right}"), "!=": _("{left} is known and not {right}"),
            "<": _("{left} is below {right}"), "<=": _("{left} is at most {right}"),
            ">": _("{left} is above {right}"), ">=": _("{left} is at least {right}"),
        }  # fmt: skip
        if left.type == "date":
            signs |= {
                "<": _("{left} is before {right}"), "<=": _("{left} is on or before {right}"),
                ">": _("{left} is after {right}"), ">=": _("{left} is on or after {right}"),
            }  # fmt: skip
        return signs[op].format(left=self.inner(left), right=self.titled(right, left))

    def titled(self, node: tree.Node, beside: tree.Node) -> str:
        """A written value with the title that the field beside it gives."""
        if isinstance(node, tree.Literal) and isinstance(beside, tree.FieldValue):
            return self.value(node.value, beside.field.choices.get(node.value) if isinstance(node.value, str) else None)
        return self.inner(node)

    def Among(self, node: tree.Among) -> str:
        options = pgettext("expression", ", ").join(self.titled(option, node.part) for option in node.options)
        text = _("{part} is known and none of {options}") if node.negated else _("{part} is one of {options}")
        return text.format(part=self.inner(node.part), options=options)

    def Member(self, node: tree.Member) -> str:
        text = _("{whole} is known without {part}") if node.negated else _("{whole} includes {part}")
        return text.format(whole=self.inner(node.whole), part=self.titled(node.part, node.whole))

    def Truth(self, node: tree.Truth) -> str:
        return _("{part} holds").format(part=self.emit(node.part))

    def Logic(self, node: tree.Logic) -> str:
        return (pgettext("expression", " and ") if node.op == "and" else pgettext("expression", " or ")).join(
            self.inner(part) for part in node.parts
        )

    def Not(self, node: tree.Not) -> str:
        match node.part:
            case tree.Present():
                return _("{part} is missing").format(part=self.inner(node.part.part))
            case tree.Truth():
                return _("{part} is no or missing").format(part=self.emit(node.part.part))
        return _("not: {part}").format(part=self.inner(node.part))

    def Present(self, node: tree.Present) -> str:
        return _("{part} is known").format(part=self.inner(node.part))

    def Default(self, node: tree.Default) -> str:
        return _("{part} ({fallback} if missing)").format(
            part=self.inner(node.part), fallback=self.titled(node.fallback, node.part)
        )

    def Choose(self, node: tree.Choose) -> str:
        return _("if {condition} then {yes}, otherwise {no}").format(
            condition=self.inner(node.condition), yes=self.inner(node.yes), no=self.inner(node.no)
        )
