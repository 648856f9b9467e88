"""What can be wrong with one procedure on its own: its graph, its clocks, its parts, its sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from shanzhi.foundation.calendar.clock import LimitError, parse_limit
from shanzhi.foundation.playbook.wrong import near

from .base import SLOTS, unknown_slots
from .clock_faults import clock_faults
from .fault import Fault
from .graph import reachable, reaching
from .hand_faults import hand_faults
from .past_faults import past_faults
from .procedure import Action, Procedure, State

# Relations that only somebody who has done the part can have: whoever is kept apart from it can never act.
ENTAILS = {"handler": "handle", "checker": "check"}


def faults(procedure: Procedure) -> Iterator[Fault]:
    names = list(_unknown_states(procedure))
    yield from names
    if not names:
        yield from _graph(procedure)
    for key, state in procedure.states.items():
        yield from _state(key, state)
    for key, action in procedure.actions.items():
        yield from _form(key, action)
        yield from _within(procedure, key, action)
        yield from _effect(key, action)
        yield from _parts(procedure, key, action)
    if not names:
        yield from clock_faults(procedure)
        yield from hand_faults(procedure)
    yield from past_faults(procedure)
    yield from _slots(procedure)


def _unknown_states(procedure: Procedure) -> Iterator[Fault]:
    named: list[tuple[tuple[str | int, ...], str]] = [(("start", "state"), procedure.start.state)]
    for key, action in procedure.actions.items():
        named += [(("actions", key, "from", i), state) for i, state in enumerate(action.from_)]
        if action.to:
            named.append((("actions", key, "to"), action.to))
    for path, state in named:
        if state not in procedure.states:
            advice = near(state, procedure.states) or _("States: {names}.").format(names=", ".join(procedure.states))
            yield Fault(path, _("There is no state “{state}”.").format(state=state), advice)


def _graph(procedure: Procedure) -> Iterator[Fault]:
    seen, ends = reachable(procedure), reaching(procedure)
    if procedure.states[procedure.start.state].final:
        yield Fault(
            ("start", "state"), _("A procedure cannot begin in a final state."), _("Begin in a state with a clock.")
        )
    if not any(state.final for state in procedure.states.values()):
        yield Fault(
            ("states",), _("No state is final: nothing could ever be closed."), _("Give one state “final: true”.")
        )
        return
    for key, state in procedure.states.items():
        if key not in seen:
            message = _("No action leads to the state “{state}”.").format(state=key)
            yield Fault(
                ("states", key), message, _("Add an action with “to: {state}”, or take it out.").format(state=key)
            )
        if not state.final and key not in ends:
            message = _("From the state “{state}” no final state can be reached.").format(state=key)
            yield Fault(("states", key), message, _("Add an action “from: [{state}]” that leads on.").format(state=key))


def _state(key: str, state: State) -> Iterator[Fault]:
    at = ("states", key)
    if state.final and state.clock:
        yield Fault((*at, "clock"), _("A final state has no clock."), _("Take out the clock, or “final: true”."))
    if not state.final and not state.clock:
        message = _("The state “{state}” has no clock: a case could wait there for ever.").format(state=key)
        yield Fault(
            at, message, _("Write for example: clock: {{limit: 30 minutes, counts: urgent, warn: 80}}.").format()
        )
    if not state.final and not state.waits_for:
        names = "desk, unit, handler, checker, reporter, outside, hands, parts"
        message = _("The state “{state}” does not say whom it waits for.").format(state=key)
        yield Fault(at, message, _("Add “waits-for”: one of {names}.").format(names=names))
    if state.clock and state.clock.limit != "category":
        try:
            parse_limit(state.clock.limit, state.clock.counts)
        except LimitError as error:
            yield Fault((*at, "clock", "limit"), str(error.message), str(error.advice))
    for audience in ("reporter", "staff"):
        if audience not in state.says:
            message = _("The state “{state}” has no sentence for “{audience}”.").format(state=key, audience=audience)
            yield Fault((*at, "says"), message, _("Say it in both languages: what happens now, and who is next."))


def _form(key: str, action: Action) -> Iterator[Fault]:
    at, seen = ("actions", key, "form"), set()
    named = {field.field for field in action.form if field.beside is None}
    for i, field in enumerate(action.form):
        if field.field in seen:
            yield Fault((*at, i, "field"), _("The field “{field}” is there twice.").format(field=field.field))
        seen.add(field.field)
        if field.beside is not None and field.beside not in named - {field.field}:
            message = _("There is no field “{field}” to be said beside.").format(field=field.beside)
            yield Fault((*at, i, "beside"), message, near(field.beside, named))
        if field.kind in ("choice", "reasons") and not field.choices:
            message = _("The field “{field}” offers nothing to choose.").format(field=field.field)
            yield Fault((*at, i), message, _("Add “choices”, each with a key and a title."))
    for kind in ("unit", "post"):
        if action.assigns == kind and not any(f.kind == kind and f.required for f in action.form):
            message = _("The action assigns a {kind} but does not ask for one.").format(kind=kind)
            advice = _("Add {{field: {kind}, kind: {kind}, required: true}} to its form.").format(kind=kind)
            yield Fault(("actions", key, "assigns"), message, advice)


def _within(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    if action.within is None:
        return
    try:
        parse_limit(action.within)
    except LimitError as error:
        yield Fault(("actions", key, "within"), str(error.message), str(error.advice))
    if not all(name in procedure.states and procedure.states[name].final for name in action.from_):
        message = _("“within” counts from closing: the action must start from final states only.")
        yield Fault(("actions", key, "within"), message, _("Take it out; an open case has a clock already."))


def _effect(key: str, action: Action) -> Iterator[Fault]:
    at = ("actions", key, "effect")
    reasoned = any(f.required and f.kind in ("text", "reasons", "choice") for f in action.form)
    if action.effect in ("reject", "return", "reopen") and not reasoned:
        message = _("The action “{action}” must ask for a reason.").format(action=key)
        yield Fault(at, message, _("Add a required field of kind text or reasons."))
    if action.effect == "reject" and not action.names_actor:
        message = _("Who rejects must be named to the reporter.")
        yield Fault(at, message, _("Add “names-actor: true”."))
    if action.effect == "rate" and not any(f.required and f.kind == "stars" for f in action.form):
        yield Fault(at, _("A rating needs stars."), _("Add {{field: stars, kind: stars, required: true}}.").format())


def _parts(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    apart = procedure.apart_from(action.part)
    if action.part in apart:
        apart = apart - {action.part}
    barred = [one for one in action.by if ENTAILS.get(one) in apart]
    if procedure.start.part in apart and set(procedure.start.by) == {"reporter"}:
        barred += [one for one in action.by if one == "reporter"]
    if action.part and len(barred) == len(action.by):
        message = _("Nobody may ever do “{action}”: whoever may is kept apart from the part “{part}”.")
        advice = _("Let a role do it, or take the pair out of “separate”.")
        yield Fault(("actions", key, "by"), message.format(action=key, part=action.part), advice)


def _slots(procedure: Procedure) -> Iterator[Fault]:
    says = ((("states", k, "says", a), text) for k, s in procedure.states.items() for a, text in s.says.items())
    tells = (
        (("actions", k, "tells", i, "text"), tell.text)
        for k, action in procedure.actions.items()
        for i, tell in enumerate(action.tells)
    )
    begins = ((("start", "tells", i, "text"), tell.text) for i, tell in enumerate(procedure.start.tells))
    levels = (
        (("states", k, "clock", "escalates", i, "text"), one.text)
        for k, s in procedure.states.items()
        if s.clock
        for i, one in enumerate(s.clock.escalates)
    )
    for path, text in chain(says, tells, begins, levels):
        for slot in unknown_slots(text):
            known = ", ".join(f"{{{name}}}" for name in sorted(SLOTS))
            message = _("A sentence cannot name “{slot}”.").format(slot=slot)
            yield Fault(path, message, near(slot, SLOTS) or _("It may name: {names}.").format(names=known))
