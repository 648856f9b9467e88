"""Keeps the dated versions in step with places, set-based: one statement for a subtree of any size."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid

from .models import PlaceVersion

CHANGED = "(v.code, v.name, v.path, v.parent_id) IS DISTINCT FROM (p.code, p.name, p.path, p.parent_id)"
OPEN = "v.place_id = p.id AND v.valid_until IS NULL AND p.id = ANY(%(ids)s)"

# A change on the day that the version began corrects it: the earlier state never held for a whole day.
STATEMENTS = (
    f"UPDATE places_placeversion v SET code = p.code, name = p.name, path = p.path, parent_id = p.parent_id "  # noqa: S608
    f"FROM places_place p WHERE {OPEN} AND p.until IS NULL AND v.valid_from = %(on)s AND {CHANGED}",
    f"UPDATE places_placeversion v SET valid_until = %(on)s FROM places_place p "  # noqa: S608
    f"WHERE {OPEN} AND (p.until IS NOT NULL OR {CHANGED})",
    "INSERT INTO places_placeversion (place_id, code, name, path, parent_id, valid_from) "
    "SELECT p.id, p.code, p.name, p.path, p.parent_id, %(on)s FROM places_place p "
    "WHERE p.id = ANY(%(ids)s) AND p.until IS NULL "
    "AND NOT EXISTS (SELECT FROM places_placeversion v WHERE v.place_id = p.id AND v.valid_until IS NULL)",
)


def record(ids: Iterable[UUID], on: date) -> None:
    """After the places were changed: close versions that no longer say what they say, and open new ones, from `on`."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, {"ids": list(ids), "on": on})


def check_order(ids: Iterable[UUID], on: date) -> None:
    """Invalid if something that changed later is already recorded: history is written forwards."""
    last = PlaceVersion.objects.filter(place__in=list(ids)).aggregate(last=Max("valid_from"))["last"]
    if last is not None and on < last:
        text = _("These places have changed on %(last)s already; choose that day or a later one.") % {"last": last}
        raise Invalid({"on": [text]})
