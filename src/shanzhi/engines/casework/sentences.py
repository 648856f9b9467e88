"""The sentence that says how a case stands, for each audience, with its slots filled."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.places import queries as places

from .documents.base import fill
from .documents.procedure import Audience
from .hands import counted
from .models import Case
from .relations import is_reporter, side_of, worked_on
from .text_of import catalogue_of, procedure_of


def audience_of(case: Case, by: Actor) -> Audience:
    """The reporter and whoever follows read as residents, staff as staff; an officer reads their own report as a resident, unless they worked on it."""
    if not (by.posts or by.system):
        return "reporter"
    # Rows of work lists come without the reporter: what waits there is read on duty.
    own = hasattr(case, "reporters") and (is_reporter(case, by) or side_of(case, by)) and not worked_on(case, by)
    return "reporter" if own else "staff"


def sentence(case: Case, by: Actor) -> str:
    """No statement if the case was fetched by this app's queries."""
    state, audience = procedure_of(case).states[case.state], audience_of(case, by)
    said = pick(state.says.get(audience))
    late = case.due_at is not None and case.due_at <= now()
    return fill(_overdue(said, audience) if late else said, slots(case))


def _overdue(said: str, audience: Audience) -> str:
    """All that is to be done is still to be done: that the day which it promises is past is said behind it."""
    if "{due}" not in said:
        return said
    missed = _("This is overdue.") if audience == "staff" else _("That time has passed; it is being followed up.")
    return f"{said}{'' if said[-1] in '。！？' else ' '}{missed}"


def slots(case: Case, *, actor: str = "", reason: str = "") -> dict[str, str]:
    return {
        "number": case.number,
        "category": category_title(case),
        "place": places.marked_name(case.place),
        "unit": pick(case.unit.name) if case.unit else "",
        "due": moment(case.due_at) if case.due_at else "",
        "actor": actor,
        "reason": reason,
        "hands": counted(case),
    }


def category_title(case: Case) -> str:
    catalogue = catalogue_of(case.version_id)
    item = catalogue.item(case.category) if catalogue else None
    return pick(item.title) if item else ""


def state_title(case: Case) -> str:
    return pick(procedure_of(case).states[case.state].title)


def moment(at: datetime) -> str:
    """The end of a limit, local time: 1月21日 16:30 or 21 Jan 16:30, with the year if it is another one. Midnight ends the day before it: 1月20日24时."""
    local = localtime(at)
    if local.time() == time.min:
        return _("the end of {day}").format(day=_day(local - timedelta(days=1)))
    return day_and_time(at)


def day_and_time(at: datetime) -> str:
    """When something was done. 1月21日 16:30 or 21 Jan 16:30, with the year if it is another one."""
    local = localtime(at)
    return f"{_day(local)} {local:%H:%M}"


def _day(local: datetime) -> str:
    """With its year where that is another one."""
    return _dated(local.date(), local.year == today().year, get_language())


@lru_cache(maxsize=2048)
def _dated(day: date, this_year: bool, _language: str | None) -> str:
    return date_format(day, _("j M") if this_year else "DATE_FORMAT")
