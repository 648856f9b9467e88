"""Clocks counted again: the calendar changed, a unit has other hours, a year's holidays became known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from shanzhi.engines.casework.facts import CaseClockChanged
from shanzhi.engines.casework.models import Case, Clock, Hand, Step
from shanzhi.engines.casework.putting_off import PutOff, latest, put_off
from shanzhi.engines.casework.timing import Reader, reckon, shown
from shanzhi.engines.casework.turning import running as running_of_case
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.calendar.queries import hours_reader
from shanzhi.foundation.journal.services import Entry, append_many, command
from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.registers.places import queries as places

AT_ONCE = 500
MARKS = ["due", "not_before", "warn", "provisional", "warned_at", "overdue_at", "escalated", "next_at"]


def running() -> QuerySet[Clock]:
    """Clocks that the calendar can move. What is paused is counted anew when it goes on."""
    by_calendar = Q(counts__startswith="working") | Q(limit__contains="rolling")
    return Clock.objects.filter(by_calendar, stopped=None, paused=None)


def recount(facts: Iterable[StoredFact]) -> int:
    """Each clock that one of the facts can move, once. Returns how many ends changed."""
    affected = Q(pk__in=[])
    for fact in facts:
        affected |= _affected(fact)
    return sum(_again(running().filter(affected)))


def recount_provisional() -> int:
    """Nightly: ends that rested on a year whose holidays were not announced yet."""
    with command("case.recount", by=SYSTEM):
        return sum(_again(running().filter(provisional=True)))


def _affected(fact: StoredFact) -> Q:
    day = date.fromisoformat(fact.data.get("day") or fact.data["since"])
    # A day behind the end moves nothing.
    reached = Q(due__gte=datetime.combine(day, time(), SHANGHAI))
    if fact.data.get("unit"):
        return reached & Q(counted_by__contains=[[fact.data["unit"]]])
    place = places.maybe(UUID(fact.data["place"])) if fact.data.get("place") else None
    return reached & Q(case__place__path__startswith=place.path) if place else reached


def _again(clocks: QuerySet[Clock]) -> Iterator[int]:
    read = hours_reader(fresh=True)
    affected = list(clocks.order_by("case_id").values_list("case_id", flat=True))
    for start in range(0, len(affected), AT_ONCE):
        ids = affected[start : start + AT_ONCE]
        # Cases first, as actions lock them: whoever acts meanwhile waits, and nobody waits in a circle.
        locked = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
        cases = {case.pk: case for case in locked.select_related("place")}
        yield _some(
            list(running().filter(case__in=ids).select_related("hand").select_for_update(of=("self",))), cases, read
        )


def _some(clocks: list[Clock], cases: dict[UUID, Case], read: Reader) -> int:
    changed = []
    for clock in clocks:
        clock.case = cases[clock.case_id]
        before = (clock.due, clock.warn, clock.provisional)
        reckon(clock, read)
        if before != (clock.due, clock.warn, clock.provisional):
            shown(clock.case, clock)
            changed.append(clock)
    Clock.objects.bulk_update(changed, MARKS)
    Case.objects.bulk_update([clock.case for clock in changed if not clock.hand], ["due_at", "warn_at"])
    Hand.objects.bulk_update([clock.hand for clock in changed if clock.hand], ["due_at", "warn_at"])
    append_many([Entry(_fact(clock), clock.case_id, clock.case.place_id) for clock in changed], by=SYSTEM)
    _wholes_follow(changed)
    return len(changed)


def _wholes_follow(changed: list[Clock]) -> None:
    """No whole is due before the latest of its parts. A statement, and some more where one has to follow."""
    cases = {clock.case_id: clock.case for clock in changed if clock.case.waits_for == "hands"}
    if not cases:
        return
    own = {clock.case_id: clock for clock in changed if not clock.hand_id}
    parts: dict[UUID, list[Hand]] = {}
    for hand in Hand.objects.filter(case__in=cases, ended_at=None).select_related("unit"):
        parts.setdefault(hand.case_id, []).append(hand)
    made: list[tuple[Case, PutOff]] = []
    for id, case in cases.items():
        last, clock = latest(parts.get(id, ())), own.get(id) or running_of_case(case)
        if last is not None and last.due_at is not None and clock is not None and last.due_at > clock.due:
            made.append((case, put_off(case, clock, last.due_at, now(), "calendar", hand=last)))
    Clock.objects.bulk_update([off.clock for _case, off in made], MARKS)
    Case.objects.bulk_update([case for case, _off in made], ["due_at", "warn_at", "touched", "changed_at"])
    Step.objects.bulk_create([off.step for _case, off in made])
    append_many([Entry(off.fact, case.id, case.place_id) for case, off in made], by=SYSTEM)


def _fact(clock: Clock) -> CaseClockChanged:
    return CaseClockChanged(
        case=clock.case_id, clock=clock.id, state=clock.state, due=clock.due, hand=clock.hand_id,
        unit=clock.hand.unit_id if clock.hand else clock.case.unit_id,
    )  # fmt: skip
