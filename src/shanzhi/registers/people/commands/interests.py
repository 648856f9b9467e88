"""Conflicts of interest that people declare themselves."""

from __future__ import annotations

from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.people.facts import ConflictDeclared
from shanzhi.registers.people.models import Interest


class Nearness(TextChoices):
    FAMILY = "family", _("Family")
    BUSINESS = "business", _("Business")
    FRIENDSHIP = "friendship", _("Friendship")
    DISPUTE = "dispute", _("A dispute")
    OTHER = "other", _("Something else")


def declare_conflict(*, by: Actor, kind: str, person: UUID | None = None, unit: UUID | None = None) -> Interest:
    """I am too near this person or this unit. From now on the system keeps me from handling their cases."""
    if by.person is None:
        raise Denied(_("Sign in to declare a conflict of interest."))
    if kind not in Nearness.values:
        raise Invalid({"kind": [_("Choose what connects you.")]})
    if (person is None) == (unit is None):
        raise Invalid({"unit": [_("Name one person or one unit.")]})
    if person == by.person:
        raise Invalid({"person": [_("That is yourself: you are excluded from your own matters anyway.")]})
    with command("people.declare_conflict", by=by):
        standing = Interest.objects.filter(person=by.person, other=person, unit=unit, ended_at__isnull=True)
        found = standing.first()
        if found:
            return found
        interest = Interest.objects.create(person_id=by.person, other_id=person, unit_id=unit, kind=kind)
        append(ConflictDeclared(interest=interest.id, person=by.person), about=interest.id, by=by)
    return interest


def end_conflict(*, interest: UUID, by: Actor) -> Interest:
    with command("people.end_conflict", by=by):
        found = Interest.objects.filter(id=interest, person=by.person, ended_at__isnull=True).first()
        if found is None:
            raise NotFound(_("There is no such declaration."))
        found.ended_at = now()
        found.save(update_fields=["ended_at"])
    return found
