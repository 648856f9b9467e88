"""What people write, put together from our own sentences in sayings/*.yaml; for unknown categories from their titles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from shanzhi.registers.places import queries as places

from .dice import one_of

FOLDER = Path(__file__).parent / "sayings"
LANDMARK, ENDING = 0.7, 0.4
PREPOSITIONS = "从在"
SECOND_PREPOSITION = re.compile(rf"[{PREPOSITIONS}]{{spot}}")


@cache
def sayings() -> dict[str, Any]:
    """`reports` of all files together by category; `deeds`, `results`, `near`, `endings`, `unknown`."""
    found: dict[str, Any] = {"reports": {}}
    for file in sorted(FOLDER.glob("*.yaml")):
        for key, value in YAML(typ="safe").load(file).items():
            if key.startswith("reports"):
                found["reports"] |= value
            else:
                found[key] = value
    return found


def report_words(item: Any, grid: Any, by: Random) -> tuple[str, str]:
    """(words, spot) of a report of this category (an item of the catalogue) in a grid."""
    said = sayings()
    where = one_of(by, said["near"]).format(landmark=grid.landmark or places.display_name(grid))
    words = one_of(by, said["reports"].get(item.key) or said["unknown"])
    named = "{spot}" in words
    if where[0] in PREPOSITIONS:
        words = SECOND_PREPOSITION.sub("{spot}", words)
    hint = one_of(by, item.words or (item.title["zh-hans"],))
    words = words.replace("{spot}", where).replace("{title}", item.title["zh-hans"]).replace("{hint}", hint)
    if not named and by.random() < LANDMARK:
        words = f"{where}，{words}"
    if by.random() < ENDING:
        words = f"{words.rstrip('。！')}。{one_of(by, said['endings'])}"
    return words, where


def deed_words(offer: Any, field: Any, matter: Any, by: Random, *, pleased: bool = True) -> str:
    """A text field of an action: by action and field, by effect, by category, else something that always fits."""
    deeds, own = sayings()["deeds"], sayings()["results"]
    if offer.effect == "rate":
        return one_of(by, deeds["pleased" if pleased else "displeased"])
    if offer.part == "handle" and matter.truth in own and by.random() < 0.85:
        return one_of(by, own[matter.truth])
    for name in (f"{offer.action}.{field.field}", offer.action, offer.effect, field.field):
        if name in deeds:
            return one_of(by, deeds[name])
    return one_of(by, deeds["other"])
