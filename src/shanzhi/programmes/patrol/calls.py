"""Calls for pages: anyone may know of them; names are the leader's, and masked for those on the same list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Denied, NotFound
from shanzhi.registers.codes import queries as codes

from .calling import CALLERS, leads
from .models import Call, SignUp

State = SignUp.State
Standing = Literal["ahead", "begun", "to-close", "held", "off"]


@dataclass(frozen=True, slots=True)
class Volunteer:
    """`person` only for the leader, who checks people in."""

    name: str
    state: str
    came_at: datetime | None
    mine: bool
    person: UUID | None = None


def calls(*, past: bool = False) -> QuerySet[Call]:
    """Open calls still to come or under way, soonest first; with numbers `listed` and `waiting`."""
    found = counted(Call.objects.select_related("place", "leader__unit"))
    if past:
        return found.filter(Q(closed_at__isnull=False) | Q(ends__lt=now())).order_by("-starts", "id")
    return found.filter(closed_at=None, ends__gte=now()).order_by("starts", "id")


def unclosed(place_path: str) -> QuerySet[Call]:
    """Calls there that nobody closed or called off yet, those whose night is over too."""
    found = Call.objects.select_related("place").filter(closed_at=None, place__path__startswith=place_path)
    return found.order_by("starts", "id")


def calls_of(by: Actor) -> QuerySet[Call]:
    """Those that the actor leads or may close: in their places. What nobody closed yet, soonest first; then the closed, newest first."""
    mine = Q(leader__in=[post.id for post in by.posts])
    for post in by.posts_as(*CALLERS):
        mine |= Q(place__path__startswith=post.place_path)
    unclosed = Case(When(closed_at=None, then=F("starts")))
    found = counted(Call.objects.select_related("place", "leader__unit")).filter(mine)
    return found.order_by(unclosed.asc(nulls_last=True), "-starts", "id")


def standing(call: Call) -> Standing:
    """How the night stands now; `to-close`: its hours are over, and nobody has said so."""
    if call.closed_at is not None:
        return "held" if call.held else "off"
    if call.ends < now():
        return "to-close"
    return "begun" if call.starts <= now() else "ahead"


def counted(found: QuerySet[Call]) -> QuerySet[Call]:
    return found.annotate(
        listed=Count("signups", filter=Q(signups__state=State.LISTED)),
        waiting=Count("signups", filter=Q(signups__state=State.WAITING)),
        came=Count("signups", filter=Q(signups__came_at__isnull=False)),
    )


def access_call(id: UUID, *, by: Actor) -> Any:
    """A Call with its numbers. It is public: who asks does not matter. NotFound."""
    found = counted(Call.objects.select_related("place", "leader__unit", "leader__place", "code")).filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such call."))
    return found


def call_of_code(token: str) -> Call:
    """What a scan at the meeting point is about. NotFound."""
    found = Call.objects.filter(code=codes.code(token).id).first()
    if found is None:
        raise NotFound(_("This is not the code of a meeting point."))
    return found


def night_of(code: UUID) -> Call | None:
    """Whose meeting point's code this is, unless that night is over. Of one called off people read so until it would have ended."""
    still = Q(closed_at=None) | Q(held=False)
    return Call.objects.filter(still, code=code, ends__gt=now()).first()


def my_signup(call: UUID, by: Actor) -> SignUp | None:
    return my_signups([call], by).get(call)


def my_signups(calls: Collection[UUID], by: Actor) -> dict[UUID, SignUp]:
    """Call → the actor's own sign-up, of those of these calls that they did not step back from. At most one statement."""
    if by.person is None or not calls:
        return {}
    found = SignUp.objects.filter(call__in=calls, person=by.person).exclude(state=State.WITHDRAWN)
    return {one.call_id: one for one in found}


def may_manage(call: Call, by: Actor) -> bool:
    return leads(call, by) or by.covers(call.place.path, *CALLERS)


def fellows(call: Call, by: Actor) -> list[Volunteer]:
    """For those on the list: surnames of the others. Denied for everyone else."""
    if my_signup(call.id, by) is None:
        raise Denied(_("Only those on the list see who else comes."))
    return [_seen(one, by, masked(one.name)) for one in _rows(call)]


def volunteers(call: Call, by: Actor) -> list[Volunteer]:
    """For the leader of the night alone: names that they opened (services.open_list), "" for those since. Denied."""
    if not leads(call, by):
        raise Denied(_("Names are for the leader of the night alone."))
    return [_seen(one, by, one.name if one.shown_at else "", one.person) for one in _rows(call)]


def masked(name: str) -> str:
    return name[:1] + "＊" * max(len(name) - 1, 1) if name else ""


def _rows(call: Call) -> QuerySet[SignUp]:
    return SignUp.objects.filter(call=call).exclude(state=State.WITHDRAWN).order_by("state", "at", "id")


def _seen(one: SignUp, by: Actor, name: str, person: UUID | None = None) -> Volunteer:
    return Volunteer(name, one.state, one.came_at, one.person == by.person, person)
