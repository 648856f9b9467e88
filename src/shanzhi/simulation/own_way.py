"""The opening scene of a county that goes by a playbook of its own: its loop, its disputes, its rounds and its night patrol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .castlist import Stage, busiest_unit
from .city.residents import Residents
from .city.streets import Streets
from .dice import dice, one_of
from .life.nights import Nights
from .life.orders import has_rounds, morning_of, order_rounds
from .life.reports import Reports
from .life.stories import STORIES
from .life.world import World
from .part import Part

STORIES_AGO = (44, 38, 33, 28, 24, 20, 16, 12, 9, 6, 4, 2, 1, 0.1)  # days: one begun then, lived freely since
NIGHTS_AGO = (80, 10)  # hours since people were called: one night is over, one is to come
ROUNDS_AGO = (1, 0)  # days


def parts_of(here: Stage, residents: list[Any]) -> Iterator[Part]:
    """Every state that the county's own loop has, some twice, around the stage of those whom one can sign in as."""
    procedure = casework.text_at(here.community).document("procedures", "six-step")
    if procedure is None:
        return
    unit, worker = busiest_unit(here), _demo(here, "grid-worker")
    for number, state in enumerate(procedure.states):
        grid = here.grids[number % len(here.grids)]
        if procedure.states[state].waits_for == "unit" and unit:
            yield from (Part(state, "unit", grid, unit=unit.id) for _ in range(2))
        elif state != "joined":  # that needs a neighbour's report of the same: below
            yield Part(state, "", grid, reporter=residents[number % len(residents)] if residents else None)
    if "handling" in procedure.states:
        if unit:
            yield from (Part("handling", "unit", here.grids[0], unit=unit.id) for _ in range(2))
        if worker:
            yield from (Part("handling", "post", here.grids[0], post=worker) for _ in range(2))
    for state in ("reported", "registered", "handled", "closed"):
        if state in procedure.states:
            yield from (Part(state, "", here.grids[-1]) for _ in range(2))


def live_on(here: Stage, world: World, streets: Streets, reports: Reports, residents: list[Any], end: datetime) -> None:
    """What has a story of its own, begun at different times and lived until now."""
    catalogue = casework.text_at(here.community).document("categories")
    told = [one.key for one in catalogue.items if one.procedure and _has_story(here, one.procedure)]
    rungs = _rungs(here, told)
    for number, ago in enumerate(STORIES_AGO if told else ()):
        key, by = f"{here.slug} story {number}", dice(world.seed, here.slug, "story", number)
        grid = here.grids[number % len(here.grids)]
        reporter = residents[number % len(residents)] if residents else None
        climbs = rungs[number % len(rungs)] if rungs else 0

        def begin(key=key, grid=grid, by=by, reporter=reporter, climbs=climbs) -> None:
            kind = one_of(by, told[:3])
            reports.report(key, grid, by, category=kind, source="resident", reporter=reporter).up_to = climbs

        _at(world, end, ago * 24, begin)
    if not has_rounds(here.community):
        return
    worker = _demo(here, "grid-worker")
    for days in ROUNDS_AGO:
        morning = morning_of(end - timedelta(days=days))
        if world.now <= morning <= end:
            # Today's round of whoever one may sign in as is theirs to walk.
            walk = partial(order_rounds, world, here.community, but=None if days else worker, finds=days > 0)
            world.at(morning, walk)
    nights = Nights(world, streets, Residents(here.city, world.crowd))
    for number, ago in enumerate(NIGHTS_AGO):
        nights.once(here.community, number, end - timedelta(hours=ago))


def _at(world: World, end: datetime, ago: float, do: Any) -> None:
    def happen() -> None:
        with world.moment():
            do()

    world.at(end - timedelta(hours=ago), happen)


def _has_story(here: Stage, name: str) -> bool:
    version = playbook_of(places.chain(here.community))
    procedure = version.document("procedures", name) if version else None
    return procedure is not None and procedure.layout in STORIES


def _rungs(here: Stage, categories: list[str]) -> list[int]:
    """Stages of the ladder on which tries are made, lowest first: every rung finds something to do."""
    text = casework.text_at(here.community)
    items = [text.document("categories").item(key) for key in categories[:1]]
    procedure = text.document("procedures", items[0].procedure) if items else None
    if procedure is None:
        return []
    actions = procedure.actions.values()
    return sorted({procedure.states[one].stage for action in actions if action.effect == "try" for one in action.from_})


def _demo(here: Stage, role: str) -> Any:
    """The post that a visitor may take on there."""
    found = (one for one in people.demo_people(per_role=9) if one.path.startswith(here.area.path))
    return next((one.post.id for one in found if one.post and one.post.role == role), None)
