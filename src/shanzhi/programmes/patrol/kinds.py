"""Tells the playbook about inspections.yaml, and checks it against units, categories and procedures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.playbook.kinds import register_kind
from shanzhi.foundation.playbook.loading import Loaded
from shanzhi.foundation.playbook.wrong import near

from .standards import Inspections

KIND, FILE = "inspections", "inspections.yaml"
# The programme drives these itself, so the text must have them.
ACTIONS = ("assignment", "setting-out", "finding", "completion", "lapsing")


def register() -> None:
    register_kind(KIND, Inspections, files=FILE, check=check, outline=outline)


def check(loaded: Loaded) -> Iterator[Problem]:
    text: Inspections | None = loaded.model(KIND)
    if text is None:
        return
    units, catalogue = loaded.model("units"), loaded.model("categories")
    roles = set(units.roles) if units else None
    categories = {item.key for item in catalogue.items} if catalogue else None
    yield from _procedures(loaded, text)
    yield from _twice(loaded, ("standards",), [one.key for one in text.standards])
    for number, standard in enumerate(text.standards):
        path = ("standards", number)
        yield from _twice(loaded, (*path, "items"), [item.key for item in standard.items])
        yield from _known(loaded, (*path, "who"), standard.who, roles, _("Nobody can hold the role “{value}”."))
        for place, item in enumerate(standard.items):
            where = (*path, "items", place, "hazard")
            yield from _known(loaded, where, item.hazard, categories, _("There is no category “{value}”."))


def _procedures(loaded: Loaded, text: Inspections) -> Iterator[Problem]:
    procedures = loaded.models("procedures")
    for key, value in (("procedure", text.procedure), ("opens", text.opens)):
        path = (key,) if key in text.model_fields_set else ()
        yield from _known(loaded, path, value, set(procedures), _("There is no procedure “{value}”."))
    orders = procedures.get(text.procedure)
    if orders is None:
        return
    missing = [name for name in ACTIONS if name not in orders.actions]
    if missing:
        message = _("Inspection orders need the actions {names} in the procedure “{procedure}”.")
        yield loaded.problem(
            "procedures", text.procedure, ("actions",),
            message.format(names=", ".join(missing), procedure=text.procedure),
            _("Copy them from the procedure of another playbook with inspections."), key=True,
        )  # fmt: skip


def _known(loaded: Loaded, path: tuple, value: str, known: set[str] | None, message: str) -> Iterator[Problem]:
    if known is not None and value not in known:
        yield loaded.problem(KIND, None, path, message.format(value=value), near(value, known))


def _twice(loaded: Loaded, path: tuple, keys: list[str]) -> Iterator[Problem]:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            message = _("“{key}” is used twice.").format(key=key)
            yield loaded.problem(KIND, None, (*path, number, "key"), message, _("Give each a key of its own."))


def outline(text: Any) -> Iterable[str]:
    for one in text.standards:
        yield f"{one.key}: {one.title['zh-hans']} ({one.applies_to}, {len(one.items)})"
