"""What people write, put together from our own sentences in sayings/*.yaml; for unknown categories from their titles."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from shanzhi.registers.places import queries as places

from .dice import one_of

FOLDER = Path(__file__).parent / "sayings"
LANDMARK, ENDING = 0.75, 0.45


@cache
def sayings() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        found |= YAML(typ="safe").load(file)
    return found


def report_words(item: Any, grid: Any, by: Random) -> tuple[str, str]:
    """(words, spot) of a report of this category (an item of the catalogue) in a grid."""
    said = sayings()
    where = one_of(by, said["near"]).format(landmark=grid.landmark or places.display_name(grid))
    options = said["reports"].get(item.key)
    if options:
        words = one_of(by, options)
    else:
        words = one_of(by, said["unknown"]).format(title=item.title["zh-hans"], hint=one_of(by, item.words or (item.title["zh-hans"],)))
    if "{spot}" in words:
        words = words.format(spot=where)
    elif by.random() < LANDMARK:
        words = f"{where}，{words}"
    if by.random() < ENDING:
        words = f"{words.rstrip('。！')}。{one_of(by, said['endings'])}"
    return words, where


def deed_words(offer: Any, field: Any, matter: Any, by: Random, *, pleased: bool = True) -> str:
    """A text field of an action: by action and field, by effect, by category, else something that always fits."""
    deeds, own = sayings()["deeds"], sayings()["results"]
    if offer.effect == "rate":
        return one_of(by, deeds["pleased" if pleased else "displeased"])
    if offer.part == "handle" and matter.row.category in own and by.random() < 0.8:
        return one_of(by, own[matter.row.category])
    for name in (f"{offer.action}.{field.field}", offer.action, offer.effect, field.field):
        if name in deeds:
            return one_of(by, deeds[name])
    return one_of(by, deeds["other"])
