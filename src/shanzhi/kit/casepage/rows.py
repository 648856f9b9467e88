"""Cases as rows of a list: what `{% case_card %}` and tables take. Constant number of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.shapes import Photo
from shanzhi.registers.places import queries as places

from .pictures import photo_of
from .view import ended_well, has_own_steps, labels_of, title_of, tone_of


@dataclass(frozen=True, slots=True)
class Row:
    """`late`: "" | warn | over. `part_late`: it is a unit's part that is, whose clock is shown then (casework.pressure). `own`: the part of the actor's unit, whose clock and stand are shown; `shared`: how many units
    are on it, in words. `asks_more`: a request for more time waits for its decision; `part_waits`: "help" | "returned", of a unit's part.
    `danger`: only protection may follow; for readers who have it on duty alone.
    """

    id: str
    href: str
    number: str
    title: str
    state: str
    tone: str
    place: str
    unit: str
    at: datetime
    due: datetime | None
    warn: datetime | None
    closed: datetime | None
    stage: int
    done: bool
    urgent: bool
    synthetic: bool
    words: str
    late: str
    photo: Photo | None
    case: Any
    own: Any = None
    shared: str = ""
    asks_more: bool = False
    part_waits: str = ""
    part_late: bool = False
    danger: bool = False
    walked: frozenset[int] | None = None

    @property
    def labels(self) -> list[str] | None:
        """Names of the visible steps, None for the usual six."""
        return labels_of(self.case)


def rows_of(
    cases: Iterable[Any], href: Callable[[Any], str], by: Actor | None = None, *, steps: bool = False,
    duty: Actor | None = None,
) -> list[Row]:  # fmt: skip
    """`cases` as casework's lists give them. One statement more, for the first picture of each, unless the list brought them.

    `by`: show the part of this actor's unit where several units work on a case; two statements more if there are such.
    `steps`: rows show the line of steps; one statement more if an open case has steps of its own instead of the usual six.
    `duty`: mark for this actor what is in danger; one statement more if they have such a case.
    """
    found = list(cases)
    if found and hasattr(found[0], "picture"):
        pictures = {case.id: case.picture for case in found}
    else:
        pictures = casework.first_pictures([case.id for case in found]) if found else {}
    moment = now()
    own = casework.own_hands(found, by) if by else {}
    walked = casework.stages_walked([case for case in found if not case.final and has_own_steps(case)]) if steps else {}
    danger = casework.in_danger(found, duty) if duty else set()
    return [
        _row(case, href(case), pictures.get(case.id), moment, own.get(case.id), walked.get(case.id), case.id in danger)
        for case in found
    ]


def _row(
    case: Any, href: str, picture: Any, moment: datetime, own: Any, walked: frozenset[int] | None, danger: bool
) -> Row:
    pressure = casework.pressure(case, moment)
    return Row(
        id=str(case.id),
        href=href,
        number=case.number,
        title=title_of(case),
        state=f"{casework.state_title(case)} · {own.words}" if own else casework.state_title(case),
        tone=own.tone if own else tone_of(case),
        place=places.full_name(case.place, 2) if case.synthetic else places.marked_name(case.place, 2),
        unit=pick(case.unit.name) if case.unit else "",
        at=case.opened_at,
        due=own.due_at if own else pressure.due,
        warn=own.warn_at if own else pressure.warn,
        closed=case.closed_at,
        stage=case.stage,
        done=ended_well(case),
        urgent=case.urgency == "urgent",
        danger=danger,
        synthetic=case.synthetic,
        words=case.said if case.category else "",  # else they are the title
        late=own.late if own else pressure.late,
        photo=photo_of(picture) if picture else None,
        case=case,
        own=own,
        asks_more=getattr(case, "asks_more", False),
        part_waits=getattr(case, "part_waits", "") or "",
        part_late=pressure.part and not own,
        shared=casework.hands_counted(case) if case.waits_for == "hands" else "",
        walked=walked,
    )
