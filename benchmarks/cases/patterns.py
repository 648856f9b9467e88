"""Cases that the services made, one for every category and stand: what fill.py multiplies. Prints their ids as JSON.

Only the city's own desk and departments act in them, so that the same story may happen in any grid of the city.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.cases.settings")

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from PIL import Image  # noqa: E402

from benchmarks.cases.texts import THINGS, write  # noqa: E402
from shanzhi.engines.casework import services  # noqa: E402
from shanzhi.foundation.base.actor import Actor  # noqa: E402
from shanzhi.foundation.base.ids import new_id  # noqa: E402
from shanzhi.foundation.base.moment import now, pretend  # noqa: E402
from shanzhi.registers.evidence import services as evidence  # noqa: E402
from shanzhi.registers.people import queries as people  # noqa: E402
from shanzhi.registers.places import queries as places  # noqa: E402

# One of each for each category; few are rejected or withdrawn, and a closed one is a whole story.
ENDS = ("closed", "closed-rated", "rejected", "withdrawn")
OPEN = ("reported", "registered", "dispatched", "handling", "handled")
ORDER = ("registration", "dispatch", "acceptance", "completion", "confirmation", "rating")
STEPS = {"reported": 0, "registered": 1, "dispatched": 2, "handling": 3, "handled": 4, "closed": 5, "closed-rated": 6}


@dataclass
class Cast:
    desk: Actor
    handler: Actor
    residents: list[Actor]
    grids: list[Any]


def cast() -> Cast:
    accounts = json.loads(os.environ["BENCH_ACCOUNTS"])  # user name → person
    actor = {name: people.actor_of(UUID(person)) for name, person in accounts.items()}
    city = next(one for one in places.cities() if one.id == actor["dispatcher"].posts[0].place)
    residents = [actor[name] for name in sorted(accounts) if name.startswith("resident")]
    grids = list(places.subtree(city, level="grid"))
    return Cast(actor["dispatcher"], actor["department-handler"], residents, grids)


def photo(by: Actor) -> UUID:
    made = BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 90)).save(made, "JPEG")
    return evidence.keep(upload=ContentFile(made.getvalue()), by=by).id


def tell(cast: Cast, dice: Random, category: str, end: str) -> UUID:
    """One case from the report to where it is to stand, some hours between two steps."""
    number = STEPS.get(end, 1)
    start = now() - timedelta(hours=1 + 6 * number) if end in OPEN else now() - timedelta(days=3, hours=6 * number)
    resident, grid = dice.choice(cast.residents), dice.choice(cast.grids)
    words, spot = write(dice, category, "")
    lon, lat = places.positions([grid.id])[grid.id]
    with pretend(start):
        case = services.open_case(
            id=new_id(), procedure="six-step", place=grid.id, words=words, spot=spot, by=resident, category=category,
            position=(lon, lat), files=[photo(resident)] if dice.random() < 0.5 else [],
            reporter=services.Reporter(resident.person, resident.name),
        ).case  # fmt: skip
    moment = start
    for action in {"rejected": ("rejection",), "withdrawn": ("withdrawal",)}.get(end, ORDER[:number]):
        moment += timedelta(hours=dice.uniform(1, 4))
        with pretend(moment):
            act(cast, dice, case, action, resident, moment)
    return case.id


def act(cast: Cast, dice: Random, case: Any, action: str, resident: Actor, at: datetime) -> None:
    by, fields = cast.desk, {}
    match action:
        case "registration":
            fields = {"category": case.category, "note": "已电话核实"}
        case "rejection":
            fields = {"ground": "not-found", "reason": "现场没有找到，请补充位置后再报。"}
        case "dispatch":
            fields = {"unit": str(cast.handler.posts[0].unit)}
        case "acceptance":
            by = cast.handler
        case "completion":
            by, fields = cast.handler, {"result": "已更换并清理现场，安排了回访。"}
        case "confirmation":
            checker = people.holders("checker", case.place.path)[0]
            by, fields = people.actor_of(checker.person_id), {"finding": "现场看过，办好了。"}
        case "rating":
            by, fields = resident, {"stars": dice.randint(3, 5), "reasons": ["quick"], "words": "办得很快"}
        case "withdrawal":
            by, fields = resident, {"reason": "自己解决了"}
    files = [photo(by)] if action == "completion" else []
    services.act(case=case.id, action=action, by=by, fields=fields, files=files)


def main() -> None:
    dice, who = Random(3), cast()  # noqa: S311 - texts, not secrets
    made = []
    for category in THINGS:
        for end in (*ENDS, *OPEN):
            id = tell(who, dice, category, end)
            often = 1 if end in ("rejected", "withdrawn") else 5
            made += [{"id": str(id), "category": category, "open": end in OPEN}] * often
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main()
