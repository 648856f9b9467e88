"""Cases as rows of a list: what `{% case_card %}` and tables take. Constant number of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.shapes import Photo
from shanzhi.registers.places import queries as places

from .pictures import photo_of
from .view import ended_well, title_of, tone_of


@dataclass(frozen=True, slots=True)
class Row:
    """`late`: "" | warn | over."""

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


def rows_of(cases: Iterable[Any], href: Callable[[Any], str]) -> list[Row]:
    """`cases` as casework's lists give them. One statement more, for the first picture of each."""
    found = list(cases)
    pictures = casework.first_pictures([case.id for case in found])
    moment = now()
    return [_row(case, href(case), pictures.get(case.id), moment) for case in found]


def _row(case: Any, href: str, picture: Any, moment: datetime) -> Row:
    return Row(
        id=str(case.id),
        href=href,
        number=case.number,
        title=title_of(case),
        state=casework.state_title(case),
        tone=tone_of(case),
        place=places.full_name(case.place, 2),
        unit=pick(case.unit.name) if case.unit else "",
        at=case.opened_at,
        due=case.due_at,
        warn=case.warn_at,
        closed=case.closed_at,
        stage=case.stage,
        done=ended_well(case),
        urgent=case.urgency == "urgent",
        synthetic=case.synthetic,
        words=case.words if case.category else "",  # else they are the title
        late=lateness(case, moment),
        photo=photo_of(picture) if picture else None,
        case=case,
    )


def lateness(case: Any, moment: datetime) -> str:
    if case.final or case.due_at is None:
        return ""
    return "over" if moment > case.due_at else "warn" if case.warn_at and moment >= case.warn_at else ""
