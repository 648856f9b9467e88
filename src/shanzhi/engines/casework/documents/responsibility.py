"""Who answers for what: lines from category, place, owner and condition to a unit or a role. The most specific wins."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText
from shanzhi.foundation.playbook.wrong import Wrong

from .base import Key


class Line(Section):
    """`place`: an official code, the line holds in its subtree; `when`: an expression over documents.schema.CASE."""

    category: Key | None = None
    class_: Key | None = Field(None, alias="class")
    place: str | None = None
    owner: str | None = None
    when: str | None = None
    unit: Key | None = None
    role: Key | None = None
    why: BilingualText | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Line:
        if bool(self.unit) == bool(self.role):
            raise Wrong(_("A line names either a unit or a role, and only one."))
        if self.category and self.class_:
            raise Wrong(
                _("A line names a category or a class, not both."), _("Leave out the class: the category has one.")
            )
        return self


class Fallback(Section):
    """A post held by a named person, so that nothing ends nowhere."""

    role: Key
    place: str | None = None


class Responsibility(Section):
    """`owners`: what people call the owners that lines name."""

    owners: dict[Key, BilingualText] = {}
    lines: tuple[Line, ...] = ()
    fallback: Fallback
