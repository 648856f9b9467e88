"""A place gets another official code."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.journal.services import append
from shanzhi.registers.places import versions
from shanzhi.registers.places.facts import Recoded
from shanzhi.registers.places.models import Lineage, Place

from .common import change, checked_code, checked_day, current

# Codes of the tree begin with the code above them, so one expression rewrites the code, and another every step of the path.
STATEMENT = (
    "UPDATE places_place SET "
    "code = CASE WHEN starts_with(code, %(old)s) THEN %(new)s || substr(code, length(%(old)s) + 1) ELSE code END, "
    "path = regexp_replace(path, '(^|/)' || %(old)s, '\\1' || %(new)s, 'g') "
    "WHERE until IS NULL AND starts_with(path, %(path)s)"
)
ALONE = (
    "UPDATE places_place SET code = CASE WHEN code = %(old)s THEN %(new)s ELSE code END, "
    "path = regexp_replace(path, '(^|/)' || %(old)s || '/', '\\1' || %(new)s || '/') "
    "WHERE until IS NULL AND starts_with(path, %(path)s)"
)


def recode(
    *, place: UUID, code: str, by: Actor, on: date | None = None, below: bool = True, key: str | UUID | None = None
) -> Place:
    """Give a place a new code, and with `below` also every place below whose code begins with the old one.

    The old codes are still found for days before `on` (today). Denied, NotFound, Invalid(code | on), Conflict if a code
    below is taken.
    """
    with change("recode", by=by, key=key, body={"place": place, "code": code, "on": on, "below": below}) as run:
        if run.replayed:
            return Place.objects.get(id=place)
        [coded] = current([place], by, "place")
        on, old = checked_day(on), coded.code
        new = checked_code(code)
        ids = list(Place.objects.filter(until=None, path__startswith=coded.path).values_list("id", flat=True))
        versions.check_order(ids, on)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(STATEMENT if below else ALONE, {"old": old, "new": new, "path": coded.path})
                versions.record(ids, on)
        except IntegrityError as error:
            raise Conflict(_("A code below %(code)s is taken by another place.") % {"code": new}) from error
        Lineage.objects.create(old=coded, new=coded, old_code=old, new_code=new, on=on, kind=Lineage.Kind.RECODE)
        fact = Recoded(place=coded.id, code_before=old, code=new, below=len(ids) - 1, on=on)
        append(fact, about=coded.id, place=coded.id, by=by)
        run.result["place"] = str(coded.id)
    coded.refresh_from_db()
    return coded
