"""An inspection order: the worker sets out some time that day and answers item by item; some forget it, some are away."""

from __future__ import annotations

from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.programmes.patrol import queries as patrols
from shanzhi.programmes.patrol import services as patrol
from shanzhi.simulation.dice import dice, one_of, weighted
from shanzhi.simulation.life.matter import Matter
from shanzhi.simulation.words import sayings

from .deed import Deed

FORGOTTEN = 0.04
ANSWERS = {"fine": 92.0, "hazard": 3.0, "not-applicable": 5.0}
MORNING = 8


def on_a_round(matter: Matter, procedure: Any, seed: str) -> Deed | None:
    row = matter.row
    state, here = procedure.states[row.state], procedure.from_state(row.state)
    if state.final:
        return None
    if state.waits_for == "desk":
        name = next((one for one, action in here.items() if action.assigns == "post"), "")
        role = next((one for one in here[name].by if one.startswith("role:")), "") if name else ""
        return Deed(name, role) if role else None
    setting_out = next((one for one, action in here.items() if action.assigns == "taker"), "")
    if not setting_out:
        return Deed("answer", "handler", within=(0.03, 0.15), do=look_at_one)
    if dice(seed, matter.key, "forgets").random() < FORGOTTEN:
        return None
    early = row.changed_at.astimezone(SHANGHAI).hour < MORNING
    return Deed(setting_out, "handler", within=(3.2, 9.5) if early else (0.1, 2.0), today=True, do=set_out)


def set_out(world: Any, matter: Matter, actor: Actor) -> None:
    patrol.set_out(order=matter.id, by=actor)


def look_at_one(world: Any, matter: Matter, actor: Actor) -> None:
    """The next item. A hazard gets a photo, and a case that goes its own way."""
    sheet = patrols.access_order(matter.id, by=actor)
    line = next((one for one in sheet.lines if one.answer is None), None)
    if line is None:
        return
    by = matter.dice(world.seed, "item")
    value = "hazard" if matter.finds else weighted(by, ANSWERS)
    matter.finds = False
    photos = [world.deciding.pool.take(line.item.hazard, by.randrange(1000), actor)] if value == "hazard" else []
    note = one_of(by, sayings()["hazards"]) if value == "hazard" else ""
    made = patrol.answer(order=matter.id, item=line.item.key, value=value, note=note, files=photos, by=actor)
    if made.case_id is not None:
        case = casework.access_case(made.case_id, by=SYSTEM)
        world.follow(
            Matter(f"{matter.key} {line.item.key}", case.id, line.item.hazard, row=case, picture=by.randrange(1000))
        )
        world.tally["hazard"] += 1
