"""Who lives behind which door. Real households come with the city's own register; until then they are synthetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.journal.services import as_actor, command
from shanzhi.registers.people.models import Household, HouseholdMember
from shanzhi.registers.people.permissions import may_register


def form_household(
    *, place: UUID, door: str, members: Sequence[UUID], by: Actor, since: date | None = None, synthetic: bool = False
) -> Household:
    """The household behind a door of a community, grid or micro-grid, with these members from that day on; idempotent."""
    if not may_register(by):
        raise Denied(_("Only those who may appoint can register households."))
    with command("people.form_household", by=by), as_actor(SYSTEM):
        household, _made = Household.objects.get_or_create(place_id=place, door=door, defaults={"synthetic": synthetic})
        there = set(household.members.filter(until__isnull=True).values_list("person_id", flat=True))
        HouseholdMember.objects.bulk_create(
            HouseholdMember(household=household, person_id=person, since=since or today())
            for person in members
            if person not in there
        )
    return household
