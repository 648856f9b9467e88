"""Names of types and the advice that goes with each refusal."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.texts import listed

TYPES = {
    "int": _("a whole number"), "bool": _("a yes or no"), "text": _("a text"), "choice": _("a choice"),
    "date": _("a date"), "set": _("a set of texts"),
}  # fmt: skip

FORMS = {
    "present": "present(x)", "default": "default(x, 0)", "min": "min(x, y)", "max": "max(x, y)",
    "days_between": "days_between(first, last)", "date": 'date("2026-01-31")', "count": "count(tags)",
}  # fmt: skip

NOTHING = (_("Nothing equals a missing value."), _("Ask present(field), or give default(field, 0)."))

REFUSED = {
    ast.Attribute: _("Fields have plain names without dots."),
    ast.Subscript: _("Values have no parts; ask the person who made the playbook's fields for one of its own."),
    ast.NamedExpr: _("Nothing can be assigned. Equality is written ==."),
    ast.Lambda: _("Use only the functions of the reference."),
    ast.GeneratorExp: _("There are no loops."),
    ast.ListComp: _("There are no loops."),
}


def type_name(kind: str):
    return TYPES[kind]


def refused(node: ast.AST):
    if isinstance(node, ast.Constant) and node.value is None:
        return NOTHING
    advice = REFUSED.get(type(node), _("The reference lists what can be written."))
    return _("This is not part of the language."), advice


def conversion(found: str, wanted: str):
    """What to do when one type stands where another is needed."""
    if wanted == "int" and found == "bool":
        return _("Turn it into a number: (1 if … else 0).")
    if wanted == "int" and found == "text":
        return _("Write numbers without quotation marks.")
    if wanted in ("text", "choice") and found == "int":
        return _("Write texts between quotation marks.")
    if wanted == "date" and found == "text":
        return _('Write a date as date("2026-01-31").')
    if wanted == "int" and found == "date":
        return _("Count days with days_between(first, last).")
    if wanted == "int" and found == "set":
        return _("Count its texts with count(tags).")
    return _("Compare only what is of one kind.")


def known(names: Iterable[str]):
    shown = list(names)
    return format_lazy(_("Known are: {names}"), names=listed(shown[:12]) + ("…" if len(shown) > 12 else ""))
