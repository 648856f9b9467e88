"""Is the file in the datum that it is said to be in? The two differ by less than outlines are exact, so no other check sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.base.texts import listed
from shanzhi.registers.places import datum as datums
from shanzhi.registers.places import shapes

from .checks import Scope
from .rows import Row

CLEARLY = 0.6  # a shift that brings the misfit below this share of what it was is no coincidence
EXACT = 1e-5  # share of the area: a misfit below this needs no explanation


def check_datum(rows: list[Row], scope: Scope, datum: str) -> Iterator[Problem]:
    """A warning where shifting the grids as if the other datum had been meant makes them fit their outlines clearly better."""
    outlines = list(shapes.boundaries([root.id for root in scope.roots]).values())
    drawn = np.array([row.polygon for row in rows if row.polygon is not None], dtype=object)
    if not outlines or not len(drawn):
        return
    land, grids = shapely.union_all(outlines), shapely.union_all(drawn)
    misfit = grids.symmetric_difference(land).area
    if misfit < EXACT * land.area:
        return
    other = "gcj02" if datums.checked(datum) == "wgs84" else "wgs84"
    shift: Callable[..., Any] = datums.to_wgs84 if other == "gcj02" else datums.to_gcj02
    moved = shapely.transform(grids, lambda xy: np.column_stack(shift(xy[:, 0], xy[:, 1])))
    if not moved.is_valid or moved.symmetric_difference(land).area > CLEARLY * misfit:
        return
    text = _("The grids fit the borders of %(names)s clearly better if the file is in %(other)s.")
    names = listed(root.name for root in scope.roots[:3])
    advice = _("Check the datum. If it is right as it is, accept the warnings.")
    yield Problem(_("file"), text % {"names": names, "other": other}, advice, level="warning")
