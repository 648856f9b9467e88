"""Tells the playbook which documents casework reads, and checks them across documents."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.playbook.kinds import register_kind
from shanzhi.foundation.playbook.loading import Loaded
from shanzhi.foundation.playbook.wrong import near

from .documents import Catalogue, Procedure, Responsibility
from .documents.catalogue_faults import catalogue_faults
from .documents.faults import faults
from .documents.outlines import catalogue_outline, procedure_outline, responsibility_outline
from .documents.responsibility_faults import responsibility_faults


def register() -> None:
    register_kind("procedures", Procedure, files="procedures/*.yaml", check=check_procedures, outline=procedure_outline)
    register_kind("categories", Catalogue, files="categories.yaml", check=check_catalogue, outline=catalogue_outline)
    register_kind(
        "responsibility", Responsibility, files="responsibility.yaml", check=check_responsibility,
        outline=responsibility_outline,
    )  # fmt: skip


def check_procedures(loaded: Loaded) -> Iterator[Problem]:
    roles = _roles(loaded)
    others = loaded.models("procedures")
    for name, procedure in others.items():
        for fault in faults(procedure):
            yield loaded.problem("procedures", name, fault.path, fault.message, fault.advice, level=fault.level)
        if procedure.procedure != name:
            message = _("The procedure calls itself “{name}”, its file “{file}”.").format(
                name=procedure.procedure, file=name
            )
            yield loaded.problem("procedures", name, ("procedure",), message, _("Give both the same name."))
        yield from _held(loaded, name, procedure, roles)
        for key, action in procedure.actions.items():
            if action.opens and action.opens.procedure not in others:
                message = _("There is no procedure “{name}” to open.").format(name=action.opens.procedure)
                path = ("actions", key, "opens", "procedure")
                yield loaded.problem("procedures", name, path, message, near(action.opens.procedure, others))


def _held(loaded: Loaded, name: str, procedure: Procedure, roles: set[str] | None) -> Iterator[Problem]:
    named: list[tuple[tuple[str | int, ...], str]] = [(("seen-by", i), one) for i, one in enumerate(procedure.seen_by)]
    named += [(("start", "by", i), one) for i, one in enumerate(procedure.start.by)]
    named += [
        (("actions", key, "by", i), one) for key, action in procedure.actions.items() for i, one in enumerate(action.by)
    ]
    levels: list[tuple[tuple[str | int, ...], str]] = [
        (("states", key, "clock", "escalates", i, "to", n), to)
        for key, state in procedure.states.items()
        if state.clock
        for i, one in enumerate(state.clock.escalates)
        for n, to in enumerate(one.to)
    ]
    parts: list[tuple[tuple[str | int, ...], str]] = [
        (("states", key, "hands", stand, "escalates", i, "to", n), to)
        for key, state in procedure.states.items()
        if state.hands
        for stand, clock in state.hands.clocks().items()
        for i, one in enumerate(clock.escalates)
        for n, to in enumerate(one.to)
    ]
    levels = [*levels, *parts]
    yield from _vacant(loaded, name, levels, roles)
    for path, relation in [*named, *levels]:
        role = relation.partition(":")[2]
        if roles is not None and role and role not in roles:
            message = _("Nobody can hold the role “{role}”: units.yaml does not have it.").format(role=role)
            advice = near(role, roles) or _("Add it to units.yaml, or name another role.")
            yield loaded.problem("procedures", name, path, message, advice)


def _vacant(loaded: Loaded, name: str, levels: list[tuple[tuple, str]], roles: set[str] | None) -> Iterator[Problem]:
    """Who is told of silence must be somebody: a role that no post is filled with is told nothing."""
    text = loaded.model("units")
    held = {post.role for post in text.posts} if text and text.posts else roles
    for path, relation in levels:
        role = relation.partition(":")[2]
        if held is not None and role not in held and role in (roles or ()):
            message = _("No post of the role “{role}” is to be filled, so nobody would be told.").format(role=role)
            yield loaded.problem(
                "procedures", name, path, message, _("Add a post to units.yaml, or name another role.")
            )


def check_catalogue(loaded: Loaded) -> Iterator[Problem]:
    catalogue = loaded.model("categories")
    for fault in catalogue_faults(catalogue, units=_units(loaded)) if catalogue else ():
        yield loaded.problem("categories", None, fault.path, fault.message, fault.advice, level=fault.level)


def check_responsibility(loaded: Loaded) -> Iterator[Problem]:
    text = loaded.model("responsibility")
    if text is None:
        return
    found = responsibility_faults(text, loaded.model("categories"), roles=_roles(loaded), units=_units(loaded))
    for fault in found:
        yield loaded.problem("responsibility", None, fault.path, fault.message, fault.advice, level=fault.level)


def _roles(loaded: Loaded) -> set[str] | None:
    """None: the playbook has no units.yaml to hold roles against."""
    text = loaded.model("units")
    return set(text.roles) if text else None


def _units(loaded: Loaded) -> set[str] | None:
    text = loaded.model("units")
    return {unit.key for unit in text.units} if text else None
