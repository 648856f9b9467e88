"""Draw a scene as a JPEG photograph."""

from __future__ import annotations

import random

from . import scenes
from .canvas import finish
from .paper import paper

SCENES = {
    "manhole": scenes.manhole,
    "pothole": scenes.pothole,
    "lamp": scenes.lamp,
    "rubbish": scenes.rubbish,
    "tree": scenes.tree,
    "leak": scenes.leak,
    "blocked": scenes.blocked,
    "wall": scenes.wall,
    "paper": paper,
}


def draw(scene: str, *, seed: int, mended: bool = False) -> bytes:
    """A JPEG of about 120 kB. Before and after share the seed, so that they show the same spot."""
    image = SCENES[scene](seed, random.Random(seed), mended)  # noqa: S311 - pictures, not secrets
    return finish(image, seed=seed + mended)
