"""Boundary 15 in text: mediation is willing at every step, its ceiling is never a precondition, and its end tells where else to go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.playbook.loading import Loaded

from .remedies import KIND
from .text import LAYOUT, marked, open_to_talks, rungs

LAW = "People's Mediation Law art. 3, 17, 23, 26; docs/boundaries.md 15"
# Sentences that tell people that they must go through tries before they may go on or elsewhere.
DEMANDS = re.compile(
    r"(必须|应当|先|须)[^，。；]{0,12}(调解|调)[^，。；]{0,6}[三两一二\d]+次|[三两一二\d]+次[^，。；]{0,12}(才能|方可|后方|才可以|之后才)|"
    r"未经[^，。；]{0,10}调解[^，。；]{0,10}不得|(after|only after|until) (the )?(three|3|all) (tries|attempts)|must (first )?(try|attempt|be mediated)",
    re.IGNORECASE,
)

Found = tuple[tuple[str | int, ...], str, str]


def check(loaded: Loaded) -> Iterator[Problem]:
    for name, procedure in loaded.models("procedures").items():
        for path, message, advice in _ceilings(procedure):
            yield loaded.problem("procedures", name, path, message, f"{advice} ({LAW})")
        if procedure.layout == LAYOUT:
            for path, message, advice in dispute_faults(procedure):
                yield loaded.problem("procedures", name, path, message, f"{advice} ({LAW})")
            yield from _other_ways(loaded, name)


def dispute_faults(procedure: Any) -> Iterator[Found]:
    yield from _stopping(procedure)
    yield from _ending(procedure)
    yield from _willing(procedure)
    yield from _safe(procedure)
    yield from _sentences(procedure)


def _ceilings(procedure: Any) -> Iterator[Found]:
    """`at-most` says how often at most. Whatever waits for such an action would turn it into: at least once."""
    for key, action in procedure.actions.items():
        before = procedure.actions.get(action.after or "")
        if before is not None and before.at_most:
            message = _(
                "“{action}” waits for “{before}”, which has a ceiling: the ceiling would become a precondition."
            )
            yield (
                ("actions", key, "after"),
                message.format(action=key, before=action.after),
                _("Take out “after”. One may go on, stop or go elsewhere without any try."),
            )


def _stopping(procedure: Any) -> Iterator[Found]:
    stops = [action for action in marked(procedure, "stop").values() if "party" in action.by and _free(action)]
    for state in sorted(open_to_talks(procedure)):
        if not any(state in action.from_ for action in stops):
            message = _("In the state “{state}” a party cannot stop by themselves, at once and without a reason.")
            advice = _("Let an action with “effect: stop”, “by: [party]” and nothing required start from it.")
            yield ("states", state), message.format(state=state), advice


def _free(action: Any) -> bool:
    """Asks for nothing, waits for nobody."""
    waits = action.consent or action.after or action.at_most or action.within or action.evidence
    return not waits and not any(field.required for field in action.form)


def _ending(procedure: Any) -> Iterator[Found]:
    """Into a final state only by keeping an agreement, by the notice of other remedies, or by a referral."""
    agreed = {action.to for action in marked(procedure, "agree").values()}
    stopped = {action.to for action in marked(procedure, "stop").values()}
    while (
        more := {
            a.to
            for a in procedure.actions.values()
            if a.to and not a.effect and set(a.from_) & agreed and not _final(procedure, a.to)
        }
        - agreed
        - set(open_to_talks(procedure))
    ):
        agreed |= more
    for key, action in procedure.actions.items():
        if action.effect == "remedies":
            proof = action.evidence or any(field.required for field in action.form)
            if not proof:
                message = _("“{action}” ends the matter without proof that both sides were told where else to go.")
                yield ("actions", key), message.format(action=key), _("Demand a picture or a required field.")
        elif (
            action.to and _final(procedure, action.to) and action.effect != "refer" and not set(action.from_) <= agreed
        ):
            message = _("“{action}” can end the matter without telling the parties where else they can go.")
            advice = _("Lead to a state from which an action with “effect: remedies” goes on.")
            yield ("actions", key, "to"), message.format(action=key), advice
    told = {state for action in marked(procedure, "remedies").values() for state in action.from_}
    for state in sorted(stopped - told):
        message = _("After the stop in “{state}” nobody tells the parties where else they can go.")
        yield ("states", state), message.format(state=state), _("Let an action with “effect: remedies” start from it.")


def _final(procedure: Any, state: str) -> bool:
    return state in procedure.states and procedure.states[state].final


def _willing(procedure: Any) -> Iterator[Found]:
    """Up to a level that mediates, or to others outside, only with both sides' consent."""
    levels = {state: stage for stage, state, _n, _a in rungs(procedure)}
    talking = open_to_talks(procedure)
    for key, action in procedure.actions.items():
        if not action.to or action.to not in talking or action.effect in ("try", "replace"):
            continue
        to, lowest = procedure.states[action.to], min(procedure.states[state].stage for state in action.from_)
        outside = to.waits_for == "outside"
        if (to.stage > lowest or outside) and not action.consent and levels:
            message = _("“{action}” takes the matter on without both sides' consent.").format(action=key)
            yield ("actions", key), message, _("Add “consent: both”.")
    stages = sorted(set(levels.values()))
    for stage, _state, key, action in rungs(procedure):
        if stage != stages[0] and not action.consent:
            message = _("“{action}” is a joint try and needs both sides' consent each time.").format(action=key)
            yield ("actions", key), message, _("Add “consent: both”.")


def _safe(procedure: Any) -> Iterator[Found]:
    """Boundary 16: serious danger ends mediation, whoever says so, and from there nothing mediates."""
    dangers = [a for a in marked(procedure, "danger").values() if "party" in a.by and _free(a) and a.quiet]
    for state in sorted(open_to_talks(procedure)):
        if not any(state in action.from_ for action in dangers):
            message = _("In the state “{state}” a party cannot say quietly that there is danger.").format(state=state)
            yield ("states", state), message, _("Add an action with “effect: danger”, “quiet: true”, “by: [party, …]”.")
    for action in dangers:
        if action.to and procedure.states[action.to].law is None:
            message = _("“{state}” must name the law that forbids mediation from here.").format(state=action.to)
            yield ("states", action.to), message, _("Add “law” with boundary 16, a text and its source.")
        for state in sorted({action.to} | _referred(procedure, action.to)):
            if state and not procedure.states[state].quiet:
                message = _("“{state}” would show the other side that there is danger.").format(state=state)
                yield ("states", state), message, _("Add “quiet: true”: parties then see no clock there.")
        onward = [key for key, one in procedure.actions.items() if action.to in one.from_ and one.effect != "refer"]
        for key in onward:
            message = _("“{action}” would go on although there is danger.").format(action=key)
            yield ("actions", key, "from"), message, _("From here only an action with “effect: refer” may lead on.")


def _referred(procedure: Any, state: str | None) -> set[str]:
    return {one.to for one in procedure.actions.values() if state in one.from_ and one.effect == "refer" and one.to}


def _sentences(procedure: Any) -> Iterator[Found]:
    texts: list[tuple[tuple[str | int, ...], dict[str, str]]] = [
        (("states", key, "says", who), text)
        for key, state in procedure.states.items()
        for who, text in state.says.items()
    ]
    for key, action in procedure.actions.items():
        texts.append((("actions", key, "title"), action.title))
        texts += [
            (("actions", key, name), text) for name in ("again", "told", "asks") if (text := getattr(action, name))
        ]
        texts += [(("actions", key, "tells", i, "text"), tell.text) for i, tell in enumerate(action.tells)]
        texts += [
            (("actions", key, "form", i), text) for i, f in enumerate(action.form) for text in (f.title, f.help) if text
        ]
    for path, text in texts:
        for sentence in text.values():
            found = DEMANDS.search(sentence)
            if found:
                message = _("“{words}” makes tries a precondition.").format(words=found[0])
                yield path, message, _("Say instead that one may stop or go elsewhere at any time.")


def _other_ways(loaded: Loaded, name: str) -> Iterator[Problem]:
    text = loaded.model(KIND)
    kinds = {way.kind for way in text.ways if not way.categories} if text else set()
    if not {"court", "authority"} <= kinds:
        message = _("Disputes are mediated here, but remedies.yaml does not say where else the parties can go.")
        advice = _("List at least the court and the authority in charge, for every kind of dispute.")
        yield loaded.problem("procedures", name, ("layout",), message, f"{advice} ({LAW})")
