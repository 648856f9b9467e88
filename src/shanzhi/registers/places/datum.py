"""WGS-84 ↔ GCJ-02, the datum of phones and maps sold in China. Works on numbers and on NumPy arrays alike.

GCJ-02 shifts positions by up to some 700 metres with a formula that became publicly known; it has no closed inverse.
Outside mainland China's bounding box nothing is shifted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Invalid

AXIS = 6378245.0  # Krasovsky 1940, metres
ECCENTRICITY = 0.00669342162296594323  # squared
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
DATUMS = ("wgs84", "gcj02")
PRECISION = 1e-9  # degrees, about a tenth of a millimetre
ROUNDS = 30


def to_gcj02(lon: Any, lat: Any) -> tuple[Any, Any]:
    """WGS-84 degrees → GCJ-02 degrees."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    east, north = _shift(x, y)
    return _like(lon, x + east), _like(lat, y + north)


def to_wgs84(lon: Any, lat: Any) -> tuple[Any, Any]:
    """GCJ-02 degrees → WGS-84 degrees, to better than 1e-7°, by fixed-point iteration."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    guess_x, guess_y = x, y
    for _round in range(ROUNDS):
        east, north = _shift(guess_x, guess_y)
        next_x, next_y = x - east, y - north
        moved = max(np.max(np.abs(next_x - guess_x), initial=0), np.max(np.abs(next_y - guess_y), initial=0))
        guess_x, guess_y = next_x, next_y
        if moved < PRECISION:
            break
    return _like(lon, guess_x), _like(lat, guess_y)


def from_datum(lon: Any, lat: Any, datum: str) -> tuple[Any, Any]:
    """Degrees of the named datum → WGS-84."""
    return to_wgs84(lon, lat) if checked(datum) == "gcj02" else (lon, lat)


def in_datum(lon: Any, lat: Any, datum: str) -> tuple[Any, Any]:
    """WGS-84 degrees → those of the named datum."""
    return to_gcj02(lon, lat) if checked(datum) == "gcj02" else (lon, lat)


def checked(datum: str) -> str:
    """The datum's key. Invalid if it is not one we know: a wrong guess would move everything by half a kilometre."""
    key = datum.strip().lower().replace("-", "").replace("_", "")
    if key not in DATUMS:
        text = _("%(datum)s is not a datum we know; use wgs84 or gcj02.") % {"datum": datum}
        raise Invalid({"datum": [text]})
    return key


def _shift(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north = north + (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east = east + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    radians = lat / 180.0 * np.pi
    magic = 1.0 - ECCENTRICITY * np.sin(radians) ** 2
    north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (magic * np.sqrt(magic)) * np.pi)
    east = east * 180.0 / (AXIS / np.sqrt(magic) * np.cos(radians) * np.pi)
    inside = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    return np.where(inside, east, 0.0), np.where(inside, north, 0.0)


def _like(given: Any, value: np.ndarray) -> Any:
    return float(value) if np.ndim(given) == 0 else value
