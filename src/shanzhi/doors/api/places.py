"""Places for pickers and maps. All of it is public: territory is nobody's secret."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

FOUND, LEVELS = 12, ("community", "grid", "street")
MAP_ZOOM, NEAR = 11, 0.012  # degrees around a point for which grids are drawn: somewhat over a kilometre


@require_safe
def search(request: ActorRequest) -> JsonResponse:
    """?q= → {"places": [{id, name, detail, lon, lat}]}: communities, grids and streets of that name, or with that landmark."""
    text = request.GET.get("q", "").strip()[:40]
    rows = [row for row in places.search(text, limit=FOUND * 3) if row.level in LEVELS][:FOUND] if text else []
    at = places.positions(row.id for row in rows)
    return JsonResponse({"places": [_place(row, at.get(row.id)) for row in rows]})


@require_safe
def here(request: ActorRequest) -> JsonResponse:
    """?lon=&lat= (WGS-84) → {"place": …|null, "nearest": …|null, "metres": n, "detail": words}.

    The grid there, else the nearest community; neither where that is more than 50 km away.
    """
    lon, lat = _degrees(request, "lon", 180), _degrees(request, "lat", 90)
    try:
        spot = reporting.spot_at(lon, lat)
    except Invalid as refusal:
        return JsonResponse({"place": None, "nearest": None, "metres": 0, "detail": str(refusal.message)})
    found = _place(spot.place)
    nearest = {"place": None, "nearest": found} if spot.outside else {"place": found, "nearest": None}
    return JsonResponse({**nearest, "metres": spot.metres, "detail": spot.sentence})


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
@cache_control(max_age=3600, private=True)
def outline(request: ActorRequest) -> JsonResponse:
    """GeoJSON of the city's streets and towns; with ?lon=&lat=, of the grids around that point."""
    if "lon" in request.GET:
        lon, lat = _degrees(request, "lon", 180), _degrees(request, "lat", 90)
        box = (lon - NEAR, lat - NEAR, lon + NEAR, lat + NEAR)
        shown = places.places_in_view("grid", box, limit=150) or places.places_in_view("community", box, limit=150)
        return JsonResponse(places.boundary_geojson(shown, zoom=MAP_ZOOM + 4))
    ids = [row.id for city in places.cities() for row in places.subtree(city, level="street")]
    return JsonResponse(places.boundary_geojson(ids, zoom=MAP_ZOOM))


def _degrees(request: ActorRequest, name: str, most: float) -> float:
    try:
        value = float(request.GET.get(name, ""))
    except ValueError:
        value = most + 1
    if not -most <= value <= most:  # also refuses NaN
        raise Invalid({name: [_("This is not a position: longitude up to 180, latitude up to 90 degrees.")]})
    return value


def _place(row: Any, at: tuple[float, float] | None = None) -> dict[str, Any]:
    separator = "" if (get_language() or "").startswith("zh") else " · "
    above = [
        places.display_name(one) for one in places.above(row)[1:] if one.level in ("county", "street", "community")
    ]
    detail = separator.join(reversed(above))
    if row.landmark:
        detail = " · ".join(part for part in (detail, row.landmark) if part)
    found = {
        "id": str(row.id),
        "name": places.marked(places.display_name(row), row),
        "detail": detail,
        "synthetic": row.synthetic,
    }
    return found | ({"lon": at[0], "lat": at[1]} if at else {})
