"""Changing the calendar: local days and opening hours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import append, command

from . import book
from .facts import DaySet, HoursSet
from .hours import Spans, check_spans
from .models import CalendarDay, OpeningHours

__all__ = ["clear_day", "clear_hours", "set_day", "set_hours"]


def set_day(
    *, day: date, works: bool, reason: str, by: Actor, place: UUID | None = None, place_path: str = "",
    unit: UUID | None = None, keepers: Collection[str] = (), key: str | UUID | None = None,
) -> UUID:  # fmt: skip
    """Say that a day is (not) worked: for a place and all below it, for a unit, or for everyone. Setting again replaces.

    `place_path` is the path of `place`, or of the unit's place: the keeper's post must cover it. `keepers`: the roles that the
    place's text entrusts with its calendar. Everyone's days are set by the system alone.
    """
    if place and unit:
        raise Invalid({"unit": [_("Choose either a place or a unit, not both.")]})
    if not reason.strip() or len(reason) > 200:
        raise Invalid({"reason": [_("Give a reason of at most 200 characters: people will ask why the day differs.")]})
    _may_keep(by, place, unit, place_path, keepers)
    body = {
        "day": day.isoformat(),
        "works": works,
        "place": str(place or ""),
        "unit": str(unit or ""),
        "reason": reason,
    }
    with command("calendar.set-day", by=by, key=key, body=body) as run:
        if not run.replayed:
            CalendarDay.objects.bulk_create(
                [CalendarDay(id=new_id(), day=day, works=works, place=place, unit=unit, reason=reason.strip())],
                ignore_conflicts=True,
            )
            row = CalendarDay.objects.select_for_update().get(day=day, place=place, unit=unit)
            row.works, row.reason = works, reason.strip()
            row.save(update_fields=["works", "reason"])
            append(DaySet(day=day, works=works, place=place, unit=unit), about=row.id, by=by, place=place)
            run.result["id"] = str(row.id)
            book.forget()
    return UUID(run.result["id"])


def clear_day(
    *, id: UUID, by: Actor, place_path: str = "", keepers: Collection[str] = (), key: str | UUID | None = None
) -> None:
    """Take an exception back: the national calendar holds again. `place_path`, `keepers` as for `set_day`."""
    with command("calendar.clear-day", by=by, key=key, body={"id": str(id)}) as run:
        if run.replayed:
            return
        row = CalendarDay.objects.select_for_update().filter(id=id).first()
        if row is None:
            raise NotFound(_("This exception is no longer in the calendar."))
        _may_keep(by, row.place, row.unit, place_path, keepers)
        append(DaySet(day=row.day, works=None, place=row.place, unit=row.unit), about=row.id, by=by, place=row.place)
        row.delete()
        book.forget()


def set_hours(
    *, unit: UUID | None, since: date, spans: Spans, by: Actor, place_path: str = "", keepers: Collection[str] = (),
    key: str | UUID | None = None,
) -> UUID:  # fmt: skip
    """Opening hours of a unit from a date on (unit None: of every unit without its own). Setting again replaces.

    `spans` are minutes of the day, see `clock.parse_spans`; `place_path` is that of the unit's place, `keepers` as for `set_day`.
    """
    try:
        check_spans(spans)
    except ValueError:
        raise Invalid(
            {"spans": [_("Write opening hours from early to late, without overlap, between 00:00 and 24:00.")]}
        ) from None
    _may_keep(by, None, unit, place_path, keepers)
    stored = [[begin, end] for begin, end in spans]
    body = {"unit": str(unit or ""), "since": since.isoformat(), "spans": stored}
    with command("calendar.set-hours", by=by, key=key, body=body) as run:
        if not run.replayed:
            OpeningHours.objects.bulk_create(
                [OpeningHours(id=new_id(), unit=unit, since=since, spans=stored)], ignore_conflicts=True
            )
            row = OpeningHours.objects.select_for_update().get(unit=unit, since=since)
            row.spans = stored
            row.save(update_fields=["spans"])
            append(HoursSet(unit=unit, since=since, spans=stored), about=row.id, by=by)
            run.result["id"] = str(row.id)
            book.forget()
    return UUID(run.result["id"])


def clear_hours(
    *, id: UUID, by: Actor, place_path: str = "", keepers: Collection[str] = (), key: str | UUID | None = None
) -> None:
    """Take a change of hours back: what held before it goes on. `place_path`, `keepers` as for `set_hours`."""
    with command("calendar.clear-hours", by=by, key=key, body={"id": str(id)}) as run:
        if run.replayed:
            return
        row = OpeningHours.objects.select_for_update().filter(id=id).first()
        if row is None:
            raise NotFound(_("These opening hours are no longer in the calendar."))
        _may_keep(by, None, row.unit, place_path, keepers)
        append(HoursSet(unit=row.unit, since=row.since, spans=[]), about=row.id, by=by)
        row.delete()
        book.forget()


def _may_keep(by: Actor, place: UUID | None, unit: UUID | None, place_path: str, keepers: Collection[str]) -> None:
    if by.system:
        return
    if unit is not None and any(post.unit == unit for post in by.posts_as(*keepers)):
        return
    if (place or unit) and place_path and by.covers(place_path, *keepers):
        return
    raise Denied(
        _("Only the calendar keeper of this place or unit can change its days and hours."),
        advice=_("Ask the keeper, or have the post given to you."),
    )
