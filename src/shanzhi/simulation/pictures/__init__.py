"""Drawn photographs for the synthetic city: the same seed draws the same picture. Pages mark their cases as synthetic."""

from .paint import SCENES, draw

__all__ = ["SCENES", "draw"]
