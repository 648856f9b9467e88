"""Reads of mediation: where a dispute stands on the ladder, and which papers it has."""

from .ladder import Ladder, Rung, Try, Word, is_dispute, ladder_of
from .papers import Paper, papers_of

__all__ = ["Ladder", "Paper", "Rung", "Try", "Word", "is_dispute", "ladder_of", "papers_of"]
