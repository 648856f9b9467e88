"""The opening scene: about sixty matters in every state, some days old, so that nobody finds an empty city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.registers.people import queries as people

from .castlist import DEPARTMENT, Stage, cast_of
from .city.crowd import Agent
from .city.residents import Residents
from .city.streets import Streets
from .dice import dice, one_of
from .life.matter import Goal
from .life.reports import Reports
from .life.world import World
from .own_way import live_on, parts_of
from .part import Part
from .photos import Pool

# How long ago the last step was, in hours, by whom the matter now waits for.
STANDS = {
    "desk": (0.05, 0.45),
    "unit": (0.2, 1.8),
    "handler": (0.5, 5),
    "checker": (0.3, 3),
    "outside": (2, 20),
    "": (4, 70),
}
STEP = (0.2, 2.5)  # hours between two steps before that
DRAWN = ("rubbish", "street-light", "manhole-cover", "road-damage")  # few scenes: each takes a quarter second to draw
QUIET = (
    "neighbour-dispute",
    "certificate-help",
    "elder-care",
    "property-management",
    "night-noise",
    "traffic-disorder",
    "medical-insurance",
)


def set_the_scene(here: Stage) -> World | None:
    """Make the matters unless there are any; the world in which they came to be, with its tally.

    Beside those of the city's own loop: what each county with a playbook of its own has besides (own_way).
    """
    if casework.visible_cases(SYSTEM).filter(place__path__startswith=here.city.path).exists():
        return None
    end = now()
    world = World(seed=f"{here.city.code} opening", now=end - timedelta(days=45), pool=Pool(seeds=1))
    streets, residents = Streets(here.city), Residents(here.city, world.crowd)
    reports = Reports(world, streets, residents, per_day=1)
    cast = cast_of(here.city)
    parts = list(_parts(here, world, cast))
    parts += [Part(state) for state in _states(here) if state not in {one.state for one in parts}]
    for number, part in enumerate(parts):
        by = dice(world.seed, number)
        _enter(world, reports, streets, here, f"opening {number}", part, by, end)
    for other in here.others:
        neighbours = [_resident(cast, f"{other.slug}-resident{number}", world) for number in (1, 2, 3)]
        neighbours = [one for one in neighbours if one is not None]
        for number, part in enumerate(parts_of(other, neighbours)):
            key = f"opening {other.slug} {number}"
            _enter(world, reports, streets, other, key, part, dice(world.seed, key), end)
        live_on(other, world, streets, reports, neighbours, end)
    world.run(end)
    return world


def _states(here: Stage) -> list[str]:
    """What this city's own text adds to the states below."""
    procedure = casework.text_at(here.community).document("procedures", "six-step")
    return list(procedure.states) if procedure else []


def _enter(
    world: World, reports: Reports, streets: Streets, here: Stage, key: str, part: Part, by: Random, end: Any
) -> None:
    grid = part.grid or streets.grid(one_of(by, streets.communities), by)
    procedure = casework.text_at(grid).document("procedures", "six-step")
    if procedure is None or part.state not in procedure.states:
        return  # a playbook that goes another way: its city fills by living
    state = procedure.states[part.state]
    since = timedelta(
        hours=by.uniform(*(part.ago or STANDS.get("" if state.final else state.waits_for, STANDS["handler"])))
    )
    until = end - since
    start = until - timedelta(hours=sum(by.uniform(*STEP) for _ in range(1 + state.stage)))
    if part.state == procedure.start.state:
        start = until
    goal = Goal(
        part.state, until, part.via, then_free=state.final and part.reporter is None, post=part.post, unit=part.unit
    )
    category = _category(part, casework.text_at(grid).document("categories"), by)

    def happen() -> None:
        with world.moment():
            reports.report(key, grid, by, category=category, source="resident", reporter=part.reporter, goal=goal)

    world.at(start, happen)


def _category(part: Part, catalogue: Any, by: Random) -> str:
    """What the part names, else one thrown, of those that this city's text knows and sends through its loop."""
    wanted = [part.category] if part.category else list(DRAWN if by.random() < 0.65 else QUIET)
    looped = [one.key for one in catalogue.items if not one.procedure]
    return one_of(by, [key for key in wanted if key in looped] or looped)


def _parts(here: Stage, world: World, cast: dict[str, Any]) -> Iterator[Part]:
    """The demonstration's own people first: each finds work that shows what their page is for."""
    first, second = here.grids[0], here.grids[-1]
    residents = [_resident(cast, f"resident{number}", world) for number in (1, 2, 3)]
    yield Part("closed", "unit", first, "manhole-cover", residents[0])
    yield Part("handling", "unit", first, "street-light", residents[0])
    yield Part("reported", "", first, "rubbish", residents[0])
    yield Part("handled", "post", second, "property-management", residents[1])
    yield Part("registered", "", second, "road-damage", residents[1])
    yield Part("divided", "", second, "road-damage")
    yield Part("closed", "post", first, "elder-care", residents[2])
    worker = cast.get("grid-worker")
    for category in ("rubbish", "manhole-cover", "elder-care"):
        yield Part("handling", "post", first, category, post=worker.post.id if worker and worker.post else None)
    for grid, category in ((first, "neighbour-dispute"), (second, "street-light"), (second, "night-noise")):
        yield Part("reported", "", grid, category)
    for key, states in (
        (
            DEPARTMENT,
            ("dispatched", "dispatched", "dispatched", "handling", "handling", "handling", "handled", "closed"),
        ),
        ("city-transport", ("dispatched", "dispatched", "handling")),
    ):
        unit = people.unit(key, near=first.path)
        for number, state in enumerate(states):
            yield Part(
                state,
                "unit",
                None,
                "road-damage" if key == "city-transport" else one_of(dice(key, number), DRAWN),
                unit=unit.id,
            )
    for category in ("rubbish", "street-light"):  # the same as above, reported once more by a neighbour
        yield Part("joined", "", first, category, ago=(0.1, 0.4))
    for state, via, count in (
        ("reported", "", 6), ("registered", "", 5), ("dispatched", "unit", 3), ("handling", "post", 3), ("help-asked", "", 2),
        ("handled", "", 5), ("closed", "unit", 5), ("closed", "post", 4), ("rejected", "", 3), ("withdrawn", "", 2),
    ):  # fmt: skip
        for _ in range(count):
            yield Part(state, via)


def _resident(cast: dict[str, Any], username: str, world: World) -> Agent | None:
    known = cast.get(username)
    account = people.synthetic_account(known.account) if known else None
    agent = world.crowd.person(account.person_id) if account and account.person_id else None
    if agent is not None:
        agent.key = username
    return agent
