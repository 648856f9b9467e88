"""The seven levels of territory, top down, and the length of the code at each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County or district")
    STREET = "street", _("Town or subdistrict")
    COMMUNITY = "community", _("Community or village")
    GRID = "grid", _("Grid")
    MICROGRID = "microgrid", _("Micro-grid")

    @property
    def rank(self) -> int:
        """0 for the province, 6 for the micro-grid."""
        return list(Level).index(self)

    @property
    def code_length(self) -> int:
        return CODE_LENGTH[self]

    @property
    def above(self) -> Level | None:
        return list(Level)[self.rank - 1] if self.rank else None

    @property
    def below(self) -> Level | None:
        levels = list(Level)
        return levels[self.rank + 1] if self.rank + 1 < len(levels) else None


# GB/T 2260 to the county, the statistics office's codes to the community; the grid takes three more digits.
CODE_LENGTH = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.GRID: 15,
    Level.MICROGRID: 17,
}
