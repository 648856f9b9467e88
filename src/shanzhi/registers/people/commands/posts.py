"""Appointing to posts and ending them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.people.facts import PostAppointed, PostEnded, PostKept
from shanzhi.registers.people.models import Post, Unit
from shanzhi.registers.people.permissions import covers_unit, may_appoint
from shanzhi.registers.people.roles import roles_at
from shanzhi.registers.places import queries as places

from .remaining import somebody_remains


def appoint(
    *, person: UUID, unit: UUID, role: str, place: UUID, by: Actor, since: date | None = None, until: date | None = None,
    synthetic: bool = False,
) -> Post:  # fmt: skip
    """Give a person a post from a day on (today). The same post, already held, is returned unchanged.

    Raises Denied; Invalid for a role that the playbook of the place does not have, a place outside the unit's, dates that
    end before they begin.
    """
    place_row = places.place(place)
    unit_row = Unit.objects.select_related("place").filter(id=unit).first()
    if unit_row is None:
        raise NotFound(_("There is no such unit."))
    if not (may_appoint(by, place_row.path) and covers_unit(by, unit_row)):
        raise Denied(_("You may appoint only in the place that your own post covers."))
    if by.person == person and not by.system:
        raise Denied(_("Nobody appoints themselves. Ask whoever appointed you."))
    since = since or today()
    _check(role, place, place_row.path, unit_row, since, until)
    with command("people.appoint", by=by):
        held = Post.objects.filter(
            person_id=person, unit_id=unit, role=role, place_id=place, until__isnull=True
        ).first()
        if held:
            return held
        post = Post.objects.create(
            person_id=person, unit_id=unit, role=role, place_id=place, since=since, until=until, synthetic=synthetic
        )
        fact = PostAppointed(post=post.id, person=person, unit=unit, role=role, place=place)
        append(fact, about=post.id, by=by, place=place)
    return post


def _check(role: str, place: UUID, path: str, unit: Unit, since: date, until: date | None) -> None:
    known = roles_at(place)
    if known and role not in known:
        raise Invalid({"role": [_("The playbook of this place has no such role.")]})
    if not path.startswith(unit.place.path):
        raise Invalid({"place": [_("This place lies outside the unit's own.")]})
    if unit.closed_on is not None and unit.closed_on <= (until or date.max):
        raise Invalid({"unit": [_("This unit closes or has closed. Choose another.")]})
    if until is not None and until < since:
        raise Invalid({"until": [_("The last day lies before the first.")]})


def end_post(*, post: UUID, by: Actor, on: date | None = None) -> Post:
    """`on` is the first day that no longer counts: today ends it at once, a later day plans it (see `keep_post`)."""
    with command("people.end_post", by=by):
        row = Post.objects.select_for_update().filter(id=post).first()
        if row is None:
            raise NotFound(_("There is no such post."))
        if not may_appoint(by, places.place(row.place_id).path) and by.person != row.person_id:
            raise Denied(_("You may end posts only in the place that your own post covers."))
        day = on or today()
        if row.until is not None and row.until <= today():
            raise Conflict(_("This post has already ended."))
        if day < row.since:
            raise Invalid({"on": [_("The post begins later than that.")]})
        somebody_remains([row], by)
        row.until = day
        row.save(update_fields=["until"])
        fact = PostEnded(post=row.id, person=row.person_id, unit=row.unit_id, role=row.role)
        append(fact, about=row.id, by=by, place=row.place_id)
    return row


def keep_post(*, post: UUID, by: Actor) -> Post:
    """Take back an end that lies ahead. Raises NotFound, Denied, Conflict."""
    with command("people.keep_post", by=by):
        row = Post.objects.select_for_update().filter(id=post).first()
        if row is None:
            raise NotFound(_("There is no such post."))
        if not may_appoint(by, places.place(row.place_id).path):
            raise Denied(_("You may appoint only in the place that your own post covers."))
        if row.until is None or row.until <= today():
            raise Conflict(_("This post has already ended, or nobody planned to end it."))
        row.until = None
        row.save(update_fields=["until"])
        fact = PostKept(post=row.id, person=row.person_id, unit=row.unit_id, role=row.role)
        append(fact, about=row.id, by=by, place=row.place_id)
    return row
