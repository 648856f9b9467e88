"""Cases for pages: with permission, with the rows that every list shows, in a constant number of statements."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.refusals import Invalid

from .asked import undecided_cases
from .clock_notes import with_clocks
from .fetching import unknown, with_standing
from .hand_lists import returned, to_check, with_person, with_units
from .models import Case
from .visible import in_place, own, visible_cases

UNIT_HAS_IT = ("unit", "handler", "outside")
BOXES = ("desk", "unit", "mine", "check", "followed")


_any_case = Compiled(lambda id: with_clocks(with_standing(Case.objects.filter(pk=id))))


def access_case(id: UUID | str, *, by: Actor) -> Case:
    """By id or number. NotFound also if it exists but is not for this actor."""
    if by.system and isinstance(id, UUID):
        seen = _any_case.first(id)
        if seen is None:
            raise unknown()
        return seen
    cases = with_clocks(with_standing(visible_cases(by)))
    found = cases.filter(pk=id).first() if isinstance(id, UUID) else cases.filter(number=id.strip().upper()).first()
    if found is None:
        raise unknown()
    return found


def inbox(by: Actor, box: str = "desk") -> QuerySet[Case]:
    """What waits, the most pressing first. desk: for a decision in the actor's places, also on more time; unit: with the actor's units;
    mine: taken by or given to the actor; check: to be checked; followed: the actor's own reports, newest first.
    """
    if box not in BOXES:
        raise Invalid({"box": [_("There is no such list.")]})
    if box == "followed":
        return with_standing(Case.objects.filter(own(by))).order_by("-opened_at", "-id")
    open_ = Case.objects.filter(closed_at=None).exclude(subject_unit__isnull=False, subject_unit__in=list(by.units()))
    posts = [post.id for post in by.posts]
    filters = {
        "desk": (Q(waits_for="desk") | Q(pk__in=undecided_cases()) | returned()) & in_place(by),
        "unit": (Q(unit__in=list(by.units())) & Q(waits_for__in=UNIT_HAS_IT)) | with_units(by),
        "mine": (Q(waits_for__in=UNIT_HAS_IT) & (Q(taker=by.person) | Q(taker=None, post__in=posts))) | with_person(by),
        "check": (Q(waits_for="checker") & (in_place(by) | Q(post__in=posts))) | (to_check() & in_place(by)),
    }
    if by.person is None:
        return Case.objects.none()
    return listed(open_.filter(filters[box])).order_by(F("due_at").asc(nulls_last=True), "id")


def listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("place", "unit")


def counts(by: Actor) -> dict[str, int]:
    """box → how many wait there, and how many of the actor's are overdue. One statement a box."""
    return {box: inbox(by, box).count() for box in BOXES}
