"""A local plane in metres. Linear in degrees, so that edges shared before stay shared after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

METRES_PER_DEGREE = 111_320.0
DIGITS = 6  # of a degree when written: about a tenth of a metre


@dataclass(frozen=True, slots=True)
class Plane:
    lon: float
    lat: float

    @classmethod
    def around(cls, geometries: list[shapely.Geometry]) -> Plane:
        west, south, east, north = shapely.total_bounds(geometries)
        return cls((west + east) / 2, (south + north) / 2)

    @property
    def scale(self) -> np.ndarray:
        return np.array([METRES_PER_DEGREE * np.cos(np.radians(self.lat)), METRES_PER_DEGREE])

    def metres(self, geometries):
        """Degrees → metres, for one geometry or an array of them."""
        return shapely.transform(geometries, lambda xy: (xy - (self.lon, self.lat)) * self.scale)

    def degrees(self, geometries):
        """Metres → degrees, rounded to what is stored."""
        return shapely.transform(geometries, lambda xy: np.round(xy / self.scale + (self.lon, self.lat), DIGITS))
