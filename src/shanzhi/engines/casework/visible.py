"""Which cases an actor may see. One queryset for lists, for single cases and for searches, so that they never differ."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, QuerySet, UUIDField, Value

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .documents.procedure import ALL
from .models import Case


class Mine(Func):
    """A function of the database: the party table itself shows its rows only inside an actor's transaction.

    As a subquery, so that it runs once for the statement and the index on the id is used.
    """

    function = "casework_mine"
    template = "(SELECT %(function)s(%(expressions)s))::uuid[]"
    output_field = ArrayField(UUIDField())


class Among(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()
    conditional = True


def visible_cases(by: Actor) -> QuerySet[Case]:
    """Lazy. Desk roles, grid workers and leaders: their subtree, for procedures in which their role acts or looks on;
    members of a unit: what it ever had; everyone: what they reported or follow. The unit complained about: nothing of it.
    """
    if by.system:
        return Case.objects.all()
    mine = own(by)
    if not by.posts:
        return Case.objects.filter(mine)
    duty = Q(involved__overlap=list(by.units())) | in_place(by)
    return Case.objects.filter(mine | (duty & ~_about_us(by)))


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
        found |= Q(place__path__startswith=path, procedure__in=sorted(procedures))
    for path, procedure, states in confided(by):
        found |= Q(place__path__startswith=path, procedure=procedure, state__in=states)
    return found


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
        named = {key for key, text in procedures.items() if post.role in text.roles()}
        if named:
            found.setdefault(post.place_path, set()).update(named)
    return found


def _chain(place: UUID) -> list[UUID]:
    return places.chain(place)


def _about_us(by: Actor) -> Q:
    return Q(subject_unit__isnull=False, subject_unit__in=list(by.units()))
