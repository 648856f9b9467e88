"""Loads a city's real tree and draws synthetic grids where there are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Invalid, Problem
from shanzhi.foundation.journal.services import append, command

from . import divisions, permissions, revision, store, synthetic, versions
from .facts import CityImported
from .levels import Level
from .models import Place

LIMITS = {"grids": (1, 99), "microgrids": (1, 20)}


def import_city(
    *,
    name: str,
    by: Actor,
    grids: int | None = None,
    microgrids: int | None = None,
    on: date | None = None,
    progress: Callable[[str], Any] = lambda _: None,
    report: Callable[[Problem], Any] = lambda _: None,
) -> Place:
    """Bring in the whole tree of a city by name (玉溪) or code (5304); answers the city's place.

    Places that are there keep their ids, and a new official name becomes a new dated version. Grids are drawn (about `grids`
    a community, `microgrids` a grid) only where the city has none: its own are never touched. Invalid for an unknown city,
    with near matches; NotFound where the source packages are missing.
    """
    permissions.check_keeper(by)
    code, _name = divisions.choose(name)
    city = divisions.read(code)
    progress(_("%(city)s: %(count)d real divisions read") % {"city": city.name, "count": len(city.divisions)})
    with command("places.import-city", by=by):
        revision.lock()
        known = _known(city)
        on = on or today()
        renamed = _rename(city, known, on)
        fresh = [each for each in city.divisions if each.code not in known]
        drafts = [store.Draft(each.level, each.code, each.name, each.parent) for each in fresh]
        drawn = None
        if not Place.objects.filter(until=None, level=Level.GRID, path__startswith=f"{code[:2]}/{code}/").exists():
            drawn = _draw(city, grids, microgrids, report)
            counts = {"grids": len(drawn.grids), "microgrids": len(drawn.microgrids)}
            progress(_("%(grids)d grids and %(microgrids)d micro-grids drawn (synthetic)") % counts)
        made = store.create([*drafts, *(drawn.grids + drawn.microgrids if drawn else [])], on=on, known=known)
        ids = {code: id for code, (id, _path) in known.items()} | made
        if drawn:
            store.replace_boundaries([(ids[code], shape) for code, shape in drawn.boundaries.items()])
        place = Place.objects.get(id=ids[code])
        if made or renamed:
            revision.bump()
            grids_made, micro_made = (len(drawn.grids), len(drawn.microgrids)) if drawn else (0, 0)
            fact = CityImported(
                city=place.id,
                created=len(made),
                renamed=renamed,
                grids=grids_made,
                microgrids=micro_made,
                synthetic=bool(drawn),
            )
            append(fact, about=place.id, place=place.id, by=by)
    progress(_("%(made)d places written, %(renamed)d renamed") % {"made": len(made), "renamed": renamed})
    return place


def _known(city: divisions.City) -> dict:
    """code → (id, path) of divisions that are there already."""
    rows = Place.objects.filter(until=None, code__in=[each.code for each in city.divisions])
    return {place.code: (place.id, place.path) for place in rows.only("id", "code", "path")}


def _rename(city: divisions.City, known: dict, on: date) -> int:
    """Official names that changed: a new version from `on`."""
    official = {each.code: each.name for each in city.divisions if each.code in known}
    changed = [
        place for place in Place.objects.filter(until=None, code__in=official) if place.name != official[place.code]
    ]
    for place in changed:
        place.name = official[place.code]
    if changed:
        versions.check_order([place.id for place in changed], on)
        Place.objects.bulk_update(changed, ["name"], batch_size=500)
        versions.record([place.id for place in changed], on)
    return len(changed)


def _draw(city, grids: int | None, microgrids: int | None, report) -> synthetic.Drawn:
    return synthetic.draw(
        city,
        grids=_average("grids", grids, "SHANZHI_GRIDS_PER_COMMUNITY", 3),
        microgrids=_average("microgrids", microgrids, "SHANZHI_MICROGRIDS_PER_GRID", 4),
        report=report,
    )


def _average(field: str, wanted: int | None, setting: str, usual: int) -> int:
    value = int(getattr(settings, setting, usual)) if wanted is None else wanted
    low, high = LIMITS[field]
    if not low <= value <= high:
        text = _("%(value)d is not possible here; choose a number from %(low)d to %(high)d.")
        raise Invalid({field: [text % {"value": value, "low": low, "high": high}]})
    return value
