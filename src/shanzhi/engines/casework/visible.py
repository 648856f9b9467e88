"""Which cases an actor may see. One queryset for lists, for single cases and for searches, so that they never differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, DateField, DateTimeField, F, Func, Q, QuerySet, UUIDField, Value

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import moment
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .documents.procedure import ALL
from .models import Case
from .relations import STEPPED_BACK

STREET = 4  # slashes in the path of a street: province, city, county, street


class Mine(Func):
    """A function of the database: the party table itself shows its rows only inside an actor's transaction.

    As a subquery, so that it runs once for the statement and the index on the id is used.
    """

    function = "casework_mine"
    template = "(SELECT %(function)s(%(expressions)s))::uuid[]"
    output_field = ArrayField(UUIDField())


class Day(Func):
    """In the city's time zone, wherever the connection's clock stands."""

    template = "(%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = DateField()


class StaysOut(Mine):
    """Cases of which a person has to stay out on duty, today: as a side or reporter, or near to one (boundary 13)."""

    function = "casework_stays_out"

    def __init__(self, person: UUID) -> None:
        super().__init__(Value(person, UUIDField()), Day(Value(moment(), DateTimeField())))

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **more: Any) -> Any:
        asked = _asked.get()
        if asked is None:
            return super().as_sql(compiler, connection, *given, **more)
        sql, values = super().as_sql(compiler, connection, template="%(function)s(%(expressions)s)")
        asked.add((sql, tuple(values)))
        return "(SELECT ids FROM out)::uuid[]", ()


Asked = set[tuple[str, tuple[Any, ...]]]  # what is asked, with its values
_asked: ContextVar[Asked | None] = ContextVar("gathered, to be asked once", default=None)


@contextmanager
def staying_out_once() -> Iterator[Asked]:
    """What is written within reads in `out(ids)` of which cases somebody has to stay out. Whoever puts it together has to say before it,
    in WITH, what that is: it gathers in what this gives.
    """
    gathered: Asked = set()
    token = _asked.set(gathered)
    try:
        yield gathered
    finally:
        _asked.reset(token)


class Among(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()
    conditional = True


def visible_cases(by: Actor) -> QuerySet[Case]:
    """Lazy. On duty what `duty_cases` says; everyone: what they reported or follow."""
    if by.system:
        return Case.objects.all()
    return Case.objects.filter(own(by) | _duty(by) if by.posts else own(by))


def duty_cases(by: Actor) -> QuerySet[Case]:
    """Lazy; what lists, maps, tables and figures for those on duty are made of. Desk roles, grid workers and leaders: their subtree,
    for procedures in which their role acts or looks on; members of a unit: what it ever had. Nothing of which they have to stay out:
    a side of a dispute reads of it as a side alone. The unit complained about: nothing of it.
    """
    if by.system:
        return Case.objects.all()
    return Case.objects.filter(_duty(by)) if by.posts else Case.objects.none()


def _duty(by: Actor) -> Q:
    return looked_over(by) & ~_about_us(by) & not_near(by)


def looked_over(by: Actor) -> Q:
    return Q(involved__overlap=list(by.units())) | in_place(by)


def not_near(by: Actor) -> Q:
    """None of the cases of which the actor has to stay out."""
    return ~Q(Among(F("pk"), StaysOut(by.person))) if by.person else Q()


def sees(case: Case, by: Actor) -> bool:
    """Is this case, from `fetching`, among `visible_cases`? Without a statement for most who have to do with it."""
    if surely_sees(case, by) or (by.person is not None and by.person in case.reporters):
        return True
    return visible_cases(by).filter(pk=case.pk).exists()


def seen_among(cases: Iterable[Case], by: Actor, beside: Case | None = None) -> set[UUID]:
    """Which of these the actor may see. They come with their place; a statement only where what is at hand does not tell.

    `beside`: a case fetched for the actor's page, which tells of which others they have to stay out.
    """
    duty, out = duty_of(by), getattr(beside, "stays_out", None)
    found = {case.pk: surely_sees(case, by, duty, out) for case in cases}
    unsure = [id for id, sure in found.items() if not sure]
    seen = visible_cases(by).filter(pk__in=unsure).values_list("pk", flat=True) if unsure else ()
    return {id for id, sure in found.items() if sure} | set(seen)


class Duty(NamedTuple):
    """What an actor's posts look over: `overlooked` and `confided`, as they stand now."""

    overlooked: dict[str, set[str]]
    confided: tuple[tuple[str, str, tuple[str, ...]], ...]

    def holds(self, case: Case) -> bool:
        path = case.place.path
        return any(path.startswith(top) and case.procedure in named for top, named in self.overlooked.items()) or any(
            path.startswith(top) and case.procedure == named and case.state in states
            for top, named, states in self.confided
        )


def duty_of(by: Actor) -> Duty:
    return Duty(overlooked(by), tuple(confided(by)))


def surely_sees(case: Case, by: Actor, duty: Duty | None = None, out: Collection[UUID] | None = None) -> bool:
    """On duty, by what is at hand. False says nothing: then the database is asked."""
    if by.system:
        return True
    if not by.posts or (case.subject_unit_id and case.subject_unit_id in by.units()):
        return False
    if by.person and (case.pk in out if out is not None else not surely_not_near(case, by)):
        return False
    return not by.units().isdisjoint(case.involved) or (duty or duty_of(by)).holds(case)


def surely_not_near(case: Case, by: Actor) -> bool:
    """As the case was fetched. False says nothing."""
    known = case.__dict__
    if "parts" not in known or str(by.person) in case.parts.get(STEPPED_BACK, ()):
        return False
    told: tuple[UUID, bool] | None = known.get("_near_to")
    if told is not None and told[0] == by.person:
        return not told[1]
    return known.get("reporters") == [] and not known.get("sides") and case.subject_unit_id is None


def own(by: Actor) -> Q:
    """Reported or followed, by account or by secret link."""
    found = Q(pk__in=list(by.follows))
    if by.posts:  # a link that strayed into the unit complained about opens nothing there
        found &= ~_about_us(by)
    if by.person:
        found |= Q(Among(F("pk"), Mine(Value(by.person, UUIDField()))))
    return found


def in_place(by: Actor) -> Q:
    """Cases in the subtrees that the actor's roles look over."""
    found = Q(pk__in=[])
    for path, procedures in overlooked(by).items():
        found |= below(path) & Q(procedure__in=sorted(procedures))
    for path, procedure, states in confided(by):
        found |= below(path) & Q(procedure=procedure, state__in=states)
    return found


def below(path: str) -> Q:
    """Cases at the place and in all of its subtree.

    Of a street and what is smaller the places are named, so that the index on the place is used, and many cases elsewhere cost nothing.
    """
    if path.count("/") < STREET:
        return Q(place__path__startswith=path)
    places_there = apps.get_model("places.Place").objects.filter(path__startswith=path).values("id")
    return Q(Among(F("place_id"), ArraySubquery(places_there)))


def confided(by: Actor) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """place path, procedure, states: confidential cases that a role sees only while they stand so."""
    for post in by.posts:
        version = playbook_of(_chain(post.place))
        for key, text in (version.documents("procedures") if version else {}).items():
            states = text.sees.get(post.role, ())
            if states and ALL not in states:
                yield post.place_path, key, states


def overlooked(by: Actor) -> dict[str, set[str]]:
    """place path → procedures whose cases the actor sees there."""
    found: dict[str, set[str]] = {}
    for post in by.posts:
        version = playbook_of(_chain(post.place))
        procedures = version.documents("procedures") if version else {}
        named = {key for key, text in procedures.items() if post.role in text.roles}
        if named:
            found.setdefault(post.place_path, set()).update(named)
    return found


def _chain(place: UUID) -> list[UUID]:
    return places.chain(place)


def _about_us(by: Actor) -> Q:
    return Q(subject_unit__isnull=False, subject_unit__in=list(by.units()))
