"""The pool of drawn photographs: each drawn and taken in once, sent by many."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.evidence import services as evidence

from .models import Picture
from .pictures import draw

SEEDS = 8
PAPER = "paper"  # what shows a result where there is nothing to photograph
SCENES = {
    "manhole-cover": "manhole", "road-damage": "pothole", "street-light": "lamp", "rubbish": "rubbish", "fallen-tree": "tree",
    "water-leak": "leak", "fire-passage": "blocked", "illegal-building": "wall", "safety-hazard": "wall",
}  # fmt: skip


class Upload(BytesIO):
    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.size: int | None = len(content)


class Pool:
    """`seeds`: how many spots each scene has; few where the first page must be up soon."""

    def __init__(self, seeds: int = SEEDS) -> None:
        self.seeds = seeds
        self._kept: dict[tuple[str, int, bool], str] = {
            (one.scene, one.seed, one.mended): one.sha256 for one in Picture.objects.all()
        }

    def take(self, category: str, number: int, by: Actor, *, mended: bool = False) -> UUID:
        """A photograph that `by` has just sent: of the trouble, or of the same spot when mended."""
        picture = (SCENES.get(category, PAPER), number % self.seeds, mended)
        if picture not in self._kept:  # drawn beside this process meanwhile?
            drawn = Picture.objects.filter(scene=picture[0], seed=picture[1], mended=picture[2]).first()
            if drawn is not None:
                self._kept[picture] = drawn.sha256
        if picture in self._kept:
            again = evidence.keep_again(sha256=self._kept[picture], by=by)
            if again is not None:
                return again
        scene, seed, _mended = picture
        upload: Any = Upload(draw(scene, seed=seed, mended=mended))
        file = evidence.keep(upload=upload, by=by)
        self._kept[picture] = file.sha256
        Picture.objects.update_or_create(scene=scene, seed=seed, mended=mended, defaults={"sha256": file.sha256})
        return file.id
