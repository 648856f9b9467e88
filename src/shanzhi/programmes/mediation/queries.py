"""Reads of mediation: where a dispute stands on the ladder, and which papers it has."""

from .ladder import Ladder, Rung, Try, Word, astray_in, is_dispute, ladder_of
from .papers import Paper, papers_of
from .taking import kinds_of, takes_down

__all__ = [
    "Ladder",
    "Paper",
    "Rung",
    "Try",
    "Word",
    "astray_in",
    "is_dispute",
    "kinds_of",
    "ladder_of",
    "papers_of",
    "takes_down",
]
