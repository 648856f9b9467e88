"""Reads of reporting: where am I, what could it be, is it known already, how does it stand."""

from .known import Neighbour, known_already
from .placing import Spot, spot_at, spot_of_code
from .suggestions import Shelf, categories_at, suggest
from .tracking import Tracked, followed, my_reports

__all__ = [
    "Neighbour", "Shelf", "Spot", "Tracked", "categories_at", "followed", "known_already", "my_reports", "spot_at",
    "spot_of_code", "suggest",
]  # fmt: skip
