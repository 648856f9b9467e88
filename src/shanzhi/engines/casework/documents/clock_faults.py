"""What can be wrong with clocks: pauses without a way back, silence that tells nobody, more time that nobody can grant. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.calendar.clock import LimitError
from shanzhi.foundation.playbook.wrong import near

from .fault import Fault
from .graph import edges
from .procedure import Action, Procedure, State

ASKS, GRANTS, REFUSES = "ask-extension", "extend", "refuse-extension"
PRIVATE = {"reporter", "party", "anyone", "system"}


def clock_faults(procedure: Procedure) -> Iterator[Fault]:
    """The states that actions name must exist."""
    for key, state in procedure.states.items():
        yield from _levels(key, state)
        yield from _until(procedure, key, state)
    for key, action in procedure.actions.items():
        yield from _turn(procedure, key, action)
        yield from _extension(procedure, key, action)
    yield from _ways_back(procedure)


def _levels(key: str, state: State) -> Iterator[Fault]:
    before: tuple[str, int] | None = None
    for i, one in enumerate(state.clock.escalates if state.clock else ()):
        at = ("states", key, "clock", "escalates", i, "after")
        try:
            limit = one.limit()
        except LimitError as error:
            yield Fault(at, str(error.message), str(error.advice))
            continue
        now = ("", 0) if limit is None else (limit.counts, limit.minutes or limit.days)
        if before and (now[0] == before[0] or limit is None) and now[1] <= before[1] and before[0]:
            message = _("This level comes no later than the one before it.")
            yield Fault(at, message, _("Write the levels in the order in which they are told."))
        before = now


def _until(procedure: Procedure, key: str, state: State) -> Iterator[Fault]:
    leading = [one for one in procedure.actions.values() if one.to == key and one.turns in ("restart", "pause")]
    fields = [field for action in leading for field in action.form]
    days, others = ({one.field for one in fields if (one.kind == "date") == is_day} for is_day in (True, False))
    for name in state.clock.until if state.clock else ():
        if name not in days or name in others:
            message = _("No action that leads to “{state}” asks for the day “{field}”.")
            if name in others:
                message = _("An action that leads to “{state}” asks for something else than a day as “{field}”.")
            yield Fault(("states", key, "clock", "until"), message.format(state=key, field=name), near(name, days))
    for stand, clock in state.hands.clocks().items() if state.hands else ():
        if clock.until:
            message = _("The clock of a unit's part ends with its limit: “until” is for the clock of a state.")
            yield Fault(("states", key, "hands", stand, "until"), message, _("Take out “until”."))


def _turn(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at = ("actions", key, "clock")
    if action.hand and action.clock in ("pause", "resume"):
        return  # of that unit's own clock
    if action.clock in ("restart", "pause", "resume") and not action.to:
        message = _("“clock: {way}” needs a state to go to.").format(way=action.clock)
        yield Fault(at, message, _("Add “to”. Without it the state and its clock stay as they are."))
        return
    if action.to is None:
        return
    to = procedure.states[action.to]
    ends = [state for state in action.from_ if procedure.states[state].final]
    if action.clock in ("pause", "resume", "keep") and (to.final or ends):
        message = _("A final state has no clock, so there is none to {way}.").format(way=action.clock)
        yield Fault(at, message, _("Take out “clock”: a case that is opened again begins a new clock."))


def _ways_back(procedure: Procedure) -> Iterator[Fault]:
    """Where a clock may stand paused, and which: followed from each pause along all actions that keep it standing."""
    resuming = {
        one
        for action in procedure.actions.values()
        if action.clock == "resume" and not action.hand
        for one in action.from_
    }
    held = _held(procedure, resuming)
    for key, action in procedure.actions.items():
        at = ("actions", key, "clock")
        if action.clock == "pause" and action.to:
            if action.to not in resuming:
                message = _("From “{state}” nothing lets the paused clock go on.").format(state=action.to)
                advice = _("Add an action from there with “clock: resume”, or leave “clock: pause” out.")
                yield Fault(at, message, advice)
            for state in set(action.from_) & set(held):
                message = _("In “{state}” another clock stands paused already.").format(state=state)
                yield Fault(at, message, _("Let it go on first, or begin anew without “clock: pause”."))
        if action.clock == "resume" and action.to:
            found = {origin for state in action.from_ for origin in held.get(state, ())}
            empty = [state for state in action.from_ if state not in held]
            for state in empty:
                message = _("Nothing that leads to “{state}” paused a clock, so there is none to resume.")
                yield Fault(at, message.format(state=state), _("Let the action that leads there say “clock: pause”."))
            if found - {action.to}:
                names = ", ".join(sorted(found))
                message = _("The clock that goes on is that of “{names}”, but the case goes to “{to}”.")
                yield Fault(at, message.format(names=names, to=action.to), _("Go back to the state that was paused."))
    yield from _entries(procedure, resuming, held)


def _entries(procedure: Procedure, resuming: set[str], held: dict[str, set[str]]) -> Iterator[Fault]:
    """A state from which a clock is resumed must not be entered with nothing paused."""
    for key, action in procedure.actions.items():
        bare = [state for state in action.from_ if state not in held]
        if action.to in resuming and action.turns in ("restart", "keep") and bare:
            message = _("This leads to “{state}” without pausing a clock, but from there one is resumed.")
            yield Fault(("actions", key), message.format(state=action.to), _("Add “clock: pause”."))
    if procedure.start.state in resuming:
        message = _("Nothing can be paused yet where a case begins.")
        yield Fault(("start", "state"), message, _("Begin in another state."))


def _held(procedure: Procedure, resuming: set[str]) -> dict[str, set[str]]:
    """state → the states whose clock may stand paused in it."""
    held: dict[str, set[str]] = {}
    for action in procedure.actions.values():
        if action.clock == "pause" and action.to:
            held.setdefault(action.to, set()).update(action.from_)
    moves = edges(procedure)
    while True:
        before = sum(map(len, held.values()))
        for start, to in moves:
            if start in held and to in resuming and start != to:
                held.setdefault(to, set()).update(held[start])
        if sum(map(len, held.values())) == before:
            return held


def _extension(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at, effect = ("actions", key), action.effect
    if effect not in (ASKS, GRANTS, REFUSES):
        for i, field in enumerate(action.form):
            if field.kind == "limit":
                message = _("Only actions that ask for or grant more time have a field of kind limit.")
                yield Fault((*at, "form", i, "kind"), message, _("Add “effect: ask-extension” or “effect: extend”."))
        return
    if action.to:
        message = _("More time does not move a case: the state stays.")
        yield Fault((*at, "to"), message, _("Take out “to”."))
    needs = {ASKS: ("limit", "text"), GRANTS: (), REFUSES: ("text",)}[effect]
    for kind in needs:
        if not any(f.kind == kind and f.required for f in action.form):
            message = _("The action “{action}” must ask for “{field}”.").format(action=key, field=kind)
            advice = _("Add {{field: {name}, kind: {kind}, required: true}} to its form.")
            yield Fault((*at, "form"), message, advice.format(name="reason" if kind == "text" else kind, kind=kind))
    if PRIVATE & set(action.by):
        message = _("More time is asked for and decided on by people on duty.")
        yield Fault((*at, "by"), message, _("Name roles, the unit or the handler."))
    others = {
        one.effect
        for one in procedure.actions.values()
        if set(one.from_) & set(action.from_) and bool(one.hand) == bool(action.hand)
    }
    wanted = {ASKS: (GRANTS, REFUSES), GRANTS: (ASKS,), REFUSES: (ASKS,)}[effect]
    for other in wanted:
        if other not in others:
            message = _("There is no action from the same state with “effect: {effect}”.").format(effect=other)
            yield Fault((*at, "effect"), message, _("Asking, granting and refusing belong together."))
