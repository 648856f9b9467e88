"""Cases as points of a map, and the places under them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.registers.places import queries as places

from .view import title_of, tone_of

MOST = 500
CLOCK_TONES = {"over": "urgent", "warn": "warn"}
AROUND = 0.02  # degrees about a case, some two kilometres


def box_of(request: HttpRequest) -> tuple[float, float, float, float] | None:
    """?bbox=west,south,east,north; None if missing or odd."""
    try:
        west, south, east, north = (float(text) for text in request.GET.get("bbox", "").split(","))
    except ValueError:
        return None
    return (west, south, east, north) if west <= east and south <= north else None


def points_of(
    cases: Any, href: Any, box: tuple[float, float, float, float] | None = None, by: Actor | None = None
) -> dict[str, Any]:
    """A FeatureCollection of at most MOST cases (`cases`: a queryset of casework's), the most pressing first. `by`: as the rows of this
    actor's list, by the part of their unit where several units work.
    """
    if box:
        west, south, east, north = box
        cases = cases.filter(lon__range=(west, east), lat__range=(south, north))
    moment = now()
    found = list(cases[: MOST + 1])
    own = casework.own_hands(found[:MOST], by) if by else {}
    somewhere = places.positions({case.place_id for case in found if case.lon is None})
    features = []
    for case in found[:MOST]:
        at = (case.lon, case.lat) if case.lon is not None else somewhere.get(case.place_id)
        if at:
            part = own.get(case.id)
            late = part.late if part else casework.pressure(case, moment).late
            tone = CLOCK_TONES.get(late) or (part.tone if part else tone_of(case))
            features.append(_feature(case, at, href(case), tone))
    return {"type": "FeatureCollection", "features": features, "capped": len(found) > MOST}


def point_of(case: Any, by: Actor, href: Any) -> dict[str, Any]:
    """The same of one case, which the actor may open: as late as the part of it that presses."""
    found = casework.visible_cases(by).filter(id=case.id).select_related("place")
    return points_of(casework.with_part_due(found, now()), href)


def _feature(case: Any, at: tuple[float, float], href: str, tone: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(case.id),
        "properties": {"tone": tone, "title": f"{title_of(case)} · {case.number}", "href": href},
        "geometry": {"type": "Point", "coordinates": [round(at[0], 6), round(at[1], 6)]},
    }


def outlines_for(by: Actor, top: Any = None) -> dict[str, Any]:
    """The parts of what the actor's posts cover, one level down, as polygons."""
    shown: dict[Any, Any] = {}
    for place in [top] if top else places.places({post.place for post in by.posts}).values():
        parts = places.children(place.id)
        shown |= {one.id: one for one in (parts or [place])}
    return places.boundary_geojson(shown, zoom=12)


def outlines_around(place: Any) -> dict[str, Any]:
    """The place of a case, marked as its own, and its neighbours."""
    shown = places.boundary_geojson([place.id, *(one.id for one in places.neighbours(place.id))], zoom=16)
    for feature in shown["features"]:
        feature["properties"]["own"] = feature["id"] == str(place.id)
    return shown
