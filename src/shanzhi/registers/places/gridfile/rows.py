"""Reads a GeoJSON file into rows, and says of each row by itself what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from shanzhi.foundation.base.refusals import Problem
from shanzhi.registers.places import datum as datums
from shanzhi.registers.places.changes.common import CODE
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.tiling.plane import DIGITS

NAMES = {
    "code": ("code", "网格编码", "微网格编码", "编码"),
    "name": ("name", "网格名称", "微网格名称", "名称"),
    "parent": ("parent", "community", "grid", "社区编码", "村居编码", "所属网格"),
    "landmark": ("landmark", "标志物"),
}
LARGEST = 200 * 1024 * 1024  # bytes of a file


@dataclass(slots=True)
class Row:
    number: int  # 1 for the first feature of the file
    code: str
    name: str
    parent: str
    landmark: str
    synthetic: bool
    polygon: shapely.Geometry | None

    @property
    def where(self) -> str:
        return _("row %(number)d (%(code)s)") % {"number": self.number, "code": self.code or "–"}


@dataclass(slots=True)
class Sheet:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(source: Mapping[str, Any] | bytes | str | Path, level: Level, datum: str) -> Sheet:
    """Rows from GeoJSON (parsed, bytes, or a path), in WGS-84, with the problems that each has by itself."""
    sheet = Sheet()
    try:
        features = list(_features(source))
    except (ValueError, OSError, RecursionError) as error:
        text = _("This is not a GeoJSON FeatureCollection: %(why)s") % {"why": error}
        sheet.problems.append(Problem(_("file"), text, _("Export the layer as GeoJSON (RFC 7946), UTF-8.")))
        return sheet
    if not features:
        sheet.problems.append(Problem(_("file"), _("There are no features in the file.")))
    for number, feature in enumerate(features, start=1):
        row = _row(number, feature, level)
        sheet.rows.append(row)
        sheet.problems += _own_problems(row, feature, datum)
    sheet.problems += _duplicates(sheet.rows)
    return sheet


def _features(source: Mapping[str, Any] | bytes | str | Path) -> Iterator[Mapping[str, Any]]:
    if isinstance(source, str | Path):
        path = Path(source)
        if path.stat().st_size > LARGEST:
            raise ValueError(_("the file is larger than 200 MB"))
        source = path.read_bytes()
    if isinstance(source, bytes):
        source = json.loads(source.decode("utf-8-sig"))
    if not isinstance(source, Mapping) or source.get("type") != "FeatureCollection":
        raise ValueError(_("“type” is not FeatureCollection"))
    features = source.get("features")
    if not isinstance(features, list):
        raise ValueError(_("“features” is not a list"))
    for feature in features:
        yield feature if isinstance(feature, Mapping) else {}


def _row(number: int, feature: Mapping[str, Any], level: Level) -> Row:
    given = feature.get("properties")
    given = given if isinstance(given, Mapping) else {}

    def text(name: str) -> str:
        found = next((given[key] for key in NAMES[name] if given.get(key) not in (None, "")), "")
        return " ".join(str(found).split())

    code = text("code")
    above = level.above or level
    parent = text("parent") or code[: above.code_length]
    return Row(number, code, text("name"), parent, text("landmark"), given.get("synthetic") is True, None)


def _own_problems(row: Row, feature: Mapping[str, Any], datum: str) -> Iterator[Problem]:
    if not CODE.fullmatch(row.code):
        yield Problem(row.where, _("The code is missing or malformed."), _("Use digits and letters, at most 32."))
    if not 0 < len(row.name) <= 120 or len(row.landmark) > 120:
        yield Problem(row.where, _("The name is missing, or a text is longer than 120 characters."))
    try:
        polygon = shape(feature.get("geometry"))
        points = shapely.get_coordinates(polygon)
    except Exception:  # noqa: BLE001 - shapely raises many kinds for malformed geometry; all mean the same to the reader
        polygon, points = None, np.empty((0, 2))
    if polygon is None or polygon.geom_type not in ("Polygon", "MultiPolygon") or not len(points):
        yield Problem(row.where, _("The geometry is missing or is not a polygon."))
    elif not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        yield Problem(
            row.where,
            _("The coordinates are not longitude and latitude in degrees."),
            _("Save the layer as EPSG:4326."),
        )
    elif not polygon.is_valid:
        why = shapely.is_valid_reason(polygon)
        advice = _("Repair it in your GIS (for example “Fix geometries” in QGIS) and save again.")
        yield Problem(row.where, _("The polygon is invalid: %(why)s") % {"why": why}, advice)
    else:
        stored = shapely.transform(shapely.force_2d(polygon), lambda xy: _stored(xy, datum))
        if stored.is_valid:
            row.polygon = stored
        else:
            yield Problem(
                row.where, _("Parts of the polygon are narrower than 10 cm."), _("Remove slivers and spikes.")
            )


def _stored(xy: np.ndarray, datum: str) -> np.ndarray:
    return np.round(np.column_stack(datums.from_datum(xy[:, 0], xy[:, 1], datum)), DIGITS)


def _duplicates(rows: list[Row]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in rows:
        if row.code and row.code in first:
            yield Problem(row.where, _("Row %(number)d has the same code.") % {"number": first[row.code].number})
        first.setdefault(row.code, row)
