"""Closing a unit: on a day, for good, with or without one that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import Entry, append_many, command
from shanzhi.registers.people.facts import PostEnded, UnitChanged, UnitClosed
from shanzhi.registers.people.models import Closure, Post, Unit
from shanzhi.registers.people.permissions import may_appoint

from .remaining import somebody_remains


@dataclass(frozen=True, slots=True)
class Closed:
    """`done` is False while the day lies ahead; then no post has ended yet."""

    unit: Unit
    on: date
    successor: UUID | None
    posts: tuple[UUID, ...]  # ended by this
    done: bool


def close_unit(*, unit: UUID, by: Actor, successor: UUID | None = None, on: date | None = None) -> Closed:
    """`on` is the first day that the unit no longer is: today closes it at once, a later day plans it (see `keep_unit`).

    When it closes, facts `unit.closed` and, for each post in it, `post.ended`; units below it go to the successor, else to
    its parent. What it holds of cases is handed over by whoever reads these facts. Raises Denied, Conflict if it closed
    already, Invalid for a day in the past or a successor that is itself closing or does not cover the unit's place.
    """
    day = on or today()
    with command("people.close_unit", by=by):
        row = locked(unit)
        if not may_appoint(by, row.place.path):
            raise Denied(_("You may close units only in the place that your own post covers."))
        if row.closed_on is not None and row.closed_on <= today():
            raise Conflict(_("This unit has already closed."), code="unit-closed")
        if day < today():
            raise Invalid({"on": [_("A unit closes today or on a later day.")]})
        _check_successor(row, successor, day)
        somebody_remains(list(Post.objects.filter(Q(until__isnull=True) | Q(until__gt=day), unit=row)), by)
        values = {
            "successor_id": successor, "on": day, "person_id": by.person, "post_id": by.post.id if by.post else None,
            "decided_at": now(), "done_at": None,
        }  # fmt: skip
        closure, _made = Closure.objects.update_or_create(unit=row, defaults=values)
        row.closed_on = day
        row.save(update_fields=["closed_on"])
        ended = _carry_out(closure, row, by) if day <= today() else ()
    return Closed(row, day, successor, ended, day <= today())


def keep_unit(*, unit: UUID, by: Actor) -> Unit:
    """Take back a closing whose day lies ahead."""
    with command("people.keep_unit", by=by):
        row = locked(unit)
        if not may_appoint(by, row.place.path):
            raise Denied(_("You may close units only in the place that your own post covers."))
        if not Closure.objects.filter(unit=row, done_at__isnull=True).delete()[0]:
            raise Conflict(_("This unit has already closed, or nobody planned to close it."), code="unit-closed")
        row.closed_on = None
        row.save(update_fields=["closed_on"])
    return row


def close_due() -> int:
    """Carry out closings whose day has come; each in its own transaction. Returns how many."""
    due = Closure.objects.filter(done_at__isnull=True, on__lte=today()).values_list("unit_id", flat=True)
    return sum(_close_planned(unit) for unit in list(due))


def _close_planned(unit: UUID) -> bool:
    with command("people.close_planned", by=SYSTEM):
        row = locked(unit)
        closure = Closure.objects.filter(unit=row, done_at__isnull=True, on__lte=today()).first()
        if closure is None:
            return False
        _carry_out(closure, row, SYSTEM)
    return True


def locked(unit: UUID) -> Unit:
    row = Unit.objects.select_for_update(of=("self",)).select_related("place").filter(id=unit).first()
    if row is None:
        raise NotFound(_("There is no such unit."))
    return row


def _check_successor(row: Unit, successor: UUID | None, day: date) -> None:
    if successor is None:
        return
    other = Unit.objects.select_related("place").filter(id=successor).first()
    if other is None or other.id == row.id or (other.closed_on is not None and other.closed_on <= day):
        raise Invalid({"successor": [_("Name another unit that stays open.")]})
    if not row.place.path.startswith(other.place.path):
        raise Invalid({"successor": [_("The unit that follows must cover the place of the one that closes.")]})


def _above(closure: Closure, row: Unit) -> UUID | None:
    """Where the units below go. Never to one that hangs below them itself: that would be a ring."""
    at = closure.successor
    while at is not None and at.id != row.id:
        at = at.parent
    return row.parent_id if at is not None else closure.successor_id or row.parent_id


def _carry_out(closure: Closure, row: Unit, by: Actor) -> tuple[UUID, ...]:
    heir = _above(closure, row)
    standing = Post.objects.select_for_update().filter(Q(until__isnull=True) | Q(until__gt=closure.on), unit=row)
    posts = list(standing.order_by("since", "id"))
    below = list(Unit.objects.select_for_update(of=("self",)).filter(parent=row))
    Post.objects.filter(id__in=[post.id for post in posts]).update(until=Greatest("since", closure.on))
    Unit.objects.filter(id__in=[unit.id for unit in below]).update(parent=heir)
    closure.done_at = now()
    closure.save(update_fields=["done_at"])
    facts = [
        Entry(
            UnitClosed(unit=row.id, key=row.key, successor=closure.successor_id, parent=row.parent_id),
            row.id,
            row.place_id,
        )
    ]
    facts += [Entry(UnitChanged(unit=unit.id, key=unit.key), unit.id, unit.place_id) for unit in below]
    facts += [
        Entry(PostEnded(post=post.id, person=post.person_id, unit=row.id, role=post.role), post.id, post.place_id)
        for post in posts
    ]
    append_many(facts, by=by)
    return tuple(post.id for post in posts)
