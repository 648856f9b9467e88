"""Merge, split, move, recode: what happens to territory. Ids of places that go on are kept; history is dated."""

from .merge import merge
from .move import move
from .recode import recode
from .split import Part, split

__all__ = ["Part", "merge", "move", "recode", "split"]
