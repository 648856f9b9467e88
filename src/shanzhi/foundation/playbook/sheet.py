"""playbook.yaml: what a playbook says of itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .kinds import Section
from .texts import BilingualText

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]


class Figure(Section):
    """A figure that the reports give of this city's way. Shown as background, never computed with."""

    title: BilingualText
    value: str


class City(Section):
    name: BilingualText
    code: str | None = None  # national administrative code, in quotes


class PlaybookSheet(Section):
    playbook: Slug  # the folder's name
    title: BilingualText
    about: BilingualText
    extends: Slug | None = None
    city: City | None = None
    figures: tuple[Figure, ...] = ()
