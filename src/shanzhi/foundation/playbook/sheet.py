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
    code: str | None = None  # national administrative code, in quotes: of a city, or of a county or township inside one


class PlaybookSheet(Section):
    playbook: Slug  # the folder's name
    title: BilingualText
    about: BilingualText
    extends: Slug | None = None
    city: City | None = None
    places: tuple[str, ...] = ()  # codes, in quotes, of more places for which this text is meant
    figures: tuple[Figure, ...] = ()

    @property
    def meant_for(self) -> tuple[str, ...]:
        """Codes of the places that go by this text from the day on which they are founded."""
        own = (self.city.code,) if self.city and self.city.code else ()
        return (*own, *self.places)
