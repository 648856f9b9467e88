"""Reads of reporting: where am I, what could it be, is it known already, how does it stand."""

from .kinds import Kind, kinds_at
from .known import Neighbour, known_already
from .placing import Spot, spot_at, spot_of_code
from .subject import Subject, settled, subject_of
from .suggestions import Shelf, categories_at, suggest
from .tally import Figures, figures
from .tracking import Tracked, followed, my_reports

__all__ = [
    "Figures", "Kind", "Neighbour", "Shelf", "Spot", "Subject", "Tracked", "categories_at", "figures", "followed", "kinds_at", "known_already", "my_reports", "settled",
    "spot_at", "spot_of_code", "subject_of", "suggest",
]  # fmt: skip
