"""What every change of territory checks and does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.foundation.journal.services import Run, command
from shanzhi.registers.places import permissions, revision
from shanzhi.registers.places.models import Place

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


@contextmanager
def change(name: str, *, by: Actor, key: str | UUID | None, body: Mapping[str, Any]) -> Iterator[Run]:
    """A command on territory: one at a time, and processes reload after it. A retry with the same key changes nothing."""
    plain = {field: _plain(value) for field, value in body.items()}
    with command(f"places.{name}", by=by, key=key, body=plain) as run:
        if run.replayed:
            yield run
            return
        revision.lock()
        yield run
        revision.bump()


def current(ids: Iterable[UUID], by: Actor, field: str) -> list[Place]:
    """The places, in the order asked for, which must all exist today and be the actor's to change."""
    wanted = list(dict.fromkeys(ids))
    found = Place.objects.filter(until=None).in_bulk(wanted)
    if len(found) < len(wanted) or not wanted:
        raise NotFound(_("A place in “%(field)s” does not exist, or no longer does.") % {"field": field})
    places = [found[id] for id in wanted]
    permissions.check_keeper(by, *(place.path for place in places))
    return places


def checked_day(on: date | None) -> date:
    today = moment_today()
    if on is not None and on > today:
        raise Invalid({"on": [_("A change is recorded on the day that it takes effect or later, not in advance.")]})
    return on or today


def checked_code(code: str, *, freed: Iterable[UUID] = ()) -> str:
    """A well-formed code that no current place has, apart from places that give theirs up."""
    code = code.strip()
    if not CODE.fullmatch(code):
        text = _("“%(code)s” cannot be a code: use digits and letters, at most 32.") % {"code": code}
        raise Invalid({"code": [text]})
    holder = Place.objects.filter(until=None, code=code).exclude(id__in=list(freed)).first()
    if holder is not None:
        text = _("%(name)s already has the code %(code)s.") % {"name": holder.name, "code": code}
        raise Invalid({"code": [text]})
    return code


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise Invalid({"name": [_("Give a name of at most 120 characters.")]})
    return name


def rehang(moves: Mapping[UUID, tuple[str, UUID, str]]) -> list[UUID]:
    """Hang subtrees elsewhere, in one statement. place → (its path, new parent, that parent's path). Answers all ids moved."""
    roots = list(moves)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE places_place p SET "
            "path = m.above || m.code || '/' || substr(p.path, length(m.path) + 1), "
            "parent_id = CASE WHEN p.id = m.id THEN m.parent ELSE p.parent_id END "
            "FROM (SELECT m.*, r.code FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[]) m(id, path, parent, above) "
            "JOIN places_place r ON r.id = m.id) m "
            "WHERE p.until IS NULL AND starts_with(p.path, m.path) RETURNING p.id",
            [roots, [moves[id][0] for id in roots], [moves[id][1] for id in roots], [moves[id][2] for id in roots]],
        )
        return [row[0] for row in cursor.fetchall()]


def end(places: Iterable[Place], on: date) -> None:
    Place.objects.filter(id__in=[place.id for place in places]).update(until=on)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | str) or value is None else str(value)
