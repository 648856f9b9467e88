"""What can be wrong where several units work on one case, or a matter is divided: nobody to check, no way out, no clock. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.calendar.clock import LimitError, parse_limit

from .fault import Fault
from .hands_text import FITS
from .procedure import Action, Procedure, State

PRIVATE = {"reporter", "party", "anyone", "system"}
PARTS = {"done": "handle", "check": "check", "redo": "check"}
NEEDED = ("take", "done", "check", "redo", "drop")
LEAVES = ("withdraw",)
# What sets a part aside → the stand whose clock runs then, and the verb that brings it back.
ASIDE = {"ask": ("help", "answer"), "wait": ("outside", "go-on")}
MORE_TIME = ("ask-extension", "extend", "refuse-extension")


def hand_faults(procedure: Procedure) -> Iterator[Fault]:
    """The states that actions name must exist."""
    for key, state in procedure.states.items():
        yield from _state(procedure, key, state)
    for key, action in procedure.actions.items():
        yield from _gives(procedure, key, action)
        yield from _verb(procedure, key, action)
        yield from _split(procedure, key, action)
        yield from _when(procedure, key, action)


def _state(procedure: Procedure, key: str, state: State) -> Iterator[Fault]:
    at = ("states", key)
    if bool(state.hands) != (state.waits_for == "hands"):
        message = _("“waits-for: hands” and “hands” belong together.")
        yield Fault(
            (*at, "hands"), message, _("Give each unit its clocks: hands: {{given: …, taken: …, done: …}}.").format()
        )
    if not state.hands:
        return
    for stand, text in state.hands.clocks().items():
        if text.limit != "category":
            try:
                parse_limit(text.limit, text.counts)
            except LimitError as error:
                yield Fault((*at, "hands", stand, "limit"), str(error.message), str(error.advice))
    actions = procedure.from_state(key)
    verbs = {
        action.hand for action in actions.values() if action.hand != "redo" or "done" in (action.of or FITS["redo"])
    }
    for verb in NEEDED:
        if verb not in verbs:
            message = _("Nothing in “{state}” lets a unit's part be moved by “hand: {verb}”.")
            yield Fault((*at, "hands"), message.format(state=key, verb=verb), _("Add such an action."))
    if "return" in verbs and state.hands.returned is None:
        message = _("A part can be returned, but no clock runs for the desk then.")
        yield Fault((*at, "hands"), message, _("Add “returned: {{limit: 2 hours, counts: working-hours}}”.").format())
    yield from _aside(key, state, verbs)
    if not any(action.when == "hands-done" and action.to for action in actions.values()):
        message = _("Nothing leads on from “{state}” when all units are done.").format(state=key)
        yield Fault((*at, "hands"), message, _("Add an action with “when: hands-done” and “by: [system]”."))
    for name, action in actions.items():
        if action.to and action.to != key and action.when != "hands-done" and action.effect not in LEAVES:
            message = _("“{action}” would leave “{state}” with parts undone.").format(action=name, state=key)
            yield Fault(
                ("actions", name, "from"), message, _("Add “when: hands-done”; a unit is let go with “hand: drop”.")
            )


def _aside(key: str, state: State, verbs: Collection[str | None]) -> Iterator[Fault]:
    """Whatever a part waits for, a clock runs, and something brings it back."""
    at = ("states", key, "hands")
    for verb, (stand, back) in ASIDE.items():
        if verb in verbs and state.hands and state.hands.of(stand) is None:
            message = _("A part can be set aside by “hand: {verb}”, but no clock runs while it waits.")
            advice = _("Add “{stand}: {{limit: 5 working days}}”.")
            yield Fault(at, message.format(verb=verb), advice.format(stand=stand))
        for one, other in ((verb, back), (back, verb)):
            if one in verbs and other not in verbs:
                message = _("“hand: {verb}” needs “hand: {other}” from the same state.")
                yield Fault(at, message.format(verb=one, other=other), _("Add such an action."))


def _gives(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at = ("actions", key)
    if action.assigns != "units":
        return
    if not any(f.kind == "units" and f.required for f in action.form):
        message = _("The action assigns a {kind} but does not ask for one.").format(kind="units")
        advice = _("Add {{field: {kind}, kind: {kind}, required: true}} to its form.").format(kind="units")
        yield Fault((*at, "assigns"), message, advice)
    for state in [action.to] if action.to else action.from_:
        if not procedure.states[state].hands:
            message = _("In “{state}” a case lies with one unit only.").format(state=state)
            yield Fault((*at, "assigns"), message, _("Let that state have “hands”."))
    if action.to and any(procedure.states[state].hands for state in action.from_):
        message = _("More units are added in the state where the others are.")
        yield Fault((*at, "to"), message, _("Make it an action of its own without “to”."))


def _verb(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at = ("actions", key)
    if action.hand is None:
        if action.of:
            message = _("“of” says how the part stands that “hand” is about.")
            yield Fault((*at, "of"), message, _("Add “hand”, or take out “of”."))
        return
    alone = [state for state in action.from_ if not procedure.states[state].hands]
    if alone:
        message = _("In “{state}” a case lies with one unit only.").format(state=alone[0])
        yield Fault((*at, "from"), message, _("Let that state have “hands”."))
    if action.to:
        message = _("What one unit does to its part does not move the case.")
        yield Fault((*at, "to"), message, _("Take out “to”; the case goes on with “when: hands-done”."))
    if action.clock:
        message = _("The clocks of a part follow from what is done with it.")
        advice = _("Take out “clock”. A part that waits says “hand: ask” (for the desk) or “hand: wait” (for others).")
        yield Fault((*at, "clock"), message, advice)
    if action.effect in MORE_TIME and action.hand != "work":
        message = _("More time does not move a part either.")
        yield Fault((*at, "hand"), message, _("Write “hand: work”."))
    if PRIVATE & set(action.by):
        message = _("Parts of a case are moved by people on duty.")
        yield Fault((*at, "by"), message, _("Name roles, the unit or the handler."))
    fits = FITS[action.hand]
    if any(stand not in fits for stand in action.of):
        message = _("“hand: {verb}” is for parts that are: {stands}.").format(verb=action.hand, stands=", ".join(fits))
        yield Fault((*at, "of"), message, _("Name some of these, or leave “of” out."))
    # What a unit gave back undone is nothing to check.
    part = PARTS.get(action.hand) if action.of != ("returned",) else None
    if part and action.part != part:
        message = _("“hand: {verb}” is the part “{part}”: handling and checking stay apart.")
        yield Fault(
            (*at, "part"), message.format(verb=action.hand, part=part), _("Add “part: {part}”.").format(part=part)
        )
    if action.hand == "take" and action.assigns not in ("taker", "post"):
        message = _("Whoever takes a part must be known.")
        yield Fault((*at, "assigns"), message, _("Add “assigns: taker”, or “assigns: post” with a field of kind post."))
    if action.assigns in ("unit", "units", "nobody"):
        message = _("The part of one unit stays with that unit.")
        yield Fault((*at, "assigns"), message, _("Let it be returned and give it to another one."))


def _split(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at = ("actions", key)
    if action.effect != "split":
        for i, field in enumerate(action.form):
            if field.kind == "parts":
                message = _("Only an action with “effect: split” divides a case.")
                yield Fault((*at, "form", i, "kind"), message, _("Add “effect: split”."))
        return
    if not any(f.kind == "parts" and f.required for f in action.form):
        message = _("The action “{action}” must ask for “{field}”.").format(action=key, field="parts")
        advice = _("Add {{field: {name}, kind: {kind}, required: true}} to its form.").format(
            name="parts", kind="parts"
        )
        yield Fault((*at, "form"), message, advice)
    if action.opens is None:
        message = _("It is not said which procedure the parts follow.")
        yield Fault((*at, "opens"), message, _("Add “opens: {{procedure: {name}}}”.").format(name=procedure.procedure))
    later = procedure.from_state(action.to).values() if action.to else ()
    if not any(one.when == "children-closed" for one in later):
        message = _("Nothing leads on when all parts are closed.")
        yield Fault(
            (*at, "to"), message, _("Add an action from there with “when: children-closed” and “by: [system]”.")
        )


def _when(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    if action.when is None:
        return
    at = ("actions", key)
    if not action.to:
        message = _("“when” says when a case goes on, so it needs a state to go to.")
        yield Fault((*at, "to"), message, _("Add “to”."))
    if action.when == "hands-done" and not all(procedure.states[state].hands for state in action.from_):
        message = _("“when: hands-done” starts from states with “hands” only.")
        yield Fault((*at, "when"), message)
    if "system" in action.by and (action.evidence or any(field.required for field in action.form)):
        message = _("What happens by itself fills in no form and takes no picture.")
        yield Fault((*at, "form"), message, _("Take them out, or let a person do it."))
