"""What can be wrong with the parts of a procedure that look back (again, at-most, after, consent) or keep it confidential. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanzhi.foundation.playbook.wrong import near

from .fault import Fault
from .procedure import ALL, Action, Procedure


def past_faults(procedure: Procedure) -> Iterator[Fault]:
    for key, action in procedure.actions.items():
        yield from _order(procedure, key, action)
        yield from _sides(procedure, key, action)
    yield from _sees(procedure)


def _order(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    if action.after and action.after not in procedure.actions:
        message = _("There is no action “{name}”.").format(name=action.after)
        yield Fault(("actions", key, "after"), message, near(action.after, procedure.actions))
    if action.again and action.to not in action.from_:
        message = _("“{action}” never begins where it leads: nobody reads its “again”.").format(action=key)
        yield Fault(("actions", key, "again"), message)
    if action.consent and not any(one.effect == "consent" for one in procedure.actions.values()):
        message = _("Both sides must agree to “{action}”, but nothing lets them.").format(action=key)
        yield Fault(("actions", key, "consent"), message, _("Add an action with “effect: consent”."))


def _sides(procedure: Procedure, key: str, action: Action) -> Iterator[Fault]:
    at, needs = ("actions", key, "form"), []
    on_duty = set(action.by) != {"party"}
    if action.effect == "consent":
        needs = [("step", "step"), ("answer", "choice"), *([("side", "choice")] if on_duty else [])]
    if action.effect == "party":
        needs = [("side", "choice"), ("name", "name")]
    for name, kind in needs:
        if not any(f.kind == kind and f.required and (kind != "choice" or f.field == name) for f in action.form):
            message = _("The action “{action}” must ask for “{field}”.").format(action=key, field=name)
            advice = _("Add {{field: {name}, kind: {kind}, required: true}} to its form.")
            yield Fault(at, message, advice.format(name=name, kind=kind))
    for i, field in enumerate(action.form):
        keys = {choice.key for choice in field.choices}
        wanted = {"side": {"a", "b"}, "answer": {"yes", "no"}}.get(field.field) if needs else None
        if wanted and keys != wanted:
            message = _("“{field}” offers exactly: {keys}.").format(field=field.field, keys=", ".join(sorted(wanted)))
            yield Fault((*at, i, "choices"), message)
        if field.kind in ("name", "phone") and action.effect != "party":
            message = _("Only an action with “effect: party” may ask for a name or a number.")
            yield Fault((*at, i, "kind"), message, _("Names are kept apart from the story of a case."))
    if action.effect in ("party", "consent") and not procedure.sided:
        yield Fault(("actions", key, "effect"), _("There is no action that registers a party."))


def _sees(procedure: Procedure) -> Iterator[Fault]:
    """Whoever may act must also see."""
    if not procedure.sees:
        return
    for role, states in procedure.sees.items():
        for state in states:
            if state != ALL and state not in procedure.states:
                message = _("There is no state “{state}”.").format(state=state)
                yield Fault(("sees", role), message, near(state, procedure.states))
    for key, action in procedure.actions.items():
        for role in (one.removeprefix("role:") for one in action.by if one.startswith("role:")):
            seen = procedure.sees.get(role, ())
            blind = [] if ALL in seen else [state for state in action.from_ if state not in seen]
            if blind:
                message = _("“{role}” may do “{action}” but does not see the case then: {states}.").format(
                    role=role, action=key, states=", ".join(blind)
                )
                yield Fault(("actions", key, "by"), message, _("Add the states to “sees”, or take the role out."))
