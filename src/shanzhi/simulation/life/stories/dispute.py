"""A dispute on its ladder: both sides are asked at each step, tries are made and put on record, and it may end at any time.

Read from the text by what its actions mean, so that a ladder of another city's lives too. Nothing is kept between two
deeds: who takes a dispute over after a restart goes on with the same luck.
"""

from __future__ import annotations

from random import Random
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import today
from shanzhi.simulation.dice import dice, one_of
from shanzhi.simulation.life.matter import Matter
from shanzhi.simulation.names import person_name

from .deed import Deed

UNWILLING, DANGER, OUTSIDE, UNSIGNED, KEPT = 0.12, 0.02, 0.1, 0.1, 0.88
AGREED, AGAIN, CLIMB = 0.45, 0.75, 0.92  # after a try, each beginning where the last ends


class Dispute:
    """One matter as it stands."""

    def __init__(self, matter: Matter, procedure: Any, seed: str) -> None:
        self.matter, self.row, self.procedure, self.seed = matter, matter.row, procedure, seed
        self.here = procedure.from_state(self.row.state)
        self.state = procedure.states[self.row.state]

    def luck(self, *what: object) -> Random:
        return dice(self.seed, self.matter.key, "dispute", *what)

    def marked(self, effect: str) -> str:
        return next((name for name, action in self.here.items() if action.effect == effect), "")

    def by_mediators(self, effect: str) -> str:
        return next((name for name, one in self.here.items() if one.effect == effect and set(one.by) != {"party"}), "")

    def primary(self) -> str:
        return next((name for name, action in self.here.items() if action.primary and action.effect != "consent"), "")

    def done(self, name: str) -> int:
        return casework.times_done(self.row).get((name, self.row.stage), 0)

    def officer(self, name: str) -> str:
        """handler where somebody has it, else the first role that may."""
        by = self.here[name].by
        if "handler" in by and self.row.taker_id:
            return "handler"
        return next((one for one in by if one.startswith("role:")), by[0])

    def deed(self, name: str, **more: Any) -> Deed:
        return Deed(name, more.pop("relation", "") or self.officer(name), **more)

    def asked_first(self, name: str) -> Deed:
        """The step, or before it the word of a side that has not agreed to it yet."""
        if not self.here[name].consent:
            return self.deed(name)
        said = next((one.said for one in casework.consents_of(self.row) if one.action == name), {})
        for side in ("a", "b"):
            if side not in said or not said[side].given:
                return self._word(side, name)
        return self.deed(name)

    def _word(self, side: str, step: str) -> Deed:
        ways = {name: action for name, action in self.here.items() if action.effect == "consent"}
        reporter = self.matter.reporter
        person = str(reporter.person) if reporter and reporter.person else ""
        own = next((name for name, action in ways.items() if set(action.by) == {"party"}), "")
        yes = {"step": step, "answer": "yes"}
        if own and person and self.row.sides.get(person) == side:
            return Deed(own, "reporter", yes)
        told = next(name for name, action in ways.items() if name != own and not action.evidence)
        return self.deed(told, fields={**yes, "side": side})


def in_dispute(matter: Matter, procedure: Any, seed: str) -> Deed | None:
    it = Dispute(matter, procedure, seed)
    if it.state.final:
        return None
    if name := it.marked("refer"):
        return it.deed(name)
    if name := it.marked("try"):
        return _on_a_rung(it, name)
    if name := it.marked("agree"):
        return _written(it, name)
    if it.row.state == procedure.start.state:
        return _at_the_start(it)
    primary, notice = it.primary(), it.marked("remedies")
    if notice and it.done(primary):
        return it.deed(notice)
    return it.deed(primary) if primary else _agreed(it)


def _at_the_start(it: Dispute) -> Deed | None:
    for side in ("a", "b"):
        if side not in casework.sides_of(it.row):
            name = person_name(it.luck("name", side))
            return it.deed(it.marked("party"), fields={"side": side, "name": name}, bare=True)
    bound = it.matter.up_to > it.row.stage
    if not bound and it.luck("danger").random() < DANGER:
        return it.deed(it.by_mediators("danger"))
    if not bound and it.luck("willing").random() < UNWILLING:
        end = it.by_mediators("stop")
        return it.deed(end, fields=_first_choices(it, end)) if end else None
    goal = next((name for name, action in it.here.items() if action.consent and action.assigns == "taker"), "")
    return it.asked_first(goal) if goal else None


def _on_a_rung(it: Dispute, name: str) -> Deed:
    tried, most = it.done(name), it.here[name].at_most or 3
    up = _up(it)
    if tried and up and it.row.stage < it.matter.up_to:
        return it.asked_first(up)
    luck = it.luck("try", it.row.stage, tried)
    how = luck.random() if tried else AGREED
    if tried and how < AGREED:
        return it.deed(it.marked("draft"), bare=True)
    others = _to_others(it)
    if tried == 1 and others and not it.done(others) and luck.random() < OUTSIDE:
        return it.asked_first(others)
    if how < AGAIN and tried < most:
        found = it.asked_first(name)
        return it.deed(name, fields=_outcome(it, name, tried)) if found.action == name else found
    if up and how < CLIMB:
        return it.asked_first(up)
    stops = [one for one, action in it.here.items() if action.effect == "stop"]
    own = [one for one in stops if it.here[one].by == ("party",)]
    if own and it.matter.reporter and it.matter.reporter.person and luck.random() < 0.5:
        return it.deed(own[0], relation="reporter")
    return it.deed(next(one for one in stops if one not in own))


def _written(it: Dispute, sign: str) -> Deed:
    """Mostly they sign; some want a word changed first."""
    back = next((name for name, one in it.here.items() if not one.effect and one.to and "party" in one.by), "")
    if back and not it.done(back) and it.luck("written", it.row.stage).random() < UNSIGNED:
        return it.deed(back)
    return it.deed(sign, fields={"signed": lambda: today().isoformat()})


def _outcome(it: Dispute, name: str, tried: int) -> dict[str, Any]:
    """The first of the outcomes is that they agree, as such lists are written."""
    field = next((one for one in it.here[name].form if one.kind == "choice" and one.field == "outcome"), None)
    if field is None:
        return {}
    climbs = it.row.stage < it.matter.up_to
    agreed = not climbs and it.luck("try", it.row.stage, tried + 1).random() < AGREED
    return {"outcome": field.choices[0].key if agreed else one_of(it.luck("outcome", tried), field.choices[1:]).key}


def _first_choices(it: Dispute, name: str) -> dict[str, Any]:
    return {field.field: field.choices[0].key for field in it.here[name].form if field.kind == "choice"}


def _to_others(it: Dispute) -> str:
    states = it.procedure.states
    found = (name for name, one in it.here.items() if one.consent and one.to and states[one.to].waits_for == "outside")
    return next(found, "")


def _up(it: Dispute) -> str:
    """To the next rung."""
    states, stage = it.procedure.states, it.row.stage
    higher = [name for name, one in it.here.items() if one.consent and one.to and states[one.to].stage > stage]
    return min(higher, key=lambda name: states[it.here[name].to].stage, default="")


def _agreed(it: Dispute) -> Deed | None:
    """It is asked whether the agreement is kept; mostly it is."""
    states = it.procedure.states
    plain = {name: one for name, one in it.here.items() if not one.effect and one.to and not one.consent}
    visit = next((name for name, one in plain.items() if one.to == it.row.state), "")
    if visit and not it.done(visit):
        return it.deed(visit)
    kept = it.luck("kept").random() < KEPT
    ends = [name for name, one in plain.items() if one.to != it.row.state and states[one.to].final == kept]
    return it.deed(ends[0]) if ends else None
